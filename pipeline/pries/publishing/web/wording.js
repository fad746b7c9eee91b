// Wording: what two sentences have in common, word by word, and what only one of them has.
const MOST_CELLS = 4_000_000; // of the table of common words; beyond, all between what begins and ends alike differs

// Words and signs, each with whether a blank stands before it; before the first there would be one.
const pieces = (text) => [...text.trim().matchAll(/(\s*)([\p{L}\p{N}_]+|[^\s\p{L}\p{N}_])/gu)].map((m) => ({ gap: m[1] !== "" || m.index === 0, text: m[2], form: folded(m[2]) }));

// The longest common sequence of words: [{ kind, gap, text }]; kind "" in both, "del" in the first alone, "ins" in the second.
function wording(before, after) {
  const [a, b] = [pieces(before), pieces(after)];
  let from = 0;
  while (from < a.length && from < b.length && a[from].form === b[from].form) from++;
  let [endA, endB] = [a.length, b.length];
  while (endA > from && endB > from && a[endA - 1].form === b[endB - 1].form) { endA--; endB--; }
  const same = (part) => part.map((piece) => ["", piece]);
  return runs([...same(b.slice(0, from)), ...common(a.slice(from, endA), b.slice(from, endB)), ...same(b.slice(endB))]);
}

function common(a, b) {
  const width = b.length + 1;
  if ((a.length + 1) * width > MOST_CELLS) return [...a.map((piece) => ["del", piece]), ...b.map((piece) => ["ins", piece])];
  const length = new Uint32Array((a.length + 1) * width); // of what is common from here on
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--)
    length[i * width + j] = a[i].form === b[j].form ? length[(i + 1) * width + j + 1] + 1 : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
  const found = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i].form === b[j].form) { found.push(["", b[j]]); i++; j++; }
    else if (j >= b.length || (i < a.length && length[(i + 1) * width + j] >= length[i * width + j + 1])) found.push(["del", a[i++]]);
    else found.push(["ins", b[j++]]);
  }
  return found;
}

function runs(parts) { // neighbours of one kind in one; of a change, what was before what is
  const found = [];
  for (let at = 0; at < parts.length;) {
    const change = parts[at][0] !== "";
    let end = at;
    while (end < parts.length && (parts[end][0] !== "") === change) end++;
    for (const kind of change ? ["del", "ins"] : [""]) {
      const mine = parts.slice(at, end).filter((part) => part[0] === kind).map((part) => part[1]);
      if (mine.length) found.push({ kind, gap: mine[0].gap, text: mine.map((piece, i) => (i && piece.gap ? " " : "") + piece.text).join("") });
    }
    at = end;
  }
  return found;
}

// The second sentence with its differences from the first marked, as elements.
function differences(before, after) {
  return wording(before, after).flatMap(({ kind, gap, text }, i) => [i && gap ? " " : "", kind ? make(kind, { text }) : text]);
}
