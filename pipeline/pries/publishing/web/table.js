// The table of all requests, its filters, and the chart whose cells are filters.
const STEP = 200; // rows of the table shown at a time
let shown = STEP;
let timer = 0;

function table() {
  const search = make("input", { type: "search", id: "q", value: state.q, on: { input: (e) => { state.q = e.target.value; shown = STEP; rows(); later(); } } });
  const fields = [make("label", { for: "q" }, word("reader.search"), search), ...FILTERS.map(filter).filter(Boolean)];
  const head = ["reader.place", "reader.strength", "reader.issuer", "reader.addressee", "reader.action", "reader.theme", "reader.verdict"];
  return [make("h2", { text: word("reader.table") }), make("div", { class: "filters" }, ...fields),
    make("p", {}, make("span", { id: "count" }), " ",
      make("button", { type: "button", id: "csv", text: word("reader.csv"), on: { click: download } }), " ",
      make("a", { href: address(only({})), text: word("reader.reset") })),
    make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": word("reader.table") },
      make("table", {}, make("thead", {}, make("tr", {}, ...head.map((h) => make("th", { scope: "col", text: word(h) })))), make("tbody", { id: "rows" }))),
    make("p", { id: "more" })];
}

function later() { // the address follows the search box, once the hand rests
  clearTimeout(timer);
  timer = setTimeout(() => history.replaceState(null, "", address({})), 300);
}

function filter(key) {
  const found = sorted(key);
  if (found.size < 2 && !state[key]) return null;
  const option = (value, label) => make("option", { value, text: label, selected: (state[key] ?? "") === value });
  const first = (value) => (value === NONE ? 0 : 1);
  const options = [...found].sort((a, b) => first(a[0]) - first(b[0]) || byCount(a, b)).map(([value, mine]) => option(value, shownName(key, value) + " (" + number(mine.length) + ")"));
  const choose = (e) => { // the filters stay as they are: only the rows and the address change
    state[key] = e.target.value;
    history.pushState(null, "", address({}));
    shown = STEP;
    rows();
  };
  return make("label", {}, word("reader.filter." + key), make("select", { id: "filter-" + key, on: { change: choose } }, option("", word("reader.all")), ...options));
}

function rows() {
  const body = document.getElementById("rows");
  if (!body) return;
  const found = kept();
  body.replaceChildren(...found.slice(0, shown).map((r) => make("tr", { "data-request": r.id },
    make("td", {}, place(r)),
    make("td", { text: word("modality." + r.modality) + (r.polarity === "negative" ? " (–)" : "") }),
    make("td", { text: r.issuer || "–" }),
    make("td", { text: r.addressee || "–" }),
    make("td", {}, make("button", { type: "button", class: "link", text: r.action_text || r.trigger, on: { click: () => open(r) } })),
    make("td", { text: list(r.theme).map(themeName).join(", ") }), make("td", {}, stateOf(r)))));
  const count = filled("reader.count", { n: number(found.length), all: number(requests.length) });
  document.getElementById("count").textContent = count;
  say(count);
  const more = document.getElementById("more");
  more.replaceChildren();
  if (found.length > shown) more.append(make("button", { type: "button", text: filled("reader.more", { n: number(found.length - shown) }), on: { click: () => { shown += 5 * STEP; rows(); } } }));
}

function save(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

const csv = (lines) => "\ufeff" + lines.map((row) => row.map((value) => (/[",\r\n]/.test(value) ? '"' + value.replaceAll('"', '""') + '"' : value)).join(",")).join("\n") + "\n";

function download() {
  save("demandes.csv", csv([data.columns, ...kept().map((r) => data.columns.map((c) => String(r[c] ?? "")))]), "text/csv;charset=utf-8");
}

// The chart: how many requests of each kind; a cell leads to its rows.
const ROWS = ["theme", "addressee", "issuer", "cluster"];
const COLUMNS = ["section", "modality", "type", "document"];

function map() {
  const among = counted();
  const useful = COLUMNS.filter((key) => sorted(key).size > 1);
  const down = ROWS.includes(state.rows) ? state.rows : "theme";
  const across = COLUMNS.includes(state.columns) ? state.columns : useful[0] ?? "modality";
  const lines = [...sorted(down, among)].sort((a, b) => (a[0] === NONE) - (b[0] === NONE) || byCount(a, b)).slice(0, 30);
  const heads = unique([...(across === "modality" ? data.modalities : []), ...sorted(across, among).keys()]).filter((v) => among.some((r) => values(across, r).includes(v) || (v === NONE && !values(across, r).length))).slice(0, 20);
  const cells = lines.map(([, mine]) => { const by = sorted(across, mine); return heads.map((v) => by.get(v)?.length ?? 0); });
  const most = Math.max(1, ...cells.flat());
  const pick = (key, chosen, keys, label) => make("label", {}, word(label) + " ", make("select", { id: "map-" + key, on: { change: (e) => go({ [key]: e.target.value }) } },
    ...keys.map((k) => make("option", { value: k, text: word("reader.filter." + k), selected: k === chosen }))));
  const cell = (n, row, column) => {
    const made = make("td", {}, n ? make("a", { href: address(only({ view: "table", [down]: row, [across]: column, restated: state.restated })), text: number(n), "aria-label": filled("reader.cell", { n: number(n), row: shownName(down, row), column: shownName(across, column) }) }) : "");
    made.className = "level" + Math.ceil((4 * n) / most);
    return made;
  };
  return [make("h2", { text: word("reader.map") }), make("p", { class: "note", text: word("reader.map.note") }),
    make("p", {}, pick("rows", down, ROWS, "reader.rows"), " ", pick("columns", across, useful.length ? useful : ["modality"], "reader.columns")), repeated(),
    make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": word("reader.map") }, make("table", { class: "map" },
      make("thead", {}, make("tr", {}, make("th", { scope: "col", text: word("reader.filter." + down) }), ...heads.map((v) => make("th", { scope: "col", text: shownName(across, v) })))),
      make("tbody", {}, ...lines.map(([name], i) => make("tr", {}, make("th", { scope: "row", text: shownName(down, name) }), ...heads.map((v, j) => cell(cells[i][j], name, v)))))))];
}
