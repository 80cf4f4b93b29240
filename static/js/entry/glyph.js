// The drawings of the entry page, and the small reading tools that only it needs.

import { draw } from "../notebook/dom.js";

// The one glyph of a level, as accounts/drawings.py draws it: `of` steps, `rank` of them filled from the bottom.
export const glyph = (rank, of, size = 22) => {
  const height = 16 / of;
  const steps = Array.from({ length: of }, (_, step) => draw("rect", {
    x: step * height, y: 16 - (step + 1) * height, width: 16 - step * height, height: height * 0.75,
    "fill-opacity": step < rank ? 1 : 0.08, "stroke-width": step < rank ? 0 : 0.75, "stroke-opacity": 0.55,
  }));
  return draw("svg", {
    class: "level-glyph", width: size, height: size, viewBox: "0 0 16 16", fill: "currentColor", stroke: "currentColor",
    "aria-hidden": "true",
  }, steps);
};

// Lines of 24 × 24 in the hand of the icons of the site.
const LINES = {
  undo: ["M9 14 4 9l5-5", "M4 9h10.5a5.5 5.5 0 0 1 0 11H11"],
  dots: ["M5 12h.01", "M12 12h.01", "M19 12h.01"],
  note: ["M12 20h9", "M16.4 3.6a2 2 0 0 1 3 3L7.4 18.6 3 20l1.4-4.4z"],
};

export const icon = (name, size = 20) => draw("svg", {
  class: "icon", width: size, height: size, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor",
  "stroke-width": name === "dots" ? 3.5 : 2, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
}, LINES[name].map((line) => draw("path", { d: line })));

// Letters without accents nor capitals, to find « Élaguer » with « elag ».
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();
