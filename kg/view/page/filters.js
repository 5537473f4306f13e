// Filters act on columns of numbers, before anything is drawn: `kg.filters.run()` leaves `kg.mask` and `kg.counts`. A
// server has filtered already. A value's count is taken under all other filters: it tells what ticking would give.
kg.filters = (() => {
  const columns = {
    relation: (raw) => raw.rows.relation, factuality: (raw) => raw.rows.factuality, source: (raw) => raw.rows.source,
    publisher: (raw) => raw.rows.article.map((article) => raw.articles.publisher[article]),
    language: (raw) => raw.rows.article.map((article) => raw.articles.language[article]),
    agreement: (raw) => raw.rows.sources.map((many, row) => (raw.rows.disputed[row] ? 2 : many > 1 ? 1 : 0)) };
  const STANDING = ["single", "several", "disputed"], DATES = kg.FACETS.length + 1, TEXT = DATES + 1, CONFIDENCE = TEXT + 1;
  let codes, order, haystack, fails, last;

  const names = (facet) => (facet === "agreement" ? STANDING : kg.data.strings);
  const reset = () => {
    codes = Object.fromEntries(Object.entries(columns).map(([facet, column]) => [facet, column(kg.data.raw)]));
    [order, haystack] = [{}, null];
  };

  // the codes of a facet's values, the most frequent first
  const ordered = (facet) => {
    if (order[facet]) return order[facet];
    const found = new Map();
    for (const code of facet === "type" ? kg.data.raw.actors.type : codes[facet]) found.set(code, (found.get(code) || 0) + 1);
    const text = names(facet);
    order[facet] = [...found.keys()].sort((a, b) => found.get(b) - found.get(a) || (text[a] < text[b] ? -1 : 1));
    return order[facet];
  };
  const values = (facet) => {
    if (kg.data.raw.facets) return kg.data.raw.facets[facet].map(([value, count, label]) => ({ value, count, label }));
    const found = new Int32Array(names(facet).length), { raw, from, to, count, many } = kg.data, mine = kg.FACETS.indexOf(facet) + 1;
    const seen = new Uint8Array(many), column = codes[facet];
    for (let row = 0; row < count; row++) {
      if (fails[row] > 1 || (fails[row] === 1 && last[row] !== mine)) continue;
      if (column) found[column[row]]++;
      else seen[from[row]] = seen[to[row]] = 1;
    }
    if (!column) seen.forEach((is, actor) => { if (is) found[raw.actors.type[actor]]++; });
    return ordered(facet).map((code) => ({ value: names(facet)[code], count: found[code] }));
  };

  const texts = () => {
    const { rows, articles } = kg.data.raw, { count, many } = kg.data;
    const named = Array.from({ length: many }, (_, at) => kg.aliases(at).join(" "));
    haystack = Array.from({ length: count }, (_, row) => kg.fold([rows.sentence[row], articles.headline[rows.article[row]],
      named[rows.from[row]], named[rows.to[row]], ...(kg.data.raw.further[row] || [])].join(" ")));
  };

  // counts the filters that take a row away, and keeps which was the last of them
  const run = () => {
    const { state, data } = kg, { count, raw } = data;
    [fails, last] = [new Uint8Array(count), new Uint8Array(count)];
    const fail = (which, gone) => { for (let row = 0; row < count; row++) if (gone(row)) { fails[row]++; last[row] = which; } };
    if (!kg.source.served) {
      kg.FACETS.forEach((facet, at) => {
        if (!state.off[facet].size && !state.only[facet].size) return;
        const hidden = names(facet).map((value) => kg.hides(state, facet, value)), column = codes[facet];
        if (facet === "type") fail(at + 1, (row) => hidden[raw.actors.type[data.from[row]]] || hidden[raw.actors.type[data.to[row]]]);
        else fail(at + 1, (row) => hidden[column[row]]);
      });
      const words = kg.fold(state.text).split(/\s+/).filter(Boolean);
      if (words.length && !haystack) texts();
      if (words.length) fail(TEXT, (row) => !words.every((word) => haystack[row].includes(word)));
      const days = data[state.by], from = state.from ? kg.day(state.from) : -Infinity, to = state.to ? kg.day(state.to) : Infinity;
      if (state.confidence) fail(CONFIDENCE, (row) => !(raw.rows.confidence[row] >= state.confidence)); // what has none goes
      if (state.from || state.to) fail(DATES, (row) => !(days[row] >= from && days[row] <= to));
    }
    kg.mask = fails.map((many) => (many ? 0 : 1));
    kg.beforeDates = fails.map((many, row) => (many === 0 || (many === 1 && last[row] === DATES) ? 1 : 0)); // for the histogram
    tally();
  };

  const tally = () => {
    const { data, mask } = kg, counts = new Int32Array(data.pairs.length);
    let left = 0;
    for (let row = 0; row < data.count; row++) {
      if (!mask[row]) continue;
      const weight = data.weight ? data.weight[row] : 1;
      counts[data.pair[row]] += weight;
      left += weight;
    }
    Object.assign(kg, { counts, left });
  };

  // the newest statements of all whose sentences, headline or actors have all these words, whatever is filtered
  const saying = (text, most) => {
    const words = kg.fold(text).split(/\s+/).filter(Boolean), found = [];
    if (!haystack) texts();
    for (let row = 0; row < haystack.length && found.length < most; row++) if (words.every((word) => haystack[row].includes(word))) found.push(row);
    return found;
  };
  const rows = () => {
    const found = [];
    for (let row = 0; row < kg.mask.length; row++) if (kg.mask[row]) found.push(row);
    return found;
  };
  // how many statements have a confidence, and how many none, under all other filters
  const rated = () => {
    if (kg.data.raw.rated) return kg.data.raw.rated;
    const found = [0, 0];
    kg.data.raw.rows.confidence.forEach((value, row) => {
      if (fails[row] === 0 || (fails[row] === 1 && last[row] === CONFIDENCE)) found[value === null ? 1 : 0]++;
    });
    return found;
  };
  const active = (state) => kg.FACETS.some((facet) => state.off[facet].size || state.only[facet].size) || Boolean(state.text || state.from || state.to || state.confidence);
  return { reset, values, saying, run, rows, rated, active };
})();
