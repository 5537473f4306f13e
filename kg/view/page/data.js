// The data block → typed columns. `kg.data` is replaced as a whole when a served page looks elsewhere.
kg.unpack = async (block) => {
  if (!block.gzip) return block;
  if (!globalThis.DecompressionStream) throw new Error(kg.t("old"));
  const bytes = Uint8Array.from(atob(block.gzip), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};

// "1994", "2020-10" and "2020-10-06T14:06" → days since 1970, or NaN
kg.day = (text) => {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text);
  return parts ? Date.UTC(+parts[1], +(parts[2] || 1) - 1, +(parts[3] || 1)) / 864e5 : NaN;
};
kg.date = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

kg.use = (raw) => {
  const { actors, rows, articles, strings, pairs } = raw, count = rows.from.length, many = actors.id.length;
  const data = { raw, count, many, strings, symmetric: new Set(raw.symmetric),
    ids: actors.id, types: actors.type.map((type) => strings[type]), index: new Map(actors.id.map((id, at) => [id, at])),
    from: Int32Array.from(rows.from), to: Int32Array.from(rows.to), pair: new Int32Array(count),
    weight: raw.weights ? Int32Array.from(raw.weights) : null, pairs,
    event: new Float64Array(count), published: new Float64Array(count), degree: new Int32Array(many) };
  const number = new Map(pairs.map(([a, b], at) => [Math.min(a, b) * many + Math.max(a, b), at]));
  const told = articles.published.map(kg.day), days = strings.map(kg.day);
  for (let row = 0; row < count; row++) {
    const a = data.from[row], b = data.to[row], weight = data.weight ? data.weight[row] : 1;
    data.pair[row] = number.get(Math.min(a, b) * many + Math.max(a, b));
    data.published[row] = told[rows.article[row]];
    const event = days[rows.date[row]];
    data.event[row] = Number.isNaN(event) ? data.published[row] : event;
    data.degree[a] += weight;
    if (a !== b) data.degree[b] += weight;
  }
  // each actor's pairs, in one array
  data.first = new Int32Array(many + 1);
  for (const [a, b] of pairs) { data.first[a + 1]++; if (a !== b) data.first[b + 1]++; }
  for (let at = 0; at < many; at++) data.first[at + 1] += data.first[at];
  const next = data.first.slice();
  data.around = new Int32Array(data.first[many]);
  pairs.forEach(([a, b], at) => { data.around[next[a]++] = at; if (a !== b) data.around[next[b]++] = at; });
  data.byDegree = Array.from({ length: many }, (_, at) => at).sort((a, b) => data.degree[b] - data.degree[a] || a - b);
  kg.data = data;
  kg.filters.reset();
};

kg.pairsOf = (actor) => kg.data.around.subarray(kg.data.first[actor], kg.data.first[actor + 1]);
kg.other = (pair, actor) => { const [a, b] = kg.data.pairs[pair]; return a === actor ? b : a; };
kg.name = (actor, raw = kg.data.raw) => {
  const { name, local } = raw.actors;
  return Object.hasOwn(local[actor], kg.state.lang) ? local[actor][kg.state.lang] : name[actor];
};
// A text as it is looked for: lower-cased, and without accents, which readers leave out (text_search.py: folded)
kg.fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]+/g, "").toLowerCase()
  .replace(/[ıøłđ]/g, (letter) => ({ ı: "i", ø: "o", ł: "l", đ: "d" })[letter]);
kg.aliases = (actor) => {
  const { name, local, names } = kg.data.raw.actors;
  return [...new Set([name[actor], ...Object.values(local[actor]), ...names[actor]])];
};
// What a place, source or office is called in the page's language; names that have none there stay as they are
kg.word = (text, raw = kg.data.raw) => {
  const known = Object.hasOwn(raw.local, text) ? raw.local[text] : {};
  return Object.hasOwn(known, kg.state.lang) ? known[kg.state.lang] : text;
};
// One statement with its words in place of numbers
kg.row = (at, raw = kg.data.raw) => {
  const { rows, articles, strings, further } = raw, article = rows.article[at];
  const text = (name) => strings[rows[name][at]];
  return { at, from: rows.from[at], to: rows.to[at], sentence: rows.sentence[at], further: further[at] || [],
    sources: rows.sources[at], disputed: Boolean(rows.disputed[at]), confidence: rows.confidence[at],
    relation: text("relation"), factuality: text("factuality"), date: text("date"), place: kg.word(text("place"), raw),
    source: kg.word(text("source"), raw), office: kg.word(text("office"), raw), event: rows.event[at] && raw.event_base + rows.event[at], headline: articles.headline[article], url: articles.url[article],
    publisher: strings[articles.publisher[article]], published: articles.published[article],
    language: strings[articles.language[article]], article: articles.iri[article] };
};
