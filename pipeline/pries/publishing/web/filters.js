// Filters: what is sought, dates, and facets that narrow one another; the same in every view of requests.
const MOST_OPTIONS = 300; // of a facet; more are told of, and come up when the others narrow
const NATURAL = ["section", "document", "year"]; // facets whose values have an order of their own
const STEP = 200; // rows of a view shown at a time
let shown = STEP;
let timer = 0;
let refill = () => {}; // what shows the requests of the view
const wide = matchMedia("(min-width: 40rem)");

const isDate = (text) => /^\d{4}(-\d\d(-\d\d)?)?$/.test(text);
const facetId = (key) => "filter-" + (key.startsWith("m:") ? "m" + data.fields.indexOf(key.slice(2)) : key);
const searchedText = (r) => [r.sentence, r.issuer, r.addressee, r.action_text, r.citation].join(" | ");
const active = () => FILTERS.filter((key) => state[key] && !(key === "q" && sought().error) && !(["from", "to"].includes(key) && !isDate(state[key])));

// What a request has to pass, by the filter that asks it.
function tests() {
  const { test } = sought();
  const exact = state.exact === "yes";
  const form = exact ? (r) => (r.exactForm ??= forms(searchedText(r), true)) : (r) => (r.form ??= forms(searchedText(r), false));
  const made = { q: (r) => test(form(r)), from: (r) => dated(r) >= state.from, to: (r) => dated(r) !== "" && dated(r).slice(0, state.to.length) <= state.to, restated: (r) => state.restated !== "yes" || r.restates !== "" };
  return active().map((key) => [key, made[key] ?? (state[key] === NONE ? (r) => !values(key, r).length : (r) => values(key, r).includes(state[key]))]);
}

let selected_ = {};
// The requests that pass, and for each facet those that pass all other filters: { kept, under(key) }.
function selection() {
  const key = JSON.stringify([state.exact, state.inferred, ...FILTERS.map((name) => state[name] ?? "")]);
  if (selected_.key === key) return selected_;
  const asked = tests();
  const kept = [];
  const but = new Map(asked.map(([name]) => [name, []])); // that fail one filter alone
  for (const r of requests) {
    let failed = "";
    let times = 0;
    for (const [name, passes] of asked) if (!passes(r)) { failed = name; if (++times > 1) break; }
    if (!times) kept.push(r);
    else if (times === 1) but.get(failed).push(r);
  }
  const shownOnce = state.restated === "no" ? once : (rows) => rows;
  selected_ = { key, kept: shownOnce(kept), under: (name) => shownOnce(but.get(name)?.length ? [...kept, ...but.get(name)] : kept) };
  return selected_;
}

const kept = () => selection().kept;

// --- the panel -----------------------------------------------------------------------------------------

function refresh() { // the panel stays as it is: only its numbers, what is shown, and the address change
  shown = STEP;
  refill();
  facets();
  tellPanel();
}

function facets() { // those of a closed panel wait until it is opened
  const box = document.getElementById("panel");
  if (!box?.open || box.filledFor === selection().key) return;
  box.filledFor = selection().key;
  for (const key of FACETS) options(key);
}

function choose(key, value) {
  state[key] = value;
  history.pushState(null, "", address({ at: "" }));
  links();
  refresh();
}

function later() { // the address follows the search box, once the hand rests
  clearTimeout(timer);
  timer = setTimeout(() => { history.replaceState(null, "", address({})); links(); }, 300);
}

function links() { // the views of the same filters
  for (const link of document.querySelectorAll("#views a")) link.href = address({ view: link.dataset.view, at: "" });
}

function panel() {
  const box = (id, key, type, more) => make("input", { type, id, value: state[key] ?? "", ...more });
  const search = box("q", "q", "search", { maxlength: 1000, "aria-describedby": "query-help query-error", on: { input: (e) => { state.q = e.target.value; refresh(); later(); }, focus: (e) => e.target.parentElement.classList.add("helped") } });
  const day = (key) => make("label", {}, word("reader." + key), box(key, key, "text", { inputmode: "numeric", placeholder: spanOfDates()[key === "from" ? 0 : 1], "aria-describedby": "date-error", on: { change: (e) => choose(key, e.target.value.trim()) } }));
  const tick = (key, label) => make("label", { class: "tick", for: key }, make("input", { type: "checkbox", id: key, checked: state[key] === "yes", on: { change: (e) => choose(key, e.target.checked ? "yes" : "") } }), " " + word(label));
  const selects = FACETS.filter((key) => valuesIn(key) > 1 || state[key]).map((key) => make("label", {}, facetName(key), make("select", { id: facetId(key), on: { change: (e) => choose(key, e.target.value) } })));
  const restated = make("label", { for: "restated" }, word("reader.filter.restated") + " ", make("select", { id: "restated", on: { change: (e) => choose("restated", e.target.value) } },
    ...["", "no", "yes"].map((value) => make("option", { value, text: word("reader.restated." + (value || "all")), selected: (state.restated ?? "") === value }))));
  return [
    make("div", { class: "finding" }, make("label", { for: "q" }, word("reader.search")), search,
      make("p", { class: "note", id: "query-help", text: word("query.help") }), make("p", { class: "wrong", id: "query-error", role: "alert" })),
    make("details", { class: "panel", id: "panel", open: state.view === "table" && wide.matches, on: { toggle: facets } },
      make("summary", {}, make("span", { id: "panel-name" })),
      make("div", { class: "filters" }, ...(spanOfDates()[0] ? [day("from"), day("to")] : []), ...selects),
      make("p", { class: "wrong", id: "date-error", role: "alert" }),
      make("p", { class: "ticks" }, ...(requests.some((r) => !r.issuer_actor && r.issuer_inferred) ? [tick("inferred", "reader.with_inferred")] : []), tick("exact", "query.exact"))),
    make("p", { class: "counts" }, make("span", { id: "count" }), ...(repeats ? [" ", restated] : []), " ", make("a", { id: "reset", href: address(only({ exact: "", inferred: "" })), text: word("reader.reset") })),
    make("p", { class: "note", id: "count-note" }), make("p", { class: "note", id: "asked" }),
  ];
}

