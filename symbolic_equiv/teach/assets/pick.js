"use strict";
// A line to pick from: its parts form a tree, one of them is chosen, and the server says which rules apply there.
picker = (() => {
  const box = document.getElementById("pick");
  const list = document.getElementById("places");
  const here = document.getElementById("here");
  const rules = document.getElementById("rules");
  let places = [];
  let at = -1;
  let asked = 0;
  let waiting;

  const near = (number) => list.querySelectorAll(`[data-place="${number}"]`);
  const inside = (number) => places.map((_, each) => each).filter((each) => places[each].around === number);
  const numberAt = (event) => {
    const part = event.target.closest("[data-place]");
    return part ? Number(part.getAttribute("data-place")) : 0;
  };

  function choose(number, delay = 0) {
    if (!places[number]) return;
    list.querySelectorAll(".at").forEach((part) => part.classList.remove("at"));
    list.querySelectorAll("[role=option]").forEach((option, each) => option.setAttribute("aria-selected", each === number));
    near(number).forEach((part) => part.classList.add("at"));
    list.setAttribute("aria-activedescendant", `place-${number}`);
    at = number;
    rules.replaceChildren();  // those of another part are not to be taken for its own
    clearTimeout(waiting);
    waiting = setTimeout(ask, delay);
  }

  async function ask() {
    const number = ++asked;
    const reply = await lesson.ask("rules", { exercise, lines, place: at });
    if (number !== asked) return;
    const found = reply.rules || [];
    const count = { 0: "No rule applies", 1: "One rule applies" }[found.length] || `${found.length} rules apply`;
    const which = make("span", { class: "unseen" }, `, ${places[at].says}`);
    here.replaceChildren(reply.error || `${count} to the marked part`, which, found.length ? ":" : ": choose a larger or a smaller one.");
    rules.replaceChildren(...found.map(button));
  }

  function button(rule) {
    const made = make("button", { type: "button" });
    made.append(make("strong", {}, rule.words), " ", fill(make("span", { class: "dim" }), rule.because));
    if (rule.law) made.append(fill(make("span", { class: "law" }), rule.law));
    made.append(fill(make("span", { class: "formula" }), `<math><mo>=</mo></math> ${rule.html}`));
    made.addEventListener("click", () => take(rule.line, list));
    return make("li", {}, made);
  }

  async function renew() {
    if (!box.open) return;
    const number = ++asked;
    rules.replaceChildren();
    const reply = await lesson.ask("places", { exercise, lines });
    if (number !== asked) return;
    places = reply.places || [];
    here.textContent = reply.error || reply.problem || "";
    const options = places.map((place, each) =>
      make("span", { role: "option", id: `place-${each}`, class: "unseen", "aria-selected": "false" }, place.says));
    list.replaceChildren(fill(make("span", { "aria-hidden": "true", class: "formula" }), reply.html || ""), ...options);
    if (places.length) choose(0);
  }

  const MOVES = {
    ArrowDown: () => inside(at)[0],
    ArrowUp: () => places[at].around,
    ArrowRight: () => {
      for (let each = at; each >= 0; each = places[each].around) {
        const beside = inside(places[each].around);
        const next = beside[beside.indexOf(each) + 1];
        if (next !== undefined) return next;
      }
      return undefined;
    },
    ArrowLeft: () => {
      const beside = inside(places[at].around);
      return beside[beside.indexOf(at) - 1] ?? places[at].around;
    },
    Home: () => 0,
    End: () => places.length - 1,
  };

  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      const first = rules.querySelector("button");
      if (first) first.focus();
    } else if (MOVES[event.key] && places.length) {
      const next = MOVES[event.key]();
      if (next !== undefined && next >= 0) choose(next, 120);
    } else {
      return;
    }
    event.preventDefault();
  });
  rules.addEventListener("keydown", (event) => {
    if (event.key === "Escape") list.focus();
  });
  list.addEventListener("click", (event) => {
    const number = numberAt(event);
    choose(number === at && places[at].around >= 0 ? places[at].around : number);  // a second time: what is around it
  });
  list.addEventListener("mouseover", (event) => {
    list.querySelectorAll(".near").forEach((part) => part.classList.remove("near"));
    near(numberAt(event)).forEach((part) => part.classList.add("near"));
  });
  list.addEventListener("mouseleave", () => list.querySelectorAll(".near").forEach((part) => part.classList.remove("near")));
  box.addEventListener("toggle", renew);
  return { renew };
})();
