// An actor's page: offices over time, relations by partner, when, and the sentences.
kg.pages.actor = async () => {
  const { reading } = kg, at = kg.data.index.get(kg.state.about[0]);
  if (at === undefined) return { title: kg.t("nothing"), parts: [] };
  const found = reading.about(at), also = kg.aliases(at).filter((name) => name !== kg.name(at)), codes = kg.data.raw.codes?.[at] || [];
  const tools = kg.make("p", "", "tools");
  tools.append(kg.button(kg.t("in_network"), () => kg.focus(at)), kg.button(`${kg.t("compare_with")} …`, () => kg.tools.pathFrom(at)),
    kg.button(kg.t("print"), () => print()));
  const partners = kg.partners(at), spans = kg.data.weight === null; // a server counts, and does not date each pair
  const span = ({ first, last }) => (Number.isFinite(first) ? [...new Set([kg.date(first), kg.date(last)])].join(" – ") : "");
  const rows = partners.map((one) => [[reading.actor(one.other), kg.make("small", kg.t(kg.data.types[one.other]))], kg.ways(at, one),
    kg.number(one.count), ...(spans ? [span(one)] : [])]);
  const columns = [kg.t("partner"), kg.t("relations"), kg.t("count"), ...(spans ? [kg.t("period")] : [])];
  const offices = await kg.offices(at);
  return { title: kg.name(at), note: `${kg.t(kg.data.types[at])} · ${reading.counts(found)}${reading.filtered()}`, parts: [
    tools, also.length || codes.length ? kg.make("p", [also.length ? `${kg.t("also")}: ${also.join(", ")}` : "", codes.join(", ")].filter(Boolean).join(" · "), "also") : null,
    offices.length ? reading.section(kg.t("offices"), kg.officeTable(offices)) : null,
    found.days.length ? reading.section(kg.t("time"), reading.histogram([{ name: "", days: found.days }])) : null,
    rows.length ? reading.section(kg.t("by_partner"), reading.table(columns, rows, kg.t("by_partner"), 15),
      found.partners > partners.length ? kg.make("p", kg.t("listed", { n: kg.number(partners.length), all: kg.number(found.partners) }), "hint") : null) : null,
    await kg.sentences({ a: at }, kg.rowsOfActor(at)),
  ] };
};

// The statements of a selection as cards, so many at a time
kg.sentences = async (chosen, rows, title = kg.t("sentences")) => {
  const list = kg.make("div", "", "cards"), found = await kg.source.evidence(chosen, rows), part = kg.reading.section(title, list);
  if (!found?.rows.length) return part;
  const write = (next, from) => {
    list.append(...next.rows.slice(from, from + 20).map(kg.evidence.card));
    const left = next.total - list.children.length;
    if (left <= 0 || (from + 20 >= next.rows.length && !next.more)) return;
    const more = kg.button(`${kg.t("show_more")} (${kg.number(left)})`, async () => {
      more.remove();
      if (from + 20 < next.rows.length) { write(next, from + 20); return; }
      const further = await next.more();
      if (further) write({ ...further, total: next.total }, 0);
    }, "wide");
    part.append(more);
  };
  write(found, 0);
  return part;
};

// Offices by the base of actors, with their dates, and as articles tell them: the same title of the same body is one.
kg.offices = async (at) => {
  const { data } = kg, word = (names) => names[kg.state.lang] ?? names.en ?? names[""] ?? Object.values(names)[0] ?? "";
  const known = (data.raw.offices?.[at] || []).map(({ title, body, since, until, seen }) =>
    ({ title: word(title), body: word(body), from: since, to: until || seen, open: !until && !seen, seen: !until && seen, rows: 0 }));
  const held = kg.source.served ? await kg.source.held(at) : kg.rowsOfActor(at).filter((row) => data.from[row] === at && kg.row(row).relation === "holdsOffice");
  const told = new Map();
  for (const row of held.map((one) => kg.row(one))) {
    if (row.factuality !== "asserted") continue;
    const body = kg.name(row.to), title = row.office || kg.relation("holdsOffice"), key = kg.fold(`${title}\n${body}`), day = (row.date || row.published).slice(0, 10);
    if (!told.has(key)) told.set(key, { title, body, from: day, to: day, told: true, rows: 0, act: () => kg.openPair(row.from, row.to, "holdsOffice") });
    const one = told.get(key);
    one.rows++;
    if (day && (!one.from || day < one.from)) one.from = day;
    if (day > one.to) one.to = day;
  }
  return [...known, ...told.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
};
kg.officeTable = (offices) => {
  const days = offices.flatMap(({ from, to }) => [from, to]).map(kg.day).filter((day) => !Number.isNaN(day));
  const low = Math.min(...days), high = Math.max(...days), wide = Math.max(1, high - low);
  // a year or month lasts until it is over
  const last = (text) => { const day = kg.day(text); return text.length === 4 ? day + 364 : text.length === 7 ? day + 29 : day; };
  const bar = ({ from, to, open, told }) => {
    const start = kg.day(from || to), end = Math.min(high, open ? high : last(to)), made = kg.reading.svg("svg", { viewBox: "0 0 1000 16", preserveAspectRatio: "none", class: "span", "aria-hidden": "true" });
    if (Number.isNaN(start)) return made;
    const x = ((start - low) / wide) * 990;
    made.append(kg.reading.svg("rect", { x: 0, y: 7, width: 1000, height: 1, class: "gap" }),
      kg.reading.svg("rect", { x, y: 3, width: Math.max(10, ((end - start) / wide) * 990), height: 10, class: told ? "out" : "in" }));
    return made;
  };
  const when = ({ from, to, open, seen, told }) => (told ? (from === to ? from : `${from} – ${to}`) : `${from || "?"} – ${open ? kg.t("open") : seen ? kg.t("held_in", { year: to.slice(0, 4) }) : to}`);
  const by = ({ told, rows, act }) => (told ? kg.button(kg.count(rows, "statements"), act, "relation") : kg.t("base"));
  return kg.reading.table(["office", "body", "period", "", "by_whom"].map((key) => (key ? kg.t(key) : "")),
    offices.map((one) => [one.title, one.body, when(one), bar(one), by(one)]), kg.t("offices"), 10);
};
