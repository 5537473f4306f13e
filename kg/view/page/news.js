// What is new since a day, by publication: actors, ties and relations that were not there before, and the sentences.
kg.news = (() => {
  const DAY = 1, WEEK = 7, MONTH = 30;
  const newest = () => (kg.data.raw.news ? kg.day(kg.data.raw.news.newest) : kg.data.published.reduce((most, day, row) => (kg.beforeDates[row] && day > most ? day : most), -Infinity));
  const since = () => kg.state.since || kg.data.raw.news?.since || (Number.isFinite(newest()) ? kg.date(newest() - WEEK) : "");

  const tie = (row) => {
    const { data } = kg, relation = data.raw.rows.relation[row];
    return `${data.pair[row]} ${relation} ${data.symmetric.has(data.strings[relation]) ? "" : data.from[row]}`;
  };
  // under the filters but for the dates; what has no day of publication was there before
  const count = (day) => {
    const { data } = kg, start = kg.day(day), before = { actors: new Set(), pairs: new Set(), ties: new Set() };
    const rows = [], actors = new Map(), pairs = new Map(), ties = new Map(), articles = new Set();
    for (let row = 0; row < data.count; row++) {
      if (!kg.beforeDates[row]) continue;
      if (data.published[row] >= start) { rows.push(row); continue; }
      before.actors.add(data.from[row]).add(data.to[row]);
      before.pairs.add(data.pair[row]);
      before.ties.add(tie(row));
    }
    const add = (map, key, row) => { if (!map.has(key)) map.set(key, []); map.get(key).push(row); };
    for (const row of rows) {
      articles.add(data.raw.rows.article[row]);
      for (const end of new Set([data.from[row], data.to[row]])) if (!before.actors.has(end)) actors.set(end, (actors.get(end) || 0) + 1);
      if (!before.pairs.has(data.pair[row])) add(pairs, data.pair[row], row);
      else if (!before.ties.has(tie(row))) add(ties, tie(row), row);
    }
    return { rows, statements: rows.length, articles: articles.size, actors: [...actors].sort((x, y) => y[1] - x[1] || x[0] - y[0]),
      pairs: [...pairs.values()], ties: [...ties.values()], total: { actors: actors.size, pairs: pairs.size, ties: ties.size } };
  };
  // a server sends the ties that are new, those between actors who were not tied before by their ids
  const told = ({ actors, pairs, ...rest }) => {
    const { data } = kg, by = new Map(), ends = (a, b) => `${Math.min(a, b)} ${Math.max(a, b)}`;
    const fresh = new Set(pairs.map((pair) => ends(...pair.map((id) => data.index.get(id)))));
    for (let row = 0; row < data.weight.length; row++) {
      if (!data.weight[row]) continue;
      const key = fresh.has(ends(...data.pairs[data.pair[row]])) ? `${data.pair[row]}` : tie(row);
      if (!by.has(key)) by.set(key, []);
      by.get(key).push(row);
    }
    const all = [...by];
    return { ...rest, rows: [], actors: actors.map(([id, n]) => [data.index.get(id), n]), pairs: all.filter(([key]) => !key.includes(" ")).map(([, rows]) => rows),
      ties: all.filter(([key]) => key.includes(" ")).map(([, rows]) => rows) };
  };

  const chooser = (day) => {
    const form = kg.make("p", "", "tools"), field = kg.make("input"), label = kg.make("label", `${kg.t("since")} `), last = newest();
    field.type = "date";
    field.value = day;
    // a date that is typed changes with each of its parts: it counts once it is left, or left alone
    let typed = false, wait = 0;
    const choose = () => {
      clearTimeout(wait);
      if (field.value && field.isConnected && field.value !== since()) kg.go({ since: field.value }, true);
    };
    field.addEventListener("keydown", ({ key }) => { if (key === "Enter") choose(); else typed = true; });
    field.addEventListener("change", () => { clearTimeout(wait); if (typed) wait = setTimeout(choose, 2000); else choose(); });
    field.addEventListener("blur", choose);
    label.append(field);
    form.append(label, ...[[DAY, "last_day"], [WEEK, "last_week"], [MONTH, "last_month"]].map(([days, key]) => {
      const start = Number.isFinite(last) ? kg.date(last - days) : "", button = kg.button(kg.t(key), () => kg.go({ since: start }, true));
      button.setAttribute("aria-pressed", String(start === day));
      return button;
    }), kg.button(kg.t("print"), () => print()));
    return form;
  };
  const line = (rows) => {
    const { from, to } = kg.row(rows[0]), ways = new Map(), weight = kg.data.weight;
    for (const at of rows) {
      const row = kg.row(at), both = kg.data.symmetric.has(row.relation), key = `${row.relation} ${both ? "" : row.from}`;
      if (!ways.has(key)) ways.set(key, { row, both, count: 0 });
      ways.get(key).count += weight ? weight[at] : 1;
    }
    return [[kg.reading.actor(from), " – ", kg.reading.actor(to)], [...ways.values()].map(({ row, both, count }) =>
      kg.button(`${both ? "–" : row.from === from ? "→" : "←"} ${kg.relation(row.relation)} ${kg.number(count)}`, () => kg.openPair(row.from, row.to, row.relation), "way"))];
  };

  kg.pages.new = async () => {
    const { reading } = kg, day = since(), found = kg.data.raw.news ? told(kg.data.raw.news) : count(day), { total } = found;
    const counted = (key, n) => `${kg.t(key)} (${kg.number(n)})`, lines = (key, rows, n) => (rows.length ? reading.section(counted(key, n), reading.table([kg.t("type"), kg.t("relations")], rows.map(line), kg.t(key), 20),
      n > rows.length ? kg.make("p", kg.t("strongest_only"), "hint") : null) : null);
    const chips = kg.make("ul", "", "ties");
    chips.append(...found.actors.slice(0, 60).map(([at, n]) => reading.cell("li", kg.button(`${kg.short(kg.name(at), 40)} ${kg.number(n)}`, () => kg.open("actor", [kg.data.ids[at]])))));
    return { title: kg.t("new_since", { day }), note: `${kg.count(found.statements, "statements")} · ${kg.count(found.articles, "articles")}${reading.filtered()}`, parts: [
      chooser(day),
      found.statements ? null : kg.make("p", kg.t("nothing_new"), "hint"),
      found.actors.length ? reading.section(counted("new_actors", total.actors), chips,
        total.actors > chips.children.length ? kg.make("p", kg.t("listed", { n: kg.number(chips.children.length), all: kg.number(total.actors) }), "hint") : null) : null,
      lines("new_pairs", found.pairs, total.pairs), lines("new_ties", found.ties, total.ties),
      found.statements ? await kg.sentences(null, found.rows) : null,
    ] };
  };
  return { since };
})();
