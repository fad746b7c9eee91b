// Review: what the person at the screen decides on a request, kept in the browser and saved as corrections.csv.
const SHELF = "corrections " + data.documents.map((d) => d.id).join(" ").slice(0, 200);
const CODER = "coder";
const EDITABLE = ["modality", "polarity", "issuer", "addressee", "heads"];
let decisions = load(SHELF, []); // lines of corrections.csv, and { action: "later" } for what is to be looked at again

function load(key, otherwise) {
  try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
}

function keep() {
  try { localStorage.setItem(SHELF, JSON.stringify(decisions)); } catch { say(word("review.unsaved")); }
  progress();
}

const of = (r) => decisions.filter((d) => d.obligation_id === r.id);
const signature = (r) => [r.modality, r.polarity, r.issuer, r.addressee, r.heads].join(" | ");
const fieldOf = (name) => (name === "heads" ? "actions" : name);
const today = () => new Date().toISOString().slice(0, 10);

function decided(r) { // what a person has said of a request: in this browser, else in an earlier run
  const last = of(r).at(-1);
  return last ? last.action : r.checked === "auto" ? "" : r.checked;
}

function line(r, changes) {
  return { obligation_id: r.id, doc_id: r.doc, paragraph: r.paragraph, coder: load(CODER, ""), date: today(), ...changes };
}

function decide(r, action) { // one verdict a request: the last; edits stay beside "right"
  decisions = decisions.filter((d) => d.obligation_id !== r.id || (d.action === "edit" && action === "confirm"));
  if (action === "confirm" && of(r).length) return keep(); // an edited row has been looked at
  decisions.push(line(r, { action, old: action === "confirm" ? signature(r) : "" }));
  keep();
}

function edit(r, name, value) {
  const field = fieldOf(name);
  decisions = decisions.filter((d) => d.obligation_id !== r.id || (d.action === "edit" && d.field !== field));
  if (value !== r[name]) decisions.push(line(r, { action: "edit", field, old: r[name], new: value }));
  keep();
}

function verdicts(r) { // the part of the card in which one decides
  const said = make("span", { id: "verdict", role: "status" });
  const tell = () => { said.textContent = decided(r) ? word("review." + decided(r)) : word("review.open"); };
  const button = (action) => make("button", { type: "button", class: "verdict", id: "review-" + action, text: word("review." + action), on: { click: () => { decide(r, action); tell(); } } });
  const input = (name) => {
    const now = of(r).find((d) => d.field === fieldOf(name))?.new ?? r[name];
    const options = { id: "edit-" + name, value: now, on: { change: (e) => { edit(r, name, e.target.value.trim()); tell(); } } };
    const choices = { modality: data.modalities, polarity: ["positive", "negative"] }[name];
    const box = choices ? make("select", options, ...choices.map((v) => make("option", { value: v, text: name === "modality" ? word("modality." + v) : word("review." + v), selected: v === now }))) : make("input", { type: "text", ...options });
    return make("label", { for: "edit-" + name }, word(name === "modality" ? "reader.strength" : name === "heads" ? "review.heads" : name === "polarity" ? "review.polarity" : "reader." + name), box);
  };
  tell();
  return make("details", { id: "review", open: Boolean(decided(r)) }, make("summary", { text: word("review.title") }),
    make("p", {}, button("confirm"), " ", button("reject"), " ", button("later"), " ", said),
    make("div", { class: "filters" }, ...EDITABLE.map(input)), make("p", { class: "note", text: word("review.note") }));
}

// --- adding a request: its words are selected in the text ------------------------------------------

function selected() { // the words selected in a paragraph of the text, and their sentence
  const chosen = getSelection();
  const box = chosen?.anchorNode?.parentElement?.closest(".paragraph p");
  if (!box || chosen.isCollapsed || !box.contains(chosen.focusNode)) return null;
  const range = chosen.getRangeAt(0);
  const before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const whole = data.paragraphs[Number(box.dataset.at)];
  const raw = range.toString();
  const start = before.toString().length + raw.length - raw.trimStart().length;
  const words = raw.trim();
  const cut = whole.cuts.find(([from, to]) => from <= start && start + words.length <= to);
  if (!cut || whole.text.slice(start, start + words.length) !== words) return null;
  const sentence = whole.text.slice(...cut);
  const occurrence = sentence.slice(0, start - cut[0]).split(words).length; // 1 for the first
  return { doc: whole.doc, paragraph: whole.paragraph, sentence, trigger: words, occurrence };
}

