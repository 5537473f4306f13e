// Pairs → lines. One line for a pair, as wide as it has statements; or, unfolded, one labelled curve for each relation.
kg.lines = (() => {
  const RANK = ["asserted", "planned", "negated"];
  const firm = (said) => RANK.find((value) => said.has(value)) || "asserted";
  const width = (count) => 1.2 + 1.1 * Math.log2(Math.max(1, count));

  // rows of the wanted pairs, by pair
  const rowsOf = (pairs) => {
    const { data, mask } = kg, found = new Map(pairs.map((pair) => [pair, []]));
    for (let row = 0; row < data.count; row++) if (mask[row] && found.has(data.pair[row])) found.get(data.pair[row]).push(row);
    return found;
  };
  const weigh = (rows) => (kg.data.weight ? rows.reduce((sum, row) => sum + kg.data.weight[row], 0) : rows.length);
  const said = (rows) => {
    const { strings, raw } = kg.data;
    return new Set(rows.map((row) => strings[raw.rows.factuality[row]]));
  };

  const standing = (rows) => {
    const { sources, disputed } = kg.data.raw.rows;
    return { sources: rows.reduce((most, row) => Math.max(most, sources[row]), 1), disputed: rows.some((row) => disputed[row]) };
  };

  const whole = (pair, rows) => {
    const [from, to] = kg.data.pairs[pair], found = said(rows);
    return { pair, from, to, rows, count: weigh(rows), relation: "", arrow: false, factuality: firm(found),
      ...standing(rows), bend: 0, width: width(weigh(rows)) };
  };

  const unfold = (pair, rows) => {
    const { raw, strings, symmetric } = kg.data, [first] = kg.data.pairs[pair], groups = new Map();
    for (const row of rows) {
      const relation = strings[raw.rows.relation[row]], both = symmetric.has(relation);
      const from = both ? first : raw.rows.from[row], key = `${relation}\n${from}`;
      if (!groups.has(key)) groups.set(key, { relation, from, arrow: !both, rows: [] });
      groups.get(key).rows.push(row);
    }
    const ordered = [...groups.values()].sort((a, b) => b.rows.length - a.rows.length || (a.relation < b.relation ? -1 : 1));
    const step = Math.min(0.24, 0.9 / ordered.length);
    return ordered.map((group, at) => {
      const offset = (at - (ordered.length - 1) / 2) * step, found = said(group.rows);
      return { ...group, pair, to: kg.other(pair, group.from), count: weigh(group.rows), factuality: firm(found),
        ...standing(group.rows), width: Math.min(5, width(weigh(group.rows))),
        // vis bends to one side of the direction of travel, so the other direction needs the other sign
        bend: Math.abs(offset) < 1e-6 ? 0 : group.from === first ? offset : -offset };
    });
  };

  const of = (pairs, unfolded) => [...rowsOf(pairs)].flatMap(([pair, rows]) => (unfolded ? unfold(pair, rows) : [whole(pair, rows)]));

  const told = (line) => [line.sources > 1 ? kg.count(line.sources, "sources") : "", line.disputed ? kg.t("disputed") : ""].filter(Boolean).join(", ");
  const label = (line) => {
    if (!line.relation) return kg.number(line.count);
    const times = line.count > 1 ? ` ×${kg.number(line.count)}` : "", name = kg.relation(line.relation);
    const more = told(line);
    return (line.factuality === "negated" ? `✕ ${name}` : name) + times + (more ? ` (${more})` : "");
  };
  const title = (line) => {
    const ends = [kg.name(line.from), kg.name(line.to)];
    if (!line.relation) return ends.join(" – ");
    return [ends[0], kg.relation(line.relation), ends[1]].join(line.arrow ? " → " : " – ");
  };
  return { of, label, title, standing: told, rowsOf, weigh };
})();
