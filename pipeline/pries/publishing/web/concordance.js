// Concordance: what is sought, in its context, each hit a line (keyword in context), in the whole text or in the sentences
// of the requests that are left; without a search, the words that ask.
const AROUND = 90; // signs on each side
const ALIGNED = ["place", "left", "right", "key"]; // what the lines may be sorted by
const OF_TEXT = ["from", "to", "document", "year", "section", "role"]; // the filters that paragraphs have too
const ofText = (key) => OF_TEXT.includes(key) || key.startsWith("m:");
const inWholeText = () => state.scope !== "requests" && Boolean(sought().marks);

function contextView() {
  const parts = filtered("reader.context", "reader.context.note", (rows) => {
    const { hits, told } = inWholeText() ? hitsInText() : hitsIn(rows);
    const body = make("tbody", { id: "rows" });
    const more = make("p", { id: "more" });
    const fill = () => {
      body.replaceChildren(...hits.slice(0, shown).map(hitLine));
      more.replaceChildren(...(hits.length > shown ? [make("button", { type: "button", text: filled("reader.more", { n: number(hits.length - shown) }), on: { click: () => { shown += 5 * STEP; fill(); } } })] : []));
    };
    fill();
    return [sought().marks ? scopes() : "", make("p", { id: "hits" }, filled("reader.hits", { n: number(hits.length) }), " ", told),
      make("p", {}, make("button", { type: "button", id: "csv", text: word("reader.context.csv"), on: { click: () => saveHits(hits) } })),
      make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": word("reader.context") },
        make("table", { class: "kwic" }, make("thead", {}, make("tr", {}, ...["place", "left", "key", "right"].map(contextHead))), body)), more];
  });
  return parts;
}

function scopes() { // where is sought
  const option = (value) => make("option", { value, text: word("reader.scope." + (value || "text")), selected: (state.scope ?? "") === value });
  return make("p", {}, make("label", {}, word("reader.scope") + " ", make("select", { id: "scope", on: { change: (e) => { choose("scope", e.target.value); document.getElementById("scope").focus(); } } }, option(""), option("requests"))));
}

function contextHead(key) { // a click sorts by that side
  const by = ALIGNED.includes(state.align) ? state.align : "place";
  return make("th", { scope: "col", class: key, "aria-sort": by === key ? "ascending" : null },
    make("button", { type: "button", class: "sort", id: "align-" + key, text: word(key === "place" ? "reader.place" : "reader.context." + key) + (by === key ? " ▲" : ""), on: { click: () => { choose("align", key === "place" ? "" : key); document.getElementById("align-" + key).focus(); } } }));
}

// Requests by the key of their paragraph, and paragraphs by theirs.
const keyOf = (row) => row.doc + "|" + row.paragraph;
let asked_in = null;
const inParagraph = (p) => (asked_in ??= Map.groupBy(requests, keyOf)).get(keyOf(p)) ?? [];
let paragraphs_ = null;
const paragraphAt = (key) => (paragraphs_ ??= new Map(data.paragraphs.map((p) => [keyOf(p), p]))).get(key);
const formOf = (p, exact) => ((p.form ??= {})[exact] ??= forms(p.text, exact));

// The hits in the whole text, sentence by sentence, under the filters that hold for documents and sections.
function hitsInText() {
  const { test, marks, single } = sought();
  const exact = state.exact === "yes";
  const asked = tests().filter(([key]) => ofText(key)).map(([, passes]) => passes);
  const hits = [];
  const places = new Set();
  for (const p of data.paragraphs) {
    if (!asked.every((passes) => passes(p))) continue;
    const text = formOf(p, exact);
    for (const [from, to] of p.cuts.length ? p.cuts : [[0, text.length]]) {
      const words = text.slice(from, to);
      if (!single && !test(words)) continue;
      for (const m of words.matchAll(marks)) {
        hits.push({ p, cut: [from, to], start: from + m.index, end: from + m.index + m[0].length });
        places.add(p.doc);
      }
    }
  }
  const off = active().filter((key) => key !== "q" && !ofText(key));
  const told = [data.documents.length > 1 ? filled("reader.hits.documents", { n: number(places.size), all: number(data.documents.length) }) : "", off.length ? filled("reader.hits.off", { filters: off.map(facetName).join(", ") }) : ""];
  return { hits: aligned(hits), told: told.filter(Boolean).join(" ") };
}

