// Pages that are read in the network's place: an actor's, two compared, what is new, a story. Each is a function that
// returns its title and elements; what they share is here: sections, tables, histograms, and facts about an actor.
kg.pages = {};
kg.reading = (() => {
  const SVG = "http://www.w3.org/2000/svg", box = kg.at("reading"), body = kg.at("reading-body");
  let shown = "", turn = 0;

  // Returns whether a page was left for the network just now.
  const show = () => {
    const { page, about } = kg.state, before = shown;
    shown = page && [page, ...about].join("\n"); // another actor's page begins at its top, too
    box.hidden = !page;
    document.body.classList.toggle("reading", Boolean(page));
    if (page) write(page, before !== shown);
    return Boolean(before) && !page;
  };
  // a server that does not answer is told where the page would be
  const read = async (page) => {
    try { return await kg.pages[page](); } catch (error) {
      if (!kg.source.served) throw error;
      return { title: kg.at("reading-title").textContent, note: error.message, parts: [] };
    }
  };
  const called = (one) => `${one.localName} ${one.type} ${one.getAttribute("aria-label") || one.textContent}`;
  // what has the keyboard's focus, and a way to what is called so after the page was written anew
  const hold = () => {
    const one = document.activeElement, name = body.contains(one) && called(one);
    const alike = () => [...body.querySelectorAll("a, button, input, textarea")].filter((each) => called(each) === name);
    const nth = name ? alike().indexOf(one) : -1;
    return () => { if (name) (alike().filter((each) => !each.disabled).slice(0, nth + 1).at(-1) || box).focus({ preventScroll: true }); };
  };
  const write = async (page, opened) => {
    const now = ++turn, made = await read(page);
    if (now !== turn) return; // something else is looked at meanwhile
    const again = hold();
    kg.at("reading-title").textContent = made.title;
    kg.at("reading-note").textContent = made.note || "";
    body.replaceChildren(...made.parts.filter(Boolean));
    box.dataset.page = page;
    if (opened) {
      box.focus({ preventScroll: true });
      scrollTo(0, 0);
    } else again();
  };

  const svg = (tag, set, text) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(set)) made.setAttribute(name, value);
    if (text) {
      const title = document.createElementNS(SVG, "title");
      title.textContent = text;
      made.append(title);
    }
    return made;
  };
  const section = (title, ...parts) => {
    const made = kg.make("section", "", "part");
    made.append(kg.make("h3", title), ...parts.filter(Boolean));
    return made;
  };
  const cell = (tag, ...parts) => {
    const made = kg.make(tag);
    made.append(...parts.filter((part) => part !== null && part !== undefined && part !== ""));
    return made;
  };
  // the first `most` rows, and a button for the others
  const table = (columns, rows, label, most = 25) => {
    const made = kg.make("table"), head = kg.make("tr"), list = kg.make("tbody"), all = kg.make("div", "", "scroll");
    made.setAttribute("aria-label", label);
    for (const column of columns) {
      const th = cell(column ? "th" : "td", column); // a column of bars has no head
      if (column) th.scope = "col";
      head.append(th);
    }
    const top = kg.make("thead");
    top.append(head);
    const fill = (some) => list.append(...some.map((row) => {
      const line = kg.make("tr");
      row.forEach((value, at) => {
        const td = cell("td", ...[value].flat().flatMap((part) => [part, " "]));
        td.dataset.label = columns[at];
        line.append(td);
      });
      return line;
    }));
    fill(rows.slice(0, most));
    made.append(top, list);
    all.append(made);
    if (rows.length > most) {
      const more = kg.button(`${kg.t("show_more")} (${kg.number(rows.length - most)})`, () => { fill(rows.slice(most)); more.remove(); }, "wide");
      all.append(more);
    }
    return all;
  };
  const actor = (at, name = kg.name(at)) => kg.button(name, () => kg.open("actor", [kg.data.ids[at]]), "relation");

  // Statements by day, week, month or year; several series lie on one axis, each under its name.
  const histogram = (series) => {
    const merged = new Map();
    for (const { days } of series) for (const [day, count] of days) merged.set(day, (merged.get(day) || 0) + count);
    const all = [...merged].sort((a, b) => a[0] - b[0]);
    if (all.length < 2) return all.length ? kg.make("p", `${kg.date(all[0][0])}: ${kg.count(all[0][1], "statements")}`, "hint") : null;
    const bins = kg.timeline.bins(all), made = kg.make("div", "", "bars"), width = 1000 / bins.length;
    const counted = series.map(({ days }) => { kg.timeline.fill(bins, days); return bins.map(({ count }) => count); });
    const most = Math.max(1, ...counted.flat());
    series.forEach(({ name }, number) => {
      const drawn = svg("svg", { viewBox: "0 0 1000 60", preserveAspectRatio: "none", role: "img",
        "aria-label": `${name ? `${name}: ` : ""}${kg.date(bins[0].from)} – ${kg.date(bins.at(-1).to)}` });
      bins.forEach(({ from, to, empty }, at) => {
        const count = counted[number][at], tall = empty ? 60 : count ? Math.max(2, (count / most) * 58) : 0;
        drawn.append(svg("rect", { x: at * width + width * 0.06, y: 60 - tall, width: width * 0.88, height: tall, class: empty ? "gap" : "in" },
          `${[...new Set([from, to])].map(kg.date).join(" – ")}: ${kg.count(count, "statements")}`));
      });
      drawn.style.maxWidth = `${bins.length * 48}px`; // a few days are no wall
      if (name) made.append(kg.make("p", `${name}, ${kg.t("at_most", { n: kg.number(Math.max(...counted[number])) })}`, "hint"));
      made.append(drawn);
    });
    const axis = cell("p", kg.make("span", kg.date(bins[0].from)), kg.make("span", kg.date(bins.at(-1).to)));
    axis.className = "axis hint";
    axis.style.maxWidth = `${Math.max(bins.length * 48, 220)}px`;
    made.append(axis);
    return made;
  };

  // An actor under the filters: how many statements, articles and partners, and on which days; a server has counted.
  const about = (at) => {
    const told = kg.data.raw.about?.[kg.data.ids[at]];
    if (told) return { ...told, days: Object.entries(told.days).map(([day, count]) => [kg.day(day), count]) };
    const rows = kg.rowsOfActor(at), days = new Map(), articles = new Set(), partners = new Set();
    for (const row of rows) {
      const day = kg.data[kg.state.by][row];
      if (!Number.isNaN(day)) days.set(day, (days.get(day) || 0) + 1);
      articles.add(kg.data.raw.rows.article[row]);
      partners.add(kg.other(kg.data.pair[row], at));
    }
    return { statements: rows.length, articles: articles.size, partners: partners.size, days: [...days] };
  };
  const counts = ({ statements, articles, partners }) => [[statements, "statements"], [articles, "articles"], [partners, "partners"]].map(([n, key]) => kg.count(n, key)).join(" · ");
  // what filters leave out is missed on a page that does not show them
  const filtered = () => (kg.filters.active(kg.state) ? kg.t("filtered") : "");

  kg.at("leave").addEventListener("click", () => kg.go({ page: "", about: [] }, true));
  return { show, section, cell, table, actor, histogram, about, counts, filtered, svg };
})();

