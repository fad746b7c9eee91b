// The text, one document at a time, with each request marked in place.

function text() {
  const wanted = byId.get(state.at);
  const doc = wanted?.doc ?? (documents.has(state.at) ? state.at : documents.has(state.document) ? state.document : data.documents[0]?.id);
  const of = new Map();
  for (const r of requests) if (r.doc === doc) {
    if (!of.has(r.paragraph)) of.set(r.paragraph, []);
    of.get(r.paragraph).push(r);
  }
  const parts = [make("h2", { text: word("reader.text") }), choice(doc), legend()];
  for (const [at, p] of data.paragraphs.entries()) {
    if (p.doc !== doc) continue;
    if (p.kind === "heading") {
      parts.push(make("h3", { text: p.text }));
      continue;
    }
    const here = wanted && wanted.paragraph === p.paragraph;
    parts.push(make("div", { class: "paragraph" + (here ? " here" : ""), id: here ? "here" : null },
      make("span", { class: "number", text: p.paragraph }), make("p", { lang: "fr", "data-at": at }, ...marked(p, of.get(p.paragraph) ?? [], state.at))));
  }
  return parts;
}

function choice(doc) {
  if (data.documents.length < 2) return "";
  const options = data.documents.map((d) => make("option", { value: d.id, text: [d.name, d.title].filter(Boolean).join(" – "), selected: d.id === doc }));
  return make("p", {}, make("label", {}, word("reader.filter.document") + " ", make("select", { id: "document", on: { change: (e) => go({ at: e.target.value }) } }, ...options)));
}

function legend() {
  const names = ["trigger", "issuer", "addressee", "action"];
  return make("p", { class: "note" }, ...names.flatMap((name) => [make("span", { class: name, text: word("reader." + name) }), "  "]));
}

function marked(p, mine, at) {
  const spans = p.marks.map(([start, end, kind]) => ({ start, end, kind }));
  for (const r of mine) {
    spans.push({ start: r.start, end: r.end, kind: "trigger", r });
    for (const a of r.actions) spans.push({ start: a.at, end: a.at + a.head.length, kind: "action", r });
  }
  const order = { trigger: 0, action: 1, issuer: 2, addressee: 3 };
  const taken = [];
  for (const s of spans.sort((a, b) => order[a.kind] - order[b.kind] || a.start - b.start))
    if (s.end > s.start && taken.every((t) => s.end <= t.start || t.end <= s.start)) taken.push(s);
  const parts = [];
  let from = 0;
  for (const s of taken.sort((a, b) => a.start - b.start)) {
    parts.push(p.text.slice(from, s.start));
    const words = p.text.slice(s.start, s.end);
    parts.push(s.r
      ? make("button", { type: "button", class: "mark " + s.kind + (s.r.id === at ? " wanted" : ""), text: words, title: word("reader." + s.kind), on: { click: () => open(s.r.original ?? s.r) } })
      : make("span", { class: s.kind, text: words, title: word("reader." + s.kind) }));
    from = s.end;
  }
  return [...parts, p.text.slice(from)];
}
