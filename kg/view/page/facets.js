// The filters' check boxes: what is ticked is shown; "only" leaves one, "all" brings them back.
kg.facets = (() => {
  const MOST = 150, open = new Set(["relation", "type", "factuality", "agreement"]);

  const label = (facet, value, known) => {
    if (known) return known;
    if (!value) return kg.t(facet === "source" ? "unnamed" : "unknown");
    if (facet === "relation") return kg.relation(value);
    if (facet === "source") return kg.word(value);
    return facet === "publisher" ? value : kg.t(value);
  };
  const change = (facet, off, only) => kg.go({ off: { ...kg.state.off, [facet]: off }, only: { ...kg.state.only, [facet]: only } });
  const toggle = (facet, value, on) => {
    const [off, only] = ["off", "only"].map((kind) => new Set(kg.state[kind][facet]));
    if (only.size) only[on ? "add" : "delete"](value); // the last one unticked brings all back
    else off[on ? "delete" : "add"](value);
    change(facet, off, only);
  };

  const option = (facet, { value, label: known }) => {
    const item = kg.make("li"), text = kg.make("label"), tick = kg.make("input"), name = label(facet, value, known);
    tick.type = "checkbox";
    tick.addEventListener("change", () => toggle(facet, value, tick.checked));
    tick.dataset.value = value;
    text.append(tick, kg.make("span", name), kg.make("small"));
    text.title = name;
    const only = kg.button(kg.t("only"), () => change(facet, new Set(), new Set([value])), "only");
    only.setAttribute("aria-label", `${kg.t("only")}: ${name}`);
    item.append(text, only);
    return item;
  };

  const group = (facet) => {
    const made = kg.make("details"), head = kg.make("summary", kg.t(facet));
    made.open = open.has(facet);
    made.dataset.facet = facet;
    made.addEventListener("toggle", () => { if (made.open) open.add(facet); else open.delete(facet); });
    const all = kg.button(kg.t("all"), () => change(facet, new Set(), new Set()), "only");
    all.setAttribute("aria-label", `${kg.t("all")}: ${kg.t(facet)}`);
    all.classList.add("every");
    made.append(head, all, kg.make("ul"), kg.make("p", "", "hint"));
    return made;
  };

  // the list anew where its values are others; else the ticks and counts, so that the keyboard stays where it is
  const fill = (made) => {
    const facet = made.dataset.facet, values = kg.filters.values(facet), list = made.querySelector("ul");
    const shown = values.slice(0, MOST), key = JSON.stringify([kg.state.lang, shown.map(({ value, label: known }) => [value, known])]);
    const narrowed = kg.state.off[facet].size > 0 || kg.state.only[facet].size > 0;
    if (list.dataset.key !== key) {
      const at = list.contains(document.activeElement) && document.activeElement.dataset.value;
      list.dataset.key = key;
      list.replaceChildren(...shown.map((each) => option(facet, each)));
      if (at !== false) ([...list.querySelectorAll("input")].find((tick) => tick.dataset.value === at) || made.firstElementChild).focus();
    }
    made.hidden = values.length < 2 && !narrowed;
    made.classList.toggle("on", narrowed);
    made.querySelector(".hint").textContent = values.length > MOST ? kg.t("listed", { n: kg.number(MOST), all: kg.number(values.length) }) : "";
    [...list.children].forEach((item, at) => {
      item.querySelector("input").checked = !kg.hides(kg.state, facet, shown[at].value);
      item.querySelector("small").textContent = kg.number(shown[at].count);
      item.classList.toggle("nil", !shown[at].count);
    });
  };

  let built = "";
  const show = () => {
    kg.at("mono-box").hidden = kg.filters.values("language").length < 2 && !kg.at("mono").checked;
    if (built !== kg.state.lang) kg.at("facets").replaceChildren(...kg.FACETS.map(group));
    built = kg.state.lang;
    [...kg.at("facets").children].forEach(fill);
    if (kg.at("text").value.trim() !== kg.state.text && document.activeElement !== kg.at("text")) kg.at("text").value = kg.state.text;
    kg.at("by").value = kg.state.by;
    kg.confidence.show();
    kg.at("reset").disabled = !kg.filters.active(kg.state);
    kg.at("toggle-filters").classList.toggle("on", kg.filters.active(kg.state)); // seen where the filters are not
  };

  let wait = 0;
  kg.at("text").addEventListener("input", ({ target }) => {
    clearTimeout(wait);
    wait = setTimeout(() => kg.go({ text: target.value.trim() }), 160);
  });
  kg.at("reset").addEventListener("click", () => kg.go({ ...Object.fromEntries(["off", "only", "text", "from", "to", "confidence"].map((key) => [key, kg.fresh()[key]])) }));
  return { show, label };
})();
