// Lists that open: who is asked what, groups, themes.
const FIRST = 200; // entries, or requests under one, shown at a time

function asking(r) {
  const themes = list(r.theme).map(themeName).join(", ");
  return make("li", { "data-request": r.id },
    make("span", { class: "modality", text: word("modality." + r.modality) }), " ",
    make("button", { type: "button", class: "link", text: r.actions.map(said).join(" ; ") || r.trigger, on: { click: () => open(r) } }), " ",
    themes ? make("span", { class: "theme", text: themes + " " }) : "",
    place(r));
}

const said = (action) => (action.negated ? "ne pas " : "") + action.label + (action.object ? " · " + action.object : "");

function place(r) {
  return make("a", { href: address({ view: "text", at: r.id }), text: r.citation });
}

// An entry whose requests are made when it is opened: a page of thousands starts as fast as one of ten.
function entry({ name, unnamed, about, asked, share, quote, more, part }) {
  const inside = make("div");
  const fill = () => {
    if (inside.firstChild) return;
    if (about) inside.append(make("p", { class: "note", text: about }));
    if (quote) inside.append(make("blockquote", { text: quote }));
    inside.append(make("ul", { class: "asked" }, ...asked.slice(0, FIRST).map(asking)));
    if (more) inside.append(make("p", {}, make("a", { href: more, text: filled("reader.all_rows", { n: number(asked.length) }) })));
  };
  const parts = [make("span", { class: "n", text: number(asked.length) }), make("span", { class: unnamed ? "name unnamed" : "name", text: name })];
  const between = part && estimated(...part);
  if (between) parts.splice(1, 0, make("span", { class: "estimate", title: word("reader.estimate"), text: between + " " }));
  if (share !== undefined) parts.push(bar(share));
  return make("details", { class: "entry", on: { toggle: fill, fill } }, make("summary", { on: { click: fill } }, ...parts), inside);
}

// "(11,8 [9 ; 14])": what the coded sentences make of a count, where there are any; without restatements where these are hidden.
function estimated(kind, part) {
  const found = data.estimates[[state.restated === "no" ? "distinct" : "requests", kind, part].join(" ")];
  if (!found) return "";
  const [value, low, high] = found.map((n) => n.toLocaleString(state.lang, { maximumFractionDigits: 1 }));
  return "(" + value + " [" + low + (state.lang === "fr" ? "\u00a0; " : "; ") + high + "])";
}

function bar(share) {
  const made = make("span", { class: "bar", "aria-hidden": "true" });
  made.style.width = 12 * share + "rem"; // set by script: style attributes are barred by the policy
  return made;
}

function repeated() { // with restatements, or without
  const box = make("input", { type: "checkbox", id: "restated", checked: state.restated !== "no", on: { change: (e) => go({ restated: e.target.checked ? "" : "no" }) } });
  return requests.some((r) => r.restates) ? make("p", {}, make("label", { for: "restated" }, box, " " + word("reader.with_restated"))) : "";
}

function page(title, note, entries) {
  const shownEntries = entries.slice(0, FIRST).map(entry);
  const parts = [make("h2", { text: word(title) }), make("p", { class: "note", text: word(note) }), repeated(), ...shownEntries];
  if (entries.length > FIRST) parts.push(make("p", { class: "note", text: filled("reader.first", { n: number(FIRST), all: number(entries.length) }) }));
  return parts;
}

const counted = () => kept({ restated: state.restated === "no" ? "no" : "" });

function who() {
  const rows = [...sorted("addressee", counted())].sort(byCount);
  const most = Math.max(1, ...rows.map(([, asked]) => asked.length));
  return page("reader.who", "reader.who.note", rows.map(([name, asked]) => ({
    name: shownName("addressee", name), unnamed: name === NONE, part: ["addressee", name === NONE ? "non nommé" : name], share: asked.length / most,
    asked: [...asked].sort((a, b) => strength(a) - strength(b)), more: address(only({ view: "table", addressee: name, restated: state.restated })),
  })));
}

function groupsView() {
  const mine = new Set(counted());
  const entries = data.groups.map((g) => ({
    name: g.label, part: ["cluster", g.id], asked: g.members.map((i) => byId.get(i)).filter((r) => mine.has(r)), more: address(only({ view: "table", cluster: g.id })),
    about: g.stability === null ? "" : word("reader.stability") + " " + g.stability.toLocaleString(state.lang, { maximumFractionDigits: 2 }) + (g.stability < 0.6 ? " – " + word("reader.unstable") : ""),
    quote: g.quote && "« " + g.quote + " »",
  })).filter((g) => g.asked.length);
  const left = requests.filter((r) => mine.has(r) && !groups.has(r.cluster));
  if (left.length) entries.push({ name: word("unclassified"), unnamed: true, part: ["cluster", "unclassified"], asked: left });
  return page("reader.groups", "reader.groups.note", entries);
}

function themesView() {
  const rows = [...sorted("theme", counted())].sort((a, b) => (a[0] === NONE) - (b[0] === NONE) || byCount(a, b));
  return page("reader.themes", "reader.themes.note", rows.map(([code, asked]) => ({
    name: shownName("theme", code), unnamed: code === NONE, part: ["theme", code === NONE ? "sans thème" : code], about: (data.themes[code] ?? {}).definition, asked,
    quote: code === NONE ? "" : "« " + [...asked].sort((a, b) => strength(a) - strength(b))[0].sentence + " »",
    more: address(only({ view: "table", theme: code, restated: state.restated })),
  })));
}