// With whom an actor is tied: each partner with its relations, who is the subject, how often, and from when to when.
kg.partners = (at) => {
  const { data } = kg, found = new Map();
  for (const row of kg.rowsOfActor(at)) {
    const other = kg.other(data.pair[row], at), relation = data.strings[data.raw.rows.relation[row]];
    const way = data.symmetric.has(relation) ? "–" : data.from[row] === at ? "→" : "←", weight = data.weight ? data.weight[row] : 1;
    if (!found.has(other)) found.set(other, { other, count: 0, first: Infinity, last: -Infinity, ways: new Map() });
    const one = found.get(other), day = data.weight ? NaN : data[kg.state.by][row], key = `${way} ${relation}`;
    one.count += weight;
    if (!one.ways.has(key)) one.ways.set(key, { way, relation, count: 0 });
    one.ways.get(key).count += weight;
    if (day < one.first) one.first = day;
    if (day > one.last) one.last = day;
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.other - b.other)
    .map((one) => ({ ...one, ways: [...one.ways.values()].sort((a, b) => b.count - a.count || (a.relation < b.relation ? -1 : 1)) }));
};
kg.ways = (at, { other, ways }) => ways.map(({ way, relation, count }) => kg.button(`${way} ${kg.relation(relation)} ${kg.number(count)}`,
  () => (way === "←" ? kg.openPair(other, at, relation) : kg.openPair(at, other, relation)), "way"));
