"use strict";
const work = document.getElementById("work");
const { exercise, kind } = work.dataset;
const form = document.getElementById("form");
const answer = document.getElementById("answer");
const hintPlace = document.getElementById("hint");
const chain = document.getElementById("chain");
const done = document.getElementById("done");
const fields = [...form.querySelectorAll("textarea")];
const { make, fill } = lesson;
const WORDS = { right: "Right", "several steps": "Too much at once", wrong: "Wrong", unreadable: "Cannot be read", undecided: "Not decided" };
let lines = [];
let picker = null;

function given() {
  if (kind === "derive") return lines;
  if (kind === "blanks") return fields.map((field) => field.value);
  if (kind === "reasons") {
    return [...form.querySelectorAll("fieldset")].map((set) =>
      [...set.querySelectorAll("input:checked")].map((box) => box.value).join(", "));
  }
  const wrong = form.querySelector("input[name=wrong]:checked");
  const number = wrong ? wrong.value : "";
  return number ? [kind === "repair" ? `${number}: ${fields[0].value}` : number] : [];
}

function remember(complete) {
  const progress = lesson.progress();
  progress[exercise] = { lines: given(), complete };
  lesson.keep(progress);
  done.hidden = !complete;
}

function answered(said) {
  const name = said.verdict.split(" ")[0];
  const box = make("div", { class: `answer ${name}` });
  const words = make("p");
  const label = { right: "✓", wrong: "✗" }[name] || "⚠";
  words.append(make("span", { class: "verdict" }, `${label} ${WORDS[said.verdict] || said.verdict}. `));
  words.append(fill(make("span"), said.message.replace(/^(?:Right|Wrong)[,:.]? ?(\w)/, (_, letter) => letter.toUpperCase())));
  box.append(words);
  if (said.caret) box.append(make("pre", { class: "caret" }, said.caret));
  if (said.numbers.length) {
    const table = make("table", { class: "numbers", "aria-label": "Numbers that show it" });
    for (const [left, right] of said.numbers) {
      table.append(make("tr", {}, make("th", { scope: "row" }, left), make("td", {}, right)));
    }
    box.append(table);
  }
  return box;
}

function append(said) {
  const row = make("li", { class: "right" });
  const shown = fill(make("div", { class: "formula" }), `<math><mo>=</mo></math> ${said.html}`);
  row.append(shown, fill(make("div", { class: "said" }), said.message));
  chain.append(row);
}

function trouble(words) {
  answer.replaceChildren(make("p", { class: "answer undecided" }, words));
}

function forgetHints() {
  hintPlace.replaceChildren();
  document.querySelectorAll("#hints button").forEach((button, at) => { button.disabled = at > 0; });
}

async function check(asked) {
  work.setAttribute("aria-busy", "true");
  const reply = await lesson.ask("check", { exercise, lines: asked });
  work.removeAttribute("aria-busy");
  if (reply.error) trouble(reply.error);
  return reply.error ? null : reply;
}

async function checkLine(from = fields[0]) {
  const text = fields[0].value.trim();
  if (!text) return trouble("Type a line first.");
  const reply = await check([...lines, text]);
  if (!reply) return;
  const said = reply.lines[reply.lines.length - 1];
  answer.replaceChildren(answered(said));
  if (said.verdict !== "right") return from.focus();
  lines = [...lines, text];
  append(said);
  fields[0].value = "";
  preview(fields[0]);
  forgetHints();
  if (reply.complete) answer.append(make("p", { class: "answer complete" }, "You have arrived: the proof is complete."));
  remember(reply.complete);
  moved();
  from.focus();
}

// What was picked is checked as if it had been typed.
function take(line, from) {
  fields[0].value = line;
  preview(fields[0]);
  return checkLine(from);
}

// The last line is another one: there is another one to pick from.
function moved() {
  if (picker) picker.renew();
}

