// Names of actors and relations, placed so that none lies on another or on a symbol: the best connected first, in a grid of
// what is taken. Works in pixels of the screen, so that it holds at any zoom; the SVG export uses the same places.
kg.names = (() => {
  const CELL = 72, MOST = 7000; // pixels; one name for so many square pixels at most
  const REACH = 7, TURNS = 16; // rings around a symbol, and places on each, where a name may stand away from it
  let widths = new Map(), font = "";

  const width = (ctx, text, size, bold) => {
    const key = (bold ? "b" : "n") + text;
    if (!widths.has(key)) {
      ctx.font = `${bold ? 600 : 400} 100px ${font}`;
      widths.set(key, ctx.measureText(text).width / 100);
    }
    return widths.get(key) * size;
  };

  const grid = () => {
    const cells = new Map();
    const each = (box, act) => {
      for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++)
        for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) if (act(x * 4096 + y)) return true;
      return false;
    };
    const hits = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
    return {
      take: (box) => { each(box, (cell) => { (cells.get(cell) || cells.set(cell, []).get(cell)).push(box); }); },
      free: (box) => !each(box, (cell) => (cells.get(cell) || []).some((other) => hits(box, other))) };
  };

  // view: { scale, width, height, screen(point) → point, middle(line, along) → point in the drawing's units or null }
  const place = (ctx, view, lit) => {
    font ||= getComputedStyle(document.body).fontFamily;
    const { scene } = kg, taken = grid(), placed = [], { scale } = view;
    const size = Math.min(19, Math.max(12.5, 13.5 * Math.sqrt(scale)));
    const inside = ({ x, y }) => x > 0 && x < view.width && y > 0 && y < view.height;
    const shown = [];
    for (const actor of scene.actors) {
      if (lit && !lit.actors.has(actor)) continue;
      const at = view.screen(scene.places.get(actor));
      if (inside(at)) shown.push({ actor, ...at, r: kg.size(actor) * scale });
    }
    if (lit) shown.sort((one, other) => (other.actor === lit.a || other.actor === lit.b) - (one.actor === lit.a || one.actor === lit.b));
    for (const { x, y, r } of shown) taken.take([x - r, y - r, x + r, y + r]);
    if (view.corner) taken.take([view.width - view.corner[0], view.height - view.corner[1], view.width, view.height]);
    let left = Math.max(24, Math.floor((view.width * view.height) / MOST));
    shown.forEach(({ actor, x, y, r }, rank) => {
      if (!left) return;
      const text = kg.short(kg.name(actor), 34), half = width(ctx, text, size, true) / 2 + 3;
      const out = r + size * 0.8, side = r + half + 2;
      const shift = Math.max(half - x + 2, Math.min(0, view.width - half - 2 - x)); // not cut by the edge
      const spots = [[shift, out], [shift, -out], [side, 0], [-side, 0], [half * 0.6, out], [-half * 0.6, out], [half * 0.6, -out], [-half * 0.6, -out]];
      // in a crowd, the best connected are named from further off, with a line that leads to them
      const near = spots.length;
      if (rank < (shown.length > 150 ? 12 : 8)) for (let ring = 1; ring <= REACH; ring++) for (let turn = 0; turn < TURNS; turn++) {
        const angle = (2 * Math.PI * turn) / TURNS, far = r + ring * size * 1.25;
        spots.push([Math.cos(angle) * (far + half), Math.sin(angle) * (far + size * 0.6)]);
      }
      const at = spots.findIndex(([dx, dy]) => {
        const box = [x + dx - half, y + dy - size * 0.6, x + dx + half, y + dy + size * 0.6];
        return box[0] >= 0 && box[2] <= view.width && box[1] >= 0 && box[3] <= view.height && taken.free(box);
      });
      if (at < 0) return;
      const [dx, dy] = spots[at];
      taken.take([x + dx - half, y + dy - size * 0.6, x + dx + half, y + dy + size * 0.6]);
      placed.push({ kind: "actor", text, x: x + dx, y: y + dy, size, half, lead: at < near ? null : lead(x, y, dx, dy, half, size) });
      left--;
    });
    const few = scene.lines.length <= 130 || lit;
    if (!scene.unfolded || (!few && scale < 0.7)) return placed; // relation names would be noise: zoom, point or click
    relations(ctx, view, lit, taken, placed, size * 0.88, inside);
    return placed;
  };

  // from the middle of a symbol to the nearest point of its name
  const lead = (x, y, dx, dy, half, size) => {
    const nearest = (way, reach) => Math.sign(way) * Math.max(0, Math.abs(way) - reach);
    return [x, y, x + nearest(dx, half - 2), y + nearest(dy, size * 0.5)];
  };

  const relations = (ctx, view, lit, taken, placed, size, inside) => {
    const lines = kg.scene.lines.map((line, at) => ({ line, at })).filter(({ at }) => !lit || lit.lines.has(at))
      .sort((one, other) => other.line.count - one.line.count || one.at - other.at);
    for (const { line, at } of lines) {
      const text = kg.lines.label(line), half = width(ctx, text, size, false) / 2 + 4;
      const a = view.screen(kg.scene.places.get(line.from)), b = view.screen(kg.scene.places.get(line.to));
      if (line.from !== line.to && Math.hypot(a.x - b.x, a.y - b.y) < half * (lit ? 1 : 1.5)) continue; // no room
      for (const along of [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78]) {
        const point = view.middle(at, along);
        if (!point) break;
        const { x, y } = view.screen(point), box = [x - half, y - size * 0.68, x + half, y + size * 0.68];
        if (!inside({ x, y }) || !taken.free(box)) continue;
        taken.take(box);
        placed.push({ kind: line.factuality === "negated" ? "negated" : "relation", text, x, y, size, half });
        break;
      }
    }
  };

  const paint = (ctx, placed, colours) => {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.actor;
    for (const { lead: line } of placed.filter((name) => name.lead)) {
      ctx.beginPath();
      ctx.moveTo(line[0], line[1]);
      ctx.lineTo(line[2], line[3]);
      ctx.stroke();
    }
    for (const { kind, text, x, y, size, half } of placed) {
      ctx.font = `${kind === "actor" ? 600 : 400} ${size}px ${font}`;
      if (kind === "actor") {
        ctx.lineWidth = size * 0.3;
        ctx.strokeStyle = colours.halo;
        ctx.strokeText(text, x, y);
      } else {
        ctx.fillStyle = colours.halo;
        ctx.fillRect(x - half, y - size * 0.62, half * 2, size * 1.24);
      }
      ctx.fillStyle = colours[kind];
      ctx.fillText(text, x, y);
    }
  };
  return { place, paint, font: () => font };
})();
