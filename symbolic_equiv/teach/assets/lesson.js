"use strict";
// Definitions close with Escape, and open again when they are left and come back to.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll(".term").forEach((term) => term.classList.add("closed"));
});
for (const name of ["mouseleave", "focusout"]) {
  document.addEventListener(name, (event) => {
    const term = event.target instanceof Element ? event.target.closest(".term") : null;
    if (term) term.classList.remove("closed");
  }, true);
}

// A definition stays inside the page, wherever its word stands in the line.
for (const name of ["mouseenter", "focusin"]) {
  document.addEventListener(name, (event) => {
    const term = event.target instanceof Element ? event.target.closest(".term") : null;
    if (!term) return;
    const meaning = term.querySelector("[role=tooltip]");
    meaning.style.left = "0";
    const room = document.documentElement.clientWidth - 8 - meaning.getBoundingClientRect().right;
    meaning.style.left = `${Math.min(0, room)}px`;
  }, true);
}

const lesson = {
  KEY: "symbolic-equiv-lesson",

  progress() {
    try {
      const found = JSON.parse(localStorage.getItem(lesson.KEY) || "{}");
      return found && typeof found === "object" ? found : {};
    } catch {
      return {};
    }
  },

  keep(progress) {
    try {
      localStorage.setItem(lesson.KEY, JSON.stringify(progress));
    } catch { /* a browser that keeps nothing: the lesson goes on without */ }
  },

  async ask(what, question) {
    try {
      const reply = await fetch(`/api/${what}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(question),
      });
      const answer = await reply.json();
      return reply.ok ? answer : { error: answer.error || "The server could not answer." };
    } catch {
      return { error: "The server does not answer: is it still running?" };
    }
  },

  save(name, text, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  },

  make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  },

  // Formulas and words that the server has written, with everything of the learner's escaped.
  fill(element, html) {
    element.innerHTML = html;
    return element;
  },
};
