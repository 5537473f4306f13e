"use strict";
// Text from articles is only ever written with textContent; data comes from application/json blocks.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const at = (id) => document.getElementById(id);
  const nodes = read("kg-nodes"), edges = read("kg-edges"), statements = read("kg-statements"), words = read("kg-words");
  const actor = new Map(nodes.map((node) => [node.id, node]));
  const edgesOf = new Map(nodes.map((node) => [node.id, []]));
  const edgeOfRow = new Map();
  for (const edge of edges) {
    edgesOf.get(edge.from).push(edge);
    if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
    for (const row of edge.rows) edgeOfRow.set(row, edge);
  }
  const byDegree = [...nodes].sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1));

  // ---- small helpers
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const short = (text, most) => (text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text);
  const edgeName = (edge) => {
    const count = edge.rows.length > 1 ? ` ×${edge.rows.length}` : "";
    if (edge.factuality === "negated") return `✕ ${edge.label}${count}`;
    return edge.label + count + (edge.disputed ? ` (${words.disputed})` : "");
  };
  const title = (edge) => [actor.get(edge.from).label, edge.label, actor.get(edge.to).label].join(edge.arrows ? " → " : " – ");

  // ---- the drawing: vis draws symbols and lines, we draw the names (so that none lies on another at any zoom)
  const box = at("network");
  const visNode = ({ id, shape, color, x, y, size }) => ({ id, shape, x, y, size,
    color: { background: color, border: "#ffffff", highlight: { background: color, border: "#1d2530" },
             hover: { background: color, border: "#1d2530" } } });
  const visEdge = ({ id, from, to, arrows, color, dashes, width, smooth }) => ({ id, from, to, arrows, width, smooth,
    dashes: dashes ? [7, 5] : false, color: { color, highlight: "#1d2530", hover: "#1d2530", opacity: 1 } });
  const visNodes = new vis.DataSet(nodes.map(visNode)), visEdges = new vis.DataSet(edges.map(visEdge));
  const network = new vis.Network(box, { nodes: visNodes, edges: visEdges }, read("kg-options"));
  let focus = null; // { nodes: Set, edges: Set } while something is selected, else null

  const overlaps = (taken, box) => taken.some((other) =>
    box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);

  const write = (ctx, text, x, y, size, colour, backed) => {
    if (backed) {
      const half = ctx.measureText(text).width / 2 + size * 0.3;
      ctx.fillStyle = "rgba(255,255,255,0.9)";
      ctx.fillRect(x - half, y - size * 0.62, half * 2, size * 1.24);
    } else {
      ctx.lineWidth = size * 0.32;
      ctx.strokeStyle = "rgba(255,255,255,0.92)";
      ctx.strokeText(text, x, y);
    }
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  };

  const font = getComputedStyle(document.body).fontFamily;
  const drawNames = (ctx) => {
    const scale = network.getScale(), unit = 1 / scale, taken = [];
    const size = Math.min(22, Math.max(12.5, 13.5 * Math.sqrt(scale))) * unit;
    const view = box.getBoundingClientRect();
    const corner = network.DOMtoCanvas({ x: 0, y: 0 }), end = network.DOMtoCanvas({ x: view.width, y: view.height });
    const seen = (x, y) => x > corner.x && x < end.x && y > corner.y && y < end.y;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    const shown = byDegree.filter((node) => seen(node.x, node.y) && (!focus || focus.nodes.has(node.id)));
    const symbols = shown.map(({ x, y, size: r }) => [x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8]);
    ctx.font = `600 ${size}px ${font}`;
    shown.forEach((node, rank) => {
      const text = short(node.label, 34), half = ctx.measureText(text).width / 2 + 3 * unit;
      const out = node.size + size * 0.78, side = node.size + half + 2 * unit;
      const inside = Math.max(corner.x + half - node.x, Math.min(0, end.x - half - node.x)); // not cut by the edge
      for (const [x, y] of [[inside, out], [inside, -out], [side, 0], [-side, 0]]) {
        const place = [node.x + x - half, node.y + y - size * 0.58, node.x + x + half, node.y + y + size * 0.58];
        // the best connected are named even where a lesser symbol lies below the name
        if (place[0] < corner.x || place[2] > end.x || overlaps(taken, place) || overlaps(rank < 30 ? symbols.slice(0, rank) : symbols, place)) continue;
        taken.push(place);
        write(ctx, text, node.x + x, node.y + y, size, "#1d2530", false);
        break;
      }
    });
    if (!focus && edges.length > 60 && scale < 0.7) return; // relation names would be noise: zoom, point or click
    taken.push(...symbols);
    const small = size * 0.88;
    ctx.font = `${small}px ${font}`;
    const lines = edges.filter((edge) => !focus || focus.edges.has(edge.id))
      .sort((a, b) => b.rows.length - a.rows.length || a.id - b.id);
    for (const edge of lines) {
      const drawn = network.body.edges[edge.id];
      if (!drawn || !drawn.connected) continue;
      const text = edgeName(edge), half = ctx.measureText(text).width / 2 + 3 * unit;
      const a = actor.get(edge.from), b = actor.get(edge.to);
      if (Math.hypot(a.x - b.x, a.y - b.y) < half * (focus ? 1 : 1.5)) continue; // no room between the two
      for (const along of [0.5, 0.4, 0.6, 0.3, 0.7]) {
        const { x, y } = drawn.edgeType.getPoint(along);
        const place = [x - half, y - small * 0.66, x + half, y + small * 0.66];
        if (!seen(x, y) || overlaps(taken, place)) continue;
        taken.push(place);
        write(ctx, text, x, y, small, edge.factuality === "negated" ? "#a32b2b" : "#4a5563", true);
        break;
      }
    }
  };
  network.on("afterDrawing", drawNames);
  network.on("dragEnd", ({ nodes: moved }) => {
    for (const [id, point] of Object.entries(network.getPositions(moved))) Object.assign(actor.get(id), point);
  });

  // shows the named actors, or all, with room for their names and clear of the legend
  const fit = (ids) => {
    const some = ids ? nodes.filter((node) => ids.has(node.id)) : nodes;
    if (!some.length) return;
    const xs = some.map((node) => node.x), ys = some.map((node) => node.y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const width = box.clientWidth - 170, height = box.clientHeight - 150;
    const scale = Math.max(0.02, Math.min(1.2, width / Math.max(right - left, 1), height / Math.max(bottom - top, 1)));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 22 / scale }, scale });
  };
  network.once("afterDrawing", () => fit());
  addEventListener("resize", () => setTimeout(() => fit(focus && focus.nodes), 50));

  const dim = () => {
    visNodes.update(nodes.map(({ id }) => ({ id, opacity: !focus || focus.nodes.has(id) ? 1 : 0.13 })));
    visEdges.update(edges.map(({ id, color }) => ({ id,
      color: { color, highlight: "#1d2530", hover: "#1d2530", opacity: !focus || focus.edges.has(id) ? 1 : 0.1 } })));
  };

  // ---- the evidence panel
  const marked = (sentence, names) => {
    const quote = make("blockquote");
    const found = [...new Set(names)].filter(Boolean).sort((a, b) => b.length - a.length)
      .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const parts = found.length ? sentence.split(new RegExp(`(?<![\\p{L}\\p{N}])(${found.join("|")})(?![\\p{L}\\p{N}])`, "u")) : [sentence];
    parts.forEach((part, number) => {
      if (part) quote.append(number % 2 ? make("mark", part) : document.createTextNode(part));
    });
    return quote;
  };
  const articleLine = (row) => {
    const line = make("p"), name = row.headline || words.untitled;
    if (row.url) { // the page was written with http(s) links only
      const link = make("a", name);
      link.href = row.url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      line.append(link);
    } else line.append(name);
    const rest = [row.publisher, row.published && `${words.published} ${row.published.slice(0, 16).replace("T", " ")}`];
    line.append(rest.filter(Boolean).map((part) => ` · ${part}`).join(""));
    return line;
  };
  const card = (number) => {
    const row = statements[number], edge = edgeOfRow.get(number), article = make("article", "", "card");
    const subject = actor.get(row.subject), object = actor.get(row.object), head = make("h3", `${subject.label} `);
    head.append(make("i", edge.label), ` ${object.label}`);
    const names = [...subject.names, subject.label, ...object.names, object.label];
    const quotes = [row.sentence, ...row.further].map((sentence) => marked(sentence, names));
    if (row.language) for (const quote of quotes) quote.lang = row.language;
    const status = make("p");
    status.append(make("span", words[row.factuality] || row.factuality, `mark ${row.factuality}`));
    if (edge.disputed) status.append(make("span", words.disputed, "mark disputed"));
    status.append([row.office, row.date, row.place, row.source && `${words.according} ${row.source}`]
      .filter(Boolean).join(" · "));
    article.append(head, ...quotes, status, articleLine(row));
    return article;
  };
  const show = (heading, numbers, also) => {
    at("panel-title").textContent = heading;
    at("close").hidden = false;
    const body = at("panel-body");
    body.replaceChildren();
    if (also.length) body.append(make("p", `${words.also}: ${also.join(", ")}`, "also"));
    body.append(make("p", `${numbers.length} ${words[numbers.length === 1 ? "1 statements" : "statements"]}`, "hint"), ...numbers.map(card));
    body.scrollTop = 0;
  };
  const newestFirst = (numbers) => [...new Set(numbers)].sort((a, b) => a - b); // rows are stored newest first

  const selectActor = (id) => {
    const around = edgesOf.get(id), node = actor.get(id);
    focus = { nodes: new Set([id, ...around.flatMap(({ from, to }) => [from, to])]), edges: new Set(around.map((e) => e.id)) };
    network.selectNodes([id], false);
    show(node.label, newestFirst(around.flatMap((edge) => edge.rows)), node.names.filter((name) => name !== node.label));
    dim();
  };
  const selectEdge = (id) => {
    const edge = edges[id];
    focus = { nodes: new Set([edge.from, edge.to]), edges: new Set([id]) };
    network.setSelection({ nodes: [], edges: [id] }, { highlightEdges: false });
    show(title(edge), edge.rows, []);
    dim();
  };
  const clear = () => {
    focus = null;
    network.unselectAll();
    at("panel-title").textContent = words.evidence;
    at("close").hidden = true;
    at("panel-body").replaceChildren(make("p", words.hint, "hint"));
    dim();
  };
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) selectActor(node);
    else if (edge !== undefined) selectEdge(edge);
    else clear();
  });
  at("close").addEventListener("click", clear);
  addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });

  // ---- the tip under the pointer
  const tip = at("tip");
  const hover = (heading, numbers, { pointer }) => {
    tip.replaceChildren(make("b", heading));
    for (const number of numbers.slice(0, 2)) tip.append(make("p", short(statements[number].sentence, 190)));
    if (numbers.length > 2) tip.append(make("p", `+ ${numbers.length - 2} ${words.more}`, "hint"));
    tip.hidden = false;
    const { x, y } = pointer.DOM, width = box.clientWidth, height = box.clientHeight;
    tip.style.left = `${Math.max(6, Math.min(x + 16, width - tip.offsetWidth - 10))}px`;
    tip.style.top = `${Math.max(6, y + 18 + tip.offsetHeight > height ? y - tip.offsetHeight - 14 : y + 18)}px`;
  };
  network.on("hoverNode", (event) =>
    hover(actor.get(event.node).label, newestFirst(edgesOf.get(event.node).flatMap((edge) => edge.rows)), event));
  network.on("hoverEdge", (event) => hover(title(edges[event.edge]), edges[event.edge].rows, event));
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom", "click"]) network.on(name, () => { tip.hidden = true; });

  // ---- search, table, zoom
  const lines = [...at("rows").rows], lower = lines.map((line) => line.textContent.toLowerCase());
  const search = at("search");
  const find = (text) => byDegree.find((node) => [node.label, ...node.names].some((name) => name.toLowerCase() === text))
    || byDegree.find((node) => [node.label, ...node.names].some((name) => name.toLowerCase().includes(text)));
  const look = (go) => {
    const text = search.value.trim().toLowerCase();
    let left = 0;
    lines.forEach((line, number) => { line.hidden = !lower[number].includes(text); left += !line.hidden; });
    at("no-match").hidden = left > 0 || !lines.length;
    const exact = text && nodes.some((node) => node.label.toLowerCase() === text);
    const found = text && (go || exact) && find(text);
    if (found) {
      selectActor(found.id);
      fit(focus.nodes);
    } else if (!text && focus) clear();
  };
  search.addEventListener("input", () => look(false));
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") look(true); });
  at("rows").addEventListener("click", ({ target }) => {
    if (!target.classList.contains("relation")) return;
    selectEdge(edgeOfRow.get(Number(target.closest("tr").dataset.row)).id);
    scrollTo({ top: 0 });
    at("panel-body").focus({ preventScroll: true });
  });
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
  at("zoom-in").addEventListener("click", () => zoom(1.3));
  at("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  at("fit").addEventListener("click", () => fit());
})();
