"use strict";
// Reads the report's data from the page and shows it; everything shown is text (textContent), never HTML.
// The state lives in the address (#view=…&lang=…), so that a filtered view is a link.
const data = JSON.parse(document.getElementById("data").textContent);
const VIEWS = ["who", "text", "table", "groups", "themes"];
const FILTERS = ["modality", "construction", "issuer", "addressee", "type", "theme", "cluster", "section", "document", "restated"];
const STEP = 200; // rows of the table shown at a time
const main = document.getElementById("main");
const card = document.getElementById("card");
const requests = data.requests;
const byId = new Map(requests.map((r) => [r.id, r]));
const documents = new Map(data.documents.map((d) => [d.id, d]));
const groups = new Map(data.groups.map((g) => [g.id, g]));
let state = read();
let shown = STEP;

function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  const found = { view: "who", lang: "fr", q: "", at: "" };
  for (const key of ["view", "lang", "q", "at", ...FILTERS]) if (given.has(key)) found[key] = given.get(key);
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

const word = (key) => data.words[state.lang][key] ?? key;
const number = (n) => n.toLocaleString(state.lang);
const themeName = (code) => (data.themes[code] ?? {})[state.lang] ?? code;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/\s+/g, " ").toLowerCase();
const list = (cell) => cell.split("; ").filter(Boolean);

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

// --- the five views ---------------------------------------------------------------------------------

function who() {
  const names = new Map([["", []]]);
  for (const r of requests) for (const name of list(r.addressee_actor).length ? new Set(list(r.addressee_actor)) : [""]) {
    if (!names.has(name)) names.set(name, []);
    names.get(name).push(r);
  }
  const rows = [...names].filter(([, asked]) => asked.length).sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0], "fr"));
  const most = Math.max(1, ...rows.map(([, asked]) => asked.length));
  const strength = (r) => data.modalities.indexOf(r.modality);
  const parts = rows.map(([name, asked]) => make("details", {},
    make("summary", {},
      make("span", { class: "n", text: number(asked.length) }),
      make("span", { class: name ? "" : "unnamed", text: name || word("unnamed") }),
      bar(asked.length / most)),
    make("ul", { class: "asked" }, ...[...asked].sort((a, b) => strength(a) - strength(b)).map(asking))));
  return [make("h2", { text: word("reader.who") }), make("p", { class: "note", text: word("reader.who.note") }), ...parts];
}

function bar(share) {
  const made = make("span", { class: "bar", "aria-hidden": "true" });
  made.style.width = 12 * share + "rem"; // set by script: style attributes are barred by the policy
  return made;
}

function asking(r) {
  const themes = list(r.theme).map(themeName).join(", ");
  return make("li", {},
    make("span", { class: "modality", text: word("modality." + r.modality) }), " ",
    make("button", { type: "button", class: "link", text: r.actions.map(said).join(" ; "), on: { click: () => open(r) } }), " ",
    themes ? make("span", { class: "theme", text: themes + " " }) : "",
    place(r));
}

const said = (action) => (action.negated ? "ne pas " : "") + action.label + (action.object ? " · " + action.object : "");

function place(r) {
  return make("a", { href: address({ view: "text", at: r.id }), text: r.citation });
}

function text() {
  const wanted = byId.get(state.at);
  const of = new Map();
  for (const r of requests) {
    const key = r.doc + "\n" + r.paragraph;
    if (!of.has(key)) of.set(key, []);
    of.get(key).push(r);
  }
  const parts = [make("h2", { text: word("reader.text") }), legend()];
  for (const p of data.paragraphs) {
    if (p.kind === "heading") {
      parts.push(make("h3", { text: (p.doc_first ? documents.get(p.doc).name + " – " : "") + p.text }));
      continue;
    }
    const mine = of.get(p.doc + "\n" + p.paragraph) ?? [];
    const here = wanted && wanted.doc === p.doc && wanted.paragraph === p.paragraph;
    parts.push(make("div", { class: "paragraph" + (here ? " here" : ""), id: here ? "here" : null },
      make("span", { class: "number", text: p.paragraph }), make("p", {}, ...marked(p, mine))));
  }
  return parts;
}

function legend() {
  const names = ["trigger", "issuer", "addressee", "action"];
  return make("p", { class: "note" }, ...names.flatMap((name) => [make("span", { class: name, text: word("reader." + name) }), "  "]));
}

function marked(p, mine) {
  const spans = p.marks.map(([start, end, kind]) => ({ start, end, kind }));
  for (const r of mine) {
    spans.push({ start: r.start, end: r.end, kind: "trigger", r });
    for (const a of r.actions) spans.push({ start: a.at, end: a.at + a.head.length, kind: "action", r });
  }
  const order = { trigger: 0, action: 1, issuer: 2, addressee: 3 };
  const taken = [];
  for (const s of spans.sort((a, b) => order[a.kind] - order[b.kind] || a.start - b.start))
    if (s.end > s.start && taken.every((t) => s.end <= t.start || t.end <= s.start)) taken.push(s);
  const parts = [];
  let at = 0;
  for (const s of taken.sort((a, b) => a.start - b.start)) {
    parts.push(p.text.slice(at, s.start));
    const words = p.text.slice(s.start, s.end);
    parts.push(s.r
      ? make("button", { type: "button", class: "mark " + s.kind, text: words, "aria-label": words + " (" + word("reader." + s.kind) + ")", on: { click: () => open(s.r) } })
      : make("span", { class: s.kind, text: words, title: word("reader." + s.kind) }));
    at = s.end;
  }
  return [...parts, p.text.slice(at)];
}

