// Forecast: half the width of the 95 % intervals of precision and recall now, and with as many sentences more.
// The formulas are those of estimation/estimators.py and prospect.py, where they are explained; a test compares the numbers.
const LEVEL = 0.975;
const SLACK = 1e-9;
const LEAST_CODED = 10; // sentences before anything is said

function logGamma(x) { // Lanczos 1964
  const c = [76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5];
  const t = x + 5.5 - (x + 0.5) * Math.log(x + 5.5);
  return -t + Math.log((2.5066282746310005 * c.reduce((sum, k, i) => sum + k / (x + 1 + i), 1.000000000190015)) / x);
}

function gammaShare(a, x) { // the regularised lower incomplete gamma function: a series, or a continued fraction (Lentz)
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a, sum = term;
    for (let n = 1; n < 1e5 && term > sum * 1e-14; n++) sum += term *= x / (a + n);
    return sum * front;
  }
  let b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (let i = 1; i < 1e5; i++) {
    b += 2;
    d = 1 / (-i * (i - a) * d + b);
    c = b + (-i * (i - a)) / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return 1 - front * h;
}

function gammaQuantile(mean, variance, level) {
  if (!(mean > 0 && variance > 0)) return mean;
  const a = mean ** 2 / variance;
  let low = 0, high = Math.max(4 * a, 20);
  for (let i = 0; i < 200; i++) { const x = (low + high) / 2; if (gammaShare(a, x) < level) low = x; else high = x; }
  return ((low + high) / 2) * (variance / mean);
}

function design(units, sizes) { // units: { stratum, times }; sizes: N of each stratum
  const sums = (values) => { const s = sizes.map(() => 0); units.forEach((u, i) => { s[u.stratum] += values[i] * u.times; }); return s; };
  const coded = sums(units.map(() => 1));
  const weight = sizes.map((n, h) => Math.max(n / Math.max(coded[h], 1), 1));
  const total = (values) => sums(values).reduce((sum, s, h) => sum + weight[h] * s, 0);
  const squared = (values) => sums(values).reduce((sum, s, h) => sum + weight[h] ** 2 * s, 0);
  const unseen = (holds) => { const may = total(holds), one = units.map(() => 1); return may > 0 ? squared(holds) / may : squared(one) / total(one); };
  return { sums, coded, weight, total, unseen };
}

function gammaLimits(d, events, unseen, unit) {
  const total = d.total(events), sums = d.sums(events), squares = d.sums(events.map((e) => e * e));
  const variance = sums.reduce((v, s, h) => v + d.weight[h] * (d.weight[h] - 1) * (squares[h] - s ** 2 / (d.coded[h] + 1)), 0);
  const mean = unseen * unit, square = unseen * Math.max(unseen - 1, 0) * unit ** 2, below = total > 0 ? 0.25 : 0;
  const low = gammaQuantile(total + below * mean, variance + below * square, 1 - LEVEL);
  const high = gammaQuantile(total + 0.75 * mean, variance + 0.75 * square, LEVEL);
  return [Math.max(low, events.reduce((a, b) => a + b, 0)), square > 0 || variance > 0 ? high : total];
}

function differenceLimits(d, difference, unseen, unit) {
  const missed = difference.map((x) => Math.max(x, 0)), invented = difference.map((x) => Math.max(-x, 0));
  const a = d.total(missed), b = d.total(invented);
  const [aLow, aHigh] = gammaLimits(d, missed, unseen[0], unit);
  const [bLow, bHigh] = gammaLimits(d, invented, unseen[1], unit).map((end, i) => (i ? Math.max(end, b) : Math.min(end, b)));
  return [a - b - Math.hypot(Math.max(a - aLow, 0), bHigh - b), a - b + Math.hypot(aHigh - a, b - bLow)];
}

function ratio(d, [part, partD], [whole, wholeD], holds, missed) { // a score, as a ratio of two totals, with the ends of its interval
  const bottom = whole + d.total(wholeD);
  if (!(bottom > 0)) return null;
  const value = Math.min(Math.max((part + d.total(partD)) / bottom, 0), 1);
  const anywhere = d.unseen(holds.map(() => 0)), there = d.unseen(holds), unseen = [0, missed ? Math.max(anywhere, there) : there];
  const left = d.weight.some((w) => w > 1 + SLACK) ? 0.5 : 0;
  const fits = (r) => {
    const unit = Math.max(r, 1 - r), rest = part - r * whole;
    const [low, high] = differenceLimits(d, partD.map((x, i) => x - r * wholeD[i]), unseen, unit);
    return rest + low - left * unit <= SLACK && rest + high + left * unit >= -SLACK;
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

function halfWidths(rows, total, more) { // { precision: [value, half], recall: [value, half] }
  const found = unitsOf(rows, more);
  if (!found) return null;
  const { units, sizes } = found, d = design(units, sizes);
  const p = units.map((u) => u.found), right = units.map((u) => u.right - u.found), more_ = units.map((u) => u.true - u.found), none = units.map(() => 0);
  const half = (made) => made && [made[0], (made[2] - made[1]) / 2];
  return { precision: half(ratio(d, [total, right], [total, none], p, false)), recall: half(ratio(d, [total, right], [total, more_], p, true)) };
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
  const now = halfWidths(rows, data.found, 0), then = halfWidths(rows, data.found, more);
  const points = (x) => (100 * x).toLocaleString(state.lang, { maximumFractionDigits: 1 });
  const told = ["precision", "recall"].filter((name) => now[name]).map((name) => filled("code.forecast." + name, { value: points(now[name][0]), half: points(now[name][1]) }) + (more ? filled("code.forecast.then", { then: points(then[name][1]) }) : ""));
  return [make("p", { class: "note", id: "code-forecast" }, filled(more ? "code.forecast" : "code.forecast_all", { n: number(more) }) + " " + told.join(state.lang === "fr" ? "\u00a0; " : "; ") + ".")];
}
