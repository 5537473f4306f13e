// When: a histogram of the statements that the other filters leave, with two handles and play.
kg.timeline = (() => {
  const SVG = "http://www.w3.org/2000/svg", WIDE = 1000, HIGH = 40, MOST = 80;
  const box = kg.at("bars"), handles = [kg.at("handle-from"), kg.at("handle-to")];
  let bins = [], timer = 0, shown = "";

  // each day with its number of statements, in order; a server counts, by day or by month
  const told = (mask) => {
    const found = new Map(), days = kg.data[kg.state.by];
    if (kg.source.served) Object.entries(kg.data.raw.days || {}).forEach(([day, count]) => found.set(kg.day(day), count));
    else days.forEach((day, row) => { if (!Number.isNaN(day) && (!mask || mask[row])) found.set(day, (found.get(day) || 0) + 1); });
    return [...found].sort((a, b) => a[0] - b[0]);
  };

  // Bins of a day, week, month or year, whatever gives about MOST of them. What lies far off (a history lesson in a
  // report of today) must not squeeze the rest: the outermost fiftieths are counted in the first and the last bin, and
  // an empty stretch that is longer than all the rest together is one bin.
  const make = (all = told()) => {
    const total = all.reduce((sum, [, count]) => sum + count, 0);
    if (all.length < 2) return [];
    const upTo = (share) => { let seen = 0; return all.find(([, count]) => { seen += count; return seen >= share * total; })[0]; };
    const [low, high] = [upTo(0.02), upTo(0.98)], wide = all.at(-1)[0] - all[0][0] > 4 * Math.max(high - low, 20);
    const days = all.map(([day]) => day).filter((day) => low === high || !wide || (day >= low && day <= high));
    const monthly = Object.keys(kg.data.raw.days || {}).some((day) => day.length < 10), least = monthly ? 30 : 1;
    const gaps = days.slice(1).map((day, at) => [days[at], day]).sort((a, b) => b[1] - b[0] - a[1] + a[0]), folded = [];
    let span = days.at(-1) - days[0];
    for (const [end, start] of gaps) {
      const rest = span - start + end; // single days would be left without anything between them
      if (span < MOST * least || start - end <= rest || rest < 7 * least) break;
      folded.push(end, start);
      span = rest;
    }
    const unit = span < MOST && !monthly ? 1 : span < MOST * 7 && !monthly ? 7 : span < MOST * 30 ? 30 : 365;
    return cut([days[0], ...folded.sort((a, b) => a - b), days.at(-1)], unit);
  };
  // bins of `unit` days over each stretch from `ends[n]` to `ends[n + 1]`, and one for what lies between two stretches
  const cut = (ends, unit) => {
    const found = [];
    for (let n = 0; n < ends.length; n += 2) {
      const begin = new Date(ends[n] * 864e5), year = begin.getUTCFullYear(), month = begin.getUTCMonth();
      const at = (k) => (unit === 365 ? Date.UTC(year + k, 0, 1) : unit === 30 ? Date.UTC(year, month + k, 1) : (ends[n] + k * unit) * 864e5) / 864e5;
      if (n) found.push({ from: found.at(-1).to + 1, to: at(0) - 1, count: 0, empty: true });
      for (let k = 0; at(k) <= ends[n + 1] && k < 400; k++) found.push({ from: at(k), to: at(k + 1) - 1, count: 0 });
      found.at(-1).to = Math.max(found.at(-1).to, ends[n + 1]);
    }
    return found;
  };

  const fill = (bins, days) => {
    bins.forEach((bin) => { bin.count = 0; });
    for (const [day, count] of bins.length ? days : []) {
      let low = 0, high = bins.length - 1;
      while (low < high) { const middle = (low + high + 1) >> 1; if (bins[middle].from <= day) low = middle; else high = middle - 1; }
      bins[low].count += count;
    }
  };

  // the chosen bins; the ends are open
  const chosen = () => {
    const { from, to } = kg.state, [a, b] = [from ? kg.day(from) : -Infinity, to ? kg.day(to) : Infinity];
    let low = bins.findIndex((bin) => bin.to >= a), high = bins.findLastIndex((bin) => bin.from <= b);
    if (low < 0) low = bins.length - 1;
    if (high < 0) high = 0;
    return [low, Math.max(low, high)];
  };
  const set = (low, high) => kg.go({ from: low <= 0 ? "" : kg.date(bins[low].from),
    to: high >= bins.length - 1 ? "" : kg.date(bins[high].to) });

  const text = (at, end) => {
    const set = kg.state[end ? "to" : "from"]; // by another histogram it may lie within a bin
    return set || `${kg.date(end ? bins[at].to : bins[at].from)} ${kg.t(end ? "later" : "earlier")}`;
  };

  const show = () => {
    if (shown !== kg.state.by || kg.data.raw !== bins.raw) { bins = make(); bins.raw = kg.data.raw; shown = kg.state.by; }
    kg.at("timeline").hidden = bins.length < 2;
    if (bins.length < 2) return;
    fill(bins, told(kg.beforeDates));
    const [low, high] = chosen(), most = Math.max(1, ...bins.map(({ count }) => count)), width = WIDE / bins.length;
    box.replaceChildren(...bins.map(({ from, to, count, empty }, at) => {
      const [bar, tip] = ["rect", "title"].map((name) => document.createElementNS(SVG, name)), tall = empty ? HIGH : count ? Math.max(1.5, (count / most) * HIGH) : 0;
      for (const [name, value] of Object.entries({ x: at * width + width * 0.08, y: HIGH - tall, width: width * 0.84, height: tall,
        class: empty ? "gap" : at >= low && at <= high ? "in" : "out" })) bar.setAttribute(name, value);
      tip.textContent = `${[...new Set([from, to])].map(kg.date).join(" – ")}: ${kg.count(count, "statements")}`;
      bar.append(tip);
      return bar;
    }));
    handles.forEach((handle, end) => {
      const at = end ? high : low;
      handle.style.left = `${((at + end) / bins.length) * 100}%`;
      for (const [name, value] of Object.entries({ valuemin: 0, valuemax: bins.length - 1, valuenow: at, valuetext: text(at, end), label: kg.t(end ? "to" : "from") }))
        handle.setAttribute(`aria-${name}`, value);
    });
    kg.at("span").textContent = `${text(low, 0)} – ${text(high, 1)}`;
    const hidden = !kg.source.served && (kg.state.from || kg.state.to) ? kg.beforeDates.reduce((sum, on, row) => sum + (on && Number.isNaN(kg.data[kg.state.by][row])), 0) : 0;
    kg.at("undated").textContent = hidden ? kg.t("undated", { n: kg.number(hidden) }) : "";
    kg.at("play").textContent = timer ? "❚❚" : "▶";
    kg.at("play").setAttribute("aria-label", kg.t(timer ? "pause" : "play"));
  };

  const move = (end, at) => {
    const [low, high] = chosen();
    if (end) set(low, Math.max(low, Math.min(bins.length - 1, at)));
    else set(Math.min(high, Math.max(0, at)), high);
  };
  handles.forEach((handle, end) => {
    handle.addEventListener("keydown", (event) => {
      const now = chosen()[end], page = Math.max(2, Math.round(bins.length / 10));
      const to = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, Home: 0,
        End: bins.length - 1, PageUp: now + page, PageDown: now - page }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      move(end, to);
    });
    handle.addEventListener("pointerdown", (event) => { handle.setPointerCapture(event.pointerId); event.preventDefault(); handle.focus(); });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const { left, width } = box.getBoundingClientRect(), at = Math.round(((event.clientX - left) / width) * bins.length) - end;
      if (at !== chosen()[end]) requestAnimationFrame(() => move(end, at));
    });
  });

  const stop = () => { clearInterval(timer); timer = 0; };
  // the window goes from the beginning to the end; a full one becomes a tenth
  const play = () => {
    if (timer) { stop(); show(); return; }
    let [low, high] = chosen();
    const size = high - low + 1 >= bins.length ? Math.max(1, Math.round(bins.length / 10)) : high - low + 1;
    if (high >= bins.length - 1) low = -1;
    const span = () => kg.state.by + kg.state.from + kg.state.to;
    let before = span();
    timer = setInterval(() => {
      low += 1;
      if (low + size > bins.length || span() !== before) { stop(); show(); return; } // another hand has set the dates
      set(Math.max(low, 0), low + size - 1);
      before = span();
    }, 700);
    show();
  };
  kg.at("play").addEventListener("click", play);
  kg.at("by").addEventListener("change", ({ target }) => kg.go({ by: target.value, from: "", to: "" }));
  return { show, stop, bins: make, fill };
})();
