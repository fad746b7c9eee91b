"use strict";
// The report's data, the state of the page, and words. Everything shown is text (textContent), never HTML.
// The state lives in the address (#view=…&lang=…), so that a filtered view is a link.
const data = JSON.parse(document.getElementById("data").textContent);
for (const part of globalThis.readerData ?? []) // what is too long for the page stands in reader/data-*.js
  for (const [key, rows] of Object.entries(part)) for (const row of rows) data[key].push(row);
const VIEWS = ["who", "text", "table", "map", "groups", "themes", ...(data.sample.length ? ["code"] : [])];
const FILTERS = ["modality", "construction", "issuer", "addressee", "type", "theme", "cluster", "section", "document", "restated", "verdict"];
const STATE = ["view", "lang", "q", "at", "rows", "columns", ...FILTERS];
const NONE = "∅";
const requests = data.requests;
const byId = new Map(requests.map((r) => [r.id, r]));
const documents = new Map(data.documents.map((d) => [d.id, d]));
const groups = new Map(data.groups.map((g) => [g.id, g]));
const sections = new Map(data.documents.length > 1 ? [] :
  data.paragraphs.filter((p) => p.kind === "heading").map((p) => [p.paragraph.replace("heading:", ""), p.text]));
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

const only = (changes) => ({ q: "", at: "", ...Object.fromEntries(FILTERS.map((f) => [f, ""])), ...changes });
const word = (key) => (data.words[state.lang] ?? {})[key] ?? key;
// {n} is filled in; of [demande|demandes] the one that goes with the number before it.
const one = (n) => (state.lang === "fr" ? /^[01](,|$)/ : /^1$/).test(n);
function filled(key, values) {
  let last = "";
  return word(key).replace(/\{(\w+)\}|\[([^|\]]*)\|([^\]]*)\]/g, (hole, name, single, several) => (name ? (last = String(values[name] ?? hole)) : one(last) ? single : several));
}
const number = (n) => n.toLocaleString(state.lang);
const themeName = (code) => (data.themes[code] ?? {})[state.lang] ?? code;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/\s+/g, " ").toLowerCase();
const list = (cell) => cell.split("; ").filter(Boolean);
const unique = (values) => [...new Set(values)];
const strength = (r) => data.modalities.indexOf(r.modality);

// What each filter looks at, as a list for each request.
const VALUES = {
  modality: (r) => [r.modality], construction: (r) => [r.construction], issuer: (r) => unique(list(r.issuer_actor)),
  addressee: (r) => unique(list(r.addressee_actor)), type: (r) => unique(list(r.addressee_type)), theme: (r) => list(r.theme),
  cluster: (r) => [r.cluster], section: (r) => (r.section ? [r.section.split(".")[0]] : []), document: (r) => [r.doc],
  restated: (r) => [r.restates ? "yes" : "no"], verdict: (r) => [verdictOf(r)],
};

function values(key, r) {
  r.values ??= {};
  return (r.values[key] ??= VALUES[key](r));
}

function shownName(key, value) {
  if (value === NONE) return word({ theme: "no_theme", section: "no_section" }[key] ?? "unnamed");
  if (key === "modality" || key === "construction" || key === "type") return word(key + "." + value);
  if (key === "theme") return themeName(value);
  if (key === "cluster") return groups.has(value) ? groups.get(value).label : word("unclassified");
  if (key === "document") return documents.get(value).name;
  if (key === "verdict") return word("review." + value);
  if (key === "restated") return word("reader." + value);
  if (key === "section" && sections.has(value)) return value + " – " + sections.get(value);
  return value;
}

function kept(given = state) {
  const wanted = plain(given.q ?? "").split(" ").filter(Boolean);
  const filters = FILTERS.filter((key) => given[key]);
  return requests.filter((r) => {
    for (const key of filters) {
      const mine = values(key, r);
      if (given[key] === NONE ? mine.length : !mine.includes(given[key])) return false;
    }
    if (!wanted.length) return true;
    r.plain ??= plain([r.sentence, r.issuer, r.addressee, r.action_text, r.citation].join(" "));
    return wanted.every((w) => r.plain.includes(w));
  });
}

// The requests under each value of a filter; those without one under NONE.
function sorted(key, among = requests) {
  const found = new Map();
  for (const r of among) for (const value of values(key, r).length ? values(key, r) : [NONE]) {
    if (!found.has(value)) found.set(value, []);
    found.get(value).push(r);
  }
  return found;
}

const byCount = (a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0], "fr");

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
