// What is looked at. All of it is in the page's address, so that a view can be shared and the browser can go back.
kg.FACETS = ["relation", "type", "factuality", "agreement", "publisher", "source", "language"];
// pages that are read instead of the network, and how many actors each is about
kg.PAGES = { "": 0, actor: 1, compare: 2, new: 0, story: 0 };
kg.none = () => Object.fromEntries(kg.FACETS.map((facet) => [facet, new Set()]));
kg.fresh = () => ({ off: kg.none(), only: kg.none(), text: "", from: "", to: "", confidence: 0,
  by: "event", focus: "", steps: 1, path: [], select: [], page: "", about: [], since: "", lang: kg.settings.language, theme: "" });
// whether a filter takes a value away: where some are named, all others go
kg.hides = ({ off, only }, facet, value) => (only[facet].size ? !only[facet].has(value) : off[facet].has(value));

kg.toHash = (state) => {
  const hash = new URLSearchParams();
  for (const facet of kg.FACETS) {
    state.only[facet].forEach((value) => hash.append(facet, value));
    if (!state.only[facet].size) state.off[facet].forEach((value) => hash.append(`no-${facet}`, value));
  }
  for (const key of ["text", "from", "to", "focus", "theme", "page", "since"]) if (state[key]) hash.set(key, state[key]);
  if (state.confidence) hash.set("confidence", state.confidence);
  if (state.by !== "event") hash.set("by", state.by);
  if (state.focus && state.steps !== 1) hash.set("steps", state.steps);
  if (state.lang !== kg.settings.language) hash.set("lang", state.lang);
  for (const key of ["about", "path", "select"]) state[key].forEach((part) => hash.append(key, part));
  return hash.toString();
};

kg.fromHash = (text) => {
  const hash = new URLSearchParams(text), state = kg.fresh();
  for (const facet of kg.FACETS) [state.only[facet], state.off[facet]] = [facet, `no-${facet}`].map((key) => new Set(hash.getAll(key)));
  const date = (value) => (/^\d{4}-\d\d-\d\d$/.test(value || "") ? value : "");
  const sure = (value) => (/^(0?\.\d+|1(\.0+)?)$/.test(value || "") ? Number(value) : 0);
  Object.assign(state, { text: hash.get("text") || "", from: date(hash.get("from")), to: date(hash.get("to")),
    confidence: sure(hash.get("confidence")), by: hash.get("by") === "published" ? "published" : "event", focus: hash.get("focus") || "",
    steps: hash.get("steps") === "2" ? 2 : 1, path: hash.getAll("path").slice(0, 2),
    select: hash.getAll("select").slice(0, 3), about: hash.getAll("about").slice(0, 2), since: date(hash.get("since")),
    page: Object.hasOwn(kg.PAGES, hash.get("page") || "") ? hash.get("page") : "",
    lang: hash.get("lang") in kg.settings.words ? hash.get("lang") : kg.settings.language,
    theme: ["dark", "light"].includes(hash.get("theme")) ? hash.get("theme") : "" });
  if (state.path.length < 2) state.path = [];
  if (state.about.length < kg.PAGES[state.page]) [state.page, state.about] = ["", []];
  if (state.focus && !state.select.length) state.select = [state.focus];
  return state;
};

kg.write = (step) => {
  const hash = kg.toHash(kg.state);
  if (hash === location.hash.slice(1)) return;
  try { // a notebook's frame has no address of its own
    history[step ? "pushState" : "replaceState"](null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch { /* the view then stays in the page */ }
};