// The hits in the sentences of some requests, each once however many requests its sentence holds.
function hitsIn(rows) {
  const { marks } = sought();
  const hits = [];
  let without = 0;
  for (const [key, mine] of Map.groupBy(rows, keyOf)) {
    const p = paragraphAt(key);
    const found = marks ? inSentences(p, mine, marks) : mine.map((r) => ({ p, start: r.start, end: r.end, r }));
    without += mine.filter((r) => !found.some((hit) => hit.r === r || hit.cut?.[0] <= r.start && r.start < hit.cut?.[1])).length;
    hits.push(...found);
  }
  return { hits: aligned(hits), told: without ? filled("reader.hits.without", { n: number(without) }) : "" };
}

function inSentences(p, mine, marks) {
  const text = formOf(p, state.exact === "yes");
  const found = [];
  for (const cut of p.cuts) {
    const here = mine.filter((r) => cut[0] <= r.start && r.start < cut[1]);
    if (!here.length) continue;
    for (const m of text.slice(...cut).matchAll(marks)) {
      const start = cut[0] + m.index;
      found.push({ p, cut, start, end: start + m[0].length, r: nearestTo(here, start) });
    }
  }
  return found;
}

const nearestTo = (here, start) => here.reduce((a, b) => (Math.abs(b.start - start) < Math.abs(a.start - start) ? b : a));

// By the words before, nearestTo first; by the words after; by the words themselves. Keys are small letters without accents,
// numbers as long as each other, so that they are compared sign by sign: a common word has tens of thousands of hits.
const words_ = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
const rankOf = (words) => words.join(" ").replace(/\d+/g, (n) => n.padStart(9, "0"));
const SORTED_BY = {
  left: ({ p, start }) => rankOf(words_(formOf(p, false).slice(Math.max(0, start - AROUND), start)).slice(start > AROUND ? 1 : 0).reverse()),
  right: ({ p, end }) => rankOf(words_(formOf(p, false).slice(end, end + AROUND))),
  key: ({ p, start, end }) => rankOf([formOf(p, false).slice(start, end)]),
};

function aligned(hits) {
  const by = SORTED_BY[state.align];
  if (!by) return hits;
  return hits.map((hit, i) => [by(hit), i, hit]).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1])).map(([, , hit]) => hit);
}

// "A/68/370, par. 12": as `citation` has it, which the requests of a paragraph bring along.
function placeOf(p) {
  const annex = /^annex(\d*):/.exec(p.paragraph);
  const [number_, again] = p.paragraph.replace(/^(annex\d*|heading):/, "").split("#");
  const part = p.paragraph.startsWith("heading:") ? ", titre " + number_ : (annex ? (", annexe " + annex[1]).trimEnd() : "") + ", par. " + number_ + (again ? " (" + again + "e occurrence)" : "");
  return documents.get(p.doc).name + part;
}

function hitLine({ p, cut, start, end, r }) {
  const { text } = p;
  const here = r ? [r] : inParagraph(p).filter((other) => cut[0] <= other.start && other.start < cut[1]);
  const card = here.length ? nearestTo(here, start) : null;
  const [left, key, right] = [text.slice(Math.max(0, start - AROUND), start), text.slice(start, end), text.slice(end, end + AROUND)];
  const link = make("a", { href: address({ view: "text", at: card ? card.id : keyOf(p) }), text: card ? card.citation : placeOf(p) });
  return make("tr", {}, make("td", { class: "place" }, link),
    make("td", { class: "left", lang: "fr" }, make("bdi", { text: (start > AROUND ? "…" : "") + left })),
    make("td", { class: "key", lang: "fr" }, card ? make("button", { type: "button", class: "link", text: key, title: word("reader.card"), on: { click: () => open(card) } }) : make("b", { text: key })),
    make("td", { class: "right", lang: "fr" }, make("bdi", { text: right + (end + AROUND < text.length ? "…" : "") })));
}

function saveHits(hits) { // the columns of `pries kwic --csv`
  const line = ({ p, start, end }) => [p.doc, p.paragraph, String(start), String(end), p.text.slice(Math.max(0, start - AROUND), start), p.text.slice(start, end), p.text.slice(end, end + AROUND)];
  save("contextes.csv", csv([["doc_id", "paragraph", "start", "end", "left", "keyword", "right"], ...hits.map(line)]), "text/csv;charset=utf-8");
}
