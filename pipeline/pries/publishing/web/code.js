// Coding: the sentences that were drawn, one after the other, each to be coded whole; kept in the browser, saved as sample.csv.
const CODE_KEYS = ["confirm", "reject", "add", "whole", "next", "before"];
const SAMPLE_COLUMNS = ["sentence_id", "doc_id", "paragraph", "stratum", "pi", "coded", "coder", "date", "note"];
const BATCH = 50; // sentences after which one is told what as many more would bring
let place_ = null; // of the sentence shown, in the sample
let compared = new Set(); // sentences coded unseen of which the program's requests are shown by now

const theirs = (s) => !coder || !s.coder || s.coder === coder;
const isCoded = (s) => s.sentence_id in codings || (s.coded && theirs(s));
const openOne = () => data.sample.findIndex((s) => !isCoded(s));
const askedIn = (s) => s.requests.map((id) => byId.get(id)).filter(Boolean);
const textOf = (s) => data.paragraphs.find((p) => p.doc === s.doc_id && p.paragraph === s.paragraph).text.slice(s.start, s.end);
const addedIn = (s) => [...added()].filter(([, one]) => one.doc_id === s.doc_id && one.sentence_text === textOf(s));
const hidden = (s) => blind && !isCoded(s) && !compared.has(s.sentence_id);

function codeView() {
  if (place_ === null) place_ = Math.max(openOne(), 0);
  const s = data.sample[place_];
  const at = data.paragraphs.findIndex((p) => p.doc === s.doc_id && p.paragraph === s.paragraph);
  const p = data.paragraphs[at];
  const spans = hidden(s) ? [] : askedIn(s).flatMap((r) => spansOf(p, r));
  const words = painted(p.text, s.start, s.end, spans, (mark) => make("button", { type: "button", class: "mark " + mark.kind, on: { click: () => open(mark.r) } }));
  const button = (id, label, name, click, more) => make("button", { type: "button", id, on: { click, ...more } }, word(label) + " ", key(name));
  const plain_ = (id, label, click) => make("button", { type: "button", id, text: word(label), on: { click } });
  const done = data.sample.filter(isCoded).length;
  const last = isCoded(s) ? "code.undo" : hidden(s) && askedIn(s).length ? "code.compare" : "code.done";
  return [make("h2", { text: word("reader.code") }), done ? "" : make("p", { class: "note", text: word(blind ? "code.note_blind" : "code.note") }),
    make("p", {}, make("span", { id: "code-progress", role: "status", text: filled("code.progress", { n: number(done), all: number(data.sample.length) }) }), " ", make("label", { for: "code-blind" }, make("input", { type: "checkbox", id: "code-blind", checked: blind, on: { change: (e) => readBlind(e.target.checked) } }), " " + word("review.blind"))),
    make("p", { class: "verdicts" }, button("code-add", "review.add", "add", CODE_DOES.add, { mousedown: (e) => e.preventDefault() }), button("code-done", last, "whole", () => codeWhole(s)),
      button("code-before", "code.before", "before", () => step(-1)), button("code-next", "code.next", "next", () => step(1))),
    make("div", { class: "paragraph here coding" }, make("span", { class: "number", text: number(place_ + 1) }),
      make("p", { lang: "fr", "data-at": at, tabindex: "0", role: "region", "aria-label": p.paragraph }, make("span", { class: "before", text: p.text.slice(0, s.start) }), make("strong", { class: "sentence" }, ...words), make("span", { class: "after", text: p.text.slice(s.end) }))),
    make("ul", { class: "asked", id: "code-rows" }, ...(hidden(s) ? [] : askedIn(s).map(judged)), ...addedIn(s).map(addition)),
    make("p", { class: "verdicts" }, plain_("code-save-corrections", "review.save", () => saved(export_)), plain_("code-save", "code.save", () => saved(saveSample))),
    make("p", { class: "note", role: "status", id: "code-hint" }), keysHelp(CODE_KEYS), ...forecast()];
}

