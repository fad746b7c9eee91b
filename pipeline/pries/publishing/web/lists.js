// Lists that open: who is asked what, groups, themes.
const FIRST = 200; // entries, or requests under one, shown at a time

function asking(r) {
  const themes = list(r.theme).map(themeName).join(", ");
  return make("li", { "data-request": r.id },
    make("span", { class: "modality", text: word("modality." + r.modality) }), " ",
    make("button", { type: "button", class: "link", text: r.actions.map(said).join(" ; ") || r.trigger, on: { click: () => open(r) } }), " ",
    themes ? make("span", { class: "theme", text: themes + " " }) : "",
    place(r));
}

const said = (action) => (action.negated ? "ne pas " : "") + action.label + (action.object ? " · " + action.object : "");

function place(r) {
  return make("a", { href: address({ view: "text", at: r.id }), text: r.citation });
}

// An entry whose requests are made when it is opened: a page of thousands starts as fast as one of ten.
function entry({ name, unnamed, about, asked, share, quote, more, part }) {
  const inside = make("div");
  const fill = () => {
    if (inside.firstChild) return;
    if (about) inside.append(make("p", { class: "note", text: about }));
    if (quote) inside.append(make("blockquote", { text: quote }));
    inside.append(make("ul", { class: "asked" }, ...asked.slice(0, FIRST).map(asking)));
    if (asked.length > FIRST) inside.append(make("p", { class: "note", text: filled("reader.first", { n: number(FIRST), all: number(asked.length) }) }));
    if (more) inside.append(make("p", {}, make("a", { href: more, text: filled("reader.all_rows", { n: number(asked.length) }) })));
  };
  const different = distinct(asked);
  const parts = [make("span", { class: "n", text: number(asked.length) }), make("span", { class: unnamed ? "name unnamed" : "name" }, name, different < asked.length ? make("span", { class: "once", text: " (" + filled("reader.once", { n: number(different) }) + ")" }) : "")];
  const between = part && estimated(...part);
  if (between) parts.splice(1, 0, make("span", { class: "estimate", title: word("reader.estimate"), text: between + " " }));
  if (share !== undefined) parts.push(bar(share));
  return make("details", { class: "entry", on: { toggle: fill, fill } }, make("summary", { on: { click: fill } }, ...parts), inside);
}

// "(11,8 [9 ; 14])": what the coded sentences make of a count of the whole corpus; without restatements where these are hidden.
function estimated(kind, part) {
  if (active().some((key) => key !== "restated") || state.restated === "yes") return "";
  const found = data.estimates[[state.restated === "no" ? "distinct" : "requests", kind, part].join(" ")];
  if (!found) return "";
  const [value, low, high] = found.map((n) => n.toLocaleString(state.lang, { maximumFractionDigits: 1 }));
  return "(" + value + " [" + low + (state.lang === "fr" ? "\u00a0; " : "; ") + high + "])";
}

function bar(share) {
  const made = make("span", { class: "bar", "aria-hidden": "true" });
  made.style.width = 12 * share + "rem"; // set by script: style attributes are barred by the policy
  return made;
}

function entries(found) { // the first of them, and how many there are
  const made = found.slice(0, FIRST).map(entry);
  if (!found.length) made.push(make("p", { text: word("reader.nothing") }));
  if (found.length > FIRST) made.push(make("p", { class: "note", text: filled("reader.first", { n: number(FIRST), all: number(found.length) }) }));
  return made;
}

// The requests of one value of a filter, in the table, under the filters that stand.
const rowsOf = (key, value) => address({ view: "table", at: "", [key]: value });

function who() {
  return filtered("reader.who", "reader.who.note", (rows) => {
    const found = [...sorted("addressee", rows)].sort(byCount);
    const most = Math.max(1, ...found.map(([, asked]) => asked.length));
    return entries(found.map(([name, asked]) => ({
      name: shownName("addressee", name), unnamed: name === NONE, part: ["addressee", name === NONE ? "non nommé" : name], share: asked.length / most,
      asked: [...asked].sort((a, b) => strength(a) - strength(b)), more: rowsOf("addressee", name),
    })));
  });
}

function groupsView() {
  return filtered("reader.groups", "reader.groups.note", (rows) => {
    const mine = new Set(rows);
    const found = data.groups.map((g) => ({
      name: g.label, part: ["cluster", g.id], asked: g.members.map((i) => byId.get(i)).filter((r) => mine.has(r)), more: rowsOf("cluster", g.id),
      about: g.stability === null ? "" : word("reader.stability") + " " + g.stability.toLocaleString(state.lang, { maximumFractionDigits: 2 }) + (g.stability < 0.6 ? " – " + word("reader.unstable") : ""),
      quote: g.quote && "« " + g.quote + " »",
    })).filter((g) => g.asked.length);
    const left = rows.filter((r) => !groups.has(r.cluster));
    if (left.length) found.push({ name: word("unclassified"), unnamed: true, part: ["cluster", "unclassified"], asked: left, more: rowsOf("cluster", "unclassified") });
    return entries(found);
  });
}

function themesView() {
  return filtered("reader.themes", "reader.themes.note", (rows) => entries([...sorted("theme", rows)].sort((a, b) => (a[0] === NONE) - (b[0] === NONE) || byCount(a, b)).map(([code, asked]) => ({
    name: shownName("theme", code), unnamed: code === NONE, part: ["theme", code === NONE ? "sans thème" : code], about: data.themes[code]?.definition[state.lang], asked,
    quote: code === NONE ? "" : "« " + [...asked].sort((a, b) => strength(a) - strength(b))[0].sentence + " »",
    more: rowsOf("theme", code),
  }))));
}
