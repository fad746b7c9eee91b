// The card of a request: all its fields, its sentence among its neighbours, its citation.
const card = document.getElementById("card");

function open(r) {
  const rows = [["strength", word("modality." + r.modality) + (r.polarity === "negative" ? " (" + word("reader.negative") + ")" : "")], ["issuer", r.issuer || word("unnamed")], ["inferred", r.issuer_inferred],
    ["addressee", r.addressee || word("unnamed")], ["action", r.actions.map(said).join(" ; ")], ["construction", word("construction." + r.construction)], ["tense", word("tense." + r.tense)],
    ["theme", list(r.theme).map(themeName).join(", ")], ["group", shownName("cluster", r.cluster)], 
    ["rule", r.rule], ["place", [r.citation, documents.get(r.doc).title].filter(Boolean).join(" – ")]];
  const [before, after] = around(r);
  card.replaceChildren(
    make("h2", { id: "card-title", text: r.citation }),
    make("blockquote", { lang: "fr" }, before ? make("span", { class: "before", text: before + " " }) : "", make("strong", { class: "sentence", text: r.sentence }), after ? make("span", { class: "after", text: " " + after }) : ""),
    make("dl", {}, ...rows.filter(([, value]) => value).flatMap(([key, value]) => [make("dt", { text: word("reader." + key) }), make("dd", { text: value })])),
    make("p", {}, make("button", { type: "button", id: "copy", text: word("reader.copy"), on: { click: () => copy("« " + r.sentence + " » (" + r.citation + ")") } }), " ",
      make("a", { href: address({ view: "text", at: r.id }), text: word("reader.there"), on: { click: () => card.close() } }), " ",
      make("button", { type: "button", id: "close", text: word("reader.close"), on: { click: () => card.close() } })),
    verdicts(r), familyPart(r));
  if (!card.open) card.showModal();
  card.scrollTop = 0;
}

// The sentence before and the sentence after, in the paragraph.
function around(r) {
  const p = data.paragraphs.find((p) => p.doc === r.doc && p.paragraph === r.paragraph);
  const from = p.text.lastIndexOf(r.sentence, r.start);
  if (from < 0) return ["", ""];
  const ends = (text) => text.split(/(?<=[.!?;:]["»”)]?)\s+(?=\S)/).filter((s) => s.trim());
  return [ends(p.text.slice(0, from).trim()).at(-1) ?? "", ends(p.text.slice(from + r.sentence.length).trim())[0] ?? ""];
}

function copy(words) {
  const box = make("textarea", { "aria-hidden": "true" });
  box.value = words;
  card.append(box);
  box.select();
  document.execCommand("copy"); // the clipboard API is barred for pages opened from disk
  box.remove();
  say(word("reader.copied"));
}
