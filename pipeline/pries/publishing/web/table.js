// The table of the requests that are left, sorted by any of its columns.
// A column: what stands in its head, what stands in a cell, and what its rows are sorted by.
const COLUMNS = [
  { key: "place", cell: (r) => place(r) },
  { key: "date", cell: dated, sort: dated, wanted: () => new Set(data.documents.map((d) => d.date)).size > 1 },
  { key: "strength", cell: (r) => word("modality." + r.modality) + (r.polarity === "negative" ? " (–)" : ""), sort: strength },
  { key: "issuer", cell: asker, sort: (r) => (isInferred(r) ? r.issuer_inferred : r.issuer) },
  { key: "addressee", cell: (r) => r.addressee || "–", sort: (r) => r.addressee },
  { key: "action", cell: (r) => make("button", { type: "button", class: "link", text: r.action_text || r.trigger, on: { click: () => open(r) } }), sort: (r) => r.action_text || r.trigger },
  { key: "theme", cell: (r) => list(r.theme).map(themeName).join(", "), sort: (r) => list(r.theme).map(themeName).join(", ") },
  { key: "verdict", cell: (r) => stateOf(r), sort: (r) => word("review." + verdictOf(r)) },
];
const position = new Map(requests.map((r, i) => [r, i]));

function asker(r) { // who asks, or who probably speaks, marked as such
  return isInferred(r) ? make("span", { class: "inferred", title: word("reader.inferred"), text: r.issuer_inferred + " ?" }) : r.issuer || "–";
}

function table() {
  return filtered("reader.table", "reader.table.note", (rows) => {
    const columns = COLUMNS.filter((c) => c.wanted?.() ?? true);
    const body = make("tbody", { id: "rows" });
    const more = make("p", { id: "more" });
    const found = inOrder(rows);
    const fill = () => {
      body.replaceChildren(...found.slice(0, shown).map((r) => make("tr", { "data-request": r.id }, ...columns.map((c) => make("td", { class: "cell-" + c.key, "data-name": word("reader." + c.key) }, c.cell(r))))));
      more.replaceChildren(...(found.length > shown ? [make("button", { type: "button", text: filled("reader.more", { n: number(found.length - shown) }), on: { click: () => { shown += 5 * STEP; fill(); } } })] : []));
    };
    fill();
    return [make("p", {}, make("button", { type: "button", id: "csv", text: word("reader.csv"), on: { click: () => download(found) } })),
      make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": word("reader.table") },
        make("table", { class: "requests" }, make("thead", {}, make("tr", {}, ...columns.map(head))), body)), more];
  });
}

function head({ key }) { // a click sorts, another turns it round
  const [by, back] = [(state.sort ?? "").replace("-", "") || "place", (state.sort ?? "").startsWith("-")];
  const here = by === key;
  const next = here && !back ? "-" + key : key;
  const sign = here ? (back ? " ▼" : " ▲") : "";
  return make("th", { scope: "col", "aria-sort": here ? (back ? "descending" : "ascending") : null },
    make("button", { type: "button", class: "sort", id: "sort-" + key, text: word("reader." + key) + sign, on: { click: () => { choose("sort", next === "place" ? "" : next); document.getElementById("sort-" + key).focus(); } } }));
}

function inOrder(rows) { // empty cells come last, both ways
  const column = COLUMNS.find((c) => c.sort && c.key === (state.sort ?? "").replace("-", ""));
  const back = (state.sort ?? "").startsWith("-") ? -1 : 1;
  if (!column) return back < 0 ? [...rows].reverse() : rows;
  const keyed = rows.map((r) => [column.sort(r), r]);
  const compare = (a, b) => (typeof a === "number" ? a - b : byName(a, b));
  return keyed.sort(([a, r], [b, s]) => (a === "") - (b === "") || back * compare(a, b) || position.get(r) - position.get(s)).map(([, r]) => r);
}

function save(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  return name;
}

const csv = (lines) => "\ufeff" + lines.map((row) => row.map((value) => (/[",\r\n]/.test(value) ? '"' + value.replaceAll('"', '""') + '"' : value)).join(",")).join("\n") + "\n";

function download(rows) {
  save("demandes.csv", csv([data.columns, ...rows.map((r) => data.columns.map((c) => String(r[c] ?? "")))]), "text/csv;charset=utf-8");
}
