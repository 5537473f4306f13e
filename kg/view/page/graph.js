// Questions about the graph as filtered: the strongest pairs, the neighbourhood of an actor, the shortest path.
kg.graph = (() => {
  const strongest = (pairs, most) => {
    const { counts } = kg; // pairs come with the better connected first, and the sort keeps that among equals
    return pairs.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, most);
  };

  const all = () => {
    const found = [];
    for (let pair = 0; pair < kg.counts.length; pair++) if (kg.counts[pair]) found.push(pair);
    return found;
  };

  // Goes out from an actor step by step; returns each actor's distance and the pair that led there.
  const spread = (start, steps, goal) => {
    const distance = new Map([[start, 0]]), by = new Map();
    let edge = [start];
    for (let step = 1; step <= steps && edge.length; step++) {
      const next = [];
      for (const actor of edge) {
        const around = [...kg.pairsOf(actor)].filter((pair) => kg.counts[pair]);
        for (const pair of strongest(around, Infinity)) {
          const other = kg.other(pair, actor);
          if (distance.has(other)) continue;
          distance.set(other, step);
          by.set(other, pair);
          if (other === goal) return { distance, by };
          next.push(other);
        }
      }
      edge = next;
    }
    return { distance, by };
  };

  const neighbourhood = (start, steps, most) => {
    const { distance, by } = spread(start, steps);
    const own = [...kg.pairsOf(start)].filter((pair) => kg.counts[pair]);
    const mine = new Set(own), tree = strongest([...by.values()].filter((pair) => !mine.has(pair)), Infinity);
    const pairs = strongest(own, most).concat(tree).slice(0, most), have = new Set(pairs);
    const among = all().filter((pair) => !have.has(pair) && kg.data.pairs[pair].every((actor) => distance.has(actor)));
    const total = pairs.length + among.length;
    // ties among the neighbours are drawn where they leave the picture readable
    if (total <= kg.UNFOLDED) pairs.push(...among);
    const near = own.length + tree.length;
    return { distance, pairs, by, total: near + among.length, apart: pairs.length === near };
  };

  const path = (start, goal) => {
    if (start === goal) return { actors: [start], pairs: [] };
    const { by } = spread(start, Infinity, goal), actors = [goal], pairs = [];
    if (!by.has(goal)) return null;
    while (actors[0] !== start) {
      const pair = by.get(actors[0]);
      pairs.unshift(pair);
      actors.unshift(kg.other(pair, actors[0]));
    }
    return { actors, pairs };
  };

  return { strongest, all, neighbourhood, path };
})();