function values(key) {
  const names = { modality: (r) => [r.modality], construction: (r) => [r.construction], issuer: (r) => list(r.issuer_actor), addressee: (r) => list(r.addressee_actor),
    type: (r) => list(r.addressee_type), theme: (r) => list(r.theme), cluster: (r) => [r.cluster], section: (r) => [r.section.split(".")[0]],
    document: (r) => [r.doc], restated: (r) => [r.restates ? "yes" : "no"] };
  return names[key];
}

function shownName(key, value) {
  if (!value) return word("unnamed");
  if (key === "modality") return word("modality." + value);
  if (key === "theme") return themeName(value);
  if (key === "cluster") return groups.has(value) ? groups.get(value).label : word("unclassified");
  if (key === "document") return documents.get(value).name;
  if (key === "restated") return word("reader." + value);
  return value;
}

function kept() {
  const wanted = plain(state.q).split(" ").filter(Boolean);
  return requests.filter((r) => {
    for (const key of FILTERS) {
      if (state[key] === undefined || state[key] === "") continue;
      const mine = values(key)(r);
      if (state[key] === "∅" ? mine.length : !mine.includes(state[key])) return false;
    }
    r.plain ??= plain([r.sentence, r.issuer, r.addressee, r.action_text, r.citation].join(" "));
    return wanted.every((w) => r.plain.includes(w));
  });
}

function table() {
  const fields = FILTERS.map(filter).filter(Boolean);
  const search = make("input", { type: "search", id: "q", value: state.q, on: { input: (e) => { state.q = e.target.value; rows(); later(); } } });
  fields.unshift(make("label", { for: "q" }, word("reader.search"), search));
  const body = make("tbody", { id: "rows" });
  const head = ["reader.place", "reader.strength", "reader.issuer", "reader.addressee", "reader.action", "reader.theme"];
  return [make("h2", { text: word("reader.table") }), make("div", { class: "filters" }, ...fields),
    make("p", {}, make("span", { id: "count" }), " ",
      make("button", { type: "button", id: "csv", text: word("reader.csv"), on: { click: download } }), " ",
      make("a", { href: address(Object.fromEntries([["q", ""], ...FILTERS.map((f) => [f, ""])])), text: word("reader.reset") })),
    make("div", { class: "wide" }, make("table", {}, make("thead", {}, make("tr", {}, ...head.map((h) => make("th", { scope: "col", text: word(h) })))), body)),
    make("p", { id: "more" })];
}

let timer = 0;
function later() { // the address follows the search box, once the hand rests
  clearTimeout(timer);
  timer = setTimeout(() => history.replaceState(null, "", address({})), 300);
}

function filter(key) {
  const counts = new Map();
  let none = 0;
  for (const r of requests) {
    const mine = values(key)(r);
    none += mine.length ? 0 : 1;
    for (const v of mine) counts.set(v, (counts.get(v) ?? 0) + 1);
  }
  if (counts.size + (none > 0) < 2) return null;
  const options = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "fr"))
    .map(([v, n]) => make("option", { value: v, text: shownName(key, v) + " (" + number(n) + ")", selected: state[key] === v }));
  if (none) options.unshift(make("option", { value: "∅", text: word(key === "theme" ? "no_theme" : "unnamed") + " (" + number(none) + ")", selected: state[key] === "∅" }));
  options.unshift(make("option", { value: "", text: word("reader.all") }));
  return make("label", {}, word("reader.filter." + key), make("select", { id: "filter-" + key, on: { change: (e) => go({ [key]: e.target.value }) } }, ...options));
}

function rows() {
  const found = kept();
  const body = document.getElementById("rows");
  if (!body) return;
  body.replaceChildren(...found.slice(0, shown).map((r) => make("tr", {},
    make("td", {}, place(r)),
    make("td", { text: word("modality." + r.modality) + (r.polarity === "negative" ? " (–)" : "") }),
    make("td", { text: r.issuer || "–" }),
    make("td", { text: r.addressee || "–" }),
    make("td", {}, make("button", { type: "button", class: "link", text: r.action_text, on: { click: () => open(r) } })),
    make("td", { text: list(r.theme).map(themeName).join(", ") }))));
  document.getElementById("count").textContent = word("reader.count").replace("{n}", number(found.length)).replace("{all}", number(requests.length));
  document.getElementById("status").textContent = document.getElementById("count").textContent;
  const more = document.getElementById("more");
  more.replaceChildren();
  if (found.length > shown) more.append(make("button", { type: "button", text: word("reader.more").replace("{n}", number(found.length - shown)), on: { click: () => { shown += 5 * STEP; rows(); } } }));
}

