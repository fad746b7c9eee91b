// The card of a request: its sentence among its neighbours with its words marked, the verdict, all its fields, its citation.
const card = document.getElementById("card");

function open(r) {
  at_ = r;
  const held = card.open && card.contains(document.activeElement) ? document.activeElement.id : "";
  const types = (name) => r[name] && list(r[name]).map((t) => word("type." + t)).join(", ");
  const named = (name) => (r[name] || word("unnamed")) + (types(name + "_type") ? " (" + types(name + "_type") + ")" : "");
  const rows = [["strength", word("modality." + r.modality) + (r.polarity === "negative" ? " (" + word("reader.negative") + ")" : "")], ["issuer", named("issuer")], ["inferred", r.issuer_inferred],
    ["addressee", named("addressee")], ["action", r.actions.map(said).join(" ; ")], ["construction", word("construction." + r.construction)], ["tense", word("tense." + r.tense)],
    ["theme", list(r.theme).map(themeName).join(", ")], ["group", shownName("cluster", r.cluster)], 
    ["confidence", blind ? "" : r.confidence.toLocaleString(state.lang, { style: "percent" })], ["rule", r.rule], ["place", [r.citation, documents.get(r.doc).title].filter(Boolean).join(" – ")]];
  const [quote, kinds] = passage(r);
  card.replaceChildren(
    make("h2", {}, make("span", { id: "card-title", text: r.citation }), whereabouts(r)),
    quote, legend(kinds), ...verdicts(r),
    make("dl", {}, ...rows.filter(([, value]) => value).flatMap(([key, value]) => [make("dt", { text: word("reader." + key) }), make("dd", { text: value })])),
    make("p", {}, make("button", { type: "button", id: "copy", text: word("reader.copy"), on: { click: () => copy("« " + r.sentence + " » (" + r.citation + ")") } }), " ",
      make("a", { href: address({ view: "text", at: r.id }), text: word("reader.there"), on: { click: () => card.close() } }), " ",
      make("button", { type: "button", id: "close", text: word("reader.close"), on: { click: () => card.close() } })),
    familyPart(r));
  if (!card.open) card.showModal();
  // else the first button has it, and a narrow screen shows that in place of the sentence
  ((held && document.getElementById(held)) || card).focus({ preventScroll: true });
  card.scrollTop = 0;
  const sentence = quote.querySelector(".sentence");
  if (sentence.getBoundingClientRect().bottom > card.getBoundingClientRect().bottom) sentence.scrollIntoView({ block: "start" });
}

// The sentence with what it asks marked, between those before and after it, and which kinds of marks there are.
function passage(r) {
  const p = data.paragraphs.find((p) => p.doc === r.doc && p.paragraph === r.paragraph);
  const here = p.cuts.findIndex(([start, end]) => start <= r.start && r.end <= end);
  const spans = spansOf(p, r);
  const part = (cut, tag, kind) => (cut ? make(tag, { class: kind }, ...painted(p.text, cut[0], cut[1], spans)) : "");
  const quote = make("blockquote", { lang: "fr" }, part(p.cuts[here - 1], "span", "before"), " ",
    here < 0 ? make("strong", { class: "sentence", text: r.sentence }) : part(p.cuts[here], "strong", "sentence"), " ", here < 0 ? "" : part(p.cuts[here + 1], "span", "after"));
  return [quote, MARKS.filter((kind) => quote.querySelector("." + kind))];
}

// What is marked of a request in its paragraph: its trigger, its actions, and where its actors are named.
function spansOf(p, r) {
  const mine = ([, , kind, actor]) => list(r[kind + "_actor"]).includes(actor);
  return [...asked_(r), ...p.marks.filter(mine).map(([start, end, kind]) => ({ start, end, kind }))];
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
