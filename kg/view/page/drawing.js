// The drawing: vis draws symbols and lines of the scene, `names.js` the names above them.
kg.drawing = (() => {
  const box = kg.at("network");
  let network, nodes, edges, fresh = true;

  const colours = () => {
    const style = getComputedStyle(document.documentElement), of = (name) => style.getPropertyValue(`--${name}`).trim();
    return { actor: of("ink"), relation: of("soft"), halo: of("halo"), back: of("back"), negated: of("negated-text"),
      ring: of("ring"), asserted: of("asserted"), planned: of("planned"), denied: of("negated"), several: of("several"), disputed: of("disputed") };
  };
  const lineColour = ({ factuality, sources, disputed }, c) => (disputed ? c.disputed
    : factuality === "asserted" && sources > 1 ? c.several : { asserted: c.asserted, planned: c.planned, negated: c.denied }[factuality]);
  const type = (actor) => {
    const { types } = kg.settings, name = kg.data.types[actor];
    return Object.hasOwn(types, name) && name ? types[name] : types[""];
  };
  const fill = (actor) => {
    const [, colour] = type(actor), name = kg.data.types[actor].toLowerCase();
    return /^\w+$/.test(name) && getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || colour;
  };

  const visNodes = (c, lit) => {
    const fills = new Map();
    return kg.scene.actors.map((actor) => {
      const key = kg.data.types[actor];
      if (!fills.has(key)) fills.set(key, fill(actor));
      const background = fills.get(key), strong = { background, border: c.actor };
      return { id: actor, shape: type(actor)[0], ...kg.scene.places.get(actor), size: kg.size(actor),
        opacity: !lit || lit.actors.has(actor) ? 1 : 0.13,
        color: { background, border: c.ring, highlight: strong, hover: strong } };
    });
  };
  const visEdges = (c, lit) => kg.scene.lines.map((line, id) => ({ id, from: line.from, to: line.to, width: line.width * kg.scene.unit,
    arrows: line.arrow ? "to" : "", dashes: line.factuality === "planned" ? [7, 5] : false,
    smooth: line.bend ? { enabled: true, type: line.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(line.bend) } : false,
    color: { color: lineColour(line, c), highlight: c.actor, hover: c.actor, opacity: shade(id, lit) } }));
  const shade = (id, lit) => (lit ? (lit.lines.has(id) ? 1 : 0.08) : kg.scene.unfolded ? 1 : 0.55);

  const zoomBox = kg.at("zoom"); // names keep out of its corner
  const view = () => ({ scale: network.getScale(), width: box.clientWidth, height: box.clientHeight,
    corner: [zoomBox.offsetWidth + 16, zoomBox.offsetHeight + 12],
    screen: (point) => network.canvasToDOM(point),
    middle: (at, along) => {
      const drawn = network.body.edges[at];
      return drawn?.connected ? drawn.edgeType.getPoint(along) : null;
    } });

  const paint = (ctx) => {
    if (!kg.scene.actors) return;
    const ratio = ctx.canvas.width / box.clientWidth;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    kg.names.paint(ctx, kg.names.place(ctx, view(), kg.lit()), colours());
    ctx.restore();
  };

  // shows all actors, with room for their names
  const frame = () => {
    const places = [...kg.scene.places.values()], xs = places.map(({ x }) => x), ys = places.map(({ y }) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const width = Math.max(120, box.clientWidth - 130), height = Math.max(120, box.clientHeight - 90);
    const scale = Math.max(0.02, Math.min(1.2, width / Math.max(right - left, 1), height / Math.max(bottom - top, 1)));
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 + 6 / scale }, scale };
  };
  // seen from afar, symbols and lines stay large enough to be seen, and small enough for their number
  const unit = () => {
    const many = kg.scene.places.size;
    if (!many) return 1;
    const { scale } = frame(), room = Math.sqrt((box.clientWidth * box.clientHeight) / many);
    return Math.min(9, Math.max(1, Math.min(scale ** -0.6, (0.0125 * room) / scale)));
  };
  const fit = () => { if (kg.scene.places.size) network.moveTo(frame()); };

  const draw = (refit) => {
    const c = colours(), lit = kg.lit();
    kg.scene.unit = unit();
    nodes = new vis.DataSet(visNodes(c, lit));
    edges = new vis.DataSet(visEdges(c, lit));
    if (!network) start();
    network.setData({ nodes, edges });
    if (refit || fresh) fit();
    fresh = false;
    mark(lit);
  };

  // only the selection has changed
  const light = () => {
    const c = colours(), lit = kg.lit();
    nodes.update(kg.scene.actors.map((id) => ({ id, opacity: !lit || lit.actors.has(id) ? 1 : 0.13 })));
    edges.update(kg.scene.lines.map((line, id) => ({ id,
      color: { color: lineColour(line, c), highlight: c.actor, hover: c.actor, opacity: shade(id, lit) } })));
    mark(lit);
  };
  const mark = (lit) => {
    const one = lit && lit.b === undefined && kg.scene.places.has(lit.a);
    network.setSelection({ nodes: one ? [lit.a] : [], edges: lit && !one ? [...lit.lines] : [] }, { highlightEdges: false });
  };

  const start = () => {
    network = new vis.Network(box, { nodes: [], edges: [] }, kg.read("kg-options"));
    const frame = box.querySelector(".vis-network");
    frame.removeAttribute("tabindex"); // the box around it takes the keys
    network.on("afterDrawing", paint);
    network.on("click", ({ nodes: [actor], edges: [line] }) => {
      if (actor !== undefined) kg.select(actor);
      else if (line !== undefined) kg.selectLine(kg.scene.lines[line]);
      else kg.clear();
    });
    box.addEventListener("dblclick", ({ clientX, clientY }) => { // vis's own misses it while the page is busy
      const { left, top } = box.getBoundingClientRect(), actor = network.getNodeAt({ x: clientX - left, y: clientY - top });
      if (actor !== undefined) kg.focus(actor);
    });
    network.on("dragEnd", ({ nodes: moved }) => {
      for (const [id, point] of Object.entries(network.getPositions(moved))) kg.scene.places.set(Number(id), point);
    });
    kg.tip(network, box);
    let [width, height] = [box.clientWidth, box.clientHeight];
    new ResizeObserver(() => {
      if (box.clientWidth === width && box.clientHeight === height) return;
      [width, height] = [box.clientWidth, box.clientHeight];
      setTimeout(fit, 60); // after vis has seen it
    }).observe(box);
  };

  // brings an actor into view where it is not
  const reveal = (actor) => {
    const place = kg.scene.places.get(actor), { x, y } = network.canvasToDOM(place);
    if (x < 40 || y < 40 || x > box.clientWidth - 40 || y > box.clientHeight - 40) network.moveTo({ position: place });
  };
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
  return { draw, light, fit, zoom, view, colours, lineColour, fill, type, reveal, canvas: () => box.querySelector("canvas"), network: () => network,
    screen: (actor) => network.canvasToDOM(kg.scene.places.get(actor)) };
})();

