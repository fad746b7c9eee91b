// The queue: requests one after the other on their cards, a key for each verdict; and the line under the views.
const CARD_KEYS = ["confirm", "reject", "later", "edit", "next", "before"];
const DONE = ["confirm", "reject", "edit", "added"];
let line_ = null; // what is in the queue, while one goes through it
let at_ = null; // the request on the card
let keysOn = load(KEYS, true); // single keys may be in the way of a speech input

const along = () => line_ ?? (state.view === "table" ? inOrder(kept()) : kept());

function whereabouts(r) { // 3 of 91
  const at = along().indexOf(r);
  return at < 0 ? "" : make("span", { class: "note", id: "card-place", text: filled("review.place", { n: number(at + 1), all: number(along().length) }) });
}

function move(by) { // along the queue, else along what the filters leave
  const next = along()[along().indexOf(at_) + by];
  if (next) open(next);
  else say(word("review.end"));
}

function judge(r, action, tell) { // in the queue a verdict leads on
  signed(() => {
    decide(r, action);
    tell();
    if (!line_) return;
    const end = line_.at(-1) === r;
    if (end) card.close();
    else move(1);
    say(capital(word("review." + action)) + ". " + (end ? word("review.end") : filled("review.place", { n: number(line_.indexOf(at_) + 1), all: number(line_.length) })));
  });
}

function startQueue(order) { // of what the filters leave, what nobody has decided on yet
  line_ = kept().filter((r) => ["open", "later"].includes(verdictOf(r)));
  if (order === "confidence") line_.sort((a, b) => a.confidence - b.confidence);
  if (line_.length) return open(line_[0]);
  line_ = null;
  document.getElementById("hint").textContent = word("review.end");
}

card.addEventListener("close", () => { line_ = null; at_ = null; });

// --- keys --------------------------------------------------------------------------------------------

const CARD_DOES = {
  confirm: () => document.getElementById("review-confirm").click(), reject: () => document.getElementById("review-reject").click(),
  later: () => document.getElementById("review-later").click(), next: () => move(1), before: () => move(-1),
  edit: () => { document.getElementById("review").open = true; document.getElementById("edit-modality").focus(); },
};

addEventListener("keydown", (e) => {
  const typing = e.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (!keysOn || typing || e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || document.getElementById("signing").open) return;
  const does = card.open ? (at_ ? CARD_DOES : {}) : state.view === "code" ? CODE_DOES : { queue: () => signed(() => startQueue(order())) };
  const name = { ArrowRight: "next", ArrowLeft: "before" }[e.key] ?? Object.keys(does).find((name) => word("key." + name) === e.key.toLowerCase());
  if (!does[name]) return;
  e.preventDefault();
  does[name]();
});

function keysHelp(names) {
  return make("p", { class: "note keys", hidden: !keysOn }, word("review.keys") + " ", ...names.flatMap((name, i) => [i ? ", " : "", make("kbd", { text: word("key." + name) }), " " + word("key.does." + name)]));
}

// --- the line under the views --------------------------------------------------------------------------

function progress() {
  const seen = requests.filter((r) => DONE.includes(verdictOf(r))).length;
  for (const r of requests) if (r.values) delete r.values.verdict;
  selected_ = {};
  for (const chip of document.querySelectorAll("[data-state]")) chip.replaceWith(stateOf(byId.get(chip.dataset.state)));
  const box = document.getElementById("progress");
  if (box) box.textContent = filled("review.progress", { n: number(seen), all: number(requests.length), added: number(added().size) });
  const bar = document.getElementById("progress-bar");
  if (bar) bar.value = seen;
}

function readBlind(on) { // without what the program or others have found, or with it
  blind = on;
  store(BLIND, on);
  show();
}

const order = () => document.getElementById("queue-order")?.value ?? "text";

function desk() {
  const button = (id, label, click, more) => make("button", { type: "button", id, text: word(label), on: { click }, ...more });
  const box = (id, label, checked, change) => make("label", { for: id }, make("input", { type: "checkbox", id, checked, on: { change: (e) => change(e.target.checked) } }), " " + word(label));
  const name = make("input", { type: "text", id: "coder", size: "8", value: coder ?? "", on: { change: (e) => { sign(e.target.value.trim()); show(); } } });
  const file = make("input", { type: "file", id: "corrections-file", accept: ".csv", on: { change: reread } });
  const orders = make("select", { id: "queue-order" }, ...["text", "confidence"].map((o) => make("option", { value: o, text: word("review.order." + o) })));
  const add = () => adding(selected());
  return make("details", { id: "desk", open: document.getElementById("desk")?.open },
    make("summary", { on: { mousedown: (e) => e.preventDefault() } }, make("span", { id: "progress" }), make("progress", { id: "progress-bar", max: requests.length || 1, "aria-labelledby": "progress" })),
    make("p", {}, button("queue-start", "review.start", () => signed(() => startQueue(order()))), make("label", { for: "queue-order" }, word("review.order") + " ", orders),
      button("add", "review.add", add, { on: { mousedown: (e) => e.preventDefault(), click: add } }), make("span", { id: "hint", class: "note", role: "status" })),
    make("p", {}, make("label", { for: "coder" }, word("review.coder") + " ", name), button("save-corrections", "review.save", export_), make("label", { for: "corrections-file" }, word("review.load") + " ", file)),
    make("p", {}, box("blind", "review.blind", blind, readBlind), box("keys-on", "review.keys_on", keysOn, (on) => { keysOn = on; store(KEYS, on); show(); })),
    keysHelp(["queue", ...CARD_KEYS]));
}
