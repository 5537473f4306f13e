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
    const name = row.headline || kg.t("untitled");
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

  // a statement is disputed where another one of the same relation and actors denies it, or affirms what it denies
  let disputes = null, of = null;
  const key = (row) => {
    const { raw, symmetric, strings } = kg.data, { from, to, relation } = raw.rows, [a, b] = [from[row], to[row]];
    return `${relation[row]} ${symmetric.has(strings[relation[row]]) ? [Math.min(a, b), Math.max(a, b)] : [a, b]}`;
  };
  const disputed = (row) => {
    if (of !== kg.data) {
      const said = new Map();
      for (let at = 0; at < kg.data.count; at++) {
        const text = key(at), denied = kg.data.strings[kg.data.raw.rows.factuality[at]] === "negated" ? 1 : 2;
        said.set(text, (said.get(text) || 0) | denied);
      }
      disputes = said;
      of = kg.data;
    }
    return disputes.get(key(row)) === 3;
  };

  const fact = (list, name, value) => {
    if (!value) return;
    list.append(kg.make("dt", kg.t(name)), kg.make("dd", value));
  };

  const card = (at) => {
    const row = kg.row(at), article = kg.make("article", "", "card"), head = kg.make("h3", `${kg.name(row.from)} `);
    head.append(kg.make("i", kg.relation(row.relation)), ` ${kg.name(row.to)} `, status(row));
    if (disputed(at)) head.append(kg.make("span", kg.t("disputed"), "mark disputed"));
    const names = [...kg.aliases(row.from), ...kg.aliases(row.to)];
    const quotes = [row.sentence, ...row.further].map((sentence) => marked(sentence, names));
    if (row.language) for (const quote of quotes) quote.lang = row.language;
    const list = kg.make("dl"), told = kg.make("p");
    fact(list, "date", row.date);
    fact(list, "place", row.place);
    fact(list, "source", row.source);
    fact(list, "office", row.office);
    const rest = [row.publisher, row.published && `${kg.t("published")} ${row.published.slice(0, 16).replace("T", " ")}`];
    told.append(link(row), rest.filter(Boolean).map((part) => ` · ${part}`).join(""));
    article.append(head, ...quotes);
    if (list.children.length) article.append(list);
    article.append(told);
    return article;
  };
  return { card, link, status, disputed };
})();