// The tip under the pointer
kg.tip = (network, box) => {
  const tip = kg.at("tip");
  const show = (heading, rows, { pointer }, mark = "") => {
    tip.replaceChildren(kg.make("b", heading));
    if (mark) tip.append(kg.make("p", mark, "hint"));
    const read = rows.filter((row) => kg.data.raw.rows.sentence[row]);
    for (const row of read.slice(0, 2)) tip.append(kg.make("p", kg.short(kg.data.raw.rows.sentence[row], 190)));
    if (read.length > 2) tip.append(kg.make("p", `+ ${kg.number(read.length - 2)} ${kg.t("more")}`, "hint"));
    tip.hidden = false;
    const { x, y } = pointer.DOM, width = box.clientWidth, height = box.clientHeight;
    tip.style.left = `${Math.max(6, Math.min(x + 16, width - tip.offsetWidth - 10))}px`;
    tip.style.top = `${Math.max(6, y + 18 + tip.offsetHeight > height ? y - tip.offsetHeight - 14 : y + 18)}px`;
  };
  network.on("hoverNode", (event) => show(kg.name(event.node), kg.rowsOfActor(event.node), event));
  network.on("hoverEdge", (event) => {
    const line = kg.scene.lines[event.edge];
    if (line) show(kg.lines.title(line), line.rows, event, kg.lines.standing(line));
  });
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom", "click"]) network.on(name, () => { tip.hidden = true; });
};
