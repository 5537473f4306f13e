// Helpers. Text from articles is only ever written with textContent; data comes from application/json blocks.
kg.read = (id) => JSON.parse(document.getElementById(id).textContent);
kg.at = (id) => document.getElementById(id);
kg.settings = kg.read("kg-settings");
kg.make = (tag, text, className) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
};
kg.button = (text, act, className) => {
  const element = kg.make("button", text, className);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
};
kg.short = (text, most) => (text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text);

// The interface's words: `t("around", {name})`; the page holds both languages.
kg.t = (key, values = {}) => {
  const words = kg.settings.words[kg.state.lang] || kg.settings.words.en;
  const word = Object.hasOwn(words, key) ? words[key] : key;
  return word.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
};
// counts only; toLocaleString would load the browser's tables of all languages before the first frame
kg.number = (value) => String(value).replace(/\B(?=(?:\d{3})+$)/g, kg.state.lang === "id" ? "." : ",");
kg.count = (value, key) => `${kg.number(value)} ${kg.t(value === 1 ? `1 ${key}` : key)}`;
kg.relation = (name) => {
  const labels = kg.settings.labels[kg.state.lang] || {};
  return Object.hasOwn(labels, name) ? labels[name] : name;
};
kg.say = (text) => { kg.at("live").textContent = text; };
