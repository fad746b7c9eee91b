// Families: requests that say the same, within a document and across documents, and what a person decides of them.
const NEAR = 5; // requests that are offered for comparison
const HELD = 5; // members of a family that are shown at first

const familyOf = (r) => families.get(r.family) ?? [r];
const when = (r) => dated(r) || word("no_date");
const yearOf = (r) => Number(dated(r).match(/^\d{4}/)?.[0] ?? NaN);

// --- same or not the same: lines of corrections.csv, kept with the other decisions ---------------------

const joins = (d, r, other) => PAIR.includes(d.action) && ((d.obligation_id === r.id && d.new === other.id) || (d.obligation_id === other.id && d.new === r.id));
const before_ = new Map(data.judged.map(([one, other, verdict]) => [[one, other].sort().join(" "), verdict])); // in earlier runs
const judgedPair = (r, other) => decisions.findLast((d) => joins(d, r, other))?.action ?? (blind ? "" : before_.get([r.id, other.id].sort().join(" ")) ?? "");
// What an earlier run knew of two requests and a file saved here would lose.
const lostPairs = () => data.judged.some(([one, other]) => !decisions.some((d) => joins(d, { id: one }, { id: other })));

function compare(r, other, action) { // the same verdict twice takes it back
  const before = decisions.findLast((d) => joins(d, r, other))?.action;
  decisions = decisions.filter((d) => !joins(d, r, other));
  if (action !== before) decisions.push(line(r, { action, field: "", old: "", new: other.id }));
  keep();
}

function comparing(r, other) { // two buttons, and what has been said
  const said = make("span", { class: "note", role: "status" });
  const buttons = PAIR.map((action) => make("button", { type: "button", class: "verdict", "data-action": action, text: word("family." + action), on: { click: () => signed(() => { compare(r, other, action); tell(); }) } }));
  const tell = () => {
    const verdict = judgedPair(r, other);
    for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.action === verdict);
    said.textContent = verdict ? " " + word("family.said." + verdict) : "";
  };
  tell();
  return make("span", { class: "comparing" }, buttons[0], " ", buttons[1], said);
}

// --- a request beside another one -------------------------------------------------------------------------

function beside(r, other) { // another request, its wording held against r's
  const alike = folded(r.sentence) === folded(other.sentence);
  return make("li", {}, make("span", { class: "when", text: when(other) }), " ", place(other), " ", make("span", { class: "modality", text: word("modality." + other.modality) }), " ",
    make("button", { type: "button", class: "link", text: word("reader.card"), on: { click: () => open(other) } }), " ", comparing(r, other),
    alike ? make("p", { class: "note", text: word("family.alike") }) : make("p", { class: "wording", lang: "fr" }, ...differences(r.sentence, other.sentence)));
}

function besides(r, others) {
  const made = make("ol", { class: "family" }, ...others.slice(0, HELD).map((other) => beside(r, other)));
  if (others.length <= HELD) return [made];
  const more = make("button", { type: "button", text: filled("reader.more", { n: number(others.length - HELD) }), on: { click: () => { made.append(...others.slice(HELD).map((other) => beside(r, other))); more.remove(); } } });
  return [made, make("p", {}, more)];
}

// The part of a card that tells where else the request is made.
function familyPart(r) {
  const others = familyOf(r).filter((other) => other !== r);
  const near = make("div");
  const offer = () => { if (!near.firstChild) near.append(...offered(r)); };
  const parts = others.length ? [make("h3", { text: word("family.title") }), make("p", { class: "note", text: inWords(familyOf(r)) + " " + word("family.marks") }), ...besides(r, others)] : [];
  return make("section", { id: "family" }, ...parts, make("details", { id: "near", on: { toggle: offer } }, make("summary", { text: word("family.near"), on: { click: offer } }), near));
}

function offered(r) {
  const found = nearest(r);
  return found.length ? [make("p", { class: "note", text: word("family.near.note") }), ...besides(r, found)] : [make("p", { class: "note", text: word("family.near.none") })];
}