function adding(chosen) {
  const fields = {};
  const text = (name, label) => make("label", {}, word(label), make("input", { type: "text", id: "add-" + name, on: { input: (e) => { fields[name] = e.target.value.trim(); } } }));
  const strengths = make("select", { id: "add-modality", on: { change: (e) => { fields.modality = e.target.value; } } }, ...data.modalities.map((m) => make("option", { value: m, text: word("modality." + m) })));
  fields.modality = data.modalities[0];
  const done = () => {
    const id = "new" + Date.now();
    const all = { doc_id: chosen.doc, paragraph: chosen.paragraph, sentence_text: chosen.sentence, trigger: chosen.trigger, occurrence: String(chosen.occurrence), ...fields };
    for (const [field, value] of Object.entries(all)) if (value) decisions.push({ obligation_id: id, action: "add", field, new: value, doc_id: chosen.doc, paragraph: chosen.paragraph, coder: load(CODER, ""), date: today() });
    keep();
    card.close();
  };
  card.replaceChildren(make("h2", { id: "card-title", text: word("review.add") }), make("blockquote", { lang: "fr", text: chosen.sentence }),
    make("p", {}, word("reader.trigger") + " : ", make("strong", { text: chosen.trigger })),
    make("div", { class: "filters" }, make("label", {}, word("reader.strength"), strengths), text("issuer", "reader.issuer"), text("addressee", "reader.addressee"), text("actions", "review.heads")),
    make("p", {}, make("button", { type: "button", id: "add-done", text: word("review.add"), on: { click: done } }), " ", make("button", { type: "button", text: word("reader.close"), on: { click: () => card.close() } })));
  card.showModal();
}

// --- what is left, saving and reading back -----------------------------------------------------------

function progress() {
  const seen = requests.filter((r) => ["confirm", "reject", "edit", "confirmed", "edited", "added"].includes(decided(r))).length;
  const added = new Set(decisions.filter((d) => d.action === "add").map((d) => d.obligation_id)).size;
  const box = document.getElementById("progress");
  if (box) box.textContent = filled("review.progress", { n: number(seen), all: number(requests.length), added: number(added) });
}

function desk() { // the line under the views
  const coder = make("input", { type: "text", id: "coder", value: load(CODER, ""), on: { change: (e) => { try { localStorage.setItem(CODER, JSON.stringify(e.target.value.trim())); } catch { /* kept for this visit only */ } } } });
  const file = make("input", { type: "file", id: "corrections-file", accept: ".csv", on: { change: async (e) => { decisions = parsed(await e.target.files[0].text()); keep(); show(); } } });
  return make("details", { id: "desk" }, make("summary", { on: { mousedown: (e) => e.preventDefault() } }, make("span", { id: "progress" })),
    make("p", {}, make("button", { type: "button", id: "save-corrections", text: word("review.save"), on: { click: export_ } }), " ",
      make("button", { type: "button", id: "add", text: word("review.add"), on: { mousedown: (e) => e.preventDefault(), click: () => { const chosen = selected(); if (chosen) adding(chosen); else say(word("review.select")); document.getElementById("hint").textContent = chosen ? "" : word("review.select"); } } }), " ",
      make("span", { id: "hint", class: "note" })),
    make("p", {}, make("label", { for: "coder" }, word("review.coder") + " ", coder), " ", make("label", { for: "corrections-file" }, word("review.load") + " ", file)));
}

function export_() {
  const lines = decisions.filter((d) => d.action !== "later");
  save("corrections.csv", csv([data.corrections, ...lines.map((d) => data.corrections.map((c) => String(d[c] ?? "")))]).replace("\ufeff", ""), "text/csv;charset=utf-8");
}

function parsed(text) { // rows of a CSV file by its head; quotes doubled inside quotes
  const rows = [[""]];
  let quoted = false;
  for (const c of text.replace(/^\ufeff/, "").matchAll(/""|"|,|\r?\n|[^",\r\n]+/g)) {
    const row = rows.at(-1);
    const sign = c[0];
    if (sign === '"') quoted = !quoted;
    else if (sign === '""') row[row.length - 1] += quoted ? '"' : "";
    else if (sign === "," && !quoted) row.push("");
    else if (/^\r?\n$/.test(sign) && !quoted) rows.push([""]);
    else row[row.length - 1] += sign;
  }
  const [head, ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ""])));
}
