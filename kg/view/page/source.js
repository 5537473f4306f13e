// Where data comes from: the page itself, or, served, the server: the overview, the neighbourhood or path looked at, and
// the evidence of what is selected. Both have the same shape, so all else does not know which it is.
kg.source = (() => {
  const { served, base } = kg.settings;
  const ask = async (path, query) => {
    const answer = await fetch(`${base}/${path}?${new URLSearchParams(query)}`, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(kg.t("failed"));
    return answer.json();
  };
  let held = "", turn = 0;

  const part = (state) => {
    if (state.path.length) return ["path.json", { from: state.path[0], to: state.path[1], lang: state.lang }];
    if (state.focus) return ["node.json", { id: state.focus, steps: state.steps, from: state.from, to: state.to, lang: state.lang }];
    return ["overview.json", { lang: state.lang }];
  };
  const prepare = async (state) => {
    if (!served) return true;
    const [path, query] = part(state), key = path + JSON.stringify(query), now = ++turn;
    if (key === held) return true;
    kg.say(kg.t("loading"));
    document.body.classList.add("busy");
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
    } finally { document.body.classList.remove("busy"); }
  };

  let reading = 0;
  // the rows of a selection; served rows that only stand for a number are asked for
  const evidence = async (chosen, rows) => {
    const now = ++reading;
    if (!served || !kg.data.weight) return rows;
    const own = rows.filter((row) => kg.data.weight[row] === 1 && kg.data.raw.rows.sentence[row]);
    return now === reading ? own : null;
  };
  const suggest = async (text) => (served ? (text ? (await ask("search.json", { q: text, lang: kg.state.lang })).actors : []) : kg.findActors(text));
  return { prepare, evidence, suggest, ask };
})();
