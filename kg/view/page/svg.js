// What is in view as SVG, with the names where the screen has them.
kg.svg = () => new XMLSerializer().serializeToString(kg.picture());
kg.picture = () => {
  const { scene, drawing } = kg, view = drawing.view(), c = drawing.colours(), SVG = "http://www.w3.org/2000/svg";
  const REACH = { dot: 7, square: 6, hexagon: 8.2, diamond: 9, triangle: 9 }; // of the symbols' paths from their middle
  const make = (parent, name, set, text) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(set)) made.setAttribute(key, value);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold is taken out here
    if (text) made.textContent = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
    parent.append(made);
    return made;
  };
  const round = (value) => Math.round(value * 10) / 10, lit = kg.lit(), faint = (bright) => (bright ? 1 : 0.12);
  const root = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ width: view.width, height: view.height, viewBox: `0 0 ${view.width} ${view.height}` })) root.setAttribute(key, value);
  make(root, "title", {}, kg.settings.title);
  make(root, "rect", { width: "100%", height: "100%", fill: c.back });
  scene.lines.forEach((line, at) => {
    const a = view.screen(scene.places.get(line.from)), b = view.screen(scene.places.get(line.to));
    const middle = line.bend && view.middle(at, 0.5), bow = middle && view.screen(middle);
    const control = bow && { x: 2 * bow.x - (a.x + b.x) / 2, y: 2 * bow.y - (a.y + b.y) / 2 }; // of the curve through it
    make(root, "path", { d: `M${round(a.x)} ${round(a.y)}${control ? `Q${round(control.x)} ${round(control.y)} ` : "L"}${round(b.x)} ${round(b.y)}`,
      fill: "none", stroke: drawing.lineColour(line, c), "stroke-width": round(line.width * scene.unit * view.scale),
      "stroke-dasharray": line.factuality === "planned" ? "7 5" : "none", opacity: lit ? faint(lit.lines.has(at)) : scene.unfolded ? 1 : 0.55 });
    if (line.arrow) arrow(line, at, b, control || a);
  });
  function arrow(line, at, to, before) {
    const turn = Math.atan2(to.y - before.y, to.x - before.x), gap = kg.size(line.to) * view.scale + 2, long = 7 + 2 * line.width * scene.unit * view.scale;
    const tip = { x: to.x - Math.cos(turn) * gap, y: to.y - Math.sin(turn) * gap };
    const side = (way) => `${round(tip.x - Math.cos(turn + way) * long)} ${round(tip.y - Math.sin(turn + way) * long)}`;
    make(root, "path", { d: `M${round(tip.x)} ${round(tip.y)}L${side(0.42)}L${side(-0.42)}z`, fill: drawing.lineColour(line, c), opacity: lit ? faint(lit.lines.has(at)) : 1 });
  }
  for (const actor of [...scene.actors].reverse()) {
    const { x, y } = view.screen(scene.places.get(actor)), [shape] = drawing.type(actor), scale = (kg.size(actor) * view.scale) / REACH[shape];
    make(root, "path", { d: kg.shapes[shape], fill: drawing.fill(actor), stroke: c.ring, opacity: faint(!lit || lit.actors.has(actor)),
      transform: `translate(${round(x)} ${round(y)}) scale(${round(scale * 100) / 100}) translate(-10 -10)` });
  }
  const names = kg.names.place(drawing.canvas().getContext("2d"), view, lit);
  for (const { kind, text, x, y, size, half, lead } of names) {
    if (lead) make(root, "path", { d: `M${round(lead[0])} ${round(lead[1])}L${round(lead[2])} ${round(lead[3])}`, stroke: c.actor, "stroke-width": 1 });
    if (kind !== "actor") make(root, "rect", { x: round(x - half), y: round(y - size * 0.62), width: round(half * 2), height: round(size * 1.24), fill: c.halo });
    make(root, "text", { x: round(x), y: round(y + size * 0.35), "font-size": round(size), "font-family": "system-ui, sans-serif", "text-anchor": "middle",
      "font-weight": kind === "actor" ? 600 : 400, fill: c[kind], stroke: c.halo, "stroke-width": round(size * 0.26), "paint-order": "stroke", "stroke-linejoin": "round" }, text);
  }
  return root;
};
