// Forecast: the 95 % intervals of precision and recall now, and with as many sentences more.
// The formulas are those of estimation/estimators.py and prospect.py, where they are explained; a test compares the numbers.
const Z = 1.959963984540054;
const QUARTER = 0.25;
const SLACK = 1e-9;
const LEAST_CODED = 10; // sentences before anything is said

function design(units, sizes) { // units: { stratum, times }; sizes: N of each stratum
  const sums = (values) => { const s = sizes.map(() => 0); units.forEach((u, i) => { s[u.stratum] += values[i] * u.times; }); return s; };
  const coded = sums(units.map(() => 1));
  const weight = sizes.map((n, h) => Math.max(n / Math.max(coded[h], 1), 1));
  const total = (values) => sums(values).reduce((sum, s, h) => sum + weight[h] * s, 0);
  const squared = (values) => sums(values).reduce((sum, s, h) => sum + weight[h] ** 2 * s, 0);
  const unseen = (holds) => { const may = total(holds), one = units.map(() => 1); return may > 0 ? squared(holds) / may : squared(one) / total(one); };
  return { sums, coded, weight, total, unseen };
}

const negativeBinomial = (w) => { const left = Math.max(w - 1, 0), square = w * left; return [left, square, square * (2 * w - 1), square * (6 * w * w - 6 * w + 1)]; };

function halfEvent(weight, size) {
  const [k1, k2, k3, k4] = negativeBinomial(weight).map((k, n) => k * size ** (n + 1));
  const [m1, m2, m3, m4] = [k1, k2 + k1 ** 2, k3 + 3 * k2 * k1 + k1 ** 3, k4 + 4 * k3 * k1 + 3 * k2 ** 2 + 6 * k2 * k1 ** 2 + k1 ** 4].map((m) => m / 2);
  return [m1, m2 - m1 ** 2, m3 - 3 * m1 * m2 + 2 * m1 ** 3, m4 - 4 * m1 * m3 - 3 * m2 ** 2 + 12 * m1 ** 2 * m2 - 6 * m1 ** 4];
}

function seen(d, difference) {
  const [s1, s2, s3, s4] = [1, 2, 3, 4].map((k) => d.sums(difference.map((x) => x ** k)));
  const law = [d.total(difference), 0, 0, 0];
  d.weight.forEach((w, h) => {
    const n = d.coded[h], mean = s1[h] / (n + 1), [, k2, k3, k4] = negativeBinomial(w);
    const usual = n > 1 ? ((s2[h] - s1[h] ** 2 / n) * n) / (n - 1) : 0;
    law[1] += k2 * Math.max(s2[h] - (n + 1) * mean ** 2, usual);
    law[2] += k3 * (s3[h] - 3 * mean * s2[h] + 2 * (n + 1) * mean ** 3);
    law[3] += k4 * (s4[h] - 4 * mean * s3[h] + 6 * mean ** 2 * s2[h] - 3 * (n + 1) * mean ** 4);
  });
  return law;
}

