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
      body.children[body.children.length - Math.min(PAGE, rows.length - start - PAGE) - (rows.length > start + 2 * PAGE)]?.focus?.();
    }, "wide");
    body.append(more);
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
    rows = await kg.source.evidence(chosen, rows);
    if (!rows) return; // something else was selected meanwhile
    body.append(kg.make("p", kg.count(rows.length, "statements"), "hint"));
    cards(rows);
  };
  return { show };
})();
