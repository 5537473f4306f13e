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
  const PAGE = 40, body = kg.at("panel-body"), title = kg.at("panel-title");

  const cards = (rows, start = 0) => {
    const next = rows.slice(start, start + PAGE).map(kg.evidence.card);
    body.append(...next);
    if (start + PAGE >= rows.length) return;
    const more = kg.button(`${kg.t("show_more")} (${kg.number(rows.length - start - PAGE)})`, () => {
      more.remove();
      cards(rows, start + PAGE);
      body.focus({ preventScroll: true });
    }, "wide");
    body.append(more);
  };

  // the server has more
  const further = (more) => {
    if (!more) return;
    const button = kg.button(kg.t("show_more"), async () => {
      const found = await more();
      if (!found) return;
      button.remove();
      cards(found.rows);
      further(found.more);
    }, "wide");
    body.append(button);
  };

  // how many statements of each relation, where the server counted them
  const relations = () => {
    const counts = Object.entries(kg.data.raw.relations || {}).sort((a, b) => b[1] - a[1]);
    if (counts.length) body.append(kg.make("p", counts.map(([name, count]) => `${kg.relation(name)} ${kg.number(count)}`).join(" · "), "hint"));
    const { pairs } = kg.data.raw.total || {};
    if (pairs > kg.scene.drawn && kg.scene.drawn < kg.settings.drawn)
      body.append(kg.button(`${kg.t("more_neighbours")} (${kg.number(kg.scene.drawn)} ${kg.t("of")} ${kg.number(pairs)})`, () => kg.source.more(), "wide"));
  };

  const neighbours = (actor) => {
    const pairs = kg.graph.strongest([...kg.pairsOf(actor)].filter((pair) => kg.counts[pair]), 12);
    const list = kg.make("ul", "", "ties");
    list.setAttribute("aria-label", kg.t("neighbours"));
    for (const pair of pairs) {
      const item = kg.make("li"), other = kg.other(pair, actor);
      item.append(kg.button(`${kg.short(kg.name(other), 30)} ${kg.number(kg.counts[pair])}`, () => kg.selectPair(actor, other)));
      list.append(item);
    }
    return list;
  };

  const tools = (actor) => {
    const bar = kg.make("p", "", "tools");
    const step = (steps, key) => {
      const button = kg.button(kg.t(key), () => kg.focus(actor, steps));
      button.setAttribute("aria-pressed", String(kg.scene.centre === actor && kg.state.steps === steps));
      return button;
    };
    bar.append(step(1, "one"), step(2, "two"), kg.button(`${kg.t("path_from")} …`, () => kg.tools.pathFrom(actor)));
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

  const show = async () => {
    const chosen = kg.selection(), { scene } = kg;
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
      title.textContent = kg.t(!scene.path ? "no_path" : names.n === 1 ? "path_of_one" : "path_of", names);
      rows = scene.pairs.flatMap((pair) => scene.lines.filter((line) => line.pair === pair).flatMap((line) => line.rows).sort((x, y) => x - y));
    } else {
      title.textContent = kg.t("evidence");
      body.append(kg.make("p", kg.t("hint"), "hint"), kg.make("p", kg.t("keys"), "hint"));
      return;
    }
    const found = await kg.source.evidence(chosen, rows);
    if (!found) return; // something else was selected meanwhile
    if (!kg.source.served) body.append(kg.make("p", kg.count(found.rows.length, "statements"), "hint"));
    cards(found.rows);
    if (kg.source.served) kg.table.show();
    further(found.more);
  };
  return { show };
})();
