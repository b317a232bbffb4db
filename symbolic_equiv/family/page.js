"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const SIGN = { proved: "✓", refuted: "✗", unproved: "?" };
const dialog = document.querySelector("dialog");
const chosen = document.getElementById("adapter");

function add(parent, tag, text, attributes) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  return parent.appendChild(made);
}

function cellOf(button) {
  return data.cells[[button.dataset.encoding, chosen.value, button.dataset.neighbourhood, button.dataset.place].join("|")];
}

function mark() {
  for (const button of document.querySelectorAll(".map button")) {
    const verdict = cellOf(button).verdict;
    const row = data.titles[button.dataset.encoding];
    button.parentElement.className = verdict;
    button.setAttribute("aria-label", `${row}, ${data.titles[chosen.value]}, ${button.dataset.column}: ${verdict}`);
    button.replaceChildren();
    const sign = add(button, "span", "");
    add(sign, "span", verdict + " ", { class: "word" });
    sign.append(SIGN[verdict]);
  }
  const adapter = chosen.selectedOptions[0];
  document.getElementById("says").textContent = data.says[chosen.value];
  document.getElementById("now").textContent = `The table is for ${adapter.textContent}.`;
}

function picture(parent, rows) {
  const high = 26, wide = 640, space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const words = rows.map(([token, source, left, right]) =>
    `token ${token}: ${left.toFixed(3)}; token ${source} before: ${right.toFixed(3)}`);
  const draw = (name, attributes, text) => {
    const made = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    svg.appendChild(made);
  };
  svg.setAttribute("viewBox", `0 0 ${wide} ${high * (rows.length + 1)}`);
  svg.setAttribute("width", wide);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Two rows of attention weights. " + words.join(". "));
  const most = Math.max(1, ...rows.flatMap(([, , left, right]) => [Math.abs(left), Math.abs(right)]));
  draw("text", { x: 70, y: 16 }, "after the move"); draw("text", { x: 400, y: 16 }, "before the move");
  rows.forEach(([token, source, left, right], k) => {
    const y = high * (k + 1), size = (weight) => Math.max(1, 170 * Math.abs(weight) / most);
    draw("text", { x: 60, y: y + 16, "text-anchor": "end" }, "token " + token);
    draw("rect", { x: 70, y: y + 3, width: size(left), height: 17, class: "left" });
    draw("text", { x: 76 + size(left), y: y + 16 }, left.toFixed(3));
    draw("text", { x: 390, y: y + 16, "text-anchor": "end" }, "token " + source);
    draw("rect", { x: 400, y: y + 3, width: size(right), height: 17, class: "right" });
    draw("text", { x: 406 + size(right), y: y + 16 }, right.toFixed(3));
  });
  parent.appendChild(svg);
}

function proof(body, cell) {
  const lemma = data.lemmas[cell.lemma];
  add(body, "h3", "Where");
  for (const text of [...lemma.definitions, ...data.instances[chosen.value], ...data.instances[cell.neighbourhood]])
    add(body, "pre", text);
  add(body, "h3", "Assuming");
  const given = add(body, "ul");
  for (const text of lemma.hypotheses) add(given, "li", text);
  add(body, "h3", "Proof, for all per-token maps φ and every predicate D");
  const steps = add(body, "ol", "", { class: "steps" });
  for (const [formula, reason] of lemma.steps) {
    const item = add(steps, "li");
    add(item, "pre", formula);
    if (reason) add(item, "p", reason);
  }
  add(body, "p", `From ${lemma.axioms.length} axioms: ${lemma.axioms.join(", ")}.`, { class: "dim" });
}

function counterexample(body, cell) {
  for (const text of cell.reasons) add(body, "p", text);
  if (cell.rows.length) {
    add(body, "h3", "Who is attended to");
    picture(body, cell.rows);
    add(body, "p", cell.parting);
  }
  add(body, "h3", "The counterexample");
  const table = add(add(body, "table", "", { class: "model" }), "tbody");
  for (const [name, value] of [...cell.model, ["left side", cell.left], ["right side", cell.right]]) {
    const row = add(table, "tr");
    add(row, "th", name, { scope: "row" });
    add(row, "td", value);
  }
}

function open(button) {
  const cell = cellOf(button), body = dialog.querySelector("div");
  body.replaceChildren();
  add(body, "h2", `${data.titles[button.dataset.encoding]} × ${data.titles[chosen.value]} × ${button.dataset.column}`, { id: "heading" });
  const line = add(body, "p", "m[L_y f](i) = L_y[m f](i) is ");
  add(line, "b", cell.verdict, { class: cell.verdict });
  for (const name of [button.dataset.encoding, chosen.value, button.dataset.neighbourhood]) add(body, "p", data.says[name], { class: "dim" });
  if (cell.verdict === "proved") proof(body, cell); else if (cell.model) counterexample(body, cell);
  dialog.showModal();
  dialog.scrollTop = 0;
}

chosen.addEventListener("change", mark);
for (const button of document.querySelectorAll(".map button")) button.addEventListener("click", () => open(button));
dialog.querySelector(".close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
mark();
