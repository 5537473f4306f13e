// One statement as a citation: as a note, as BibTeX, and as the address of this view; and one statement on paper.
kg.cite = (() => {
  const sheet = kg.at("cite"), text = kg.at("cite-text");
  let forms = {}, form = "note";

  const today = () => { const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-"); };
  const said = ({ subject, relation, object, factuality }) => `${subject} ${relation} ${object}${factuality === "asserted" ? "" : ` (${kg.t(factuality)})`}`;
  const note = (row) => [`“${row.sentences.join(" … ")}”`, [row.headline || kg.t("untitled"), row.publisher, row.published.slice(0, 10)].filter(Boolean).join(", ") + ".",
    row.url && `${row.url} (${kg.t("seen", { day: today() })}).`, `[${[said(row), row.date, row.confidence !== null && `${kg.t("confidence")} ${kg.sure(row.confidence)}`, row.event].filter(Boolean).join("; ")}]`].filter(Boolean).join(" ");
  // TeX's own characters; braces in addresses do not occur
  const tex = (value) => value.replace(/[\\{}$&#%_^~]/g, (letter) => ({ "\\": "\\textbackslash{}", "^": "\\^{}", "~": "\\~{}" })[letter] || `\\${letter}`);
  const bibtex = (row) => {
    const key = `${(row.publisher || "news").normalize("NFD").replace(/[^A-Za-z0-9]/g, "").toLowerCase() || "news"}${row.published.slice(0, 10).replaceAll("-", "")}${(row.event || row.article).replace(/[^A-Za-z0-9]/g, "").slice(-6)}`;
    const fields = [["title", `{${tex(row.headline || kg.t("untitled"))}}`], ["organization", tex(row.publisher)], ["year", row.published.slice(0, 4)], ["date", row.published.slice(0, 10)],
      ["url", row.url.replace(/[{}\\]/g, encodeURIComponent)], ["urldate", row.url && today()], ["language", { id: "indonesian", en: "english" }[row.language] || ""], ["annotation", tex(`“${row.sentences.join(" … ")}” ${said(row)}. ${row.event}`.trim())]];
    return `@online{${key},\n${fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},`).join("\n")}\n}`;
  };
  const view = (row) => {
    const hash = kg.toHash({ ...kg.fresh(), lang: kg.state.lang, focus: row.subjectIri, select: [row.subjectIri, row.objectIri, row.relationKey] });
    return `${location.href.split("#")[0]}#${hash}`;
  };

  const show = () => {
    text.value = forms[form];
    for (const button of kg.at("cite-forms").children) button.setAttribute("aria-pressed", String(button.dataset.form === form));
    kg.at("copied").textContent = "";
  };
  // a statement as it is cited, told, and kept in a story
  const record = (at) => {
    const row = kg.row(at);
    return { subject: kg.name(row.from), object: kg.name(row.to), relation: kg.relation(row.relation), relationKey: row.relation, subjectIri: kg.data.ids[row.from], objectIri: kg.data.ids[row.to],
      factuality: row.factuality, date: row.date, place: row.place, source: row.source, office: row.office, sentences: [row.sentence, ...row.further], language: row.language,
      headline: row.headline, url: row.url, publisher: row.publisher, published: row.published, article: row.article, event: row.event, confidence: row.confidence };
  };
  const open = (row) => {
    forms = { note: note(row), bibtex: bibtex(row), view: view(row) };
    show();
    sheet.showModal();
  };
  const copy = async () => {
    text.select();
    try { await navigator.clipboard.writeText(text.value); } catch { document.execCommand("copy"); } // a page from disk or in a frame may have no clipboard
    kg.at("copied").textContent = kg.t("copied");
  };
  kg.at("cite-forms").addEventListener("click", ({ target }) => { if (target.dataset.form) { form = target.dataset.form; show(); } });
  kg.at("copy").addEventListener("click", copy);
  kg.at("cite-close").addEventListener("click", () => sheet.close());

  // a copy of the card is all that is on paper
  const print = (card, row) => {
    const copy = card.cloneNode(true), paper = kg.at("paper");
    copy.querySelectorAll("button, .acts").forEach((each) => each.remove());
    paper.replaceChildren(kg.make("h1", kg.settings.title), copy, kg.make("p", note(row)));
    document.body.classList.add("one");
    addEventListener("afterprint", () => { document.body.classList.remove("one"); paper.replaceChildren(); }, { once: true });
    globalThis.print();
  };
  // what can be done with a statement
  const acts = (at, card) => {
    const bar = kg.make("p", "", "acts");
    bar.append(kg.button(kg.t("cite"), () => open(record(at))), kg.button(kg.t("print"), () => print(card, record(at))), kg.story.adder(at));
    return bar;
  };
  return { acts, record, note, today };
})();
