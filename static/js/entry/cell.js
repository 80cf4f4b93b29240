// @ts-check
// A cell of the grid: its drawing, its words, and the own view of the person when they are alone on the page.

import { draw, make } from "../core/dom.js";
import { partsOf } from "./draft.js";

/** @import { CellKey, Draft, Mark, NotebookIndex } from "../types/entry.d.ts" */
/** @import { Level } from "../types/notebook.d.ts" */

/**
 * The one glyph of a level, as core/drawings.py draws it: `of` steps, `rank` of them filled from the bottom.
 * @param {number} rank
 * @param {number} of
 */
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

// Lines of 24 × 24 in the style of the icons of the site.
const LINES = {
  undo: ["M9 14 4 9l5-5", "M4 9h10.5a5.5 5.5 0 0 1 0 11H11"],
  dots: ["M5 12h.01", "M12 12h.01", "M19 12h.01"],
  note: ["M12 20h9", "M16.4 3.6a2 2 0 0 1 3 3L7.4 18.6 3 20l1.4-4.4z"],
};

/** @param {keyof typeof LINES} name */
export const icon = (name, size = 20) => draw("svg", {
  class: "icon", width: size, height: size, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor",
  "stroke-width": name === "dots" ? 3.5 : 2, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
}, LINES[name].map((line) => draw("path", { d: line })));

/** @param {Mark | undefined} mark */
const hasMore = (mark) => Boolean(mark?.comment || mark?.own || mark?.situation);

/** @param {Level | undefined} level */
const inWords = (level) => (level ? `${level.rank}, ${level.name}` : "");

/**
 * « Aïcha Benali, Tondre une pelouse : niveau 2, Fait avec de l’aide ; avant : 1 »
 * @param {Draft} draft
 * @param {NotebookIndex} index
 * @param {CellKey} key
 */
export const tell = (draft, index, key) => {
  const [enrollment, code] = partsOf(key);
  const mark = draft.marks.get(key);
  const last = index.lastOf(enrollment, code);
  const now = mark ? `niveau ${inWords(index.levelOf(enrollment, mark.rank))}` : "rien vu";
  const more = hasMore(mark) ? ", avec des précisions" : "";
  return `${index.personOf(enrollment).name}, ${index.labelOf(code)}\u00a0: ${now}${more}\u00a0; avant\u00a0: ${last ? last.rank : "jamais vu"}`;
};

/**
 * The same in two short lines, for the footer: the level first, as there is little room.
 * @param {Draft} draft
 * @param {NotebookIndex} index
 * @param {CellKey} key
 */
export const tellBriefly = (draft, index, key) => {
  const [enrollment, code] = partsOf(key);
  const mark = draft.marks.get(key);
  const level = mark && index.levelOf(enrollment, mark.rank);
  return [`${index.shortName(enrollment)}\u00a0: ${level ? `${level.rank}, ${level.name}` : "rien vu"}`, index.labelOf(code)];
};

/**
 * The glyph and its number; behind, the level before.
 * @param {HTMLElement} button
 * @param {Draft} draft
 * @param {NotebookIndex} index
 * @param {CellKey} key
 */
export const dressCell = (button, draft, index, key) => {
  const [enrollment, code] = partsOf(key);
  const ranks = draft.ranks(enrollment);
  const mark = draft.marks.get(key);
  const last = index.lastOf(enrollment, code);
  /** @param {number} rank */
  const place = (rank) => ranks.indexOf(rank) + 1;
  const name = draft.single ? inWords(mark && index.levelOf(enrollment, mark.rank)).replace(/^\d+, /, "") || "Rien vu" : index.shortName(enrollment);
  const before = last && make("small", { class: "cell-before" }, make("span", { class: "cell-word" }, "avant\u00a0"), String(last.rank));
  const now = mark ? [glyph(place(mark.rank), ranks.length, 24), make("b", {}, String(mark.rank))] : [glyph(last ? place(last.rank) : 0, ranks.length, 24)];
  button.classList.toggle("is-marked", Boolean(mark));
  button.setAttribute("aria-label", tell(draft, index, key));
  button.replaceChildren(
    make("span", { class: "cell-who" }, name),
    make("span", { class: "cell-what" }, make("span", { class: "cell-mark" }, now), before ?? make("small", { class: "cell-before" }, mark ? "" : "–"), hasMore(mark) && icon("note", 14)),
  );
};

/**
 * How the person sees it themselves; there is something to compare with once the trainer has marked.
 * @param {Draft} draft
 * @param {NotebookIndex} index
 * @param {CellKey} key
 */
export const ownView = (draft, index, key) => {
  const [enrollment, code] = partsOf(key);
  const inputs = [null, ...index.scaleOf(enrollment)].map((level) => make("input", {
    type: "radio", name: `avis ${code}`, value: level ? String(level.rank) : "",
    "aria-label": level ? `${level.rank}, ${level.name}` : "pas demandé",
    onchange: () => {
      const mark = draft.marks.get(key);
      if (mark) draft.act([[key, { ...mark, own: level?.rank ?? null }]], `Avis de ${index.personOf(enrollment).first_name}`);
    },
  }));
  const fieldset = make("fieldset", { class: "level-choice own-view", "aria-label": `Selon ${index.personOf(enrollment).first_name}\u00a0: ${index.labelOf(code)}` },
    make("legend", {}, `Selon ${index.personOf(enrollment).first_name}`),
    make("div", {}, inputs.map((input) => make("label", {}, input, input.value || "–"))));
  const refresh = () => {
    const mark = draft.marks.get(key);
    inputs.forEach((input) => {
      input.disabled = !mark;
      input.checked = input.value === String(mark?.own ?? "");
    });
    fieldset.classList.toggle("is-waiting", !mark);
  };
  return { element: fieldset, refresh };
};
