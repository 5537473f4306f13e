// Exports: the picture in view, and the statements that the filters leave.
kg.files = (() => {
  const MOST = 10000; // statements of a server
  const name = (title) => title.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "kg";
  const save = (blob, ending, title = kg.settings.title) => {
    const link = kg.make("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${name(title)}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const png = () => {
    const canvas = kg.drawing.canvas(), copy = kg.make("canvas"), ctx = copy.getContext("2d");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    ctx.fillStyle = kg.drawing.colours().back;
    ctx.fillRect(0, 0, copy.width, copy.height);
    ctx.drawImage(canvas, 0, 0);
    copy.toBlob((blob) => save(blob, "png"), "image/png");
  };

  // a cell that a spreadsheet would take for a formula begins with an apostrophe
  const cell = (value) => {
    const text = String(value ?? ""), guarded = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  };
  const record = (at, raw) => {
    const row = kg.row(at, raw), { actors, strings } = raw;
    return { subject: kg.name(row.from, raw), subject_type: strings[actors.type[row.from]], subject_iri: actors.id[row.from], relation: row.relation,
      object: kg.name(row.to, raw), object_type: strings[actors.type[row.to]], object_iri: actors.id[row.to], factuality: row.factuality,
      sources: row.sources, disputed: row.disputed, confidence: row.confidence, date: row.date, place: row.place, source: row.source, office: row.office,
      sentence: [row.sentence, ...row.further].join(" … "), language: row.language, headline: row.headline, url: row.url,
      publisher: row.publisher, published: row.published, article: row.article };
  };
  // what is selected, or looked at, under the filters
  const statements = async () => {
    const { data, scene } = kg, kept = scene.kind === "whole" ? null : new Set(scene.pairs), chosen = kg.selection();
    if (kg.source.served) {
      const tell = (count, total) => { kg.at("status").textContent = kg.t(count < MOST ? "exporting" : "export_cut", { n: kg.number(count), all: kg.number(total) }); };
      return (await kg.source.everything(chosen, MOST, tell)).flatMap((raw) => raw.rows.from.map((_, at) => record(at, raw)));
    }
    const lit = kg.lit() && chosen;
    const rows = lit ? kg.rowsOfSelection(lit) : kg.filters.rows().filter((row) => !kept || kept.has(data.pair[row]));
    return rows.map((at) => record(at, data.raw));
  };
  const csv = async () => {
    const rows = await statements(), columns = Object.keys(rows[0] || { subject: 0, relation: 0, object: 0 });
    const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) => line.map(cell).join(","));
    save(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" }), "csv");
  };
  const json = async () => save(new Blob([JSON.stringify(await statements(), null, 1)], { type: "application/json" }), "json");
  const ttl = () => { location.assign(kg.source.data("ttl")); };
  const svg = () => save(new Blob([kg.svg()], { type: "image/svg+xml" }), "svg");

  for (const [name, act] of Object.entries({ png, svg, csv, json, ttl }))
    kg.at(`export-${name}`).addEventListener("click", async () => {
      kg.at("export-box").open = false;
      try { await act(); } catch (error) { kg.at("status").textContent = error.message; throw error; }
    });
  kg.at("export-ttl").hidden = !kg.settings.served;
  return { cell, name, save };
})();
