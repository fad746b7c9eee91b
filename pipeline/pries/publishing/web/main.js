// Showing the view that the address names.
const main = document.getElementById("main");

function show() {
  document.documentElement.lang = state.lang;
  const names = data.documents.length > 3 ? number(data.documents.length) + " documents" : data.documents.map((d) => d.name).join(", ");
  document.getElementById("about").textContent = filled("reader.about", { n: number(requests.length), repeats: number(requests.filter((r) => r.restates).length), documents: names })
    + " " + filled("note.checked", { auto: number(requests.filter((r) => r.checked === "auto").length), checked: number(requests.filter((r) => r.checked !== "auto").length) });
  const kinds = VIEWS.map((view) => make("a", { href: address({ view, at: "" }), "data-view": view, "aria-current": state.view === view ? "page" : null, text: word("reader." + view) }));
  document.getElementById("views").replaceChildren(...kinds);
  document.getElementById("reviewing").replaceChildren(desk());
  progress();
  const button = document.getElementById("lang");
  button.lang = state.lang === "fr" ? "en" : "fr";
  button.textContent = button.lang === "en" ? "English" : "Français";
  refill = () => {};
  main.replaceChildren(...{ who, text, table, context: contextView, map, groups: groupsView, families: familiesView, themes: themesView, code: codeView }[state.view]());
  refresh();
  document.getElementById("here")?.scrollIntoView({ block: "center" });
}

document.getElementById("lang").addEventListener("click", () => go({ lang: state.lang === "fr" ? "en" : "fr" }));
window.addEventListener("hashchange", () => { if (card.open) card.close(); state = read(); show(); });
window.addEventListener("beforeprint", () => { for (const d of main.querySelectorAll("details")) { d.dispatchEvent(new Event("fill")); d.open = true; } });
show();
