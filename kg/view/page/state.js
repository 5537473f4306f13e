// What is looked at. All of it is in the page's address, so that a view can be shared and the browser can go back.
kg.FACETS = ["relation", "type", "factuality", "publisher", "source", "language"];
kg.fresh = () => ({ off: Object.fromEntries(kg.FACETS.map((facet) => [facet, new Set()])), text: "", from: "", to: "",
  by: "event", focus: "", steps: 1, path: [], select: [], lang: kg.settings.language, theme: "" });
kg.state = kg.fresh();

kg.toHash = (state) => {
  const hash = new URLSearchParams();
  for (const facet of kg.FACETS) {
    const off = [...state.off[facet]];
    if (!off.length) continue;
    const on = kg.filters.values(facet).map(({ value }) => value).filter((value) => !state.off[facet].has(value));
    // the shorter of the two lists
    if (on.length && on.length < off.length) on.forEach((value) => hash.append(facet, value));
    else off.forEach((value) => hash.append(`no-${facet}`, value));
  }
  for (const key of ["text", "from", "to", "focus", "theme"]) if (state[key]) hash.set(key, state[key]);
  if (state.by !== "event") hash.set("by", state.by);
  if (state.focus && state.steps !== 1) hash.set("steps", state.steps);
  if (state.lang !== kg.settings.language) hash.set("lang", state.lang);
  for (const key of ["path", "select"]) state[key].forEach((part) => hash.append(key, part));
  return hash.toString();
};

kg.fromHash = (text) => {
  const hash = new URLSearchParams(text), state = kg.fresh();
  for (const facet of kg.FACETS) {
    const on = new Set(hash.getAll(facet));
    state.off[facet] = new Set(hash.getAll(`no-${facet}`));
    if (on.size) kg.filters.values(facet).forEach(({ value }) => { if (!on.has(value)) state.off[facet].add(value); });
  }
  const date = (value) => (/^\d{4}-\d\d-\d\d$/.test(value || "") ? value : "");
  Object.assign(state, { text: hash.get("text") || "", from: date(hash.get("from")), to: date(hash.get("to")),
    by: hash.get("by") === "published" ? "published" : "event", focus: hash.get("focus") || "",
    steps: hash.get("steps") === "2" ? 2 : 1, path: hash.getAll("path").slice(0, 2),
    select: hash.getAll("select").slice(0, 3),
    lang: hash.get("lang") in kg.settings.words ? hash.get("lang") : kg.settings.language,
    theme: ["dark", "light"].includes(hash.get("theme")) ? hash.get("theme") : "" });
  if (state.path.length < 2) state.path = [];
  return state;
};

kg.write = (step) => {
  const hash = kg.toHash(kg.state);
  if (hash === location.hash.slice(1)) return;
  try { // a notebook's frame has no address of its own
    history[step ? "pushState" : "replaceState"](null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch { /* the view then stays in the page */ }
};
