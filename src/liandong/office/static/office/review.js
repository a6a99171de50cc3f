// Review: select a fact on either side, one key each for what is said of it.
"use strict";

const review = document.querySelector("[data-review]");
if (review) {
  const rows = () => [...review.querySelectorAll("[data-fact]")];
  const marksOf = (id) => [...review.querySelectorAll("mark")].filter((mark) => mark.dataset.facts.split(" ").includes(id));
  let chosen = null;

  const choose = (id, scrollText = true, scrollRow = true) => {
    review.querySelectorAll(".on").forEach((each) => each.classList.remove("on"));
    chosen = id;
    const row = document.getElementById("f" + id);
    const marks = marksOf(id);
    marks.forEach((mark) => mark.classList.add("on"));
    if (row) {
      row.classList.add("on");
      if (scrollRow) row.scrollIntoView({ block: "nearest" });
    }
    if (scrollText && marks.length) marks[0].scrollIntoView({ block: "center" });
  };

  const move = (step) => {
    const ids = rows().map((row) => row.dataset.fact);
    const at = Math.min(ids.length - 1, Math.max(0, ids.indexOf(chosen) + step));
    if (ids.length) choose(ids[at]);
  };

  review.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark) {
      const ids = mark.dataset.facts.split(" ");
      choose(ids[(ids.indexOf(chosen) + 1) % ids.length], false);
      return;
    }
    const row = event.target.closest("[data-fact]");
    if (row) choose(row.dataset.fact, true, false);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") { event.preventDefault(); move(1); return; }
    if (event.key === "k") { event.preventDefault(); move(-1); return; }
    if (!chosen || !"arem".includes(event.key)) return;
    const row = document.getElementById("f" + chosen);
    const control = row && row.querySelector(`[data-key="${event.key}"]`);
    if (control) { event.preventDefault(); control.click(); }
  });

  // A verdict goes on to the next fact at once; the answer only renews the row that it is about.
  review.addEventListener("submit", (event) => {
    const said = event.submitter && event.submitter.value;
    if (said === "accepted" || said === "rejected") setTimeout(() => move(1));
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    const row = chosen && document.getElementById("f" + chosen);
    if (row) row.classList.add("on");
  });

  const wanted = review.dataset.chosen;
  const first = rows()[0];
  if (wanted && document.getElementById("f" + wanted)) choose(wanted);
  else if (first) choose(first.dataset.fact, false, false);
}
