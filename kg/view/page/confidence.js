// The slider of the least confidence: at 0 all are shown; above it, what has no confidence goes, and is counted.
kg.sure = (value) => (value === null ? "" : String(Math.round(value * 100) / 100).replace(".", kg.state.lang === "id" ? "," : "."));
kg.confidence = (() => {
  const slider = kg.at("confidence");
  let wait = 0;

  const tell = (least) => {
    const text = least ? kg.t("or_more", { n: kg.sure(least) }) : kg.t("all");
    kg.at("least").textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };
  const show = () => {
    const { confidence } = kg.state, [known, without] = kg.filters.rated();
    kg.at("rated").hidden = !known && !confidence; // nothing to choose by
    kg.at("rated").classList.toggle("on", confidence > 0);
    kg.at("rated").title = kg.t("confidence_means");
    if (!wait) { slider.value = confidence; tell(confidence); }
    kg.at("unrated").textContent = confidence && without ? kg.t("unrated", { n: kg.number(without) }) : "";
  };

  slider.addEventListener("input", () => {
    tell(slider.valueAsNumber);
    clearTimeout(wait);
    wait = setTimeout(() => { wait = 0; kg.go({ confidence: slider.valueAsNumber }); }, 120);
  });
  return { show };
})();
