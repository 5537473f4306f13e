// Where data comes from: the page itself, or, served, the server: the overview, the neighbourhood or path looked at, and
// the evidence of what is selected. Both have the same shape, so all else does not know which it is.
kg.source = (() => {
  const { served, base } = kg.settings;
  const ask = async (path, query) => {
    const answer = await fetch(`${base}/${path}?${new URLSearchParams(query)}`, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status === 503 ? kg.t("busy") : kg.t("failed"));
    return answer.json();
  };
  let held = "", turn = 0, limit = 200;

  // what the server is asked for, by what is looked at; filters that it knows go with it
  const part = (state) => {
    const lang = ["lang", state.lang];
    if (state.path.length) return ["path.json", [["from", state.path[0]], ["to", state.path[1]], lang]];
    if (!state.focus) return ["overview.json", [lang]];
    return ["node.json", [["id", state.focus], ["steps", state.steps], ["start", state.from], ["end", state.to], ["limit", limit],
      ...[...state.off.relation].map((relation) => ["without", relation]), lang]];
  };
  const prepare = async (state, grow = false) => {
    if (!served) return true;
    limit = grow ? Math.min(limit * 2, kg.settings.drawn) : 200;
    const [path, query] = part(state), key = path + JSON.stringify(query), now = ++turn;
    if (key === held) return true;
    kg.say(kg.t("loading"));
    kg.at("status").textContent = kg.t("loading");
    document.body.classList.add("busy");
    const patience = setTimeout(() => { kg.at("status").textContent = kg.t("first_read"); }, 4000);
    try {
      const found = await ask(path, query);
      if (now !== turn) return false;
      kg.use(found);
      held = key;
      kg.say("");
      return true;
    } catch (error) {
      kg.at("status").textContent = error.message;
      return false;
    } finally { clearTimeout(patience); if (now === turn) document.body.classList.remove("busy"); }
  };
  const more = async () => {
    if (await prepare(kg.state, true)) kg.refresh({ filter: true, fit: true });
  };

  // statements join the data with weight 0: the lines count them already
  const join = (found) => {
    const own = kg.data.raw, text = new Map(own.strings.map((value, at) => [value, at])), index = new Map(kg.data.index);
    const pool = (value) => { if (!text.has(value)) { text.set(value, own.strings.length); own.strings.push(value); } return text.get(value); };
    const actor = found.actors.id.map((id, at) => {
      if (index.has(id)) return index.get(id);
      for (const [name, column] of Object.entries(own.actors)) column.push(name === "type" ? pool(found.strings[found.actors.type[at]]) : found.actors[name][at]);
      index.set(id, own.actors.id.length - 1);
      return own.actors.id.length - 1;
    });
    const known = new Set(own.pairs.map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`));
    for (const [a, b] of found.pairs) if (!known.has(`${Math.min(actor[a], actor[b])} ${Math.max(actor[a], actor[b])}`)) own.pairs.push([actor[a], actor[b]]);
    const pooled = ["publisher", "language"], start = own.rows.from.length, articles = own.articles.iri.length;
    for (const [name, column] of Object.entries(own.articles)) column.push(...found.articles[name].map((value) => (pooled.includes(name) ? pool(found.strings[value]) : value)));
    const ends = ["from", "to"];
    for (const [name, column] of Object.entries(own.rows)) column.push(...found.rows[name].map((value) => (ends.includes(name) ? actor[value]
      : name === "article" ? value + articles : name === "sentence" ? value : pool(found.strings[value]))));
    for (const [row, sentences] of Object.entries(found.further)) own.further[start + Number(row)] = sentences;
    own.weights.push(...found.weights);
    kg.use(own);
    kg.filters.run();
    return found.rows.from.map((_, at) => start + at);
  };

  let reading = 0;
  // the rows of a selection, and a way to more of them; null where something else was selected meanwhile
  const evidence = async (chosen, rows, offset = 0) => {
    const now = ++reading;
    if (!served) return { rows, more: null };
    const { ids } = kg.data, path = kg.scene.kind === "path" && kg.scene.path ? kg.scene.path.actors : [];
    const asked = chosen ? [[chosen.a, chosen.b, chosen.relation]] : path.slice(1).map((actor, at) => [path[at], actor]);
    const found = [];
    let more = false;
    for (const [a, b, relation] of asked) {
      const answer = await ask("evidence.json", { first: ids[a], second: b === undefined ? "" : ids[b], relation: relation || "", offset,
        start: kg.state.from, end: kg.state.to, lang: kg.state.lang });
      if (now !== reading) return null;
      more ||= answer.more;
      found.push(answer);
    }
    return { rows: found.flatMap(join).filter((row) => kg.mask[row]), more: more && chosen ? () => evidence(chosen, [], offset + 40) : null };
  };
  const suggest = async (text) => (served ? (text ? (await ask("search.json", { q: text, lang: kg.state.lang })).actors : []) : kg.findActors(text));
  return { prepare, evidence, suggest, more, served: Boolean(served) };
})();
