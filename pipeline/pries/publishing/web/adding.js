// Adding a request: the word that carries it is selected in the text.

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
  const elided = /^(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’](?=\p{L}+$)/iu.exec(raw.trim())?.[0] ?? ""; // a double click on « importance » takes « l’ » along
  const start = before.toString().length + raw.length - raw.trimStart().length + elided.length;
  const words = raw.trim().slice(elided.length);
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

// `chosen`: what was selected; else, for who has no mouse, a sentence alone, or nothing: the words are typed then.
function adding(chosen) {
  const fields = { modality: "", polarity: "positive" };
  if (blind) Object.assign(fields, { issuer: "", addressee: "", actions: "" }); // what one leaves empty unseen is empty, whatever the program found
  const note = make("p", { class: "note", role: "status", id: "add-hint" });
  const quote = make("blockquote", { lang: "fr", text: chosen?.sentence ?? "" });
  const text = (name, label) => make("label", { for: "add-" + name }, word(label), make("input", { type: "text", id: "add-" + name, on: { input: (e) => { fields[name] = e.target.value.trim(); } } }));
  const choice = (name, label, options) => make("label", { for: "add-" + name }, word(label), make("select", { id: "add-" + name, on: { change: (e) => { fields[name] = e.target.value; } } }, ...options.map(([value, shown]) => make("option", { value, text: shown }))));
  const typed = { trigger: chosen?.trigger ?? "", homes: [] };
  const sentences = make("select", { id: "add-sentence", on: { change: (e) => { quote.textContent = typed.homes[e.target.value]?.sentence ?? ""; } } });
  const look = (e) => { // the sentences in which the words stand
    typed.trigger = e.target.value.trim();
    if (chosen) return;
    typed.homes = typed.trigger.length < 3 ? [] : homesOf(typed.trigger);
    sentences.replaceChildren(...typed.homes.map((home, i) => make("option", { value: i, text: documents.get(home.doc).name + ", " + home.paragraph + " : " + home.sentence.slice(0, 80) })));
    quote.textContent = typed.homes[0]?.sentence ?? "";
  };
  const done = () => signed(() => {
    const home = chosen ?? typed.homes[sentences.value];
    if (!home || !typed.trigger || !places(typed.trigger, home.sentence).length) { note.textContent = word("review.no_word"); return; }
    if (!fields.modality) { note.textContent = word("review.no_strength"); return; } // one that nobody chose would be the first of the list
    const id = "new" + Date.now();
    const all = { doc_id: home.doc, paragraph: home.paragraph, sentence_text: home.sentence, trigger: typed.trigger, occurrence: String(home.occurrence ?? 1), ...fields };
    for (const [field, value] of Object.entries(all)) if (value || blind) decisions.push({ obligation_id: id, action: "add", field, new: value, doc_id: home.doc, paragraph: home.paragraph, coder: coder ?? "", date: today() });
    keep();
    card.close();
    if (state.view === "code") show();
  });
  at_ = null;
  const words = chosen?.trigger ? make("p", {}, filled("review.word", { word: "" }), make("strong", { text: chosen.trigger }))
    : make("div", { class: "filters" }, make("label", { for: "add-trigger" }, word("reader.trigger"), make("input", { type: "text", id: "add-trigger", on: { input: look } })), chosen ? "" : make("label", { for: "add-sentence" }, word("review.sentence"), sentences));
  card.replaceChildren(make("h2", { id: "card-title", text: word("review.add") }), chosen?.trigger ? "" : make("p", { class: "note", text: word("review.select") }), words, quote,
    make("div", { class: "filters" }, choice("modality", "reader.strength", [["", "–"], ...data.modalities.map((m) => [m, word("modality." + m)])]), choice("polarity", "review.polarity", ["positive", "negative"].map((p) => [p, word("review." + p)])), text("issuer", "reader.issuer"), text("addressee", "reader.addressee"), text("actions", "review.heads")),
    note, make("p", {}, make("button", { type: "button", id: "add-done", text: word("review.add"), on: { click: done } }), " ", make("button", { type: "button", text: word("reader.close"), on: { click: () => card.close() } })));
  card.showModal();
  card.querySelector("#add-trigger")?.focus();
}

function homesOf(words) { // the sentences in which words stand whole, the first of them
  const found = [];
  for (const p of data.paragraphs) for (const [start, end] of p.text.includes(words) ? p.cuts : []) {
    const sentence = p.text.slice(start, end);
    if (sentence.includes(words) && places(words, sentence).length) found.push({ doc: p.doc, paragraph: p.paragraph, sentence });
    if (found.length === 200) return found;
  }
  return found;
}

function added() { // what has been added here: by its name in the file, its fields
  const found = new Map();
  for (const d of decisions) if (d.action === "add") found.set(d.obligation_id, { ...found.get(d.obligation_id), [d.field]: d.new });
  return found;
}
