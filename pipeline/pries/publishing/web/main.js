// Showing the view that the address names.
const main = document.getElementById("main");

function show() {
  const before = document.activeElement;
  document.documentElement.lang = state.lang;
  const names = data.documents.length > 3 ? number(data.documents.length) + " documents" : data.documents.map((d) => d.name).join(", ");
  const all = estimated("all", "");
  document.getElementById("about").textContent = filled("reader.about", { n: number(requests.length), estimate: all && " " + all, repeats: number(requests.filter((r) => r.restates).length), documents: names })
    + " " + filled("note.checked", { auto: number(requests.filter((r) => r.checked === "auto").length), checked: number(requests.filter((r) => r.checked !== "auto").length) })
    + (all && " " + word("reader.estimates"));
  const kinds = VIEWS.map((view) => make("a", { href: address({ view, at: "" }), "data-view": view, "aria-current": state.view === view ? "page" : null, text: word("reader." + view) }));
  document.getElementById("views").replaceChildren(...kinds);
  document.getElementById("views").setAttribute("aria-label", word("reader.views"));
  document.getElementById("reviewing").replaceChildren(desk());
  progress();
  const button = document.getElementById("lang");
  button.lang = state.lang === "fr" ? "en" : "fr";
  button.textContent = button.lang === "en" ? "English" : "Français";
  lights();
  refill = () => {};
  main.replaceChildren(...{ who, text, table, context: contextView, map, groups: groupsView, families: familiesView, themes: themesView, code: codeView }[state.view]());
  refresh();
  document.querySelector("#views [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  const sentence = main.querySelector(".coding .sentence");
  if (sentence) sentence.closest("p").scrollTop = sentence.offsetTop - 30;
  again(before)?.focus({ preventScroll: true });
  if (state.at) document.querySelector(".wanted, #here")?.scrollIntoView({ block: "center" });
}

// What has the focus is made anew with the page: the same thing has it afterwards.
function again(before) {
  if (!before || before.isConnected) return null;
  const { view, in: row, action } = before.dataset;
  if (view) return document.querySelector(`#views [data-view="${view}"]`);
  return row ? main.querySelector(`[data-in="${CSS.escape(row)}"][data-action="${action}"]`) : document.getElementById(before.id || "none");
}

// By day or by night: as the system says, until somebody has chosen.
const LIGHT = "pries light";
const night = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

function lights() {
  const chosen = load(LIGHT, null);
  if (chosen) document.documentElement.dataset.theme = chosen;
  document.getElementById("dark").textContent = word(night() ? "reader.light" : "reader.dark");
}

document.getElementById("dark").addEventListener("click", () => { document.documentElement.dataset.theme = night() ? "light" : "dark"; store(LIGHT, document.documentElement.dataset.theme); lights(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", lights);

document.getElementById("lang").addEventListener("click", () => go({ lang: state.lang === "fr" ? "en" : "fr" }));
window.addEventListener("hashchange", () => { if (card.open) card.close(); state = read(); show(); });

// On paper entries are open, and every request has its sentence; under the chart stand the requests that it counts.
window.addEventListener("beforeprint", () => {
  for (let more; (more = main.querySelector("#more button")); ) more.click(); // all of them
  for (const d of main.querySelectorAll("details:not(.panel)")) { d.dispatchEvent(new Event("fill")); d.open = true; }
  if (state.view === "map") main.append(make("ul", { class: "asked printed" }, ...kept().map(asking)));
  for (const box of main.querySelectorAll("[data-request]")) {
    const words = make("p", { class: "printed", lang: "fr", text: "« " + byId.get(box.dataset.request).sentence + " »" });
    if (box.tagName === "TR") box.after(make("tr", { class: "printed" }, make("td", { colspan: box.cells.length }, words)));
    else box.append(words);
  }
});
window.addEventListener("afterprint", () => { for (const made of main.querySelectorAll(".printed")) made.remove(); });
show();