const content = (r) => (r.content ??= new Set((folded(r.action_text || r.sentence).match(/\p{L}{4,}/gu) ?? []).map((w) => w.slice(0, 7))));

function nearest(r) { // by the share of words in common, other families only
  const mine = content(r);
  const score = (other) => { let n = 0; for (const w of content(other)) if (mine.has(w)) n++; return n / (mine.size + content(other).size - n || 1); };
  return requests.filter((other) => other !== r && other.family !== r.family).map((other) => [score(other), other])
    .filter(([likeness]) => likeness > 0.15).sort((a, b) => b[0] - a[0] || position.get(a[1]) - position.get(b[1])).slice(0, NEAR).map(([, other]) => other);
}

// --- the view -----------------------------------------------------------------------------------------------

function inWords(members) { // "4 fois dans 3 documents, de 1934 à 1958"
  const dates = members.map(dated).filter(Boolean);
  const [first, last] = [dates[0], dates.at(-1)];
  const docs = new Set(members.map((r) => r.doc)).size;
  const span = !first ? "" : first === last ? ", " + first : ", " + filled("family.span", { first, last });
  const silent = longestSilence(members);
  return filled("family.times", { n: number(members.length) }) + " " + filled("family.documents", { n: number(docs) }) + span + (silent > 1 ? " ; " + filled("family.silent", { n: number(silent) }) : "") + ".";
}

function longestSilence(members) { // years between two times without a word
  const years = unique(members.map(yearOf).filter((year) => !Number.isNaN(year))).sort((a, b) => a - b);
  return Math.max(0, ...years.slice(1).map((year, i) => year - years[i] - 1));
}

function familiesView() {
  return filtered("reader.families", "reader.families.note", (rows) => {
    const mine = new Map();
    for (const r of rows) if (families.has(r.family)) mine.set(r.family, (mine.get(r.family) ?? 0) + 1);
    const found = [...mine].sort((a, b) => families.get(b[0]).length - families.get(a[0]).length || position.get(families.get(a[0])[0]) - position.get(families.get(b[0])[0]));
    const body = make("div", {});
    const more = make("p", { id: "more" });
    const fill = () => {
      body.replaceChildren(...found.slice(0, shown).map(([id, n]) => familyEntry(families.get(id), n)));
      more.replaceChildren(...(found.length > shown ? [make("button", { type: "button", text: filled("reader.more", { n: number(found.length - shown) }), on: { click: () => { shown += STEP; fill(); } } })] : []));
    };
    fill();
    return [make("p", { id: "families", text: filled("family.count", { n: number(found.length), all: number(families.size) }) }), body, more];
  });
}

function strengths(members) { // in order, those of a row as one: "devoir × 3 → demande"
  const found = [];
  for (const { modality } of members) if (found.at(-1)?.modality === modality) found.at(-1).n++; else found.push({ modality, n: 1 });
  const parts = found.map(({ modality, n }) => word("modality." + modality) + (n > 1 ? " × " + number(n) : ""));
  return (parts.length > 12 ? [...parts.slice(0, 6), "…", ...parts.slice(-5)] : parts).join(" → ");
}

function familyEntry(members, n) { // n of them pass the filters
  const [first] = members;
  const inside = make("div");
  const fill = () => {
    if (inside.firstChild) return;
    inside.append(make("blockquote", { lang: "fr" }, make("span", { class: "when", text: when(first) }), " ", place(first), " ", make("span", { class: "modality", text: word("modality." + first.modality) }), " ",
      make("button", { type: "button", class: "link", text: word("reader.card"), on: { click: () => open(first) } }), make("p", { text: first.sentence })),
    make("p", { class: "note", text: word("family.marks") }), ...besides(first, members.slice(1)));
  };
  return make("details", { class: "family", on: { toggle: fill, fill } }, make("summary", { on: { click: fill } },
    make("span", { class: "n", text: number(members.length) }), make("span", { class: "name", text: first.action_text || first.trigger }),
    make("span", { class: "history" }, inWords(members) + (n < members.length ? " " + filled("family.kept", { n: number(n) }) : "") + " ", make("span", { class: "strengths", text: strengths(members) }))), inside);
}