function judged(r) { // a request with its verdict, as one decides on a card
  const verdict = (action) => make("button", { type: "button", class: "verdict", "data-action": action, "data-in": r.id, text: capital(word("review." + action)), on: { click: () => signed(() => { decide(r, action); show(); }) } });
  const roles = (r.issuer || "–") + " → " + (r.addressee || "–") + marked_off(":");
  return make("li", { "data-row": r.id }, make("span", { class: "modality", text: word("modality." + r.modality) }), " " + roles,
    make("button", { type: "button", class: "link", text: r.actions.map(said).join(" ; ") || r.trigger, on: { click: () => open(r) } }), " ", verdict("confirm"), " ", verdict("reject"), " ", stateOf(r));
}

function addition([id, one]) { // a request that one has added here, and how to take it back
  const roles = (one.issuer || "–") + " → " + (one.addressee || "–") + marked_off(":") + (one.actions || one.trigger) + " ";
  const drop = () => { decisions = decisions.filter((d) => d.obligation_id !== id); keep(); show(); };
  return make("li", {}, make("span", { class: "modality", text: word("modality." + one.modality) }), " " + roles, make("button", { type: "button", class: "verdict", "data-action": "drop", text: word("code.drop"), on: { click: drop } }), " ", make("span", { class: "state added", text: word("review.added") }));
}

function step(by) {
  place_ = Math.min(Math.max(place_ + by, 0), data.sample.length - 1);
  show();
}

const hint = (text) => { document.getElementById("code-hint").textContent = text; };
const undecided = (s) => askedIn(s).find((r) => verdictOf(r) === "open" && !addedIn(s).some(([, one]) => one.trigger === wordsOf(r)));
const wordsOf = (r) => data.paragraphs.find((p) => p.doc === r.doc && p.paragraph === r.paragraph).text.slice(r.start, r.end);

function codeWhole(s) { // and on to the next that is open; coded unseen, the program's requests come first
  signed(() => {
    if (hidden(s) && askedIn(s).length) {
      compared.add(s.sentence_id);
      return show();
    }
    if (!isCoded(s) && blind && undecided(s)) return hint(word("code.undecided"));
    if (isCoded(s)) { s.coded = false; delete codings[s.sentence_id]; } else codings[s.sentence_id] = { coder: coder ?? "", date: today() };
    store(shelf("sample"), codings);
    const n = data.sample.filter(isCoded).length;
    if (isCoded(s) && openOne() >= 0) place_ = openOne();
    show();
    if (n === data.sample.length) hint(word("code.complete"));
    else if (isCoded(s) && n % BATCH === 0) hint(filled("code.batch", { n: number(n) }));
  });
}

const CODE_DOES = {
  confirm: () => judgeNext("confirm"), reject: () => judgeNext("reject"), next: () => step(1), before: () => step(-1),
  whole: () => codeWhole(data.sample[place_]),
  add: () => { const s = data.sample[place_]; adding(selected() ?? { doc: s.doc_id, paragraph: s.paragraph, sentence: textOf(s) }); },
};

function saved(file) { // and where it is now
  const name = file();
  if (name) hint(filled("code.saved", { file: name, other: name === "sample.csv" ? "corrections.csv" : "sample.csv" }));
}

function judgeNext(action) { // of the request that has the focus, else of the first that nobody has decided on
  const s = data.sample[place_];
  const r = byId.get(document.activeElement?.closest?.("[data-row]")?.dataset.row) ?? askedIn(s).find((r) => verdictOf(r) === "open");
  if (r && !hidden(s)) signed(() => { decide(r, action); show(); });
}

function saveSample() { // with the lines that could not be used, as they stand: nothing of the file is lost
  const columns = [...data.sample.map((s) => s.own), ...data.unused.filter((line) => !Array.isArray(line))];
  const own = new Set(columns.flatMap(Object.keys).filter((name) => !SAMPLE_COLUMNS.includes(name))); // that a person has added
  const names = [...SAMPLE_COLUMNS, ...own];
  const lines = data.sample.map((s) => ({ ...s.own, ...s, ...codings[s.sentence_id], coded: s.coded || isCoded(s) ? "yes" : "" }));
  const cells = [...lines, ...data.unused].map((line) => (Array.isArray(line) ? line : names.map((name) => String(line[name] ?? ""))));
  return save("sample.csv", csv([names, ...cells]).replace("\ufeff", ""), "text/csv;charset=utf-8");
}