const sizes_ = {};
function valuesIn(key) { // how many values a facet has in all
  const count = () => new Set(requests.flatMap((r) => (values(key, r).length ? values(key, r) : [NONE]))).size;
  return key === "verdict" ? count() : (sizes_[key + state.inferred] ??= count()); // verdicts come and go
}

let dates_ = null;
const spanOfDates = () => (dates_ ??= ((given) => (given.length ? [given[0], given.at(-1)] : ["", ""]))(data.documents.map((d) => d.date).filter(Boolean).sort()));

function options(key) { // of one facet, with their counts under the other filters
  const select = document.getElementById(facetId(key));
  if (!select) return;
  const now = state[key] ?? "";
  const found = new Map();
  for (const r of selection().under(key)) for (const value of values(key, r).length ? values(key, r) : [NONE]) {
    if (!found.has(value)) found.set(value, []);
    found.get(value).push(r);
  }
  if (now && !found.has(now)) found.set(now, []);
  let entries = [...found].sort((a, b) => (a[0] !== NONE) - (b[0] !== NONE) || byCount(a, b));
  const cut = entries.length - MOST_OPTIONS;
  if (cut > 0) entries = entries.filter(([value], i) => i < MOST_OPTIONS || value === now);
  if (NATURAL.includes(key)) { const order = [...found.keys()]; entries.sort((a, b) => (a[0] !== NONE) - (b[0] !== NONE) || (key === "year" ? byName(a[0], b[0]) : order.indexOf(a[0]) - order.indexOf(b[0]))); }
  const option = (value, text) => make("option", { value, text, selected: value === now });
  const made = entries.map(([value, mine]) => option(value, shownName(key, value) + " (" + both(mine.length, distinct(mine)) + inferredOf(key, mine) + ")"));
  if (cut > 0) made.push(make("option", { disabled: true, text: filled("reader.cut_options", { n: number(MOST_OPTIONS), all: number(found.size) }) }));
  select.replaceChildren(option("", word("reader.all")), ...made);
}

function tellPanel() {
  const { error, operator } = sought();
  const found = kept();
  const on = active().filter((key) => key !== "q");
  const put = (id, text) => { const box = document.getElementById(id); if (box) box.textContent = text; };
  put("query-error", error ? filled(error, { operator }) + " " + word("query.ignored") : "");
  const odd = ["from", "to"].filter((key) => state[key] && !isDate(state[key]));
  put("date-error", odd.length ? filled("reader.no_date", { date: state[odd[0]] }) : "");
  const chosen = on.map((key) => (["from", "to"].includes(key) ? word("reader." + key) + " " + state[key] : key === "restated" ? shownName(key, state[key]) : facetName(key) + marked_off(":") + shownName(key, state[key])));
  put("panel-name", word("reader.filters") + (chosen.length ? " – " + chosen.join(marked_off(";")) : ""));
  put("asked", [...(state.q && !error ? [word("reader.search") + marked_off(":") + state.q] : []), ...chosen].join(marked_off(";"))); // for paper, which has no panel
  const count = filled(repeats ? "reader.count_both" : "reader.count", { n: number(found.length), all: number(requests.length), once: number(distinct(found)), all_once: number(distinct(requests)) });
  put("count", count);
  const undated = (state.from || state.to) && !odd.length ? requests.filter((r) => !dated(r)).length : 0;
  put("count-note", [undated ? filled("reader.undated", { n: number(undated) }) : "", found.length || error || !state.q ? "" : widerQuery()].filter(Boolean).join(" "));
  const reset = document.getElementById("reset");
  if (reset) { reset.href = address(only({ exact: "", inferred: "" })); reset.hidden = !FILTERS.some((key) => state[key]) && !state.exact && !state.inferred; }
  say(error ? document.getElementById("query-error").textContent : count);
}

function widerQuery() { // words that begin as those sought: what most mean who find nothing
  const wider = begun(state.q);
  const q = state.q;
  state.q = wider;
  const n = sought().test ? kept().length : 0;
  state.q = q;
  return n ? filled("query.begun", { query: wider, n: number(n) }) : "";
}

// A view of requests under the filters: its head, the panel, and what `fill` makes of the requests that are left.
function filtered(title, note, fill) {
  const inside = make("div", { id: "found" });
  refill = () => inside.replaceChildren(...fill(kept()).filter(Boolean));
  return [make("h2", { text: word(title) }), make("p", { class: "note", text: word(note) }), ...panel(), inside];
}
