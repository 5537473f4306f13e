// Two actors side by side: what they do and what is done to them, whom both are tied to, and what is between the two.
kg.pages.compare = async () => {
  const { reading } = kg, ends = kg.state.about.map((id) => kg.data.index.get(id)), [a, b] = ends;
  if (ends.includes(undefined) || a === b) return { title: kg.t("nothing"), parts: [] };
  const names = ends.map((at) => kg.name(at)), found = ends.map(reading.about), partners = ends.map(kg.partners);
  const tools = kg.make("p", "", "tools");
  tools.append(kg.button(kg.t("swap"), () => kg.open("compare", [...kg.state.about].reverse())), kg.button(kg.t("path"), () =>
    kg.go({ page: "", about: [], path: kg.state.about, focus: "", select: [] }, true)), kg.button(kg.t("print"), () => print()));

  // how often each relation, as subject and as object
  const kinds = new Map();
  partners.forEach((own, side) => own.forEach(({ ways }) => ways.forEach(({ way, relation, count }) => {
    const key = `${way === "–" ? "" : way} ${relation}`;
    if (!kinds.has(key)) kinds.set(key, { name: way === "←" ? kg.t("is_object", { relation: kg.relation(relation) }) : kg.relation(relation), counts: [0, 0] });
    kinds.get(key).counts[side] += count;
  })));
  const relations = [...kinds.values()].sort((x, y) => y.counts[0] + y.counts[1] - x.counts[0] - x.counts[1] || (x.name < y.name ? -1 : 1));
  const most = Math.max(1, ...relations.flatMap(({ counts }) => counts));
  const bar = (count) => {
    const made = reading.svg("svg", { viewBox: "0 0 1000 16", preserveAspectRatio: "none", class: "span", "aria-hidden": "true" });
    made.append(reading.svg("rect", { x: 0, y: 3, width: (count / most) * 1000, height: 10, class: "in" }));
    return made;
  };
  const counted = reading.table([kg.t("relation"), names[0], names[1]], relations.map(({ name, counts }) =>
    [name, ...counts.map((count) => [kg.number(count), bar(count)])]), kg.t("relations"), 40);

  const mine = partners.map((own) => new Map(own.map((one) => [one.other, one])));
  const shared = partners[0].filter(({ other }) => mine[1].has(other)).map((one) => [one, mine[1].get(one.other)])
    .sort(([p, q], [r, s]) => Math.min(r.count, s.count) - Math.min(p.count, q.count) || r.count + s.count - p.count - q.count || p.other - r.other);
  const only = (side) => partners[side].filter(({ other }) => !mine[1 - side].has(other) && other !== ends[1 - side]);
  const list = (side) => {
    const title = kg.t("only_with", { name: names[side] }), rows = only(side).map((one) => [reading.actor(one.other), kg.ways(ends[side], one)]);
    return reading.section(title, rows.length ? reading.table([kg.t("partner"), kg.t("relations")], rows, title, 10) : kg.make("p", kg.t("nobody"), "hint"));
  };
  const cut = found.some(({ partners: all }, side) => all > partners[side].length);

  const heads = reading.cell("div", ...ends.map((at, side) => reading.cell("p", reading.actor(at), kg.make("small", `${kg.t(kg.data.types[at])} · ${reading.counts(found[side])}`))));
  heads.className = "two";
  const apart = reading.cell("div", list(0), list(1));
  apart.className = "two";
  const between = kg.rowsOfSelection({ a, b });
  return { title: names.join(" · "), note: `${kg.t("compared")}${reading.filtered()}`, parts: [tools, heads,
    relations.length ? reading.section(kg.t("relations"), counted) : null,
    found.some(({ days }) => days.length) ? reading.section(kg.t("time"), reading.histogram(found.map(({ days }, side) => ({ name: names[side], days })))) : null,
    reading.section(`${kg.t("shared")} (${kg.number(shared.length)})`, shared.length ? reading.table([kg.t("partner"), names[0], names[1]],
      shared.map(([one, other]) => [reading.actor(one.other), kg.ways(a, one), kg.ways(b, other)]), kg.t("shared"), 15) : kg.make("p", kg.t("no_shared"), "hint"),
      cut ? kg.make("p", kg.t("strongest_only"), "hint") : null),
    apart,
    between.length ? await kg.sentences({ a, b }, between, kg.t("between", { a: names[0], b: names[1] })) : reading.section(kg.t("between", { a: names[0], b: names[1] }), kg.make("p", kg.t("nothing_between"), "hint")),
  ] };
};
