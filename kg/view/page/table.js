// The same statements as a table, a page at a time, under the same filters.
kg.table = (() => {
  const PAGE = 50, body = kg.at("rows");
  let start = 0, rows = [], total = 0;

  const cell = (line, ...parts) => {
    const made = kg.make("td");
    made.setAttribute("role", "cell"); // on a narrow screen it is drawn as none
    made.append(...parts.filter(Boolean));
    line.append(made);
    return made;
  };
  const small = (text) => (text ? kg.make("small", text) : null);

  const line = (at) => {
    const row = kg.row(at), made = kg.make("tr"), relation = kg.button(kg.relation(row.relation), () => {
      kg.selectRow(at);
      kg.at("panel").scrollIntoView({ block: "nearest" });
      kg.at("panel-body").focus();
    }, "relation");
    made.dataset.row = at;
    made.setAttribute("role", "row");
    cell(made, kg.name(row.from));
    cell(made, relation, small(row.office));
    cell(made, kg.name(row.to));
    cell(made, kg.evidence.status(row), ...kg.evidence.standing(row), small(row.confidence !== null && `${kg.t("confidence")} ${kg.sure(row.confidence)}`));
    cell(made, row.date, small(row.place));
    const sentence = cell(made, kg.make("span", [row.sentence, ...row.further].join(" … ")), small(row.source && `${kg.t("according")} ${row.source}`));
    if (row.language) sentence.firstChild.lang = row.language;
    cell(made, kg.evidence.link(row), small([row.publisher, row.published.slice(0, 10)].filter(Boolean).join(", ")));
    return made;
  };

  const render = () => {
    body.replaceChildren(...rows.slice(start, start + PAGE).map(line));
    kg.at("no-match").hidden = rows.length > 0 || !(kg.source.served || kg.data.count);
    kg.at("pager").hidden = total <= PAGE;
    kg.at("range").textContent = `${kg.number(start + 1)}–${kg.number(Math.min(start + PAGE, rows.length))} ${kg.t("of")} ${kg.number(total)}`;
    kg.at("previous").disabled = start === 0;
    kg.at("next").disabled = start + PAGE >= total || (start + PAGE >= rows.length && !kg.panel.rest);
  };
  const turn = async (step) => {
    while (step > 0 && start + 2 * PAGE > rows.length && kg.panel.rest) if (!await kg.panel.rest()) break; // a server has more
    start = Math.max(0, Math.min(start + step * PAGE, rows.length - 1));
    render();
  };
  kg.at("previous").addEventListener("click", () => turn(-1));
  kg.at("next").addEventListener("click", () => turn(1));

  // the statements that the filters leave; of a server those that it was asked for
  const show = (found, of) => {
    rows = found || (kg.source.served ? [] : kg.filters.rows());
    [start, total] = [0, of || rows.length];
    render();
  };
  const add = (found) => { rows = rows.concat(found); render(); };
  return { show, add };
})();
