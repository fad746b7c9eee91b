// Saving decisions as corrections.csv, and reading such a file back.

function export_() { // a file saved in place of one that this browser does not know would lose what that one holds
  const known = (r) => (r.checked === "added" ? decisions.some((d) => d.action === "add") : of(r).length);
  const unread = data.unapplied && !load(shelf("read"), false); // lines that could not be applied stand in the file alone
  if ((unread || requests.some((r) => r.checked !== "auto" && !known(r)) || lostPairs()) && !confirm(word("review.missing"))) return "";
  const lines = decisions.filter((d) => d.action !== "later");
  return save("corrections.csv", csv([data.corrections, ...lines.map((d) => data.corrections.map((c) => String(d[c] ?? "")))]).replace("\ufeff", ""), "text/csv;charset=utf-8");
}

async function reread(e) { // a file in place of what stands here; notes to oneself stay
  const file = e.target.files[0];
  if (!file) return;
  const lines = parsed(decoded(await file.arrayBuffer()));
  e.target.value = ""; // the same file may be read again
  const hint = document.getElementById("hint");
  hint.textContent = lines ? "" : word("review.unreadable");
  if (!lines) return;
  const content = (d) => ["obligation_id", "action", "field", "old", "new"].map((c) => d[c] ?? "").join("\n");
  const there = new Set(lines.map(content));
  const gone = decisions.filter((d) => d.action !== "later" && !there.has(content(d))).length;
  if (gone && !confirm(filled("review.replace", { n: number(gone) }))) return;
  const ids = new Set(lines.map((d) => d.obligation_id));
  store(shelf("read"), true);
  decisions = [...lines, ...decisions.filter((d) => d.action === "later" && !ids.has(d.obligation_id))];
  keep();
  show();
}

function decoded(bytes) { // UTF-8, or Windows-1252 as Excel saves it
  try { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch { return new TextDecoder("windows-1252").decode(bytes); }
}

function parsed(text) { // rows of a CSV file by its head, with commas, semicolons or tabs; null where it is no corrections.csv
  const head = text.trimStart().split(/\r?\n/)[0];
  const mark = [",", ";", "\t"].reduce((a, b) => (head.split(b).length > head.split(a).length ? b : a));
  const cell = new RegExp(`("(?:[^"]|"")*"|(?!")[^${mark}\\r\\n]*)(${mark}|\\r\\n|\\n|\\r|$)`, "y");
  const source = text.replace(/^\ufeff/, "");
  const rows = [[]];
  while (cell.lastIndex < source.length) {
    const found = cell.exec(source);
    if (!found) return null; // a quote that is not closed
    rows.at(-1).push((found[1].startsWith('"') ? found[1].slice(1, -1).replaceAll('""', '"') : found[1]).trim());
    if (found[2] !== mark) rows.push([]);
  }
  const [names, ...body] = rows.filter((row) => row.some(Boolean));
  if (!["obligation_id", "action", "field", "old", "new"].every((name) => names?.includes(name))) return null;
  return body.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ""])));
}
