"use strict";
const $ = (id) => document.getElementById(id);
const make = (name, text) => { const node = document.createElement(name); if (text !== undefined) node.textContent = text; return node; };
const SVG = "http://www.w3.org/2000/svg";
const draw = (name, attributes, text) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
};
const MOST = 2000, DRAWN = 150;
let queries = [], answer = { columns: [], rows: [] };

function say(text, error) { $("status").textContent = text; $("status").className = error ? "error" : ""; }
function shortened(value) { const at = Math.max(value.lastIndexOf("/"), value.lastIndexOf("#")); return /^https?:/.test(value) && at > 7 ? decode(value.slice(at + 1)) || value : value; }
function decode(text) { try { return decodeURIComponent(text); } catch { return text; } }

// N-Triples, of which a CONSTRUCT's answer is asked for, one triple a line.
function triples(text) {
  const term = '(<[^>]*>|_:\\S+|"(?:[^"\\\\]|\\\\.)*"(?:@[\\w-]+|\\^\\^<[^>]*>)?)';
  const line = new RegExp("^" + [term, term, term].join("\\s+") + "\\s*\\.$");
  const plain = (found) => found[0] === "<" ? found.slice(1, -1) : found[0] === '"' ? found.slice(1, found.lastIndexOf('"')) : found;
  return text.split("\n").map((row) => line.exec(row)).filter(Boolean).map((found) => found.slice(1).map(plain));
}

async function read(response) {
  const type = response.headers.get("content-type") || "";
  if (!response.ok) throw new Error((await response.text()).trim());
  if (type.includes("n-triples")) return { columns: ["subject", "predicate", "object"], rows: triples(await response.text()) };
  const found = await response.json();
  if (typeof found.boolean === "boolean") return { columns: ["answer"], rows: [[found.boolean ? "yes" : "no"]] };
  const columns = found.head.vars;
  return { columns, rows: found.results.bindings.map((row) => columns.map((name) => row[name] ? row[name].value : "")) };
}

async function run(event) {
  if (event) event.preventDefault();
  say("asking …");
  const started = performance.now();
  try {
    const response = await fetch("/sparql", { method: "POST", body: new URLSearchParams({ query: $("query").value }),
      headers: { Accept: "application/sparql-results+json, application/n-triples;q=0.9" } });
    answer = await read(response);
    say(`${answer.rows.length} rows, ${Math.round(performance.now() - started)} ms` + (answer.rows.length > MOST ? `; the first ${MOST} are shown` : ""));
  } catch (error) { answer = { columns: [], rows: [] }; say(error.message, true); }
  show();
}

// A question in words: its answer above, its rows below, and the SPARQL that ran in its place, to go on from.
async function words(event) {
  event.preventDefault();
  const told = (text, error) => { $("told").textContent = text; $("told").className = error ? "error" : ""; };
  told("asking …");
  try {
    const response = await fetch("/ask?" + new URLSearchParams({ q: $("question").value }));
    if (!response.ok) throw new Error((await response.text()).trim());
    const found = await response.json();
    answer = { columns: found.columns, rows: found.rows.map((row) => found.columns.map((name) => row[name])) };
    told([found.answer, `(${found.understood})`, ...found.notes].join(" "));
    $("query").value = found.sparql;
    say(`${answer.rows.length} rows`);
  } catch (error) { answer = { columns: [], rows: [] }; told(error.message, true); say(""); }
  show();
}

function show() {
  const asGraph = $("as-graph").getAttribute("aria-pressed") === "true";
  $("table").hidden = asGraph;
  $("graph").hidden = !asGraph;
  (asGraph ? graph : table)();
}

