// @ts-check
// Strokes as lines of SVG: the same curve as core/drawings.py draws on the pages and in the files.
import { draw } from "../core/dom.js";

/** @import { Strokes } from "../types/notebook.d.ts" */

// The frame in thousandths of its width.
export const FRAME = { width: 1000, height: 640 };

// Under this length (thousandths of the frame), a drawing is a slip of the finger.
const SHORTEST = 60;

/**
 * The points as the controls of curves that meet halfway between them; a single point is a dot.
 * @param {readonly (readonly number[])[]} line
 */
export const curve = ([[x, y], ...rest]) => {
  if (!rest.length) return `M${x} ${y}h1`;
  const curves = rest.slice(0, -1).map(([cx, cy], place) => {
    const [nx, ny] = rest[place + 1];
    return `Q${cx} ${cy} ${(cx + nx) / 2} ${(cy + ny) / 2}`;
  });
  const [lastX, lastY] = rest[rest.length - 1];
  return `M${x} ${y}${curves.join("")}L${lastX} ${lastY}`;
};

/** @param {Strokes} strokes */
const length = (strokes) => strokes.reduce((whole, line) => line.reduce((sum, [x, y], place) => {
  const [px, py] = line[Math.max(0, place - 1)];
  return sum + Math.hypot(x - px, y - py);
}, whole), 0);

/** @param {Strokes} strokes */
export const isDrawn = (strokes) => length(strokes) >= SHORTEST;

/**
 * @param {Strokes} strokes
 * @param {number} width
 */
export const pen = (strokes, width = 9) => draw("path", {
  d: strokes.map(curve).join(""),
  fill: "none",
  stroke: "currentColor",
  "stroke-width": width,
  "stroke-linecap": "round",
  "stroke-linejoin": "round",
});

/**
 * A kept signature, small, beside the name of who signed.
 * @param {Strokes} strokes
 * @param {string} name
 */
export const miniature = (strokes, name) => draw("svg", {
  class: "signature",
  width: 100,
  height: 64,
  viewBox: `0 0 ${FRAME.width} ${FRAME.height}`,
  role: "img",
  "aria-label": `Signature de ${name}`,
}, pen(strokes, 18));
