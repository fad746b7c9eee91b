// The text, one document at a time, with each request marked in place.

function text() {
  const wanted = byId.get(state.at);
  const [, home, paragraph] = /^(.*)\|([^|]*)$/.exec(wanted ? wanted.doc + "|" + wanted.paragraph : state.at) ?? [];
  const doc = documents.has(home) ? home : (documents.has(state.at) ? state.at : documents.has(state.document) ? state.document : data.documents[0]?.id);
  const of = new Map();
  for (const r of requests) if (r.doc === doc) {
    if (!of.has(r.paragraph)) of.set(r.paragraph, []);
    of.get(r.paragraph).push(r);
  }
  const parts = [make("h2", { text: word("reader.text") }), choice(doc), legend()];
  for (const [at, p] of data.paragraphs.entries()) {
    if (p.doc !== doc) continue;
    const here = home === doc && paragraph === p.paragraph;
    if (p.kind === "heading") {
      parts.push(make("h3", { text: p.text, id: here ? "here" : null }));
      continue;
    }
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

const MARKS = ["trigger", "issuer", "addressee", "action"];

function legend(names = MARKS) {
  return make("p", { class: "legend" }, ...names.map((name) => make("span", { class: name, text: word("reader." + name) })));
}

const asked_ = (r) => [{ start: r.start, end: r.end, kind: "trigger", r }, ...r.actions.map((a) => ({ start: a.at, end: a.at + a.head.length, kind: "action", r }))];

function marked(p, mine, at) {
  const spans = [...p.marks.map(([start, end, kind]) => ({ start, end, kind })), ...mine.flatMap(asked_)];
  return painted(p.text, 0, p.text.length, spans, (s) => make("button", { type: "button", class: "mark " + s.kind + (s.r.id === at ? " wanted" : ""), on: { click: () => open(s.r.original ?? s.r) } }));
}

// The words from one place to another, marks told apart; of two that overlap the first kind stays. `button`: of a mark that belongs to a request.
function painted(text, from, to, spans, button) {
  const order = { trigger: 0, action: 1, issuer: 2, addressee: 3 };
  const taken = [];
  for (const s of [...spans].sort((a, b) => order[a.kind] - order[b.kind] || a.start - b.start))
    if (from <= s.start && s.start < s.end && s.end <= to && taken.every((t) => s.end <= t.start || t.end <= s.start)) taken.push(s);
  const parts = [];
  for (const s of taken.sort((a, b) => a.start - b.start)) {
    const made = s.r && button ? button(s) : make("span", { class: s.kind });
    made.textContent = text.slice(s.start, s.end);
    made.title = word("reader." + s.kind);
    parts.push(text.slice(from, s.start), made);
    from = s.end;
  }
  return [...parts, text.slice(from, to)];
}