function download() {
  const columns = data.columns;
  const cell = (value) => (/[",\r\n]/.test(value) ? '"' + value.replaceAll('"', '""') + '"' : value);
  const lines = [columns, ...kept().map((r) => columns.map((c) => String(r[c] ?? "")))].map((row) => row.map(cell).join(","));
  const url = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\n") + "\n"], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: url, download: "demandes.csv" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function grouped(title, note, entries) {
  return [make("h2", { text: word(title) }), make("p", { class: "note", text: word(note) }), ...entries.map(([name, about, asked]) => make("details", {},
    make("summary", {}, make("span", { class: "n", text: number(asked.length) }), name), about ? make("p", { class: "note", text: about }) : "",
    make("ul", { class: "asked" }, ...asked.map(asking))))];
}

function groupsView() {
  const entries = data.groups.map((g) => [g.label, g.stability === null ? "" : word("reader.stability") + " " + g.stability.toLocaleString(state.lang, { maximumFractionDigits: 2 }) + (g.stability < 0.6 ? " – " + word("reader.unstable") : ""),
    g.members.map((i) => byId.get(i))]);
  const left = requests.filter((r) => !groups.has(r.cluster));
  if (left.length) entries.push([word("unclassified"), "", left]);
  return grouped("reader.groups", "reader.groups.note", entries);
}

function themesView() {
  const codes = Object.keys(data.themes).map((code) => [code, requests.filter((r) => list(r.theme).includes(code))]).filter(([, asked]) => asked.length);
  codes.sort((a, b) => b[1].length - a[1].length);
  const entries = codes.map(([code, asked]) => [themeName(code), data.themes[code].definition, asked]);
  const left = requests.filter((r) => !r.theme);
  if (left.length) entries.push([word("no_theme"), "", left]);
  return grouped("reader.themes", "reader.themes.note", entries);
}

// --- the card of a request ------------------------------------------------------------------------

function open(r) {
  const rows = [["strength", word("modality." + r.modality)], ["issuer", r.issuer || word("unnamed")], ["inferred", r.issuer_inferred], ["addressee", r.addressee || word("unnamed")],
    ["action", r.actions.map(said).join(" ; ")], ["construction", r.construction + ", " + r.tense], ["theme", list(r.theme).map(themeName).join(", ")],
    ["group", shownName("cluster", r.cluster)], ["restates", r.restates ? byId.get(r.restates)?.citation : ""], ["rule", r.rule], ["place", r.citation]];
  const quotation = "« " + r.sentence + " » (" + r.citation + ")";
  card.replaceChildren(
    make("h2", { id: "card-title", text: r.citation }),
    make("blockquote", { text: r.sentence }),
    make("dl", {}, ...rows.filter(([, value]) => value).flatMap(([key, value]) => [make("dt", { text: word("reader." + key) }), make("dd", { text: value })])),
    make("p", {}, make("button", { type: "button", id: "copy", text: word("reader.copy"), on: { click: () => copy(quotation) } }), " ",
      make("a", { href: address({ view: "text", at: r.id }), text: word("reader.there"), on: { click: () => card.close() } }), " ",
      make("button", { type: "button", id: "close", text: word("reader.close"), on: { click: () => card.close() } })));
  card.showModal();
}

function copy(words) {
  const box = make("textarea", { "aria-hidden": "true" });
  box.value = words;
  card.append(box);
  box.select();
  document.execCommand("copy"); // the clipboard API is barred for pages opened from disk
  box.remove();
  document.getElementById("status").textContent = word("reader.copied");
}

// --- showing ----------------------------------------------------------------------------------------

function show() {
  document.documentElement.lang = state.lang;
  document.title = data.title;
  document.getElementById("about").textContent = word("reader.about").replace("{n}", number(requests.length)).replace("{repeats}", number(requests.filter((r) => r.restates).length)).replace("{documents}", data.documents.length > 3 ? number(data.documents.length) + " documents" : data.documents.map((d) => d.name).join(", "));
  document.getElementById("views").replaceChildren(...VIEWS.map((view) => make("a", { href: address({ view, at: "" }), "aria-current": state.view === view ? "page" : null, text: word("reader." + view) })));
  const other = state.lang === "fr" ? "en" : "fr";
  const button = document.getElementById("lang");
  button.textContent = other === "en" ? "English" : "Français";
  button.lang = other;
  main.replaceChildren(...{ who, text, table, groups: groupsView, themes: themesView }[state.view]());
  if (state.view === "table") rows();
  document.getElementById("here")?.scrollIntoView({ block: "center" });
}

document.getElementById("lang").addEventListener("click", () => go({ lang: state.lang === "fr" ? "en" : "fr" }));
window.addEventListener("hashchange", () => { if (card.open) card.close(); shown = STEP; state = read(); show(); });
show();
