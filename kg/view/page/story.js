// A story: statements and pictures in an order, with a title and notes; kept by the browser where it keeps anything.
kg.story = (() => {
  const key = `kg-story ${kg.settings.title}`, LONGEST = 5000, MOST = 500;
  const fresh = () => ({ title: "", intro: "", items: [] });
  const text = (value, most = LONGEST) => (typeof value === "string" ? value.slice(0, most) : "");
  const FIELDS = ["subject", "object", "relation", "relationKey", "subjectIri", "objectIri", "factuality", "date", "place", "source", "office", "language", "headline", "url", "publisher", "published", "article", "event"];
  // whatever was read, from a file or the browser: only what a story has
  const checked = (given) => ({ title: text(given?.title, 300), intro: text(given?.intro), items: (Array.isArray(given?.items) ? given.items : []).slice(0, MOST).map((item) => {
    if (item?.kind === "picture") return { kind: "picture", picture: Array.isArray(item.picture) ? item.picture : [], caption: text(item.caption, 300), note: text(item.note) };
    return { kind: "statement", ...Object.fromEntries(FIELDS.map((name) => [name, text(item?.[name])])), sentences: (Array.isArray(item?.sentences) ? item.sentences : []).slice(0, 20).map((one) => text(one)),
      confidence: typeof item?.confidence === "number" ? item.confidence : null, note: text(item?.note) };
  }) });
  const stored = () => { try { return checked(JSON.parse(localStorage.getItem(key))); } catch { return fresh(); } }; // a notebook's frame has no storage
  let story = stored(), safe = true;

  const told = () => { kg.at("story").textContent = kg.t("story") + (story.items.length ? ` (${kg.number(story.items.length)})` : ""); };
  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify(story)); safe = true; } catch { safe = false; }
    told();
  };
  // another tab of this page has the same story
  addEventListener("storage", (event) => {
    if (event.key !== key && event.key !== null) return;
    story = stored();
    told();
    if (kg.state.page === "story") kg.reading.show();
  });
  const change = (items) => { story = { ...story, items }; keep(); if (kg.state.page === "story") kg.reading.show(); };
  const same = (one, other) => one.kind === "statement" && (one.event ? one.event === other.event : ["subjectIri", "objectIri", "relationKey", "article"].every((name) => one[name] === other[name]) && one.sentences[0] === other.sentences[0]);
  const adder = (at) => {
    const row = kg.cite.record(at), has = () => story.items.some((item) => same(item, row));
    const button = kg.button("", () => {
      change(has() ? story.items.filter((item) => !same(item, row)) : [...story.items, { kind: "statement", ...row, note: "" }]);
      dress();
      kg.say(kg.count(story.items.length, "items"));
      if (!safe && has()) kg.at("status").textContent = kg.t("story_lost");
    });
    const dress = () => { button.textContent = kg.t(has() ? "in_story" : "to_story"); button.setAttribute("aria-pressed", String(has())); };
    dress();
    return button;
  };
  // the network as it is seen, for white paper
  const addPicture = () => {
    const { dataset } = document.documentElement, { theme } = dataset;
    dataset.theme = "light";
    const picture = kg.storyFile.tree(kg.picture());
    dataset.theme = theme;
    change([...story.items, { kind: "picture", picture, caption: [kg.at("around").textContent, kg.at("status").textContent].filter(Boolean).join(" · "), note: "" }]);
    kg.open("story");
  };

  const field = (tag, label, value, write) => {
    const made = kg.make(tag);
    made.value = value;
    made.placeholder = label;
    made.setAttribute("aria-label", label);
    if (tag === "textarea") made.rows = 2; else made.type = "text";
    made.addEventListener("input", () => { write(made.value); keep(); });
    return made;
  };
  const block = (item, at) => {
    const made = kg.make("div", "", "item"), bar = kg.make("p", "", "acts");
    const move = (to) => { const items = [...story.items]; items.splice(to, 0, items.splice(at, 1)[0]); change(items); };
    const up = kg.button("↑", () => move(at - 1)), down = kg.button("↓", () => move(at + 1));
    up.setAttribute("aria-label", kg.t("up"));
    down.setAttribute("aria-label", kg.t("down"));
    [up.disabled, down.disabled] = [at === 0, at === story.items.length - 1];
    bar.append(up, down, kg.button(kg.t("remove"), () => change(story.items.filter((_, number) => number !== at))));
    made.append(field("textarea", kg.t("note"), item.note, (value) => { item.note = value; }), kg.storyFile.figure(item, document), bar);
    return made;
  };
  kg.pages.story = () => {
    const tools = kg.make("p", "", "tools"), file = kg.make("input"), open = kg.make("label", kg.t("open_story"), "file");
    file.type = "file";
    file.accept = ".html,text/html";
    file.className = "unseen";
    file.addEventListener("change", async () => {
      const found = file.files[0] && kg.storyFile.read(await file.files[0].text());
      if (!found) { kg.at("reading-note").textContent = kg.t("no_story"); return; }
      if (story.items.length && !confirm(kg.t("replace_sure"))) { file.value = ""; return; }
      story = checked(found);
      keep();
      kg.reading.show();
    });
    open.append(file);
    const save = kg.button(kg.t("save_story"), () => kg.storyFile.save(story)), share = kg.storyFile.canShare() ? kg.button(kg.t("share"), () => kg.storyFile.share(story)) : "";
    const clear = kg.button(kg.t("clear_story"), () => { if (confirm(kg.t("clear_sure"))) { story = fresh(); keep(); kg.reading.show(); } });
    save.disabled = clear.disabled = !story.items.length;
    tools.append(...[save, share, open, kg.button(kg.t("print"), () => print()), clear].filter(Boolean));
    const list = kg.make("div", "", "story");
    list.append(field("input", kg.t("story_title"), story.title, (value) => { story.title = value; }), field("textarea", kg.t("story_intro"), story.intro, (value) => { story.intro = value; }), ...story.items.map(block));
    return { title: kg.t("story"), note: safe ? kg.t("story_kept") : kg.t("story_lost"), parts: [tools, story.items.length ? list : kg.make("p", kg.t("story_empty"), "hint")] };
  };
  kg.at("export-story").addEventListener("click", () => { kg.at("export-box").open = false; addPicture(); });
  return { adder, told };
})();
