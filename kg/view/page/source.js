// Where data comes from: the page itself, or, served, the server: the overview, the neighbourhood or path looked at, and
// the evidence of what is selected. Both have the same shape, so all else does not know which it is.
kg.source = (() => {
  const { served, base } = kg.settings;
  const address = (path, query) => `${base}/${path}?${new URLSearchParams(query)}`;
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  // asks, and says how far the server is while it reads its store for the first time
  const ask = async (path, query) => {
    for (;;) {
      const answer = await fetch(address(path, query), { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status === 503 ? kg.t("busy") : kg.t("failed"));
      const found = await answer.json();
      if (answer.status !== 202) return found;
      kg.at("status").textContent = kg.t("reading", { n: kg.number(Math.round((100 * found.reading) / found.of)) });
      await pause(700);
    }
  };
  let last = "", turn = 0, limit = 200;

  const filters = (state) => [...kg.FACETS.flatMap((facet) => (state.only[facet].size ? [...state.only[facet]].map((value) => [facet, value])
    : [...state.off[facet]].map((value) => [`no-${facet}`, value]))), ["text", state.text], ["confidence", state.confidence],
    ...(state.page === "new" ? [] : [["start", state.from], ["end", state.to]]), ...(state.by === "event" ? [] : [["by", state.by]]), ["lang", state.lang]].filter(([key, value]) => value || key.startsWith("no-") || kg.FACETS.includes(key));
  // what the server is asked for: what is looked at, under which filters
  const part = (state) => {
    if (state.page === "actor") return ["node", [["id", state.about[0]], ["steps", 1], ["limit", kg.settings.drawn], ...filters(state)]];
    if (state.page === "compare") return ["compare", [["first", state.about[0]], ["second", state.about[1]], ...filters(state)]];
    if (state.page === "new") return ["new", [["since", state.since], ...filters(state)]];
    if (state.path.length) return ["path", [["from", state.path[0]], ["to", state.path[1]], ...filters(state)]];
    if (!state.focus) return ["overview", filters(state)];
    return ["node", [["id", state.focus], ["steps", state.steps], ["limit", limit], ...filters(state)]];
  };
  const prepare = async (state, grow = false) => {
    if (!served) return true;
    limit = grow ? Math.min(limit * 2, kg.settings.drawn) : 200;
    const [path, query] = part(state), key = path + JSON.stringify(query), now = ++turn;
    if (key === last) return true;
    kg.say(kg.t("loading"));
    kg.at("status").textContent = kg.t("loading");
    document.body.classList.add("busy");
    try {
      const found = await ask(`${path}.json`, query);
      if (now !== turn) return false;
      kg.use(found);
      last = key;
      kg.say("");
      return true;
    } catch (error) {
      if (now === turn) kg.at("status").textContent = error.message;
      return false;
    } finally { if (now === turn) document.body.classList.remove("busy"); }
  };
  const more = async () => {
    if (await prepare(kg.state, true)) kg.refresh({ filter: true, fit: true });
  };

  // statements join the data with weight 0: the lines count them already; each once, however often it is looked at
  const join = (found) => {
    const there = new Map(kg.data.raw.rows.event.flatMap((event, row) => (event && !kg.data.weight[row] ? [[event, row]] : [])));
    const events = found.rows.event.map((event) => event && found.event_base + event), fresh = events.flatMap((event, at) => (event && there.has(event) ? [] : [at]));
    const start = kg.data.raw.rows.from.length, rows = events.map((event) => there.get(event));
    fresh.forEach((at, number) => { rows[at] = start + number; });
    if (fresh.length) add(found, fresh);
    return rows;
  };
  const add = (found, fresh) => {
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
    const pooled = ["publisher", "language"], start = own.rows.from.length, articles = own.articles.iri.length, number = new Map(fresh.map((at, to) => [at, start + to]));
    for (const [name, column] of Object.entries(own.articles)) column.push(...found.articles[name].map((value) => (pooled.includes(name) ? pool(found.strings[value]) : value)));
    const ends = ["from", "to"], plain = ["sentence", "sources", "disputed", "confidence"];
    own.local = Object.fromEntries([...Object.entries(own.local), ...Object.entries(found.local)]);
    for (const [name, column] of Object.entries(own.rows)) column.push(...fresh.map((at) => found.rows[name][at]).map((value) => (ends.includes(name) ? actor[value]
      : name === "article" ? value + articles : name === "event" ? value && found.event_base + value : plain.includes(name) ? value : pool(found.strings[value]))));
    for (const [row, sentences] of Object.entries(found.further)) if (number.has(Number(row))) own.further[number.get(Number(row))] = sentences;
    own.weights.push(...fresh.map((at) => found.weights[at]));
    kg.use(own);
    kg.filters.run();
  };

  // what is selected, or else looked at, as the server is asked for its statements
  const wanted = (chosen) => {
    const { ids } = kg.data, { scene } = kg, path = scene.kind === "path" && scene.path ? scene.path.actors : [];
    if (kg.state.page === "new") return [{ start: kg.news.since(), by: "published" }];
    if (chosen) return [{ first: ids[chosen.a], second: chosen.b === undefined ? "" : ids[chosen.b], stated: chosen.relation || "" }];
    if (scene.kind === "path") return path.slice(1).map((actor, at) => ({ first: ids[path[at]], second: ids[actor] }));
    return [{ first: scene.kind === "focus" ? ids[scene.centre] : "" }];
  };
  const statements = (what, more) => ask("evidence.json", [...Object.entries({ ...what, ...more }).filter(([, value]) => value !== ""), ...filters(kg.state)]);

  let reading = 0;
  // the rows of a selection, how many there are, and a way to more of them; null where something else was selected meanwhile
  const evidence = async (chosen, rows, offset = 0) => {
    const now = ++reading;
    if (!served) return { rows, total: rows.length, more: null, merges: (chosen && chosen.b === undefined && kg.data.raw.merges[chosen.a]) || [] };
    const found = [], asked = wanted(chosen);
    for (const what of asked) {
      found.push(await statements(what, { offset }));
      if (now !== reading) return null;
    }
    return { rows: found.flatMap(join), merges: chosen ? found[0].merges : [], total: found.reduce((sum, { total }) => sum + total.statements, 0),
      more: asked.length === 1 && found[0].more ? () => evidence(chosen, [], offset + 40) : null };
  };
  // all statements of a selection up to a limit, in the server's own columns, for export
  const everything = async (chosen, most, tell) => {
    const found = [];
    let count = 0, total = 0;
    for (const what of wanted(chosen)) {
      for (let offset = 0, more = true; more && count < most; offset += 500) {
        const answer = await statements(what, { offset, limit: 500 });
        found.push(answer);
        if (!offset) total += answer.total.statements;
        count += answer.rows.from.length;
        more = answer.more;
        tell(count, total);
      }
    }
    return found;
  };
  const held = async (actor) => { // the statements of its offices
    const found = await ask("evidence.json", [["first", kg.data.ids[actor]], ["stated", "holdsOffice"], ["limit", 500], ...filters(kg.state)]);
    return join(found).filter((row) => kg.data.from[row] === kg.data.index.get(kg.data.ids[actor]));
  };
  const suggest = async (text) => (served ? (text ? (await ask("search.json", { q: text, lang: kg.state.lang })).actors : []) : kg.findActors(text));
  // the newest statements with these words, of all: rows, and the data that they are of
  const sayings = async (text, most) => {
    if (!served) return { raw: kg.data.raw, rows: kg.filters.saying(text, most) };
    const raw = await ask("evidence.json", [["text", text], ["limit", most], ["lang", kg.state.lang]]);
    return { raw, rows: raw.rows.from.map((_, at) => at) };
  };
  const data = (ending) => { const [path, query] = part(kg.state); return address(`${path}.${ending}`, query); };
  return { prepare, evidence, held, sayings, everything, suggest, more, data, served: Boolean(served) };
})();
