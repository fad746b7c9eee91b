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
  const text = (name, label) => make("label", { for: "add-" + name }, word(label), make("input", { type: "text", id: "add-" + name, on: { input: (e) => { fields[name] = e.target.value.trim(); } } }));
  const strengths = make("select", { id: "add-modality", on: { change: (e) => { fields.modality = e.target.value; } } }, ...data.modalities.map((m) => make("option", { value: m, text: word("modality." + m) })));
  const ways = make("select", { id: "add-polarity", on: { change: (e) => { fields.polarity = e.target.value; } } }, ...["positive", "negative"].map((p) => make("option", { value: p, text: word("review." + p) })));
  Object.assign(fields, { modality: data.modalities[0], polarity: "positive" });
  if (blind) Object.assign(fields, { issuer: "", addressee: "", actions: "" }); // what one leaves empty unseen is empty, whatever the program found
  const done = () => signed(() => {
    const id = "new" + Date.now();
    const all = { doc_id: chosen.doc, paragraph: chosen.paragraph, sentence_text: chosen.sentence, trigger: chosen.trigger, occurrence: String(chosen.occurrence), ...fields };
    for (const [field, value] of Object.entries(all)) if (value || blind) decisions.push({ obligation_id: id, action: "add", field, new: value, doc_id: chosen.doc, paragraph: chosen.paragraph, coder: coder ?? "", date: today() });
    keep();
    card.close();
    if (state.view === "code") show();
  });
  at_ = null;
  card.replaceChildren(make("h2", { id: "card-title", text: word("review.add") }), make("blockquote", { lang: "fr", text: chosen.sentence }),
    make("p", {}, filled("review.word", { word: "" }), make("strong", { text: chosen.trigger })),
    make("div", { class: "filters" }, make("label", { for: "add-modality" }, word("reader.strength"), strengths), make("label", { for: "add-polarity" }, word("review.polarity"), ways), text("issuer", "reader.issuer"), text("addressee", "reader.addressee"), text("actions", "review.heads")),
    make("p", {}, make("button", { type: "button", id: "add-done", text: word("review.add"), on: { click: done } }), " ", make("button", { type: "button", text: word("reader.close"), on: { click: () => card.close() } })));
  card.showModal();
}

function added() { // what has been added here: by its name in the file, its fields
  const found = new Map();
  for (const d of decisions) if (d.action === "add") found.set(d.obligation_id, { ...found.get(d.obligation_id), [d.field]: d.new });
  return found;
}
