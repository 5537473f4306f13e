// State and filters → what is drawn: actors with places, and lines.
kg.UNFOLDED = 120; // pairs up to which relations are drawn apart
kg.scene = { lines: [], places: new Map(), total: 0, drawn: 0, unfolded: true };

kg.build = () => {
  const { state, data } = kg, most = kg.settings.drawn;
  const [a, b] = state.path.map((id) => data.index.get(id)), centre = data.index.get(state.focus);
  const scene = { kind: "whole", path: null, centre: undefined };
  let pairs, place;
  if (a !== undefined && b !== undefined) {
    const path = kg.graph.path(a, b);
    Object.assign(scene, { kind: "path", path, ends: [a, b] });
    pairs = path ? path.pairs : [];
    scene.total = pairs.length;
    place = () => kg.rings.line(path ? path.actors : [a, b]);
  } else if (centre !== undefined) {
    const near = kg.graph.neighbourhood(centre, state.steps, most);
    Object.assign(scene, { kind: "focus", centre, total: near.total, apart: near.apart });
    pairs = near.pairs;
    place = () => {
      const reached = new Set(pairs.flatMap((pair) => data.pairs[pair])); // beyond the cap nobody is drawn
      return kg.rings.around(centre, [...near.distance].filter(([actor]) => reached.has(actor)), near.by);
    };
  } else {
    const found = kg.graph.all();
    scene.total = found.length;
    pairs = kg.graph.strongest(found, most);
    place = () => kg.rings.map([...new Set(pairs.flatMap((pair) => data.pairs[pair]))]);
  }
  scene.drawn = pairs.length;
  if (scene.kind === "whole") scene.total = Math.max(scene.total, data.raw.total?.pairs || 0);
  if (scene.kind === "focus" && state.steps === 1) scene.total = Math.max(scene.total, data.raw.total?.pairs || 0);
  scene.pairs = pairs;
  scene.unfolded = pairs.length <= kg.UNFOLDED;
  scene.lines = kg.lines.of(pairs, scene.unfolded);
  scene.places = place();
  // a straight line between two neighbours would run through the actor in the middle
  if (scene.kind === "focus") for (const line of scene.lines) if (line.from !== centre && line.to !== centre && !line.bend) line.bend = 0.14;
  // the best connected in view come first: they are named first
  const rank = new Map();
  for (const { from, to, count } of scene.lines) for (const end of [from, to]) rank.set(end, (rank.get(end) || 0) + count);
  const ends = new Set(scene.kind === "path" ? scene.ends : [scene.centre]);
  scene.actors = [...scene.places.keys()].sort((x, y) =>
    ends.has(y) - ends.has(x) || (rank.get(y) || 0) - (rank.get(x) || 0) || x - y);
  kg.scene = scene;
};

kg.size = (actor) => {
  const size = kg.data.raw.actors.size[actor];
  return (kg.scene.kind === "whole" ? size : Math.min(18, size)) * kg.scene.unit;
};

// What is selected: an actor, a pair, or a relation of a pair; with the lines and actors that stay bright.
kg.selection = () => {
  const [first, second, relation] = kg.state.select, { index } = kg.data, a = index.get(first), b = index.get(second);
  if (a === undefined || (second !== undefined && b === undefined)) return null;
  const lines = new Set(), actors = new Set(b === undefined ? [a] : [a, b]);
  kg.scene.lines.forEach((line, at) => {
    const ends = [line.from, line.to];
    const hit = b === undefined ? ends.includes(a)
      : ends.includes(a) && ends.includes(b) && (a !== b || line.from === line.to)
        && (!relation || !line.relation || (line.relation === relation && (!line.arrow || line.from === a)));
    if (!hit) return;
    lines.add(at);
    ends.forEach((end) => actors.add(end));
  });
  return { a, b, relation, lines, actors };
};
// In the view around an actor, that actor being selected dims nothing.
kg.lit = () => {
  const chosen = kg.selection();
  return chosen && kg.scene.kind === "focus" && chosen.a === kg.scene.centre && chosen.b === undefined ? null : chosen;
};
