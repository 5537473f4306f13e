// What can be done, and what follows from it: state → address, filters → scene → drawing, panel, table, timeline.
kg.refresh = ({ filter, draw, light, fit }) => {
  if (filter) kg.filters.run();
  if (filter || draw) kg.build();
  const left = kg.reading.show();
  kg.tools.status();
  if (kg.state.page) { kg.timeline.stop(); return; }
  if (filter || draw || left) {
    kg.drawing.draw(fit || left);
    kg.legend.show();
  } else if (light) kg.drawing.light();
  if (filter || left) kg.timeline.show();
  if (filter || left) kg.table.show();
  kg.panel.show();
};

// Changes the state by `patch` and shows what follows; `step` makes an entry in the browser's history.
kg.go = async (patch, step = false) => {
  const before = kg.state, { data } = kg;
  kg.state = { ...before, ...patch };
  // who reads only one language's sentences goes on so in the other
  const { language } = before.only;
  if (before.lang !== kg.state.lang && language.size === 1 && language.has(before.lang))
    kg.state.only = { ...kg.state.only, language: new Set([kg.state.lang]) };
  kg.write(step);
  if (!await kg.source.prepare(kg.state)) return;
  const changed = (...keys) => keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(kg.state[key]));
  const facets = ["off", "only"].some((kind) => kg.FACETS.some((facet) => before[kind][facet] !== kg.state[kind][facet]));
  const fetched = data !== kg.data; // the server was asked
  const filter = facets || changed("text", "from", "to", "by", "confidence", "lang") || fetched;
  const moved = changed("focus", "steps", "path", "page", "about", "since");
  if (changed("lang", "theme")) kg.tools.dress();
  kg.refresh({ filter, draw: moved || changed("theme"), light: changed("select"), fit: moved || (filter && kg.scene.kind !== "whole") });
  if (filter) kg.facets.show();
};
kg.select = (actor) => kg.go({ select: [kg.data.ids[actor]] });
kg.selectPair = (a, b) => kg.go({ select: [kg.data.ids[a], kg.data.ids[b]] });
kg.selectLine = ({ from, to, relation }) => kg.go({ select: [kg.data.ids[from], kg.data.ids[to], ...(relation ? [relation] : [])] });
kg.selectRow = (at) => {
  const { from, to, relation } = kg.row(at), seen = !kg.state.page && kg.scene.lines.some((line) => line.rows.includes(at));
  const select = [kg.data.ids[from], kg.data.ids[to], relation];
  return kg.go(seen ? { select } : { select, focus: kg.data.ids[from], steps: 1, path: [], page: "", about: [] }, !seen);
};
kg.focusId = (id, steps = kg.state.steps) => kg.go({ focus: id, steps, path: [], select: [id], page: "", about: [] }, true);
// opens a page about actors, by their ids
kg.open = (page, about = [], more = {}) => kg.go({ page, about, ...more }, true);
// from a page to the sentences of a pair, or of a relation of it, in the network
kg.openPair = (a, b, ...relation) => kg.go({ page: "", about: [], focus: kg.data.ids[a], steps: 1, path: [], select: [kg.data.ids[a], kg.data.ids[b], ...relation] }, true);
kg.focus = (actor, steps) => kg.focusId(kg.data.ids[actor], steps);
kg.clear = () => kg.go({ select: kg.state.focus ? [kg.state.focus] : [] });
// one step back: from a selection, then from a focus or path
kg.back = () => {
  const { select, focus, path, page } = kg.state;
  if (page) return kg.go({ page: "", about: [] }, true);
  if (select.length && !(select.length === 1 && select[0] === focus)) return kg.clear();
  if (focus || path.length) { kg.at("search").value = ""; return kg.go({ focus: "", path: [], select: [] }, true); }
  return kg.at("network").focus({ preventScroll: true });
};

kg.start = async () => {
  document.body.classList.toggle("filters", innerWidth >= 1400);
  kg.at("toggle-filters").setAttribute("aria-expanded", String(innerWidth >= 1400));
  kg.state = kg.fromHash(location.hash.slice(1));
  const block = kg.read("kg-data");
  if (!kg.settings.served) kg.use(await kg.unpack(block));
  else if (!await kg.source.prepare(kg.state)) return;
  kg.tools.dress();
  kg.filters.run();
  kg.build();
  kg.reading.show();
  if (!kg.state.page) {
    kg.drawing.draw(true);
    kg.legend.show();
  }
  kg.tools.status();
  // the picture first: it is drawn in the next frame, and seen once that frame is over
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
    kg.facets.show();
    if (!kg.state.page) {
      kg.timeline.show();
      kg.table.show();
      kg.panel.show();
    }
    document.body.dataset.ready = "yes";
  })));
};
addEventListener("hashchange", async () => {
  if (location.hash.slice(1) === kg.toHash(kg.state)) return;
  kg.state = kg.fromHash(location.hash.slice(1));
  if (!await kg.source.prepare(kg.state)) return;
  kg.tools.dress();
  kg.refresh({ filter: true, fit: true });
  kg.facets.show();
});
kg.start().catch((error) => { kg.at("status").textContent = error.message; throw error; });
