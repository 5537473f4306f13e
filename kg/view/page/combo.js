// A field that suggests what `find` finds, actors by any of their names in either language where none is given: arrows,
// Enter, Escape, or the pointer. What is found is under the name of its `group`, and does `act` where it has one.
kg.combo = (input, list, pick, find = (text) => kg.source.suggest(text)) => {
  let found = [], active = -1, asked = 0, of = ""; // the text that `found` is the answer to

  const close = () => {
    asked++; // a late answer must not open the list again
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const light = (at) => {
    active = at;
    const options = [...list.querySelectorAll("[role=option]")], option = options[at];
    options.forEach((each, number) => each.setAttribute("aria-selected", String(number === at)));
    if (!option) return;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const choose = (at) => {
    const chosen = found[at];
    close();
    if (!chosen) return;
    input.value = chosen.act ? "" : chosen.name;
    (chosen.act || pick)(chosen);
  };
  const option = (each, at) => {
    const item = kg.make("li");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    const name = kg.make(each.act ? "span" : "b", kg.short(each.name, each.act ? 140 : 60), each.act ? "name" : "");
    if (each.lang) name.lang = each.lang;
    item.append(name);
    if (each.alias) item.append(kg.make("span", ` ${kg.short(each.alias, 50)}`));
    item.append(kg.make("small", each.act ? each.hint : `${kg.t(each.type)} · ${kg.number(each.count)}`));
    item.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the keyboard
    item.addEventListener("click", () => choose(at)); // not at the first touch, which may scroll the list
    return item;
  };
  const suggest = async () => {
    const turn = ++asked, text = input.value.trim();
    let answer = [], trouble = "";
    try { answer = await find(text); } catch (error) { // a server that does not answer is told where its answer would be
      if (!kg.source.served) throw error;
      trouble = error.message;
    }
    if (turn !== asked) return;
    [found, of] = [answer, text];
    list.replaceChildren(...found.flatMap((each, at) => {
      const made = option(each, at);
      if (!each.group || each.group === found[at - 1]?.group) return [made];
      const head = kg.make("li", kg.t(each.group), "group");
      head.setAttribute("role", "presentation");
      return [head, made];
    }));
    if (!found.length && text) list.append(kg.make("li", trouble || kg.t("nothing"), "none"));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
  };
  input.addEventListener("input", () => (input.value.trim() ? suggest() : close()));
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing) return; // Enter and arrows are the input method's
    if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); close(); return; }
    if (event.key === "Enter") {
      event.preventDefault();
      if (list.hidden || of !== input.value.trim()) await suggest();
      if (of === input.value.trim()) choose(Math.max(active, 0)); // never what an earlier text found
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) await suggest();
    if (found.length) light((event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) + found.length - 1) % found.length);
  });
  input.addEventListener("blur", () => setTimeout(close, 120));
  return { close };
};

// Who has the text as a code or id (TR, TUR, Q43, an IRI) comes first, then names that begin with it, then words that do,
// then any; the best connected first among equals.
kg.findActors = (text, most = 12) => {
  const wanted = kg.fold(text.trim()), ranks = [[], [], []];
  if (!wanted) return [];
  const shown = (actor, alias) => ({ id: kg.data.ids[actor], name: kg.name(actor), type: kg.data.types[actor],
    count: kg.data.degree[actor], alias });
  const meant = (actor) => kg.data.ids[actor] === text.trim() || kg.data.raw.codes?.[actor]?.some((code) => kg.fold(code) === wanted);
  const first = kg.data.byDegree.filter(meant);
  for (const actor of kg.data.byDegree) {
    let best = 3, by = "";
    for (const name of kg.aliases(actor)) {
      const folded = kg.fold(name), at = folded.indexOf(wanted);
      if (at < 0) continue;
      const rank = at === 0 ? 0 : /[\s\-(]/.test(folded[at - 1]) ? 1 : 2;
      if (rank < best) [best, by] = [rank, name];
    }
    if (best < 3 && !first.includes(actor)) ranks[best].push(shown(actor, by === kg.name(actor) ? "" : by));
    if (ranks[0].length >= most) break;
  }
  return [first.map((actor) => shown(actor, "")), ...ranks].flat().slice(0, most);
};
