// The chart: how many requests of each kind; a cell leads to its rows.
const MOST_LINES = 30;
const MOST_COLUMNS = 20;
const ACROSS = ["section", "role", "modality", "type", "year", "document"]; // the first of these that tells apart is shown at first

function map() {
  const useful = FACETS.filter((key) => valuesIn(key) > 1);
  const down = useful.includes(state.rows) ? state.rows : "theme";
  const first = ACROSS.filter((key) => key !== "section" || documents.size === 1).find((key) => useful.includes(key) && key !== down);
  const across = useful.includes(state.columns) && state.columns !== down ? state.columns : first ?? "modality";
  const pick = (key, chosen, other, label) => make("label", {}, word(label) + " ", make("select", { id: "map-" + key, on: { change: (e) => go({ [key]: e.target.value }) } },
    ...unique([...useful, chosen]).filter((k) => k !== other).map((k) => make("option", { value: k, text: facetName(k), selected: k === chosen }))));
  const parts = filtered("reader.map", "reader.map.note", (rows) => chart(rows, down, across));
  parts.splice(2, 0, make("p", { class: "axes" }, pick("rows", down, across, "reader.rows"), " ", pick("columns", across, down, "reader.columns")));
  return parts;
}

function chart(rows, down, across) {
  const byRow = [...sorted(down, rows)].sort((a, b) => (a[0] === NONE) - (b[0] === NONE) || byCount(a, b));
  const byColumn = sorted(across, rows);
  const lines = byRow.filter(([value], i) => i < MOST_LINES || value === NONE); // nobody named is an answer, and never left out
  const heads = inNaturalOrder(across, byColumn);
  const grid = lines.map(([, mine]) => { const by = sorted(across, mine); return heads.map((v) => by.get(v) ?? []); });
  const most = Math.max(1, ...grid.flat().map((mine) => mine.length));
  const label = (n, row, column) => filled("reader.cell", { n: number(n), row, column });
  const cell = (mine, row, column) => {
    const made = make("td", {}, mine.length ? make("a", { href: address({ view: "table", at: "", [down]: row, [across]: column }), text: both(mine.length, distinct(mine)), "aria-label": label(mine.length, shownName(down, row), shownName(across, column)) }) : "");
    made.className = "level" + Math.ceil((4 * mine.length) / most);
    return made;
  };
  const sum = (mine, key, value) => make("td", { class: "sum" }, make("a", { href: rowsOf(key, value), text: both(mine.length, distinct(mine)), "aria-label": label(mine.length, shownName(key, value), word("total")) }));
  const total = both(rows.length, distinct(rows));
  return [...cutOff(rows, byRow, lines, byColumn, heads), make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": word("reader.map") }, make("table", { class: "map" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col", text: facetName(down) }), ...heads.map((v) => make("th", { scope: "col", text: shownName(across, v) + inferredOf(across, byColumn.get(v)) })), make("th", { scope: "col", text: word("total") }))),
    make("tbody", {}, ...lines.map(([name, mine], i) => make("tr", {}, make("th", { scope: "row", text: shownName(down, name) + inferredOf(down, mine) }), ...heads.map((v, j) => cell(grid[i][j], name, v)), sum(mine, down, name)))),
    make("tfoot", {}, make("tr", {}, make("th", { scope: "row", text: word("total") }), ...heads.map((v) => sum(byColumn.get(v), across, v)), make("td", { class: "sum", text: total }))))),
  ...howToRead(rows, byRow, byColumn)];
}

const notes = (texts) => texts.map((text) => make("p", { class: "note cut", text }));

function cutOff(rows, byRow, lines, byColumn, heads) { // what the chart has no room for
  const told = (key, n, all, parts) => (n < all ? [filled(key, { n: number(n), all: number(all), rest: number(outside(rows, parts)) })] : []);
  return notes([...told("reader.cut_rows", lines.length, byRow.length, lines.map(([, mine]) => mine)),
    ...told("reader.cut_columns", heads.length, byColumn.size, heads.map((v) => byColumn.get(v)))]);
}

function howToRead(rows, byRow, byColumn) {
  const repeated = rows.length > distinct(rows);
  const times = (parts) => parts.reduce((sum, mine) => sum + mine.length, 0);
  const several = times(byRow.map(([, mine]) => mine)) > rows.length || times([...byColumn.values()]) > rows.length;
  return notes([...(repeated ? [word("reader.both")] : []), ...(repeated || several ? [word("reader.map.sums")] : [])]);
}

function outside(rows, parts) { // the requests of no part that is shown
  const inside = new Set(parts.flat());
  return rows.filter((r) => !inside.has(r)).length;
}

function inNaturalOrder(key, found) { // the most frequent values, those without one first, the others in their own order
  const kept = [...found].sort((a, b) => byCount(a, b)).filter(([value], i) => i < MOST_COLUMNS || value === NONE).map(([value]) => value);
  const rank = new Map((key === "modality" ? data.modalities : key === "year" ? [...found.keys()].sort(byName) : [...found.keys()]).map((value, i) => [value, i]));
  const ordered = key === "modality" || key === "role" || NATURAL.includes(key) ? kept.sort((a, b) => rank.get(a) - rank.get(b)) : kept;
  return ordered.sort((a, b) => (a !== NONE) - (b !== NONE));
}