function student(freedom) { // the quantile of Student's law at which the normal law has Z
  const z = Z, v = Math.max(freedom, 1);
  return z + [(z ** 3 + z) / 4, (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96, (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384, (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160].reduce((sum, term, k) => sum + term / v ** (k + 1), 0);
}

function quantile([k1, k2, k3, k4], z) { // Cornish and Fisher 1938
  if (!(k2 > SLACK ** 2)) return k1;
  const spread = Math.sqrt(k2), skewness = k3 / spread ** 3, excess = k4 / spread ** 4;
  return k1 + spread * (z + (skewness * (z ** 2 - 1)) / 6 + (excess * (z ** 3 - 3 * z)) / 24 - (skewness ** 2 * (2 * z ** 3 - 5 * z)) / 36);
}

function differenceLimits(d, difference, unseen, unit) {
  const known = seen(d, difference);
  let law = known;
  [1, -1].forEach((sign, side) => {
    const events = difference.map((x) => Math.max(sign * x, 0)), sum = (k) => d.sums(events.map((e) => e ** k)).reduce((a, b) => a + b, 0);
    const more = halfEvent(unseen[side], (sum(2) + unit ** 2) / (sum(1) + unit));
    law = law.map((k, n) => k + sign ** (n + 1) * more[n]);
  });
  const value = d.total(difference), freedom = d.coded.reduce((a, b) => a + b, 0) - d.coded.length;
  const open = law[1] > SLACK, z = Z + (open ? known[1] / law[1] : 0) * (student(freedom) - Z), more = open ? QUARTER * unit : 0;
  return [Math.min(quantile(law, -z), value) - more, Math.max(quantile(law, z), value) + more];
}

function ratio(d, [part, partD], [whole, wholeD], holds, missed) { // a score, as a ratio of two totals, with the ends of its interval
  const bottom = whole + d.total(wholeD);
  if (!(bottom > 0)) return null;
  const value = Math.min(Math.max((part + d.total(partD)) / bottom, 0), 1);
  const anywhere = d.unseen(holds.map(() => 0)), there = d.unseen(holds), unseen = [0, missed ? Math.max(anywhere, there) : there];
  const fits = (r) => {
    const unit = Math.max(r, 1 - r), rest = part - r * whole;
    const [low, high] = differenceLimits(d, partD.map((x, i) => x - r * wholeD[i]), unseen, unit);
    return rest + low <= SLACK && rest + high >= -SLACK;
  };
  const end = (outside) => {
    let good = value, bad = outside;
    if (fits(bad)) return bad;
    for (let i = 0; i < 20; i++) { const middle = (good + bad) / 2; if (fits(middle)) good = middle; else bad = middle; }
    return good;
  };
  return [value, end(0), end(1)];
}

// The coded units of a sample, and how many times each counts when `more` lines of the file are coded as well. Rows: { stratum, pi, coded, found, right, true }.
function unitsOf(rows, more) {
  const names = [...new Set(rows.map((row) => row.stratum))].sort();
  const units = [], sizes = [], at = {};
  let waiting = 0, names_ = [];
  for (const name of names) { // a stratum of which nothing is coded yet is taken together with the next one
    const mine = rows.filter((row) => row.stratum === name), coded = mine.filter((row) => row.coded);
    waiting += mine.reduce((sum, row) => sum + 1 / row.pi, 0);
    names_.push(name);
    if (!coded.length) continue;
    for (const n of names_) at[n] = sizes.length;
    for (const row of coded) units.push({ ...row, stratum: sizes.length, times: 1 });
    sizes.push(waiting);
    waiting = 0;
    names_ = [];
  }
  if (!sizes.length) return null;
  sizes[sizes.length - 1] += waiting;
  for (const n of names_) at[n] = sizes.length - 1;
  const next = rows.filter((row) => !row.coded).slice(0, more);
  const now = sizes.map((_, h) => units.filter((u) => u.stratum === h).length);
  const then = sizes.map((size, h) => Math.min(now[h] + next.filter((row) => at[row.stratum] === h).length, Math.max(size, now[h])));
  return { units: units.map((u) => ({ ...u, times: then[u.stratum] / now[u.stratum] })), sizes };
}

function intervals(rows, total, more) { // { precision: [value, low, high], recall: the same }
  const found = unitsOf(rows, more);
  if (!found) return null;
  const { units, sizes } = found, d = design(units, sizes);
  const p = units.map((u) => u.found), right = units.map((u) => u.right - u.found), more_ = units.map((u) => u.true - u.found), none = units.map(() => 0);
  return { precision: ratio(d, [total, right], [total, none], p, false), recall: ratio(d, [total, right], [total, more_], p, true) };
}

// What has been coded by now, as counts for each sentence: the tables', and what is decided here since.
function codedCounts() {
  return data.sample.map((s) => {
    const mine = askedIn(s), gone = mine.filter((r) => verdictOf(r) === "reject"), new_ = addedIn(s).filter(([, one]) => !mine.some((r) => wordsOf(r) === one.trigger));
    return { stratum: s.stratum, pi: Number(s.pi), coded: isCoded(s), found: s.found, right: s.right - gone.filter((r) => r.checked !== "added").length, true: s.true - gone.length + new_.length };
  });
}

function forecast() {
  const rows = codedCounts(), coded = rows.filter((row) => row.coded).length, more = Math.min(BATCH, rows.length - coded);
  if (coded < LEAST_CODED || rows.some((row) => row.stratum === "documents")) return [];
  const now = intervals(rows, data.found, 0), then = intervals(rows, data.found, more);
  const points = (x) => (100 * x).toLocaleString(state.lang, { maximumFractionDigits: 1 });
  const between = ([, low, high]) => "[" + points(low) + (state.lang === "fr" ? "\u00a0; " : "; ") + points(high) + "]";
  const told = ["precision", "recall"].filter((name) => now[name]).map((name) => filled("code.forecast." + name, { value: points(now[name][0]), between: between(now[name]) }) + (more ? filled("code.forecast.then", { then: between(then[name]) }) : ""));
  return [make("p", { class: "note", id: "code-forecast" }, filled(more ? "code.forecast" : "code.forecast_all", { n: number(more) }) + " " + told.join(state.lang === "fr" ? "\u00a0; " : "; ") + ".")];
}
