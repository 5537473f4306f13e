// The filters' check boxes: what is ticked is shown; "only" leaves one, "all" brings them back.
kg.facets = (() => {
  const MOST = 150, open = new Set(["relation", "type", "factuality"]);
  let built = null;

  const label = (facet, value) => {
    if (!value) return kg.t(facet === "source" ? "unnamed" : "unknown");
    if (facet === "relation") return kg.relation(value);
    return facet === "publisher" || facet === "source" ? value : kg.t(value);
  };
  const change = (facet, set) => kg.go({ off: { ...kg.state.off, [facet]: set } });

  const option = (facet, { value, count }) => {
    const item = kg.make("li"), text = kg.make("label"), tick = kg.make("input"), name = label(facet, value);
    tick.type = "checkbox";
    tick.checked = !kg.state.off[facet].has(value);
    tick.addEventListener("change", () => {
      const off = new Set(kg.state.off[facet]);
      if (tick.checked) off.delete(value); else off.add(value);
      change(facet, off);
    });
    tick.dataset.value = value;
    text.append(tick, kg.make("span", name), kg.make("small", kg.number(count)));
    const only = kg.button(kg.t("only"), () => change(facet, new Set(kg.filters.values(facet).map((each) => each.value).filter((each) => each !== value))), "only");
    only.setAttribute("aria-label", `${kg.t("only")}: ${name}`);
    item.append(text, only);
    return item;
  };

  const group = (facet) => {
    const values = kg.filters.values(facet), made = kg.make("details"), head = kg.make("summary", kg.t(facet));
    made.open = open.has(facet);
    made.dataset.facet = facet;
    made.addEventListener("toggle", () => { if (made.open) open.add(facet); else open.delete(facet); });
    const all = kg.button(kg.t("all"), () => change(facet, new Set()), "only");
    all.setAttribute("aria-label", `${kg.t("all")}: ${kg.t(facet)}`);
    all.classList.add("every");
    const list = kg.make("ul");
    list.append(...values.slice(0, MOST).map((each) => option(facet, each)));
    made.append(head, all, list);
    return made;
  };

  const build = () => {
    kg.at("facets").replaceChildren(...kg.FACETS.filter((facet) => kg.filters.values(facet).length > 1).map(group));
    built = kg.data.raw;
  };
  const show = (again) => {
    if (again || built !== kg.data.raw) build();
    for (const made of kg.at("facets").children) {
      const off = kg.state.off[made.dataset.facet];
      made.classList.toggle("on", off.size > 0);
      made.querySelectorAll("input").forEach((tick) => { tick.checked = !off.has(tick.dataset.value); });
    }
    if (kg.at("text").value.trim() !== kg.state.text) kg.at("text").value = kg.state.text;
    kg.at("by").value = kg.state.by;
    kg.at("reset").disabled = !kg.filters.active(kg.state);
  };

  let wait = 0;
  kg.at("text").addEventListener("input", ({ target }) => {
    clearTimeout(wait);
    wait = setTimeout(() => kg.go({ text: target.value.trim() }), 160);
  });
  kg.at("reset").addEventListener("click", () => kg.go({ ...Object.fromEntries(["off", "text", "from", "to"].map((key) => [key, kg.fresh()[key]])) }));
  return { show };
})();
