// Search over everything, by keyboard first: actors, what filters can show alone, statements, and what the page can do.
kg.lookup = (() => {
  const ACTORS = 8, VALUES = 4, SAID = 5, LEAST = 3; // letters from which on sentences are searched
  const FILTERS = ["relation", "type", "factuality", "publisher", "source"];

  // everything that can be done, with its key; the same are told by the question mark
  const acts = () => [
    ["whole", "", () => kg.go({ page: "", about: [], focus: "", path: [], select: [] }, true)],
    ["actor_page", "p", () => { const [id] = kg.state.select; if (id) kg.open("actor", [id]); }],
    ["two_actors", "c", () => kg.tools.pathFrom()],
    ["what_is_new", "n", () => kg.open("new")],
    ["story", "s", () => kg.open("story")],
    ["filters", "f", () => kg.at("toggle-filters").click()],
    ["reset", "r", () => kg.at("reset").click()],
    ["interface", "l", () => kg.at("interface").click()],
    ["theme", "t", () => kg.at("theme").click()],
    ["all_keys", "?", () => kg.keys.help()],
  ];

  const commands = (wanted) => acts().filter(([key]) => kg.fold(kg.t(key)).includes(wanted))
    .map(([key, letter, act]) => ({ name: kg.t(key), hint: letter ? kg.t("by_key", { key: letter }) : "", group: "commands", act }));
  const values = (wanted) => FILTERS.flatMap((facet) => kg.filters.values(facet).map(({ value, count, label }) => ({ facet, value, count, name: kg.facets.label(facet, value, label) })))
    .filter(({ value, count, name }) => value && count && kg.fold(name).includes(wanted)).sort((a, b) => b.count - a.count).slice(0, VALUES)
    .map(({ facet, value, count, name }) => ({ name, hint: `${kg.t(facet)} · ${kg.number(count)}`, group: "filters", act: () => {
      kg.go({ off: { ...kg.state.off, [facet]: new Set() }, only: { ...kg.state.only, [facet]: new Set([value]) } }, true);
    } }));
  const said = async (text) => {
    const { raw, rows } = text.length < LEAST ? { rows: [] } : await kg.source.sayings(text, SAID);
    return rows.map((at) => {
      const row = kg.row(at, raw), [from, to] = [row.from, row.to].map((end) => raw.actors.id[end]);
      return { name: row.sentence || row.headline, hint: [`${kg.name(row.from, raw)} ${kg.relation(row.relation)} ${kg.name(row.to, raw)}`, row.published.slice(0, 10) || row.date, row.publisher].filter(Boolean).join(" · "),
        group: "statements", lang: row.language,
        act: () => kg.go({ page: "", about: [], focus: from, steps: 1, path: [], select: [from, to, row.relation] }, true) };
    });
  };
  const find = async (text) => {
    const wanted = kg.fold(text);
    if (!wanted) return commands("");
    const [actors, sentences] = await Promise.all([kg.source.suggest(text), said(text)]);
    return [...actors.slice(0, ACTORS).map((actor) => ({ ...actor, group: "actors" })), ...values(wanted), ...sentences, ...commands(wanted)];
  };
  return { find, acts };
})();
