// One statement as a card: its sentences with the participants marked, its article, who says so, planned or denied.
kg.evidence = (() => {
  const marked = (sentence, names) => {
    const quote = kg.make("blockquote"), found = [...new Set(names)].filter(Boolean).sort((a, b) => b.length - a.length)
      .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const parts = found.length
      ? sentence.split(new RegExp(`(?<![\\p{L}\\p{N}])(${found.join("|")})(?![\\p{L}\\p{N}])`, "u")) : [sentence];
    parts.forEach((part, number) => {
      if (part) quote.append(number % 2 ? kg.make("mark", part) : document.createTextNode(part));
    });
    return quote;
  };

  const link = (row) => {
    const name = row.headline || `${kg.t("untitled")}: ${row.article.split("/").pop()}`;
    if (!row.url) return kg.make("span", name); // the page was written with http(s) links only, and looks again
    const anchor = kg.make("a", name);
    if (!/^https?:\/\//i.test(row.url)) return kg.make("span", name);
    anchor.href = row.url;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    return anchor;
  };

  const known = (value) => (["asserted", "planned", "negated"].includes(value) ? value : "");
  const status = (row) => kg.make("span", known(row.factuality) ? kg.t(row.factuality) : row.factuality, `mark ${known(row.factuality)}`);

  // how sources agree on it: several independent ones report it, or another one contradicts it
  const standing = (row) => {
    const marks = [];
    if (row.sources > 1) marks.push(kg.make("span", kg.count(row.sources, "sources"), "mark several"));
    if (row.disputed) marks.push(kg.make("span", kg.t("disputed"), "mark disputed"));
    for (const mark of marks) mark.title = kg.t(row.disputed && mark === marks.at(-1) ? "disputed_means" : "several_means");
    return marks;
  };

  const fact = (list, name, value) => {
    if (!value) return;
    list.append(kg.make("dt", kg.t(name)), kg.make("dd", value));
  };

  const card = (at) => {
    const row = kg.row(at), article = kg.make("article", "", "card"), head = kg.make("h3", `${kg.name(row.from)} `);
    head.append(kg.make("i", kg.relation(row.relation)), ` ${kg.name(row.to)} `, status(row), ...standing(row));
    const names = [...kg.aliases(row.from), ...kg.aliases(row.to)];
    const quotes = [row.sentence, ...row.further].map((sentence) => marked(sentence, names));
    if (row.language) for (const quote of quotes) quote.lang = row.language;
    const list = kg.make("dl"), told = kg.make("p");
    fact(list, "date", row.date);
    fact(list, "place", row.place);
    fact(list, "source", row.source);
    fact(list, "office", row.office);
    fact(list, "confidence", kg.sure(row.confidence));
    const rest = [row.publisher, row.published && `${kg.t("published")} ${row.published.slice(0, 16).replace("T", " ")}`];
    told.append(link(row), rest.filter(Boolean).map((part) => ` · ${part}`).join(""));
    article.append(head, ...quotes);
    if (list.children.length) article.append(list);
    article.append(told, kg.cite.acts(at, article));
    return article;
  };
  
  // one line for it, which leads there
  const brief = (at) => {
    const row = kg.row(at), made = kg.button("", () => kg.selectRow(at), "brief"), head = kg.make("b", `${kg.name(row.from)} `);
    head.append(kg.make("i", kg.relation(row.relation)), ` ${kg.name(row.to)} `);
    const told = [row.published.slice(0, 10) || row.date, row.publisher].filter(Boolean).join(" · ");
    const text = kg.make("span", kg.short(row.sentence, 170));
    if (row.language) text.lang = row.language;
    made.append(head, ...(row.factuality === "asserted" ? [] : [status(row)]), ...standing(row), text, kg.make("small", told));
    return made;
  };
  return { card, brief, link, status, standing };
})();
