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

addEventListener("storage", (e) => { if (e.key === SHELF) { decisions = load(SHELF, []); progress(); } }); // another tab

const of = (r) => decisions.filter((d) => d.obligation_id === r.id && !isPair(d) && !String(d.field ?? "").endsWith("_label"));
const signature = (r) => [r.modality, r.polarity, r.issuer, r.addressee, r.heads].join(" | ");
const fieldOf = (name) => (name === "heads" ? "actions" : name);
// The edit of a field that the tables do not hold yet; one that they hold stays in the file, before the next.
const pending = (r, name) => of(r).filter((d) => d.action === "edit" && d.field === fieldOf(name) && d.old === r[name]).at(-1);
const today = () => new Date().toISOString().slice(0, 10);

function decided(r) { // what a person has said of a request: in this browser, else in an earlier run
  const last = of(r).at(-1);
  return last ? last.action : r.checked === "auto" ? "" : r.checked;
}

function line(r, changes) {
  return { obligation_id: r.id, doc_id: r.doc, paragraph: r.paragraph, coder: load(CODER, ""), date: today(), ...changes };
}

function decide(r, action) { // one verdict a request: the last; edits stay beside it
  decisions = decisions.filter((d) => d.obligation_id !== r.id || d.action === "edit" || isPair(d));
  const looked = of(r).length && (r.checked !== "auto" || EDITABLE.some((name) => pending(r, name)));
  if (action === "confirm" && looked) return keep(); // an edited row has been looked at
  decisions.push(line(r, { action, old: action === "confirm" ? signature(r) : "" }));
  keep();
}

function edit(r, name, value) {
  const before = pending(r, name);
  decisions = decisions.filter((d) => d !== before);
  if (value !== r[name]) {
    decisions = decisions.filter((d) => d.obligation_id !== r.id || d.action === "edit" || isPair(d));
    decisions.push(line(r, { action: "edit", field: fieldOf(name), old: r[name], new: value }));
  }
  keep();
}

function verdicts(r) { // the part of the card in which one decides
  const said = make("span", { id: "verdict", role: "status" });
  const tell = () => { said.textContent = decided(r) ? word("review." + decided(r)) : word("review.open"); };
  const button = (action) => make("button", { type: "button", class: "verdict", id: "review-" + action, text: word("review." + action), on: { click: () => { decide(r, action); tell(); } } });
  const input = (name) => {
    const now = pending(r, name)?.new ?? r[name];
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
  const occurrence = places(words, sentence).indexOf(start - cut[0]) + 1; // 1 for the first
  if (!occurrence) return null; // a part of a word
  return { doc: whole.doc, paragraph: whole.paragraph, sentence, trigger: words, occurrence };
}

function places(words, sentence) { // where whole words stand: « prié » does not in « appropriés »
  const letter = /[\p{L}\p{N}_]/u;
  const found = [];
  for (let at = sentence.indexOf(words); at >= 0; at = sentence.indexOf(words, at + words.length))
    if (!letter.test(sentence[at - 1] ?? " ") && !letter.test(sentence[at + words.length] ?? " ")) found.push(at);
  return found;
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
  const file = make("input", { type: "file", id: "corrections-file", accept: ".csv", on: { change: reread } });
  return make("details", { id: "desk" }, make("summary", { on: { mousedown: (e) => e.preventDefault() } }, make("span", { id: "progress" })),
    make("p", {}, make("button", { type: "button", id: "save-corrections", text: word("review.save"), on: { click: export_ } }), " ",
      make("button", { type: "button", id: "add", text: word("review.add"), on: { mousedown: (e) => e.preventDefault(), click: () => { const chosen = selected(); if (chosen) adding(chosen); else say(word("review.select")); document.getElementById("hint").textContent = chosen ? "" : word("review.select"); } } }), " ",
      make("span", { id: "hint", class: "note" })),
    make("p", {}, make("label", { for: "coder" }, word("review.coder") + " ", coder), " ", make("label", { for: "corrections-file" }, word("review.load") + " ", file)));
}

function export_() { // a file saved in place of one that this browser does not know would lose what that one holds
  const known = (r) => (r.checked === "added" ? decisions.some((d) => d.action === "add") : of(r).length);
  if (requests.some((r) => r.checked !== "auto" && !known(r)) && !confirm(word("review.missing"))) return;
  const lines = decisions.filter((d) => d.action !== "later");
  save("corrections.csv", csv([data.corrections, ...lines.map((d) => data.corrections.map((c) => String(d[c] ?? "")))]).replace("\ufeff", ""), "text/csv;charset=utf-8");
}

async function reread(e) { // a file in place of what stands here; notes to oneself stay
  const file = e.target.files[0];
  if (!file) return;
  const lines = parsed(decoded(await file.arrayBuffer()));
  e.target.value = ""; // the same file may be read again
  const hint = document.getElementById("hint");
  hint.textContent = lines ? "" : word("review.unreadable");
  if (!lines) return;
  const content = (d) => ["obligation_id", "action", "field", "old", "new"].map((c) => d[c] ?? "").join("\n");
  const there = new Set(lines.map(content));
  const gone = decisions.filter((d) => d.action !== "later" && !there.has(content(d))).length;
  if (gone && !confirm(filled("review.replace", { n: number(gone) }))) return;
  const ids = new Set(lines.map((d) => d.obligation_id));
  decisions = [...lines, ...decisions.filter((d) => d.action === "later" && !ids.has(d.obligation_id))];
  keep();
  show();
}

function decoded(bytes) { // UTF-8, or Windows-1252 as Excel saves it
  try { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch { return new TextDecoder("windows-1252").decode(bytes); }
}

function parsed(text) { // rows of a CSV file by its head, with commas, semicolons or tabs; null where it is no corrections.csv
  const head = text.trimStart().split(/\r?\n/)[0];
  const mark = [",", ";", "\t"].reduce((a, b) => (head.split(b).length > head.split(a).length ? b : a));
  const cell = new RegExp(`("(?:[^"]|"")*"|(?!")[^${mark}\\r\\n]*)(${mark}|\\r\\n|\\n|\\r|$)`, "y");
  const source = text.replace(/^\ufeff/, "");
  const rows = [[]];
  while (cell.lastIndex < source.length) {
    const found = cell.exec(source);
    if (!found) return null; // a quote that is not closed
    rows.at(-1).push((found[1].startsWith('"') ? found[1].slice(1, -1).replaceAll('""', '"') : found[1]).trim());
    if (found[2] !== mark) rows.push([]);
  }
  const [names, ...body] = rows.filter((row) => row.some(Boolean));
  if (!["obligation_id", "action", "field", "old", "new"].every((name) => names?.includes(name))) return null;
  return body.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ""])));
}
