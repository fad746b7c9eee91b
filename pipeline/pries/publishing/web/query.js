// Search: whole words, "phrases", * and ?, ET OU SAUF (AND OR NOT), parentheses; a blank is ET.
// Case and accents do not count unless asked. Text is folded sign by sign, so that a place in it is a place in the original.
const LETTER = "[\\p{L}\\p{N}_]";
const OPERATORS = { ET: "and", AND: "and", OU: "or", OR: "or", SAUF: "not", NOT: "not" };
const FOLDED = new Map([["’", "'"], ["‘", "'"], ["\u00a0", " "], ["\u202f", " "], ["\u2011", "-"]]);
const SMALL = new Map(); // letters with an accent, as without
for (let code = 0xc0; code < 0x250; code++) {
  const letter = String.fromCodePoint(code).normalize("NFD")[0].toLowerCase();
  if (letter.length === 1) SMALL.set(String.fromCodePoint(code), letter);
}
const lowered = (letter) => { const small = letter.toLowerCase(); return small.length === letter.length ? small : letter; };
const straight = (text) => text.replace(/[\u00a0\u2011\u2018\u2019\u202f]/g, (sign) => FOLDED.get(sign));
const folded = (text) => straight(text).replace(/[\u00c0-\u024f]/g, (letter) => SMALL.get(letter) ?? letter).replace(/\p{Lu}/gu, lowered);
const forms = (text, exact) => (exact ? straight(text) : folded(text));

class QueryError extends Error {}

function tokens(query) { // [{ kind, text, raw }]
  const found = [];
  const next = /\s*(?:([()])|"([^"]*)"|«([^»]*)»|“([^”]*)”|([^\s()"«»“”]+)|(.))/gsuy;
  for (const m of query.trim().matchAll(next)) {
    const [raw, bracket, plainQuote, french, english, term, other] = [m[0].trim(), ...m.slice(1)];
    const phrase = plainQuote ?? french ?? english;
    if (other !== undefined) throw new QueryError("query.quote");
    if (bracket) found.push({ kind: bracket, raw });
    else if (phrase !== undefined) found.push({ kind: "phrase", text: phrase.trim(), raw });
    else found.push(term in OPERATORS ? { kind: OPERATORS[term], raw } : { kind: "word", text: term, raw });
  }
  return found;
}

function pattern(text, exact) { // of whole words that follow each other
  if (!/[\p{L}\p{N}]/u.test(text)) throw new QueryError("query.wide");
  const sign = (c) => (c === "*" ? LETTER + "*" : c === "?" ? LETTER : c.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&"));
  const one = (term) => (term === "*" ? "\\S+" : [...term.replace(/\*+/g, "*")].map(sign).join(""));
  let words = forms(text, exact).split(/\s+/).map(one).join("\\s+");
  if (!exact) words = words.replace(/oe|œ/g, "(?:oe|œ)").replace(/ae|æ/g, "(?:ae|æ)");
  return `(?<!${LETTER})${words}(?!${LETTER})`;
}

function parsedQuery(query, exact) { // { test, terms }; throws QueryError
  const all = tokens(query);
  let at = 0;
  const isTerm = () => all[at] && !["and", "or", ")"].includes(all[at].kind);
  const operand = (read, operator) => { if (!isTerm()) throw new QueryError("query.operand", { cause: operator }); return read(); };
  const atom = () => {
    const token = all[at++];
    if (token.kind === "not") { const node = operand(atom, token.raw); return { test: (t) => !node.test(t), terms: [] }; }
    if (token.kind === "(") {
      const node = operand(either, "(");
      if (all[at++]?.kind !== ")") throw new QueryError("query.open");
      return node;
    }
    const source = pattern(token.text, exact);
    const found = new RegExp(source, "u");
    return { test: (t) => found.test(t), terms: [source] };
  };
  const both = () => {
    let left = atom();
    while (isTerm() || all[at]?.kind === "and") {
      const operator = all[at].kind === "and" ? all[at++].raw : "";
      const [one, other] = [left, operand(atom, operator)];
      left = { test: (t) => one.test(t) && other.test(t), terms: [...one.terms, ...other.terms] };
    }
    return left;
  };
  const either = () => {
    let left = both();
    while (all[at]?.kind === "or") {
      const operator = all[at++].raw;
      const [one, other] = [left, operand(both, operator)];
      left = { test: (t) => one.test(t) || other.test(t), terms: [...one.terms, ...other.terms] };
    }
    return left;
  };
  if (!isTerm()) throw new QueryError(all[0].kind === ")" ? "query.close" : "query.operand", { cause: all[0].raw });
  const node = either();
  if (at < all.length) throw new QueryError("query.close");
  return node;
}

let compiled_ = {};
// What is sought: { test, marks } where there is a query that can be read, { error } where it cannot, else {}.
function sought(given = state) {
  const query = (given.q ?? "").slice(0, 1000);
  const exact = given.exact === "yes";
  if (compiled_.query === query && compiled_.exact === exact) return compiled_.found;
  let found = {};
  if (query.trim()) try {
    const { test, terms } = parsedQuery(query, exact);
    found = { test, marks: terms.length ? new RegExp(terms.join("|"), "gu") : null, single: tokens(query).length === 1 };
  } catch (e) {
    if (!(e instanceof QueryError)) throw e;
    found = { error: e.message, operator: e.cause };
  }
  compiled_ = { query, exact, found };
  return found;
}

// The same query with every word taken for the beginning of one: migrant -> migrant*
const begun = (query) => tokens(query).map((t) => (t.kind === "word" && /[\p{L}\p{N}]$/u.test(t.text) ? t.raw + "*" : t.raw)).join(" ");