async function checkAll() {
  const asked = given();
  if (!asked.length || asked.every((text) => !text)) return trouble("Answer something first.");
  const filled = asked.findIndex((text) => !text);
  const reply = await check(filled < 0 ? asked : asked.slice(0, filled));
  if (!reply) return;
  answer.replaceChildren();
  reply.lines.forEach((said, at) => {
    const box = answered(said);
    if (reply.lines.length > 1) box.prepend(make("p", { class: "dim" }, kind === "blanks" ? `Blank ${at + 1}` : `Line ${at + 2}`));
    answer.append(box);
  });
  if (reply.missing) answer.append(fill(make("p", { class: "answer" }), reply.missing));
  if (reply.complete) answer.append(make("p", { class: "answer complete" }, "All of it is right."));
  remember(reply.complete);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (kind === "derive") checkLine(); else checkAll();
});

async function preview(field) {
  const place = document.getElementById(`${field.id}-preview`);
  const text = field.value.trim();
  if (!text) return place.replaceChildren();
  const reply = await lesson.ask("preview", { exercise, line: text });
  if (field.value.trim() !== text) return;
  if (reply.html) return fill(place, reply.html);
  place.replaceChildren(make("span", { class: "dim" }, reply.error || reply.problem));
  if (reply.caret) place.append(make("pre", {}, reply.caret));
}
for (const field of fields) {
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => preview(field), 200);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

function putter(line, field) {
  const button = make("button", { type: "button" }, "Put it in the field");
  button.addEventListener("click", () => {
    field.value = line;
    preview(field);
    field.focus();
  });
  return button;
}

document.querySelectorAll("#hints button").forEach((button) => {
  button.addEventListener("click", async () => {
    const rung = Number(button.dataset.rung);
    const asked = kind === "derive" ? lines : given();
    const reply = await lesson.ask("hint", { exercise, lines: asked, rung });
    const said = fill(make("p", { class: "answer" }), reply.error || reply.html);
    if (reply.line) said.append(" ", putter(reply.line, fields[kind === "derive" ? 0 : reply.step - 1]));
    hintPlace.append(said);
    button.disabled = true;
    const next = document.querySelector(`#hints [data-rung="${rung + 1}"]`);
    if (next) { next.disabled = false; next.focus(); }
  });
});

const undo = document.getElementById("undo");
if (undo) {
  undo.addEventListener("click", () => {
    if (!lines.length) return;
    lines = lines.slice(0, -1);
    chain.lastElementChild.remove();
    answer.replaceChildren();
    forgetHints();
    remember(false);
    moved();
  });
}

document.getElementById("again").addEventListener("click", () => {
  lines = [];
  form.reset();
  if (chain) while (chain.children.length > 1) chain.lastElementChild.remove();
  fields.forEach(preview);
  answer.replaceChildren();
  forgetHints();
  remember(false);
  moved();
});

document.getElementById("export").addEventListener("click", async () => {
  const reply = await lesson.ask("export", { exercise, lines: given() });
  if (reply.error) return trouble(reply.error);
  lesson.save(reply.name, reply.latex, "application/x-tex");
});

async function goOn() {
  const own = lesson.progress()[exercise];
  if (!own || !Array.isArray(own.lines) || !own.lines.length) return;
  if (kind === "derive") {
    const reply = await check(own.lines);
    if (!reply) return;
    for (const said of reply.lines) {
      if (said.verdict !== "right") break;
      lines.push(said.text);
      append(said);
    }
    done.hidden = !reply.complete;
    moved();
    return;
  }
  if (kind === "blanks") own.lines.forEach((text, at) => { if (fields[at]) { fields[at].value = text; preview(fields[at]); } });
  if (kind === "reasons") {
    form.querySelectorAll("fieldset").forEach((set, at) => {
      const names = (own.lines[at] || "").split(", ");
      set.querySelectorAll("input").forEach((box) => { box.checked = names.includes(box.value); });
    });
  }
  if (kind === "error" || kind === "repair") {
    const [, number, text] = /^(\d+):? ?([^]*)$/.exec(own.lines[0]) || [];
    const box = form.querySelector(`input[value="${Number(number)}"]`);
    if (box) box.checked = true;
    if (kind === "repair" && text) { fields[0].value = text; preview(fields[0]); }
  }
  done.hidden = !own.complete;
}
goOn();
