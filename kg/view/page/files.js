// Exports: the picture in view, and the statements that the filters leave.
kg.files = (() => {
  const save = (blob, ending) => {
    const link = kg.make("a"), name = kg.settings.title.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60);
    link.href = URL.createObjectURL(blob);
    link.download = `${name || "kg"}.${ending}`;
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
  const statements = () => {
    const { data, mask, scene } = kg, kept = scene.kind === "whole" ? null : new Set(scene.pairs), chosen = kg.lit();
    const rows = chosen ? kg.rowsOfSelection(chosen) : [...mask.keys()].filter((row) => mask[row] && (!kept || kept.has(data.pair[row])));
    return rows.map((at) => {
      const row = kg.row(at);
      return { subject: kg.name(row.from), subject_type: data.types[row.from], subject_iri: data.ids[row.from], relation: row.relation,
        object: kg.name(row.to), object_type: data.types[row.to], object_iri: data.ids[row.to], factuality: row.factuality,
        disputed: kg.evidence.disputed(at), date: row.date, place: row.place, source: row.source, office: row.office,
        sentence: [row.sentence, ...row.further].join(" … "), language: row.language, headline: row.headline, url: row.url,
        publisher: row.publisher, published: row.published, article: row.article };
    });
  };
  const csv = () => {
    const rows = statements(), columns = Object.keys(rows[0] || { subject: 0, relation: 0, object: 0 });
    const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) => line.map(cell).join(","));
    save(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" }), "csv");
  };
  const json = () => save(new Blob([JSON.stringify(statements(), null, 1)], { type: "application/json" }), "json");
  const svg = () => save(new Blob([kg.svg()], { type: "image/svg+xml" }), "svg");

  for (const [name, act] of Object.entries({ png, svg, csv, json }))
    kg.at(`export-${name}`).addEventListener("click", () => { act(); kg.at("export-box").open = false; });
  return { cell };
})();
