// The evidence panel: the selection's statements, newest first, and whom an actor is tied to.
kg.rowsOfActor = (actor) => {
  const { data, mask } = kg, found = [];
  for (let row = 0; row < data.count; row++) if (mask[row] && (data.from[row] === actor || data.to[row] === actor)) found.push(row);
  return found;
};
kg.rowsOfSelection = (chosen) => {
  if (chosen.b === undefined) return kg.rowsOfActor(chosen.a);
  const { data, mask } = kg, found = [], relation = data.strings.indexOf(chosen.relation || "");
  const both = data.symmetric.has(chosen.relation);
  for (let row = 0; row < data.count; row++) {
    const straight = data.from[row] === chosen.a && data.to[row] === chosen.b;
    const back = data.from[row] === chosen.b && data.to[row] === chosen.a;
    if (!mask[row] || !(straight || (back && (!chosen.relation || both)))) continue;
    if (!chosen.relation || data.raw.rows.relation[row] === relation) found.push(row);
  }
  return found; // rows are stored newest first
};

kg.panel = (() => {
  const PAGE = 40, NEWEST = 12, JUDGED = 99, // the score of what a person has said
     body = kg.at("panel-body"), title = kg.at("panel-title");

  const showMore = (act, count = 0) => {
    const more = kg.button(kg.t("show_more") + (count ? ` (${kg.number(count)})` : ""), async () => {
      if (!await act()) return;
      more.remove();
      body.focus({ preventScroll: true });
    }, "wide");
    body.append(more);
  };
  const cards = (rows, start = 0, make = kg.evidence.card) => {
    const next = start + PAGE;
    body.append(...rows.slice(start, next).map(make));
    if (next < rows.length) showMore(() => { cards(rows, next, make); return true; }, rows.length - next);
  };
  // the server has more
  const further = (found, shown, make) => {
    panel.rest = found.more && (async () => {
      const next = await found.more();
      if (!next) return false;
      cards(next.rows, 0, make);
      further(next, shown + next.rows.length, make);
      kg.table.add(next.rows);
      return true;
    });
    if (panel.rest) showMore(panel.rest, found.total - shown);
  };

  // how many statements of each relation, where the server counted them
  const relations = () => {
    const { facets, total } = kg.data.raw;
    const counts = facets ? facets.relation : [];
    if (counts.length) body.append(kg.make("p", counts.map(([name, count]) => `${kg.relation(name)} ${kg.number(count)}`).join(" · "), "hint"));
    const { pairs } = total || {};
    if (pairs > kg.scene.drawn && kg.scene.drawn < kg.settings.drawn)
      body.append(kg.button(`${kg.t("more_neighbours")} (${kg.number(kg.scene.drawn)} ${kg.t("of")} ${kg.number(pairs)})`, () => kg.source.more(), "wide"));
  };
  const chips = (label, all) => {
    const list = kg.make("ul", "", "ties");
    list.setAttribute("aria-label", label);
    for (const [text, act] of all) {
      const item = kg.make("li");
      item.append(kg.button(text, act));
      list.append(item);
    }
    return list;
  };
  // nothing is selected: who is in the middle of it, and what was reported last
  const welcome = async () => {
    const { scene } = kg;
    title.textContent = kg.t("evidence");
    if (!scene.lines.length) {
      body.append(kg.make("p", kg.t(kg.filters.active(kg.state) ? "no_match" : "empty"), "hint"));
      if (kg.filters.active(kg.state)) body.append(kg.button(kg.t("reset"), () => kg.at("reset").click(), "wide"));
      if (kg.source.served) kg.table.show([], 0);
      return;
    }
    body.append(kg.make("p", kg.t("hint"), "hint"));
    body.append(kg.make("h3", kg.t("hubs")), chips(kg.t("hubs"), scene.actors.slice(0, 8).map((actor) => [kg.short(kg.name(actor), 30), () => kg.select(actor)])));
    const found = await kg.source.evidence(null, kg.source.served ? [] : kg.filters.rows());
    if (!found) return;
    body.append(kg.make("h3", kg.t("newest")));
    const first = found.rows.slice(0, NEWEST);
    body.append(...first.map(kg.evidence.brief));
    if (found.total > first.length) body.append(kg.make("p", kg.t("in_table", { n: kg.number(found.total) }), "hint"));
    if (kg.source.served) {
      panel.rest = found.more && (async () => {
        const next = await found.more();
        if (next) { found.more = next.more; kg.table.add(next.rows); }
        if (!found.more) panel.rest = null;
        return Boolean(next);
      });
      kg.table.show(found.rows, found.total);
    }
    body.append(kg.make("p", kg.t("keys"), "hint"));
  };

  const neighbours = (actor) => {
    const pairs = kg.graph.strongest([...kg.pairsOf(actor)].filter((pair) => kg.counts[pair]), 12);
    return chips(kg.t("neighbours"), pairs.map((pair) => {
      const other = kg.other(pair, actor);
      return [`${kg.short(kg.name(other), 30)} ${kg.number(kg.counts[pair])}`, () => kg.selectPair(actor, other)];
    }));
  };

  const tools = (actor) => {
    const bar = kg.make("p", "", "tools");
    const step = (steps, key) => {
      const button = kg.button(kg.t(key), () => kg.focus(actor, steps));
      button.setAttribute("aria-pressed", String(kg.scene.centre === actor && kg.state.steps === steps));
      return button;
    };
    bar.append(kg.button(kg.t("actor_page"), () => kg.open("actor", [kg.data.ids[actor]])), step(1, "one"), step(2, "two"), kg.button(`${kg.t("two_actors")} …`, () => kg.tools.pathFrom(actor)));
    return bar;
  };

  const lead = (chosen) => {
    if (chosen && chosen.b === undefined) {
      const also = kg.aliases(chosen.a).filter((name) => name !== kg.name(chosen.a));
      body.append(tools(chosen.a));
      if (also.length) body.append(kg.make("p", `${kg.t("also")}: ${kg.short(also.join(", "), 300)}`, "also"));
      if (chosen.a === kg.scene.centre) relations();
      body.append(neighbours(chosen.a));
    }
  };

  // which names are held for one actor's, and why
  const why = (merges) => {
    const list = kg.make("ul", "", "why");
    for (const { names, score, because } of merges)
      list.append(kg.make("li", `${names.join(" = ")}, ${kg.t("because")} ${because[kg.state.lang]}${score < JUDGED ? ` (${kg.t("score", { n: score })})` : ""}`));
    const all = kg.make("details"), first = kg.make("summary", `${kg.t("why_one")} (${kg.number(merges.length)})`);
    all.append(first, list);
    all.open = merges.length < 3;
    return all;
  };

  const show = async () => {
    const chosen = kg.selection(), { scene } = kg;
    panel.rest = null;
    body.replaceChildren();
    body.scrollTop = 0;
    kg.at("close").hidden = !chosen && scene.kind === "whole";
    let rows;
    if (chosen) {
      title.textContent = chosen.b === undefined ? kg.name(chosen.a)
        : chosen.relation ? [kg.name(chosen.a), kg.relation(chosen.relation), kg.name(chosen.b)].join(
          kg.data.symmetric.has(chosen.relation) ? " – " : " → ")
        : `${kg.name(chosen.a)} – ${kg.name(chosen.b)}`;
      rows = kg.rowsOfSelection(chosen);
      lead(chosen);
    } else if (scene.kind === "path") {
      const names = { a: kg.name(scene.ends[0]), b: kg.name(scene.ends[1]), n: scene.pairs.length };
      title.textContent = kg.t(!scene.path ? kg.filters.active(kg.state) ? "no_path_left" : "no_path" : names.n === 1 ? "path_of_one" : "path_of", names);
      rows = scene.pairs.flatMap((pair) => scene.lines.filter((line) => line.pair === pair).flatMap((line) => line.rows).sort((x, y) => x - y));
    } else {
      await welcome();
      return;
    }
    const found = await kg.source.evidence(chosen, rows);
    if (!found) return; // something else was selected meanwhile
    if (found.merges.length) {
      const also = body.querySelector(".also");
      if (also) also.after(why(found.merges)); else body.append(why(found.merges));
    }
    body.append(kg.make("p", kg.count(found.total, "statements"), "hint"));
    cards(found.rows);
    if (kg.source.served) kg.table.show(found.rows, found.total);
    further(found, found.rows.length, kg.evidence.card);
  };
  const panel = { show, rest: null };
  return panel;
})();
