"use strict";
// The report's data, the state of the page, and words. Everything shown is text (textContent), never HTML.
// The state lives in the address (#view=…&lang=…), so that a filtered view is a link.
const data = JSON.parse(document.getElementById("data").textContent);
for (const part of globalThis.readerData ?? []) // what is too long for the page stands in reader/data-*.js
  for (const [key, rows] of Object.entries(part)) for (const row of rows) data[key].push(row);
const VIEWS = ["who", "text", "table", "context", "map", "groups", ...(data.families.length ? ["families"] : []), "themes", ...(data.sample.length ? ["code"] : [])];
const FACETS = ["modality", "construction", "issuer", "addressee", "type", "theme", "cluster", "role", "section", "document", "year", "verdict", ...data.fields.map((name) => "m:" + name)];
const FILTERS = ["q", "from", "to", "restated", ...FACETS]; // what narrows the requests that are shown
const STATE = ["view", "lang", "at", "rows", "columns", "sort", "align", "scope", "exact", "inferred", ...FILTERS];
const NONE = "∅";
const requests = data.requests;
const byId = new Map(requests.map((r) => [r.id, r]));
const documents = new Map(data.documents.map((d) => [d.id, d]));
const groups = new Map(data.groups.map((g) => [g.id, g]));
const families = new Map(data.families.map((f) => [f.id, f.members.map((id) => byId.get(id)).filter(Boolean)]));
const ranks = new Map([...families.values()].flatMap((members) => members.map((r, rank) => [r, rank])));
const sections = new Map(data.paragraphs.filter((p) => p.kind === "heading").map((p) => [p.doc + "|" + p.paragraph.replace("heading:", ""), p.text]));
let state = read();

function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  const found = { view: "who", lang: "fr", q: "", at: "" };
  for (const key of STATE) if (given.has(key)) found[key] = given.get(key);
  if (!VIEWS.includes(found.view)) found.view = "who";
  if (!(found.lang in data.words)) found.lang = "fr";
  return found;
}

function address(changes) {
  const next = { ...state, ...changes };
  const kept = Object.entries(next).filter(([key, value]) => value && !(key === "view" && value === "who") && !(key === "lang" && value === "fr"));
  return "#" + new URLSearchParams(kept).toString();
}

function go(changes) {
  const to = address(changes);
  if (to === location.hash || (to === "#" && !location.hash)) return show();
  location.hash = to;
}

const only = (changes) => ({ at: "", ...Object.fromEntries(FILTERS.map((f) => [f, ""])), ...changes });
const word = (key) => (data.words[state.lang] ?? {})[key] ?? key;
// {n} is filled in; of [demande|demandes] the one that goes with the number before it.
const one = (n) => (state.lang === "fr" ? /^[01](,|$)/ : /^1$/).test(n);
function filled(key, values) {
  let last = "";
  return word(key).replace(/\{(\w+)\}|\[([^|\]]*)\|([^\]]*)\]/g, (hole, name, single, several) => (name ? (last = String(values[name] ?? hole)) : one(last) ? single : several));
}
const marked_off = (sign) => (state.lang === "fr" ? "\u00a0" : "") + sign + " "; // colons and semicolons as the language sets them
const number = (n) => n.toLocaleString(state.lang);
const themeName = (code) => (data.themes[code] ?? {})[state.lang] ?? code;
const list = (cell) => cell.split("; ").filter(Boolean);
const unique = (values) => [...new Set(values)];
const strength = (r) => data.modalities.indexOf(r.modality);
const dated = (r) => documents.get(r.doc).date;
const inFrench = new Intl.Collator("fr", { numeric: true });
const byName = inFrench.compare;

// What each filter looks at, as a list for each request.
const VALUES = {
  modality: (r) => [r.modality], construction: (r) => [r.construction], issuer: (r) => unique(list(r.issuer_actor)),
  addressee: (r) => unique(list(r.addressee_actor)), type: (r) => unique(list(r.addressee_type)), theme: (r) => unique(list(r.theme)),
  cluster: (r) => [r.cluster], role: (r) => [r.role], document: (r) => [r.doc],
  section: (r) => (r.section ? [r.doc + "|" + r.section.split(".")[0]] : []), // « I » of two documents is not one section
  year: (r) => dated(r).match(/^\d{4}/) ?? [], verdict: (r) => [verdictOf(r)],
};
for (const name of data.fields) VALUES["m:" + name] = (r) => [documents.get(r.doc).more[name]].filter(Boolean);

// Nobody named: who probably speaks, where the page counts those who do.
const isInferred = (r) => state.inferred === "yes" && !r.issuer_actor && r.issuer_inferred !== "";

function values(key, r) {
  if (key === "issuer" && isInferred(r)) return unique(list(r.issuer_inferred));
  r.values ??= {};
  return (r.values[key] ??= VALUES[key](r));
}

function shownName(key, value) {
  if (value === NONE) return word({ theme: "no_theme", section: "no_section", year: "no_date", issuer: "unnamed", addressee: "unnamed", type: "unnamed" }[key] ?? "no_value");
  if (key === "modality" || key === "construction" || key === "type" || key === "role") return word(key + "." + value);
  if (key === "theme") return themeName(value);
  if (key === "cluster") return groups.has(value) ? groups.get(value).label : word("unclassified");
  if (key === "document") return documents.get(value).name;
  if (key === "verdict") return word("review." + value);
  if (key === "restated") return word("reader.restated." + value);
  if (key === "section") {
    const [doc, label] = value.split(/\|(?=[^|]*$)/);
    return (documents.size > 1 ? (documents.get(doc)?.name ?? doc) + ", " : "") + [label, sections.get(value)].filter(Boolean).join(" – ");
  }
  return value;
}

const facetName = (key) => (key.startsWith("m:") ? key.slice(2) : word("reader.filter." + key));

// The requests under each value of a filter; those without one under NONE. Under a filter of that kind, only its value.
function sorted(key, among = requests) {
  const found = new Map();
  for (const r of among) for (const value of values(key, r).length ? values(key, r) : [NONE]) {
    if (state[key] && value !== state[key]) continue;
    if (!found.has(value)) found.set(value, []);
    found.get(value).push(r);
  }
  return found;
}

const byCount = (a, b) => b[1].length - a[1].length || byName(a[0], b[0]);

// --- counts: with repetitions, and without ----------------------------------------------------------

const distinct = (rows) => new Set(rows.map((r) => r.family)).size;
const repeats = requests.some((r) => r.restates);

// Each family by the earliest of those that are there.
function once(rows) {
  const first = new Map();
  for (const r of rows) if (!first.has(r.family) || (ranks.get(r) ?? 0) < (ranks.get(first.get(r.family)) ?? 0)) first.set(r.family, r);
  return rows.filter((r) => first.get(r.family) === r);
}

function both(all, different) { // "12 / 9": requests, and without repetitions where that is another number
  return number(all) + (different < all ? " / " + number(different) : "");
}

function inferredOf(key, rows) { // ", dont 5 ?": where nobody is named, and the page counts who probably speaks
  const n = key === "issuer" ? rows.filter(isInferred).length : 0;
  return n ? ", " + filled("reader.of_these_inferred", { n: number(n) }) : "";
}

function make(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(options)) {
    if (key === "text") made.textContent = value;
    else if (key === "on") for (const [event, run] of Object.entries(value)) made.addEventListener(event, run);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

function say(words) {
  document.getElementById("status").textContent = words;
}
