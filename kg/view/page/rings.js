// Where actors stand in a focused view: the focus in the middle, its neighbours on ellipses around it in the order in
// which the whole network has them; a path from left to right. Nothing random: the same view looks the same.
kg.rings = (() => {
  // a screen that is higher than wide gets the drawing turned
  const high = () => { const { clientWidth, clientHeight } = kg.at("network"); return clientHeight > clientWidth * 1.05; };
  const turned = (places) => (high() ? new Map([...places].map(([actor, { x, y }]) => [actor, { x: y, y: x }])) : places);
  const WIDE = 1.45, STEP = 165, ROOM = 88;

  const angle = (centre, actor) => {
    const { x, y } = kg.data.raw.actors;
    return Math.atan2(y[actor] - y[centre], x[actor] - x[centre]);
  };

  const ring = (actors, radius, places, start) => actors.forEach((actor, at) => {
    const turn = start + (2 * Math.PI * at) / actors.length;
    places.set(actor, { x: Math.round(Math.cos(turn) * radius * WIDE), y: Math.round(Math.sin(turn) * radius) });
  });

  // inner rings hold the strongest; each ring as many as have room on it
  const around = (centre, distance, by) => {
    const places = new Map([[centre, { x: 0, y: 0 }]]), levels = [[], []];
    for (const [actor, step] of distance) if (step) levels[step - 1].push(actor);
    let radius = 90;
    for (const level of levels) {
      const sorted = level.sort((a, b) => kg.counts[by.get(b)] - kg.counts[by.get(a)] || a - b);
      while (sorted.length) {
        radius += STEP;
        const room = Math.floor((2 * Math.PI * radius * 1.2) / ROOM);
        const turn = (actor) => {
          const parent = kg.other(by.get(actor), actor), at = places.get(parent);
          return parent !== centre && at ? Math.atan2(at.y * WIDE, at.x) : angle(centre, actor);
        };
        // the last two rings share what is left, so that none holds a single actor
        const take = sorted.length > room && sorted.length < room * 1.4 ? Math.ceil(sorted.length / 2) : room;
        const members = sorted.splice(0, take).map((actor) => [turn(actor), actor]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        ring(members.map(([, actor]) => actor), radius, places, members[0][0]);
      }
    }
    return turned(places);
  };

  const line = (actors) => turned(new Map(actors.map((actor, at) =>
    [actor, { x: (at - (actors.length - 1) / 2) * (high() ? 150 : 290), y: actors.length > 2 ? (at % 2 ? 70 : -70) : 0 }])));

  const map = (actors) => {
    const { x, y } = kg.data.raw.actors, places = new Map(actors.map((actor) => [actor, { x: x[actor], y: y[actor] }]));
    const span = (all) => all.reduce((most, one) => Math.max(most, one), 0) - all.reduce((least, one) => Math.min(least, one), 0);
    return span(x) > span(y) ? turned(places) : places; // one that is high already stays
  };

  return { around, line, map };
})();
