// Coding: the sentences that were drawn, one after the other, each to be coded whole; kept in the browser, saved as sample.csv.
const CODINGS = "sample " + data.documents.map((d) => d.id).join(" ").slice(0, 200);
let codings = load(CODINGS, {}); // by sentence: { coder, date }
let place_ = null; // of the sentence shown, in the sample
let blind = false;

const isCoded = (s) => s.coded || s.sentence_id in codings;
const open_ = () => data.sample.findIndex((s) => !isCoded(s));

function codeView() {
  if (place_ === null) place_ = open_() < 0 ? 0 : open_();
  const s = data.sample[place_];
  const at = data.paragraphs.findIndex((p) => p.doc === s.doc_id && p.paragraph === s.paragraph);
  const p = data.paragraphs[at];
  const mine = s.requests.map((id) => byId.get(id)).filter(Boolean);
  const sentence = { text: p.text.slice(s.start, s.end), marks: [] };
  const inside = mine.map((r) => ({ ...r, original: r, start: r.start - s.start, end: r.end - s.start, actions: r.actions.map((a) => ({ ...a, at: a.at - s.start })) }));
  const shown = blind && !isCoded(s) ? [sentence.text] : marked(sentence, inside, "");
  const hint = make("span", { class: "note", role: "status", id: "code-hint" });
  const box = make("input", { type: "checkbox", id: "blind", checked: blind, on: { change: (e) => { blind = e.target.checked; show(); } } });
  const add = () => { const chosen = selected(); hint.textContent = chosen ? "" : word("review.select"); if (chosen) adding(chosen); };
  const button = (id, label, click) => make("button", { type: "button", id, text: word(label), on: { click } });
  return [make("h2", { text: word("reader.code") }), make("p", { class: "note", text: word("code.note") }),
    make("p", {}, make("span", { id: "code-progress", text: filled("code.progress", { n: number(data.sample.filter(isCoded).length), all: number(data.sample.length) }) }), " ", make("label", { for: "blind" }, box, " " + word("code.blind"))),
    make("div", { class: "paragraph here" }, make("span", { class: "number", text: String(place_ + 1) }),
      make("p", { lang: "fr", "data-at": at }, make("span", { class: "before", text: p.text.slice(0, s.start) }), ...shown, make("span", { class: "after", text: p.text.slice(s.end) }))),
    make("ul", { class: "asked", id: "code-rows" }, ...(blind && !isCoded(s) ? [] : mine.map(judged))),
    make("p", {}, make("button", { type: "button", id: "code-add", text: word("review.add"), on: { mousedown: (e) => e.preventDefault(), click: add } }), " ",
      button("code-done", isCoded(s) ? "code.undo" : "code.done", () => codeWhole(s)), " ",
      button("code-before", "code.before", () => step(-1)), " ", button("code-next", "code.next", () => step(1)), " ", button("code-save", "code.save", saveSample), " ", hint)];
}

function judged(r) { // a request with its verdict, as one decides on a card
  const said_ = make("span", { class: "note", text: " " + (decided(r) ? word("review." + decided(r)) : word("review.open")) });
  const verdict = (action) => make("button", { type: "button", class: "verdict", "data-action": action, text: word("review." + action), on: { click: () => { decide(r, action); show(); } } });
  const roles = (r.issuer || "–") + " → " + (r.addressee || "–") + " : ";
  return make("li", {}, make("span", { class: "modality", text: word("modality." + r.modality) }), " " + roles,
    make("button", { type: "button", class: "link", text: r.actions.map(said).join(" ; ") || r.trigger, on: { click: () => open(r) } }), " ", verdict("confirm"), " ", verdict("reject"), said_);
}

function step(by) {
  place_ = Math.min(Math.max(place_ + by, 0), data.sample.length - 1);
  show();
}

function codeWhole(s) { // and on to the next that is open
  if (isCoded(s)) { s.coded = false; delete codings[s.sentence_id]; } else codings[s.sentence_id] = { coder: load(CODER, ""), date: today() };
  try { localStorage.setItem(CODINGS, JSON.stringify(codings)); } catch { say(word("review.unsaved")); }
  if (isCoded(s) && open_() >= 0) place_ = open_();
  show();
}

function saveSample() {
  const names = ["sentence_id", "doc_id", "paragraph", "stratum", "pi", "coded", "coder", "date", "note"];
  const lines = data.sample.map((s) => ({ ...s, ...codings[s.sentence_id], coded: isCoded(s) ? "yes" : "" }));
  save("sample.csv", csv([names, ...lines.map((line) => names.map((name) => String(line[name] ?? "")))]).replace("\ufeff", ""), "text/csv;charset=utf-8");
}