function table() {
  const made = make("table"), head = made.createTHead().insertRow(), body = made.createTBody();
  for (const name of answer.columns) { const cell = make("th", name); cell.scope = "col"; head.append(cell); }
  for (const row of answer.rows.slice(0, MOST)) {
    const line = body.insertRow();
    for (const value of row) {
      const cell = line.insertCell();
      if (/^https?:\/\//.test(value)) { const link = make("a", shortened(value)); link.href = value; link.title = value; link.rel = "noreferrer"; cell.append(link); }
      else cell.textContent = value;
    }
  }
  $("table").replaceChildren(answer.columns.length ? made : "");
}

// Which columns are the two ends of a line: those named so, or the first and the last of a few.
function ends() {
  const named = ["subject", "object"].map((name) => answer.columns.indexOf(name));
  if (named.every((at) => at >= 0)) return [...named, Math.max(answer.columns.indexOf("relation"), answer.columns.indexOf("predicate"))];
  return [0, Math.min(1, answer.columns.length - 1), -1];
}

function graph() {
  const [from, to, by] = ends(), nodes = new Map(), lines = [];
  const node = (value) => { if (!nodes.has(value) && nodes.size < DRAWN) nodes.set(value, { value, x: 0, y: 0 }); return nodes.get(value); };
  for (const row of answer.rows) {
    if (from === to || !row[from] || !row[to]) continue;
    const a = node(row[from]), b = node(row[to]);
    if (a && b) lines.push({ a, b, text: by >= 0 ? shortened(row[by]) : "" });
  }
  place([...nodes.values()], lines);
  const picture = draw("svg", { viewBox: "-500 -300 1000 600", role: "img" });
  picture.append(draw("title", {}, `${nodes.size} nodes, ${lines.length} lines`));
  for (const { a, b, text } of lines) {
    picture.append(draw("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y }));
    if (text) picture.append(draw("text", { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, text));
  }
  for (const { value, x, y } of nodes.values()) {
    picture.append(draw("circle", { cx: x, cy: y, r: 5 }), draw("text", { x: x + 8, y: y + 4 }, shortened(value).slice(0, 40)));
  }
  $("graph").replaceChildren(nodes.size ? picture : "Nothing to draw: two columns of names, or a CONSTRUCT, make a graph.");
}

// Nodes push each other away and lines pull; the start is a spiral, so that the same answer gives the same picture.
function place(nodes, lines) {
  nodes.forEach((node, at) => { const r = 20 * Math.sqrt(at + 1); node.x = r * Math.cos(at * 2.4); node.y = r * Math.sin(at * 2.4) * 0.6; });
  for (let step = 0; step < 150; step += 1) {
    const heat = 20 * (1 - step / 150);
    for (const node of nodes) { node.dx = -node.x * 0.01; node.dy = -node.y * 0.02; }
    for (const a of nodes) for (const b of nodes) {
      if (a === b) continue;
      const dx = a.x - b.x, dy = a.y - b.y, push = 2500 / (dx * dx + dy * dy + 1);
      a.dx += dx * push * 0.05; a.dy += dy * push * 0.05;
    }
    for (const { a, b } of lines) {
      const dx = (b.x - a.x) * 0.02, dy = (b.y - a.y) * 0.02;
      a.dx += dx; a.dy += dy; b.dx -= dx; b.dy -= dy;
    }
    for (const node of nodes) {
      const size = Math.hypot(node.dx, node.dy) || 1, move = Math.min(size, heat) / size;
      node.x = Math.max(-480, Math.min(420, node.x + node.dx * move));
      node.y = Math.max(-285, Math.min(285, node.y + node.dy * move));
    }
  }
}

// A string of SPARQL: what a person types ends inside its quotes.
const quoted = (text) => '"' + text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r") + '"';

function fill() {
  const query = queries.find((one) => one.name === $("named").value);
  if (!query) return;
  let text = query.sparql;
  for (const input of $("parameters").querySelectorAll("input")) {
    if (input.value) text = text.replace(new RegExp(`VALUES \\?${input.name} \\{ (?:UNDEF|"[^"]*") \\}`, "g"), () => `VALUES ?${input.name} { ${quoted(input.value)} }`);
  }
  $("query").value = text;
}

function choose() {
  const query = queries.find((one) => one.name === $("named").value);
  $("parameters").replaceChildren(...Object.entries(query ? query.parameters : {}).map(([name, meaning]) => {
    const label = make("label", name + " "), input = make("input");
    input.name = name; input.title = meaning; input.size = 14;
    input.addEventListener("input", fill);
    label.append(input);
    return label;
  }));
  fill();
  if (query) run();
}

for (const [id, other] of [["as-table", "as-graph"], ["as-graph", "as-table"]]) {
  $(id).addEventListener("click", () => { $(id).setAttribute("aria-pressed", "true"); $(other).setAttribute("aria-pressed", "false"); show(); });
}
$("ask").addEventListener("submit", run);
$("words").addEventListener("submit", words);
$("named").addEventListener("change", choose);
fetch("/queries").then((response) => response.json()).then((found) => {
  queries = found;
  for (const query of queries) { const option = make("option", query.titles.en); option.value = query.name; $("named").append(option); }
}).catch(() => say("the named queries cannot be read", true));
