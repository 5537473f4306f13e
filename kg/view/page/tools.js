// The bar above: search, path, view, language, theme, and what the page says about itself.
kg.tools = (() => {
  const ends = { from: "", to: "" };
  const leave = () => { kg.at("search").value = ""; };
  kg.combo(kg.at("search"), kg.at("found"), ({ id }) => { kg.focusId(id); kg.at("network").focus({ preventScroll: true }); }, (text) => kg.lookup.find(text));
  for (const end of ["from", "to"]) {
    const input = kg.at(`path-${end}`);
    kg.combo(input, kg.at(`path-${end}-found`), ({ id }) => { ends[end] = id; });
    input.addEventListener("input", () => { ends[end] = ""; });
  }
  const both = async () => {
    for (const end of ["from", "to"]) {
      if (!ends[end]) ends[end] = (await kg.source.suggest(kg.at(`path-${end}`).value.trim()))[0]?.id || "";
      if (!ends[end]) { kg.at(`path-${end}`).focus(); kg.say(kg.t("nothing")); return null; }
    }
    kg.at("path-box").open = false;
    return [ends.from, ends.to];
  };
  kg.at("path-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const path = await both();
    if (!path) return;
    kg.go({ path, focus: "", select: [], page: "", about: [] }, true);
    kg.at("panel-body").focus({ preventScroll: true });
  });
  kg.at("compare").addEventListener("click", async () => {
    const about = await both();
    if (!about) return;
    if (about[0] === about[1]) { kg.at("path-box").open = true; kg.at("path-to").focus(); kg.say(kg.t("two_wanted")); return; }
    kg.open("compare", about);
  });
  // the form for two actors, with the first of them
  const pathFrom = (actor) => {
    kg.at("path-box").open = true;
    if (actor !== undefined) [kg.at("path-from").value, ends.from] = [kg.name(actor), kg.data.ids[actor]];
    kg.at(actor === undefined ? "path-from" : "path-to").focus();
  };
  kg.at("new").addEventListener("click", () => kg.open("new"));
  kg.at("story").addEventListener("click", () => kg.open("story"));
  // sentences in the page's language only; the filter goes with the language (main.js)
  kg.at("mono").addEventListener("change", ({ target }) => kg.go({ off: { ...kg.state.off, language: new Set() },
    only: { ...kg.state.only, language: new Set(target.checked ? [kg.state.lang] : []) } }));

  kg.at("interface").addEventListener("click", () => kg.go({ lang: kg.state.lang === "id" ? "en" : "id" }));
  const dark = () => (kg.state.theme ? kg.state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  kg.at("theme").addEventListener("click", () => kg.go({ theme: dark() ? "light" : "dark" }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { dress(); kg.refresh({ draw: true }); });

  kg.at("toggle-filters").addEventListener("click", () => {
    const shown = document.body.classList.toggle("filters");
    kg.at("toggle-filters").setAttribute("aria-expanded", String(shown));
  });
  // links within the page go there alone: the address after # is the view's
  for (const link of document.querySelectorAll("a[href^='#']")) link.addEventListener("click", (event) => {
    event.preventDefault();
    kg.at(link.hash.slice(1)).scrollIntoView();
    kg.at(link.hash.slice(1)).focus({ preventScroll: true });
  });
  new ResizeObserver(([{ target }]) => document.documentElement.style.setProperty("--head", `${target.offsetHeight}px`)).observe(document.querySelector("header"));
  for (const menu of document.querySelectorAll("details.menu")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.stopPropagation();
      menu.open = false;
      menu.firstElementChild.focus();
    });
    addEventListener("pointerdown", ({ target }) => { if (!menu.contains(target)) menu.open = false; });
  }
  kg.at("steps").addEventListener("click", ({ target }) => { if (target.dataset.steps) kg.go({ steps: Number(target.dataset.steps) }, true); });
  kg.at("whole").addEventListener("click", () => { leave(); kg.go({ focus: "", path: [], select: [], page: "", about: [] }, true); });
  kg.at("zoom-in").addEventListener("click", () => kg.drawing.zoom(1.3));
  kg.at("zoom-out").addEventListener("click", () => kg.drawing.zoom(1 / 1.3));
  kg.at("fit").addEventListener("click", () => kg.drawing.fit());
  kg.at("close").addEventListener("click", () => kg.back());

  // words and theme as the state has them
  const dress = () => {
    document.documentElement.lang = kg.state.lang;
    document.documentElement.dataset.theme = dark() ? "dark" : "light";
    document.querySelectorAll("[data-t]").forEach((element) => { element.textContent = kg.t(element.dataset.t); });
    document.querySelectorAll("[data-n]").forEach((element) => { element.textContent = kg.number(Number(element.dataset.n)); });
    document.querySelectorAll("[data-t-label]").forEach((element) => element.setAttribute("aria-label", kg.t(element.dataset.tLabel)));
    document.querySelectorAll("[data-t-hint]").forEach((element) => element.setAttribute("placeholder", kg.t(element.dataset.tHint)));
  };
  const status = () => {
    const { scene, state } = kg, { language } = state.only;
    kg.at("mono").checked = language.size === 1 && language.has(state.lang);
    kg.story.told();
    kg.at("status").textContent = (scene.drawn < scene.total ? `${kg.number(scene.drawn)} ${kg.t("of")} ${kg.count(scene.total, "pairs")}; ${kg.t(scene.apart && !kg.source.served ? "apart" : "strongest")}`
      : kg.count(scene.total, "pairs")) + (kg.filters.active(state) ? ` · ${kg.count(kg.source.served && scene.kind !== "path" ? kg.data.raw.total.statements : kg.left, "statements")} ${kg.t("matching")}` : "");
    const { all } = kg.data.raw;
    if (all) kg.at("counts").textContent = `${kg.count(all.statements, "statements")} · ${kg.count(all.actors, "actors")}`;
    kg.at("where").hidden = scene.kind === "whole";
    kg.at("steps").hidden = scene.kind !== "focus";
    if (scene.kind === "focus") kg.at("around").textContent = kg.t("around", { name: kg.short(kg.name(scene.centre), 40) });
    else kg.at("around").textContent = scene.kind === "path" ? kg.t("path") : "";
    for (const button of kg.at("steps").children) button.setAttribute("aria-pressed", String(Number(button.dataset.steps) === state.steps));
    kg.at("no-lines").hidden = scene.lines.length > 0 || scene.kind === "path" || !(all ? all.statements : kg.data.count);
    if (all && !all.statements) kg.at("status").textContent = kg.t("empty");
  };
  return { dress, status, pathFrom, dark };
})();
