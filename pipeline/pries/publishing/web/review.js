// Review: what the person at the screen decides on a request, kept on the shelf and saved as corrections.csv.
const EDITABLE = ["modality", "polarity", "issuer", "addressee", "heads"];
const TYPES = ["issuer_type", "addressee_type"];
const PAIR = ["same", "different"]; // this request and another are one, or are not
const BESIDE = ["edit", ...PAIR]; // lines that a verdict leaves as they are
const SHOWN = { confirmed: "confirm", edited: "edit", "": "open" }; // what an earlier run or nobody has decided
let index = { from: null, n: 0, lines: new Map() };

function linesOf(id) {
  if (index.from !== decisions || index.n !== decisions.length) {
    index = { from: decisions, n: decisions.length, lines: new Map() };
    for (const d of decisions) index.lines.set(d.obligation_id, [...(index.lines.get(d.obligation_id) ?? []), d]);
  }
  return index.lines.get(id) ?? [];
}

function keep() {
  store(shelf("corrections"), decisions);
  index.from = null; // a line may have changed within
  progress();
}

const of = (r) => linesOf(r.id).filter((d) => !PAIR.includes(d.action) && !String(d.field ?? "").endsWith("_label"));
const signature = (r) => [r.modality, r.polarity, r.issuer, r.addressee, r.heads].join(" | ");
const fieldOf = (name) => (name === "heads" ? "actions" : name);
// The edit of a field that the tables do not hold yet; one that they hold stays in the file, before the next.
const pending = (r, name) => of(r).filter((d) => d.action === "edit" && d.field === fieldOf(name) && d.old === r[name]).at(-1);
const today = () => new Date().toISOString().slice(0, 10);

function decided(r) { // what a person has said of a request: in this browser, else in an earlier run
  const last = of(r).at(-1);
  return last ? last.action : r.checked === "auto" || blind ? "" : r.checked;
}

const verdictOf = (r) => SHOWN[decided(r)] ?? decided(r);

function stateOf(r) {
  return make("span", { class: "state " + verdictOf(r), "data-state": r.id, text: word("review." + verdictOf(r)) });
}

function line(r, changes) {
  return { obligation_id: r.id, doc_id: r.doc, paragraph: r.paragraph, coder: coder ?? "", date: today(), ...changes };
}

function decide(r, action) { // one verdict a request: the last; edits stay beside it
  decisions = decisions.filter((d) => d.obligation_id !== r.id || BESIDE.includes(d.action));
  const looked = of(r).length && (r.checked !== "auto" || [...EDITABLE, ...TYPES, "theme"].some((name) => pending(r, name)));
  if (action === "confirm" && looked) return keep(); // an edited row has been looked at
  decisions.push(line(r, { action, old: action === "confirm" ? signature(r) : "" }));
  keep();
}

function edit(r, name, value) {
  const before = pending(r, name);
  decisions = decisions.filter((d) => d !== before);
  if (value !== r[name]) {
    decisions = decisions.filter((d) => d.obligation_id !== r.id || BESIDE.includes(d.action));
    decisions.push(line(r, { action: "edit", field: fieldOf(name), old: r[name], new: value }));
  }
  keep();
}

// --- the card's part in which one decides ------------------------------------------------------------

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const key = (name) => make("kbd", { "aria-hidden": "true", text: word("key." + name) });
const pushed = (id, name, click) => make("button", { type: "button", class: "verdict", id, "aria-keyshortcuts": word("key." + name), on: { click } }, capital(word("review." + name)) + " ", key(name));

function verdicts(r) {
  const said = make("span", { id: "verdict", role: "status" });
  const tell = () => { said.textContent = word("review." + verdictOf(r)); said.className = "state " + verdictOf(r); };
  const button = (action) => pushed("review-" + action, action, () => judge(r, action, tell));
  tell();
  return [make("p", { class: "verdicts" }, button("confirm"), button("reject"), button("later"), said, pushed("review-before", "before", () => move(-1)), pushed("review-next", "next", () => move(1))), keysHelp(CARD_KEYS),
    make("details", { id: "review", open: Boolean(decided(r)) && verdictOf(r) !== "open" }, make("summary", { text: word("review.title") }), ...fieldsOf(r, tell), make("p", { class: "note", text: word("review.note") }))];
}

function fieldsOf(r, tell) { // every field that can be corrected in place
  const now = (name) => pending(r, name)?.new ?? r[name];
  const changed = (name) => (e) => signed(() => { edit(r, name, e.target.value.trim()); tell(); });
  const label = { modality: "reader.strength", heads: "review.heads", polarity: "review.polarity" };
  const option = (chosen) => ([value, text]) => make("option", { value, text, selected: value === chosen });
  const input = (name) => {
    const options = { id: "edit-" + name, value: now(name), on: { change: changed(name) } };
    const choices = { modality: data.modalities.map((m) => [m, word("modality." + m)]), polarity: ["positive", "negative"].map((p) => [p, word("review." + p)]) }[name];
    return make("label", { for: "edit-" + name }, word(label[name] ?? "reader." + name), choices ? make("select", options, ...choices.map(option(now(name)))) : make("input", { type: "text", ...options }));
  };
  const types = (name) => { // one for each of the actors, in their order
    const role = name.replace("_type", "");
    const parts = pending(r, role) ? [] : list(r[role]); // other actors have the types that the next run gives them
    const cells = now(name).split("; ");
    const choose = (i) => (e) => signed(() => { const all = parts.map((_, j) => (j === i ? e.target.value : cells[j] ?? "")); cells.splice(0, cells.length, ...all); edit(r, name, all.some(Boolean) ? all.join("; ") : ""); tell(); });
    return parts.map((part, i) => make("label", { for: "edit-" + name + i }, filled("review.type", { actor: part }),
      make("select", { id: "edit-" + name + i, on: { change: choose(i) } }, ...[["", "–"], ...data.types.map((t) => [t, word("type." + t)])].map(option(cells[i] ?? "")))));
  };
  const codes = new Set(list(now("theme")));
  const choose = (code) => (e) => signed(() => { if (e.target.checked) codes.add(code); else codes.delete(code); edit(r, "theme", Object.keys(data.themes).filter((c) => codes.has(c)).join("; ")); tell(); });
  const themes = Object.keys(data.themes).map((code) => make("label", { for: "theme-" + code }, make("input", { type: "checkbox", id: "theme-" + code, checked: codes.has(code), on: { change: choose(code) } }), " " + themeName(code)));
  return [make("div", { class: "filters" }, ...EDITABLE.map(input), ...TYPES.flatMap(types)),
    make("fieldset", { class: "many" }, make("legend", { text: word("reader.themes") }), ...themes)];
}
