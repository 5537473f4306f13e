// The drawing by keyboard: arrows from actor to actor, Enter focuses, E reads, Escape goes back, plus and minus zoom.
kg.keys = (() => {
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  // the nearest actor in that direction, straight ahead before aside
  const towards = (from, [dx, dy]) => {
    const { places } = kg.scene, start = places.get(from);
    let best, least = Infinity;
    for (const [actor, place] of places) {
      const [x, y] = [place.x - start.x, place.y - start.y], ahead = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
      if (actor === from || ahead <= 0 || aside > ahead * 2.5) continue;
      const cost = ahead + aside * 2;
      if (cost < least) [best, least] = [actor, cost];
    }
    return best;
  };
  const step = (way) => {
    const chosen = kg.selection(), now = chosen && kg.scene.places.has(chosen.a) ? chosen.a : undefined;
    const next = now === undefined ? kg.scene.actors[0] : towards(now, way);
    if (next === undefined) return;
    kg.select(next);
    kg.drawing.reveal(next);
    kg.say(kg.t("selected", { name: `${kg.name(next)}, ${kg.t(kg.data.types[next])}`, n: kg.count(kg.lines.weigh(kg.rowsOfActor(next)), "statements") }));
  };

  kg.at("network").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = kg.selection(), { key } = event;
    if (ways[key]) step(ways[key]);
    else if (key === "Enter" && chosen && chosen.b === undefined) kg.focus(chosen.a);
    else if (key.toLowerCase() === "e") kg.at("panel-body").focus({ preventScroll: true });
    else if (key === "+" || key === "=") kg.drawing.zoom(1.3);
    else if (key === "-") kg.drawing.zoom(1 / 1.3);
    else if (key === "0") kg.drawing.fit();
    else return;
    event.preventDefault();
  });
  // letters from anywhere but a field; / and Ctrl+K go to the search
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const search = (ctrlKey || metaKey) && key.toLowerCase() === "k", writing = target.closest?.("input:not([type=checkbox], [type=range]), textarea, select, dialog[open]");
    if (event.defaultPrevented || (!search && (ctrlKey || metaKey || altKey || writing))) return;
    if (search || key === "/") {
      kg.at("search").focus();
      kg.at("search").select();
    } else {
      const [, , act] = kg.lookup.acts().find(([, letter]) => letter && letter === key) || [];
      if (!act) return;
      act();
    }
    event.preventDefault();
  });
  const list = () => kg.at("help-list").replaceChildren(...[["/ · Ctrl K", "search"], ...kg.lookup.acts().map(([key, letter]) => [letter, key]), ["Esc", "back"], ["← → ↑ ↓", "key_arrows"], ["Enter", "key_focus"], ["E", "key_read"], ["+ − 0", "key_zoom"]]
    .filter(([key]) => key).flatMap(([key, word]) => { const term = kg.make("dt"); term.append(kg.make("kbd", key)); return [term, kg.make("dd", kg.t(word))]; }));
  kg.at("help-close").addEventListener("click", () => kg.at("help").close());
  const help = () => { list(); kg.at("help").showModal(); };
  kg.at("keys-help").addEventListener("click", help);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.target.closest?.("dialog[open]")) return;
    if (event.target.type === "search" && event.target.value) return; // it empties the field
    if (event.target.closest?.("#panel")) kg.at("network").focus({ preventScroll: true });
    else kg.back();
  });
  return { help };
})();
