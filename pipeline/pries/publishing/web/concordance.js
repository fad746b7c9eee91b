// Concordance: what is sought, in its context, each hit a line (keyword in context); without a search, the words that ask.
const AROUND = 90; // signs on each side
const ALIGNED = ["place", "left", "right", "key"]; // what the lines may be sorted by

function contextView() {
  const parts = filtered("reader.context", "reader.context.note", (rows) => {
    const { hits, without } = hitsIn(rows);
    const body = make("tbody", { id: "rows" });
    const more = make("p", { id: "more" });
    const fill = () => {
      body.replaceChildren(...hits.slice(0, shown).map(hitLine));
      more.replaceChildren(...(hits.length > shown ? [make("button", { type: "button", text: filled("reader.more", { n: number(hits.length - shown) }), on: { click: () => { shown += 5 * STEP; fill(); } } })] : []));
    };
    fill();
    const told = filled("reader.hits", { n: number(hits.length) }) + (without ? " " + filled("reader.hits.without", { n: number(without) }) : "");
    return [make("p", { id: "hits", text: told }), make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": word("reader.context") },
      make("table", { class: "kwic" }, make("thead", {}, make("tr", {}, ...["place", "left", "key", "right"].map(contextHead))), body)), more];
  });
  return parts;
}

function contextHead(key) { // a click sorts by that side
  const by = ALIGNED.includes(state.align) ? state.align : "place";
  return make("th", { scope: "col", class: key, "aria-sort": by === key ? "ascending" : null },
    make("button", { type: "button", class: "sort", id: "align-" + key, text: word(key === "place" ? "reader.place" : "reader.context." + key) + (by === key ? " ▲" : ""), on: { click: () => { choose("align", key === "place" ? "" : key); document.getElementById("align-" + key).focus(); } } }));
}

// The hits in the sentences of some requests, each once however many requests its sentence holds.
function hitsIn(rows) {
  const { marks } = sought();
  const asked = new Map(); // requests by paragraph
  for (const r of rows) {
    const key = r.doc + "|" + r.paragraph;
    if (!asked.has(key)) asked.set(key, []);
    asked.get(key).push(r);
  }
  const hits = [];
  let without = 0;
  for (const [key, mine] of asked) {
    const p = paragraphAt(key);
    const found = marks ? inSentences(p, mine, marks) : mine.map((r) => ({ start: r.start, end: r.end, r }));
    without += mine.filter((r) => !found.some((hit) => hit.r === r || hit.cut?.[0] <= r.start && r.start < hit.cut?.[1])).length;
    for (const { start, end, r } of found)
      hits.push({ r, left: p.text.slice(Math.max(0, start - AROUND), start), key: p.text.slice(start, end), right: p.text.slice(end, end + AROUND), cutLeft: start > AROUND, cutRight: end + AROUND < p.text.length });
  }
  return { hits: aligned(hits), without };
}

function inSentences(p, mine, marks) {
  p.form ??= {};
  const text = (p.form[state.exact === "yes"] ??= forms(p.text, state.exact === "yes"));
  const found = [];
  for (const cut of p.cuts) {
    const here = mine.filter((r) => cut[0] <= r.start && r.start < cut[1]);
    if (!here.length) continue;
    for (const m of text.slice(...cut).matchAll(marks)) {
      const start = cut[0] + m.index;
      const near = (r) => Math.abs(r.start - start);
      found.push({ start, end: start + m[0].length, cut, r: here.reduce((a, b) => (near(b) < near(a) ? b : a)) });
    }
  }
  return found;
}

let paragraphs_ = null;
const paragraphAt = (key) => (paragraphs_ ??= new Map(data.paragraphs.map((p) => [p.doc + "|" + p.paragraph, p]))).get(key);

function aligned(hits) { // by the words before, nearest first; by the words after; by the words themselves
  const words = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const keys = { left: (h) => words(h.left).slice(h.cutLeft ? 1 : 0).reverse().join(" "), right: (h) => words(h.right).join(" "), key: (h) => folded(h.key) };
  const by = keys[state.align];
  if (!by) return hits;
  return hits.map((hit, i) => [by(hit), i, hit]).sort((a, b) => byName(a[0], b[0]) || a[1] - b[1]).map(([, , hit]) => hit);
}

function hitLine({ r, left, key, right, cutLeft, cutRight }) {
  return make("tr", {}, make("td", { class: "place" }, place(r)),
    make("td", { class: "left", lang: "fr" }, make("bdi", { text: (cutLeft ? "…" : "") + left })),
    make("td", { class: "key", lang: "fr" }, make("button", { type: "button", class: "link", text: key, title: word("reader.card"), on: { click: () => open(r) } })),
    make("td", { class: "right", lang: "fr" }, make("bdi", { text: right + (cutRight ? "…" : "") })));
}
