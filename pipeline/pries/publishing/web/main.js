// Showing the view that the address names.
const main = document.getElementById("main");

function show() {
  document.documentElement.lang = state.lang;
  const names = data.documents.length > 3 ? number(data.documents.length) + " documents" : data.documents.map((d) => d.name).join(", ");
  document.getElementById("about").textContent = filled("reader.about", { n: number(requests.length), repeats: number(requests.filter((r) => r.restates).length), documents: names })
    + " " + filled("note.checked", { auto: number(requests.filter((r) => r.checked === "auto").length), checked: number(requests.filter((r) => r.checked !== "auto").length) });
  const kinds = VIEWS.map((view) => make("a", { href: address({ view, at: "" }), "aria-current": state.view === view ? "page" : null, text: word("reader." + view) }));
  document.getElementById("views").replaceChildren(...kinds);
  document.getElementById("reviewing").replaceChildren(desk());
  progress();
  const button = document.getElementById("lang");
  button.lang = state.lang === "fr" ? "en" : "fr";
  button.textContent = button.lang === "en" ? "English" : "Français";
  lights();
  main.replaceChildren(...{ who, text, table, map, groups: groupsView, themes: themesView, code: codeView }[state.view]());
  if (state.view === "table") rows();
  document.querySelector("#views [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (state.at) document.querySelector(".wanted, #here")?.scrollIntoView({ block: "center" });
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
window.addEventListener("hashchange", () => { if (card.open) card.close(); shown = STEP; state = read(); show(); });

// On paper entries are open, and every request has its sentence; under the chart stand the requests that it counts.
window.addEventListener("beforeprint", () => {
  for (const d of main.querySelectorAll("details")) { d.dispatchEvent(new Event("fill")); d.open = true; }
  if (state.view === "map") main.append(make("ul", { class: "asked printed" }, ...counted().map(asking)));
  for (const box of main.querySelectorAll("[data-request]")) {
    const words = make("p", { class: "printed", lang: "fr", text: "« " + byId.get(box.dataset.request).sentence + " »" });
    if (box.tagName === "TR") box.after(make("tr", { class: "printed" }, make("td", { colspan: box.cells.length }, words)));
    else box.append(words);
  }
});
window.addEventListener("afterprint", () => { for (const made of main.querySelectorAll(".printed")) made.remove(); });
show();
