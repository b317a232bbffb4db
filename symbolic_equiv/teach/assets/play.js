"use strict";
document.body.classList.add("wide");
const form = document.getElementById("form");
const maps = document.getElementById("maps");
const verdict = document.getElementById("verdict");
const why = document.getElementById("reasons");
const largest = document.getElementById("largest");
const { make } = lesson;
const TITLES = {
  before: "Attention of the signal",
  after: "Attention of the moved signal",
  difference: "The second, laid back, minus the first",
};
let shown = "";
let asking = 0;

function asked() {
  const found = {};
  for (const field of form.elements) {
    if (field.name) found[field.name] = field.type === "range" ? Number(field.value) : field.value;
  }
  return found;
}

function heat(name, rows) {
  const most = Math.max(...rows.flat().map(Math.abs), 1e-12);
  const scale = name === "difference" ? Math.max(most, 0.05) : 1;
  const table = make("table", { class: "heat" });
  const count = rows.length;
  table.append(make("caption", { class: "hidden" }, TITLES[name]));
  const head = make("tr", {}, make("td", { class: "corner" }));
  rows[0].forEach((_, j) => head.append(make("th", { scope: "col" }, j < count ? String(j) : "•")));
  table.append(head);
  rows.forEach((row, i) => {
    const line = make("tr", {}, make("th", { scope: "row" }, String(i)));
    row.forEach((value) => {
      const cell = make("td", { title: value.toFixed(3) }, make("span", {}, value.toFixed(2)));
      const colour = name === "difference" && value < 0 ? "--warm" : "--heat";
      cell.style.backgroundColor = `rgba(var(${colour}), ${Math.min(1, Math.abs(value) / scale).toFixed(3)})`;
      line.append(cell);
    });
    table.append(line);
  });
  const low = name === "difference" ? -scale : 0;
  const bar = make("span", { class: `scale ${name}`, "aria-hidden": "true" });
  const legend = make("p", { class: "legend" }, low.toFixed(low ? 2 : 0), bar, scale.toFixed(low ? 2 : 0));
  return make("figure", {}, make("figcaption", {}, TITLES[name]), table, legend);
}

function rowsOf(rows, label) {
  const table = make("table", { class: "numbers", "aria-label": label });
  for (const [left, right] of rows) {
    table.append(make("tr", {}, make("th", { scope: "row" }, left), make("td", {}, right)));
  }
  return table;
}

function opened(title, ...children) {
  return make("details", { class: "given" }, make("summary", {}, title), ...children);
}

function say(said) {
  const box = make("div", { class: `answer ${said.word === "proved" ? "right" : "wrong"}` });
  const words = {
    proved: "✓ Proved: such a layer is translation equivariant, for every size, on every ring.",
    refuted: "✗ Refuted: not every such layer is translation equivariant.",
  }[said.word] || "⚠ Neither proved nor refuted.";
  box.append(make("p", { class: "verdict" }, words));
  said.reasons.forEach((reason) => box.append(make("p", {}, reason)));
  if (said.parting) box.append(make("p", {}, said.parting));
  const parts = [];
  if (said.word === "proved") {
    const steps = make("ol", {});
    said.steps.forEach(([line, reason]) => steps.append(make("li", {}, make("pre", {}, line), make("p", { class: "dim" }, reason))));
    if (said.hypotheses.length) parts.push(opened("What is assumed", rowsOf(said.hypotheses.map(([name, says]) => [name.replaceAll("_", " "), says]), "Hypotheses")));
    parts.push(opened("The proof", ...said.definitions.map((line) => make("pre", {}, line)), steps,
      make("p", { class: "dim" }, `from the axioms ${said.axioms.join(", ")}`)));
  } else if (said.model.length) {
    const sides = [["left side", said.sides[0]], ["right side", said.sides[1]]];
    parts.push(opened("The smallest numbers that show it", rowsOf([...said.model, ...sides], "Counterexample")));
  }
  verdict.replaceChildren(box);
  why.replaceChildren(...parts);
}

async function show() {
  const question = asked();
  const number = ++asking;
  form.setAttribute("aria-busy", "true");
  const reply = await lesson.ask("play", question);
  if (number !== asking) return;
  form.removeAttribute("aria-busy");
  if (reply.error) return verdict.replaceChildren(make("p", { class: "answer undecided" }, reply.error));
  maps.replaceChildren(...Object.entries(reply.maps).map(([name, rows]) => heat(name, rows)));
  const same = reply.largest < 1e-9;
  largest.textContent = same
    ? "Moved first or computed first: the outputs are the same, up to rounding."
    : `The outputs differ by ${Number((100 * reply.largest).toPrecision(2))} % of the largest.`;
  if (question.translation % question.tokens === 0) largest.textContent += " (Nothing has been moved.)";
  const key = JSON.stringify(reply.verdict);
  if (key !== shown) { shown = key; say(reply.verdict); }
}

// What plays no part cannot be slid.
function settle() {
  form.elements.window.disabled = !form.elements.neighbourhood.value.includes("window");
}

let waiting;
form.addEventListener("input", (event) => {
  const value = document.getElementById(`${event.target.id}-value`);
  if (value) value.textContent = event.target.value;
  settle();
  clearTimeout(waiting);
  waiting = setTimeout(show, 60);
});
form.addEventListener("submit", (event) => event.preventDefault());
for (const button of document.querySelectorAll("#breaks button")) {
  button.addEventListener("click", () => {
    for (const [name, value] of Object.entries(JSON.parse(button.dataset.chosen))) form.elements[name].value = value;
    if (Number(form.elements.translation.value) % Number(form.elements.tokens.value) === 0) {
      form.elements.translation.value = 1;
      document.getElementById("translation-value").textContent = "1";
    }
    settle();
    show();
  });
}
settle();
show();
