// Filters act on columns of numbers, before anything is drawn. `kg.filters.run()` leaves `kg.mask` and `kg.counts`.
kg.filters = (() => {
  let codes, values, haystack;
  const columns = {
    relation: (raw) => raw.rows.relation, factuality: (raw) => raw.rows.factuality, source: (raw) => raw.rows.source,
    publisher: (raw) => raw.rows.article.map((article) => raw.articles.publisher[article]),
    language: (raw) => raw.rows.article.map((article) => raw.articles.language[article]) };

  const reset = () => {
    const { raw } = kg.data;
    codes = Object.fromEntries(Object.entries(columns).map(([facet, column]) => [facet, column(raw)]));
    [values, haystack] = [{}, null];
  };

  // a facet's values with the number of statements (of actors, for types), the most frequent first
  const list = (facet) => {
    if (!kg.data) return [];
    if (values[facet]) return values[facet];
    const { raw, weight, strings } = kg.data, found = new Map();
    // a server counts an actor's relations, and leaves out those that are not wanted
    if (facet === "relation" && raw.relations) return Object.entries(raw.relations).map(([value, many]) => ({ value, count: many })).sort((a, b) => b.count - a.count);
    if (facet === "type") raw.actors.type.forEach((code) => found.set(code, (found.get(code) || 0) + 1));
    else codes[facet].forEach((code, row) => found.set(code, (found.get(code) || 0) + (weight ? weight[row] : 1)));
    values[facet] = [...found].map(([code, count]) => ({ code, value: strings[code], count }))
      .filter(({ value }) => value || !kg.data.weight).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return values[facet];
  };

  const texts = () => {
    const { rows, articles } = kg.data.raw, { count, many } = kg.data;
    const names = Array.from({ length: many }, (_, at) => kg.aliases(at).join(" "));
    haystack = Array.from({ length: count }, (_, row) => [rows.sentence[row], articles.headline[rows.article[row]],
      names[rows.from[row]], names[rows.to[row]], ...(kg.data.raw.further[row] || [])].join(" ").toLowerCase());
  };

  const run = () => {
    const { state, data } = kg, { count, raw, strings } = data, mask = new Uint8Array(count).fill(1);
    const off = (facet) => strings.map((value) => state.off[facet].has(value));
    for (const facet of Object.keys(columns)) {
      if (!state.off[facet].size) continue;
      const gone = off(facet), column = codes[facet];
      for (let row = 0; row < count; row++) if (gone[column[row]]) mask[row] = 0;
    }
    if (state.off.type.size) {
      const gone = off("type"), hidden = raw.actors.type.map((code) => gone[code]);
      for (let row = 0; row < count; row++) if (hidden[data.from[row]] || hidden[data.to[row]]) mask[row] = 0;
    }
    const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length) {
      if (!haystack) texts();
      for (let row = 0; row < count; row++) if (mask[row] && !words.every((word) => haystack[row].includes(word))) mask[row] = 0;
    }
    kg.beforeDates = mask; // the histogram shows what the other filters leave
    kg.mask = state.from || state.to ? dated(mask.slice()) : mask;
    tally();
  };

  const dated = (mask) => {
    const days = kg.data[kg.state.by], from = kg.state.from ? kg.day(kg.state.from) : -Infinity;
    const to = kg.state.to ? kg.day(kg.state.to) : Infinity;
    // lines of a server are as the dates are already
    for (let row = 0; row < mask.length; row++) if (!kg.data.weight && !(days[row] >= from && days[row] <= to)) mask[row] = 0;
    return mask;
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

  const active = (state) => kg.FACETS.some((facet) => state.off[facet].size) || state.text || state.from || state.to;
  return { reset, values: list, run, active };
})();
