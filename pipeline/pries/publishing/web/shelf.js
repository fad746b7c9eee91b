// The shelf: what a person decides is kept in the browser, for each state of the texts and each coder apart.
const NAME = "pries coder";
const KEYS = "pries keys";
const BLIND = "pries blind";
let coder = load(NAME, null); // null: not asked yet; "": goes without a name
let blind = load(BLIND, false); // nothing is shown that the program or somebody else has found before one has looked

function load(key, otherwise) {
  try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
}

function store(key, value) {
  try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { say(word("review.unsaved")); return false; }
}

const shelf = (what) => "pries " + what + " " + JSON.stringify([data.run, coder ?? ""]);

// What this coder has put on the shelf here; else what still holds of another state of these texts, the one of which most does.
function shelved(what, empty, holding) {
  const mine = load(shelf(what), null);
  if (mine) return mine;
  let found = empty;
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith("pries " + what + " ") || JSON.parse(key.slice(what.length + 7))[1] !== (coder ?? "")) continue;
      const kept = holding(load(key, empty));
      if (Object.keys(kept).length > Object.keys(found).length) found = kept;
    }
  } catch { /* nothing is kept in this browser */ }
  return found;
}

// Do something that is signed: the first time the person is asked for initials.
function signed(action) {
  if (coder !== null) return action();
  const dialog = document.getElementById("signing");
  const input = make("input", { type: "text", id: "initials", maxlength: "20", on: { keydown: (e) => { if (e.key === "Enter") done(input.value); } } });
  const done = (name) => { dialog.close(); sign(name.trim()); action(); };
  dialog.replaceChildren(make("h2", { id: "signing-title", text: word("review.coder") }), make("p", { class: "note", text: word("review.signing") }),
    make("p", {}, make("label", { for: "initials" }, word("review.coder") + " ", input)),
    make("p", {}, make("button", { type: "button", id: "initials-done", text: word("review.go_on"), on: { click: () => done(input.value) } }), " ",
      make("button", { type: "button", id: "initials-none", text: word("review.unsigned"), on: { click: () => done("") } })));
  dialog.showModal();
}

// Another person at the screen sees nothing of the one before; what was decided before a name was given is that person's.
function sign(name) {
  const unsigned = coder ? null : { corrections: decisions, sample: codings };
  const before = [shelf("corrections"), shelf("sample")];
  coder = name;
  store(NAME, name);
  takeDown();
  if (name && unsigned && !decisions.length && !Object.keys(codings).length && (unsigned.corrections.length || Object.keys(unsigned.sample).length)) {
    decisions = unsigned.corrections.map((d) => ({ ...d, coder: d.coder || name }));
    codings = Object.fromEntries(Object.entries(unsigned.sample).map(([id, c]) => [id, { ...c, coder: c.coder || name }]));
    for (const key of before) localStorage.removeItem(key);
    store(shelf("sample"), codings);
    keep();
  }
}

function takeDown() {
  const drawn = new Set(data.sample.map((s) => s.sentence_id));
  decisions = shelved("corrections", [], holding);
  codings = shelved("sample", {}, (kept) => Object.fromEntries(Object.entries(kept).filter(([id]) => drawn.has(id))));
}

function holding(lines) { // of decisions made on another state of the texts those about something that stands here
  const stands = (d) => data.paragraphs.some((p) => p.doc === d.doc_id && p.text.includes(d.new));
  const added = new Set(lines.filter((d) => d.action === "add" && d.field === "sentence_text" && stands(d)).map((d) => d.obligation_id));
  return lines.filter((d) => byId.has(d.obligation_id) || added.has(d.obligation_id));
}

let decisions = []; // lines of corrections.csv, and { action: "later" } for what is to be looked at again
let codings = {}; // of sentences that were drawn: { coder, date }
takeDown();
addEventListener("storage", (e) => { if ([shelf("corrections"), shelf("sample")].includes(e.key)) { takeDown(); progress(); } }); // another tab
