"use strict";
const said = document.getElementById("said");

function show() {
  const progress = lesson.progress();
  document.querySelectorAll(".state").forEach((state) => {
    const own = progress[state.dataset.exercise];
    state.textContent = own && own.complete ? "✓ done" : own && own.lines && own.lines.length ? "begun" : "";
  });
}

document.getElementById("save").addEventListener("click", () => {
  lesson.save("lesson-progress.json", JSON.stringify(lesson.progress(), null, 1), "application/json");
});
document.getElementById("load").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  try {
    const found = JSON.parse(await file.text());
    if (!found || typeof found !== "object" || Array.isArray(found)) throw new TypeError();
    const kept = {};
    for (const [name, own] of Object.entries(found)) {
      if (own && Array.isArray(own.lines) && own.lines.every((line) => typeof line === "string")) {
        kept[name] = { lines: own.lines, complete: own.complete === true };
      }
    }
    lesson.keep(kept);
    said.textContent = "Loaded.";
    show();
  } catch {
    said.textContent = "That file is not a saved progress.";
  }
});
document.getElementById("forget").addEventListener("click", () => {
  lesson.keep({});
  said.textContent = "Forgotten.";
  show();
});
show();
