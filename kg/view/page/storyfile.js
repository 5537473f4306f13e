// A story as one file: a page without script that opens anywhere, prints, and can be opened again here.
kg.storyFile = (() => {
  const STYLE = "body{max-width:720px;margin:24px auto;padding:0 16px;font:16px/1.55 system-ui,sans-serif;color:#1d2530;background:#fff}"
    + "h1{font-size:26px;line-height:1.25}figure{margin:22px 0;padding:12px 16px;border:1px solid #dfe4ea;border-radius:10px}blockquote{margin:8px 0}figcaption,.told,footer{color:#55606e;font-size:13.5px}"
    + ".note{white-space:pre-wrap}svg{width:100%;height:auto}a{color:#1f5fae}@media print{figure{break-inside:avoid}}";
  // of a picture, only what our own drawing writes: a story may come from elsewhere
  const TAGS = ["svg", "g", "path", "rect", "text", "title"], SET = ["width", "height", "viewBox", "d", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "transform", "x", "y", "font-size", "font-family", "font-weight", "text-anchor", "paint-order"];
  // an element as [name, attributes, children], texts as they are; so none is ever parsed from a file
  const tree = (element) => [element.localName, Object.fromEntries(SET.filter((name) => element.hasAttribute(name)).map((name) => [name, element.getAttribute(name)])),
    [...element.childNodes].map((child) => (child.nodeType === 1 ? tree(child) : child.data))];
  const picture = (given, page, depth = 0) => {
    if (typeof given === "string") return page.createTextNode(given);
    if (!Array.isArray(given) || !TAGS.includes(given[0]) || depth > 4) return "";
    const [tag, set, children] = given, made = page.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name of SET) if (typeof set?.[name] === "string" && !/url\s*\(/i.test(set[name])) made.setAttribute(name, set[name]);
    if (Array.isArray(children)) made.append(...children.map((child) => picture(child, page, depth + 1)));
    return made;
  };

  const element = (page, tag, text, className) => {
    const made = page.createElement(tag);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const figure = (item, page) => {
    const made = element(page, "figure");
    if (item.kind === "picture") {
      const drawn = item.picture[0] === "svg" && picture(item.picture, page);
      made.append(...[drawn, item.caption && element(page, "figcaption", item.caption)].filter(Boolean));
      return made;
    }
    const head = element(page, "b", `${item.subject} ${item.relation} ${item.object}`), told = element(page, "p", "", "told");
    const marks = [item.factuality === "asserted" ? "" : kg.t(item.factuality), item.date, item.place, item.office, item.source && `${kg.t("according")} ${item.source}`].filter(Boolean).join(" · ");
    made.append(head, marks ? ` (${marks})` : "");
    for (const sentence of item.sentences) {
      const quote = element(page, "blockquote", sentence);
      if (/^[a-z]{2,3}$/.test(item.language)) quote.lang = item.language;
      made.append(quote);
    }
    const name = item.headline || kg.t("untitled");
    if (/^https?:\/\//i.test(item.url)) {
      const link = element(page, "a", name);
      link.href = item.url;
      link.rel = "noopener noreferrer";
      told.append(link);
    } else told.append(name);
    told.append([item.publisher, item.published.slice(0, 10), item.confidence !== null && `${kg.t("confidence")} ${kg.sure(item.confidence)}`, item.event].filter(Boolean).map((part) => ` · ${part}`).join(""));
    made.append(told);
    return made;
  };

  const html = (story) => {
    const page = document.implementation.createHTMLDocument(story.title || kg.t("story")), { head, body } = page;
    page.documentElement.lang = kg.state.lang;
    const meta = (set) => { const made = page.createElement("meta"); for (const [name, value] of Object.entries(set)) made.setAttribute(name, value); head.prepend(made); };
    meta({ name: "viewport", content: "width=device-width, initial-scale=1" });
    meta({ "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" });
    meta({ charset: "utf-8" });
    head.append(page.createComment("style")); // this page's policy would not have the style of another
    const main = element(page, "main");
    body.append(main);
    main.append(element(page, "h1", story.title || kg.t("story")));
    if (story.intro) main.append(element(page, "p", story.intro, "note"));
    for (const item of story.items) {
      if (item.note) main.append(element(page, "p", item.note, "note"));
      main.append(figure(item, page));
    }
    main.append(element(page, "footer", kg.t("story_made", { title: kg.settings.title, day: kg.cite.today() })));
    const data = element(page, "pre", JSON.stringify(story));
    data.id = "kg-story";
    data.hidden = true;
    body.append(data);
    return `<!DOCTYPE html>\n${new XMLSerializer().serializeToString(page.documentElement).replace("<!--style-->", () => `<${"style"}>${STYLE}</${"style"}>`)}`;
  };
  // the story in a file that was saved here, or null; nothing of it runs
  const read = (text) => {
    const [, escaped] = /<pre[^<>]*\bid=["']kg-story["'][^<>]*>([^<]*)<\/pre>/.exec(text) || [], letters = { lt: "<", gt: ">", quot: '"', nbsp: "\u00a0", amp: "&" };
    try { return JSON.parse(escaped.replace(/&(lt|gt|quot|nbsp|amp);/g, (_, name) => letters[name])); } catch { return null; }
  };
  const blob = (story) => new Blob([html(story)], { type: "text/html;charset=utf-8" });
  const name = (story) => kg.files.name(story.title || kg.t("story"));
  const file = (story) => new File([blob(story)], `${name(story)}.html`, { type: "text/html" });
  const save = (story) => kg.files.save(blob(story), "html", story.title || kg.t("story"));
  const canShare = () => { try { return Boolean(navigator.canShare?.({ files: [new File(["x"], "x.html", { type: "text/html" })] })); } catch { return false; } };
  const share = (story) => navigator.share({ files: [file(story)], title: story.title }).catch(() => {}); // closed without sending
  return { figure, html, read, tree, save, canShare, share };
})();
