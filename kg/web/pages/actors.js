"use strict";
const $ = (id) => document.getElementById(id);
const make = (name, ...inside) => { const node = document.createElement(name); node.append(...inside); return node; };
const set = (node, given) => { for (const [key, value] of Object.entries(given)) node[key] = value; return node; };
const lang = document.documentElement.lang, writing = document.body.dataset.writing;
const words = JSON.parse($("words").textContent)[lang];
const t = (key, values = {}) => words[key].replace(/\{(\w)\}/g, (_, name) => values[name]);
const last = (iri) => { const end = iri.slice(iri.lastIndexOf("/") + 1); try { return decodeURIComponent(end); } catch { return end; } };
const button = (text, act, className = "") => { const node = set(make("button", text), { type: "button", className }); node.addEventListener("click", act); return node; };
const AT_A_TIME = 20, JUDGED = 99; // the score of what a person has said
let token = sessionStorage.getItem("kg-token") || "", mine = null;

// ---- asking, and judging

function say(text, error) { $("status").textContent = text; $("status").className = error ? "error" : ""; }
const mayWrite = () => writing === "open" || (writing === "token" && token !== "");
async function ask(path, query = {}) {
  const response = await fetch(`/actors${path}?${new URLSearchParams({ ...query, lang })}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
}
async function act(name, given) {
  const headers = { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(`/actors/${name}`, { method: "POST", headers, body: JSON.stringify(given) });
  if (response.status === 401) { sign(""); throw new Error(t("wrong_token")); }
  if (!response.ok) throw new Error((await response.text()).trim());
  const done = await response.json();
  mine = done.last || null;
  $("take-back").hidden = mine === null;
  return done;
}
// does one thing, says that it is being done and what came of it, and shows the view again
async function judge(name, given, told) {
  say(t("saving"));
  for (const node of document.querySelectorAll("button.judge")) node.disabled = true;
  try { const done = await act(name, given); answered.clear(); await show(); say(told(done)); return true; } catch (error) { say(error.message, true); return false; } finally { allow(); }
}
const undo = (number) => judge("undo", { act: number }, (done) => { mine = null; $("take-back").hidden = true; return t("was_undone", { n: done.undone.length }); });

function sign(given) {
  token = given;
  if (given) sessionStorage.setItem("kg-token", given); else sessionStorage.removeItem("kg-token");
  allow();
}
function allow() {
  $("read-only").hidden = writing !== "none";
  $("sign").hidden = writing !== "token" || token !== "";
  for (const node of document.querySelectorAll("button.judge, [data-answer=same], [data-answer=different]")) {
    node.disabled = !mayWrite();
    node.title = mayWrite() || writing === "none" ? "" : t("no_token");
  }
}

// ---- one doubtful pair at a time; answers are sent while the next is read

let pairs = [], total = 0, waiting = [], sending = null;
const skipped = new Set(), answered = new Set();
const keyOf = ({ left, right }) => JSON.stringify([left.iri, left.article, right.iri, right.article]);

async function readPairs() {
  const now = pairs.length ? keyOf(pairs[0]) : "";
  let offset = 0;
  do {
    const found = await ask("/review", { offset, limit: AT_A_TIME });
    total = found.total;
    pairs = found.pairs.filter((pair) => !skipped.has(keyOf(pair)) && !answered.has(keyOf(pair)));
    offset += AT_A_TIME;
  } while (!pairs.length && offset < total);
  pairs.sort((a, b) => (keyOf(b) === now) - (keyOf(a) === now)); // what one is looking at stays
}

function marked(sentence, name) {
  const at = sentence.indexOf(name);
  return at < 0 ? [sentence] : [sentence.slice(0, at), make("mark", name), sentence.slice(at + name.length)];
}
function article(about) {
  const link = make("a", about.headline || about.id || t("untitled"));
  if (/^https?:\/\//.test(about.url)) set(link, { href: about.url, rel: "noreferrer" });
  return make("small", link, about.published ? ` ${about.published}` : "");
}
function side(of) {
  const box = set(make("article", make("h2", of.name)), { className: "side" });
  if (of.in) {
    box.append(make("p", article(of.in)));
    for (const sentence of of.in.sentences) box.append(make("blockquote", ...marked(sentence, of.name)));
    if (!of.in.sentences.length) box.append(make("p", make("small", t("no_sentence"))));
  } else if (of.known) {
    box.append(make("p", make("small", `${t("base")}: ${of.known.names.join(", ")}`)));
    if (of.known.offices.length) box.append(make("p", make("small", `${t("offices")}: ${of.known.offices.slice(0, 4).join("; ")}`)));
  }
  return box;
}
const because = ({ reason, score }) => [reason, ...(score < JUDGED ? [" (", set(make("span", t("score", { n: score })), { title: t("odds") }), ")"] : [])];
const why = (pair) => set(make("p", `${t("because")}: `, ...because(pair)), { className: "why" });
function showPair() {
  const open = total - skipped.size;
  $("answers").hidden = !pairs.length;
  $("left").textContent = pairs.length ? t("left", { n: open }) : skipped.size && total ? t("all_skipped", { n: total }) : t("none_left");
  if (!pairs.length) {
    $("pair").replaceChildren(...(skipped.size && total ? [button(t("again"), () => { skipped.clear(); show(); })] : []));
    return;
  }
  const [pair] = pairs, both = set(make("div", side(pair.left), side(pair.right)), { className: "pair" });
  $("pair").replaceChildren(both, why(pair));
}
async function answer(how) {
  if (!pairs.length || (how !== "skip" && !mayWrite())) return;
  const pair = pairs.shift();
  if (how === "skip") skipped.add(keyOf(pair));
  else { answered.add(keyOf(pair)); total -= 1; waiting.push({ left: pair.left, right: pair.right, judgement: how, pair }); }
  showPair();
  if (waiting.length) sending ||= send();
  else if (!pairs.length) await show();
}
async function send() {
  while (waiting.length) {
    const batch = waiting.splice(0);
    say(t("saving"));
    try {
      const done = await act("answer", { answers: batch.map(({ left, right, judgement }) => ({ left, right, judgement })) });
      say(t("saved", { n: done.judged }));
    } catch (error) { // they come back, to be answered again
      for (const { pair } of batch) answered.delete(keyOf(pair));
      say(error.message, true);
      break;
    }
  }
  sending = null;
  if (view() === "review") { try { await readPairs(); showPair(); } catch (error) { say(error.message, true); } }
}

// ---- actors

function table(head, rows) {
  const made = make("table"), top = made.createTHead().insertRow(), body = made.createTBody();
  head.forEach(([text, className]) => top.append(set(make("th", text), { scope: "col", className: className || "" })));
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((inside, at) => { const cell = line.insertCell(); cell.className = head[at][1] || ""; cell.append(...[inside].flat()); });
  }
  return made;
}
const linkTo = (iri, text) => set(make("a", text), { href: `#id=${encodeURIComponent(iri)}` });
let listing = 0;
async function list(offset = 0) {
  const now = ++listing, asked = { q: $("q").value.trim(), merged: $("merged").checked ? "1" : "", offset, limit: 50 };
  const found = await ask("", asked);
  if (now !== listing) return;
  const made = table([[t("actor")], [t("type"), "wide"], [t("names"), "number"], [t("articles"), "number"], [t("merges"), "number"]],
    found.actors.map((one) => [linkTo(one.iri, one.label), t(one.type), one.names, one.articles, one.merges].map((cell) => (typeof cell === "number" ? String(cell) : cell))));
  const shown = offset + found.actors.length;
  const more = shown < found.total ? [button(t("more"), () => list(shown).catch((error) => say(error.message, true)))] : [];
  const count = make("p", found.total ? t("of", { n: shown, m: found.total }) : t("nobody"));
  if (!offset) $("list").replaceChildren(...(found.total ? [made] : []), count, ...more);
  else {
    while ($("list").children.length > 1) $("list").lastChild.remove();
    $("list").firstChild.tBodies[0].append(...made.tBodies[0].rows);
    $("list").append(count, ...more);
  }
}
const tick = (value, text, extra = []) => make("label", set(make("input"), { type: "checkbox", value }), text, ...extra);
async function actor(iri) {
  const one = await ask("/actor", { id: iri }), box = $("actor");
  const explored = set(make("a", t("explore")), { href: `/explore?lang=${lang}#focus=${encodeURIComponent(one.iri)}` });
  const back = set(make("a", t("back")), { href: "#actors" });
  box.replaceChildren(make("p", back), make("h2", one.label), make("p", make("small", `${t(one.type)} · `, one.iri, " · ", explored)));
  box.append(make("h3", t("merged")), one.merges.length
    ? table([[t("names")], [t("because")], [t("articles"), "wide"]], one.merges.map((merge) => [merge.names.join(" = "),
      because(merge), merge.articles.map(last).join(", ")]))
    : make("p", t("no_merges")));
  const ticks = table([[t("names")], [t("articles"), "number"]], one.names.map(({ name, articles }) => [tick(name, name), String(articles)]));
  const told = table([[t("articles")]], one.articles.map((about) => [tick(about.id, "", [article(about)])]));
  const rest = one.total.articles - one.articles.length;
  const ticked = () => [...box.querySelectorAll("input:checked")].map((input) => input.value);
  const split = button(t("split"), () => { if (ticked().length) judge("split", { actor: one.iri, parts: ticked() }, (done) => t("was_split", { a: done.split })); else say(t("split_what"), true); }, "judge");
  box.append(make("h3", t("names")), ticks, make("h3", t("articles")), told, ...(rest > 0 ? [make("p", t("more_articles", { n: rest }))] : []), make("p", t("split_what")), make("p", split));
  const other = set(make("input"), { id: "with", autocomplete: "off", required: true }), options = set(make("datalist"), { id: "known" });
  other.setAttribute("list", "known");
  other.addEventListener("input", async () => {
    const found = await ask("", { q: other.value.trim(), limit: 12 }).catch(() => ({ actors: [] }));
    options.replaceChildren(...found.actors.filter(({ iri: its, type }) => its !== one.iri && type === one.type).map(({ iri: its, label }) => set(make("option", label), { value: its })));
  });
  const merge = make("form", make("label", `${t("is_same")} `, other, options), set(make("button", t("merge_do")), { type: "submit", className: "judge" }));
  merge.addEventListener("submit", (event) => { event.preventDefault(); if (mayWrite()) judge("merge", { actors: [one.iri, other.value.trim()] }, (done) => t("was_merged", { a: done.merged[0], b: done.merged[1] })); });
  box.append(make("h3", t("merge")), merge);
}

// ---- judgements

async function judgements() {
  const found = await ask("/judgements"), end = ({ iri, article: of }) => last(iri) + (of ? ` ${t("in", { a: last(of) })}` : "");
  if (!found.judgements.length) { $("judged").replaceChildren(make("p", t("nothing_judged"))); return; }
  $("judged").replaceChildren(make("p", button(t("undo"), () => undo(found.last), "judge")),
    table([[t("act"), "number"], [t("verdict")], [t("one")], [t("another")]],
      found.judgements.map((one) => [String(one.act), t(one.judgement), end(one.left), end(one.right)])));
}

// ---- what is looked at is in the address after #

const view = () => { const at = location.hash.slice(1); return at.startsWith("id=") ? "actor" : ["actors", "judged"].includes(at) ? at : at === "judgements" ? "judged" : "review"; };
const SHOW = { review: async () => { await readPairs(); showPair(); }, actors: () => list(), actor: () => actor(new URLSearchParams(location.hash.slice(1)).get("id")), judged: judgements };
let turn = 0;
async function show() {
  const now = view(), mineNow = ++turn;
  for (const node of document.querySelectorAll("section")) node.hidden = node.id !== now;
  for (const node of document.querySelectorAll("[data-view]")) node.setAttribute("aria-pressed", String(node.dataset.view === now));
  say(t("loading"));
  try { await SHOW[now](); if (mineNow === turn) say(""); } catch (error) { if (mineNow === turn) { $(now).hidden = now === "actor"; say(error.message, true); } }
  allow();
}

document.title = `kg: ${t("title")}`;
for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
for (const node of document.querySelectorAll("[data-answer]")) {
  node.append(t(node.dataset.answer), make("kbd", node.getAttribute("aria-keyshortcuts")));
  node.addEventListener("click", () => answer(node.dataset.answer));
}
$("take-back").append(t("take_back"), make("kbd", "u"));
$("take-back").addEventListener("click", takeBack);
async function takeBack() { if (sending) await sending; if (mine !== null) await undo(mine); }
for (const node of document.querySelectorAll("[data-view]")) node.addEventListener("click", () => { if (location.hash.slice(1) === node.dataset.view) show(); else location.hash = node.dataset.view; });
$("other").textContent = t("other");
$("other").lang = lang === "en" ? "id" : "en";
const leave = () => { $("other").href = `/actors?lang=${$("other").lang}${location.hash}`; };
$("sign").addEventListener("submit", (event) => { event.preventDefault(); sign($("token").value.trim()); $("token").value = ""; if (token) say(t("signed")); });
$("find").addEventListener("submit", (event) => event.preventDefault());
let pause = 0;
for (const id of ["q", "merged"]) $(id).addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(() => list().catch((error) => say(error.message, true)), 200); });
// what was looked at before says nothing of how things are now
addEventListener("hashchange", () => { for (const id of ["actor", "judged"]) $(id).replaceChildren(); leave(); show(); });
addEventListener("keydown", (event) => {
  if (view() !== "review" || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.matches("input, select, textarea")) return;
  const how = { y: "same", n: "different", s: "skip" }[event.key.toLowerCase()];
  if (how) answer(how);
  else if (event.key.toLowerCase() === "u") takeBack();
});
leave();
show();
