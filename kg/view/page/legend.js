// What the symbols and lines in view mean.
kg.shapes = { dot: "M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0", square: "M4 4h12v12H4z", hexagon: "M5.8 3h8.4l4 7-4 7H5.8l-4-7z",
  diamond: "M10 1l9 9-9 9-9-9z", triangle: "M10 2l9 16H1z" };
kg.legend = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const picture = (size, path, set) => {
    const svg = document.createElementNS(SVG, "svg"), drawn = document.createElementNS(SVG, "path");
    svg.setAttribute("viewBox", size);
    svg.setAttribute("aria-hidden", "true");
    for (const [name, value] of Object.entries({ d: path, ...set })) drawn.setAttribute(name, value);
    svg.append(drawn);
    return svg;
  };
  const item = (svg, text, className) => {
    const made = kg.make("li", "", className);
    made.append(svg, text);
    return made;
  };
  const show = () => {
    const { scene, data } = kg, types = new Map(), c = kg.drawing.colours();
    for (const actor of scene.actors) if (!types.has(data.types[actor])) types.set(data.types[actor], actor);
    const order = Object.keys(kg.settings.types), rank = (type) => (order.includes(type) ? order.indexOf(type) : 99);
    const items = [...types].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)).slice(0, 8).map(([type, actor]) =>
      item(picture("0 0 20 20", kg.shapes[kg.drawing.type(actor)[0]], { fill: kg.drawing.fill(actor) }), kg.short(kg.t(type), 24)));
    const kind = ({ factuality, sources, disputed }) => (disputed ? "disputed" : factuality === "asserted" && sources > 1 ? "several" : factuality);
    const said = new Map(scene.lines.map((line) => [kind(line), line]));
    for (const each of ["asserted", "several", "planned", "negated", "disputed"]) if (said.has(each))
      items.push(item(picture("0 0 32 20", "M2 10h28", { fill: "none", stroke: kg.drawing.lineColour(said.get(each), c), "stroke-width": 2.5,
        "stroke-dasharray": each === "planned" ? "6 4" : "none" }), kg.t(each), "long"));
    if (scene.lines.some(({ count }) => count > 1)) items.push(item(picture("0 0 32 20", "M2 8h14v-3h14v10h-14v-3h-14z", { fill: c.asserted }), kg.t("width"), "long"));
    kg.at("legend").replaceChildren(...items);
  };
  return { show };
})();
