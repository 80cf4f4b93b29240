// @ts-check
// Two pages wrote the same grid: both texts are shown, and the juror chooses. Nothing is replaced without that.

import { make } from "../core/dom.js";
import { labelOf } from "./fields.js";

/** @import { GridContent, OtherGrid } from "../types/jury.d.ts" */

/** @param {boolean | null} validated */
const opinion = (validated) => (validated === null ? "pas encore dit" : validated ? "oui" : "non");

/**
 * @param {HTMLFormElement} form
 * @param {string} title
 * @param {GridContent} content
 */
const shown = (form, title, content) => make("div", {},
  make("h4", {}, title),
  make("ul", {},
    Object.entries(content.marks).map(([criterion, rank]) =>
      make("li", {}, `${labelOf(form, criterion)}\u00a0: niveau ${rank}`)),
    make("li", {}, `Épreuve validée\u00a0: ${opinion(content.validated)}`)),
  make("p", {}, content.comment || "Aucune remarque."));

/**
 * @param {string} label
 * @param {string} look
 * @param {() => void} onclick
 */
const act = (label, look, onclick) => make("button", { type: "button", class: `btn ${look}`, onclick }, label);

/**
 * Shows both, in `place`; calls `keepTheirs` or `keepMine` once.
 * @param {HTMLElement} place
 * @param {{ form: HTMLFormElement, sentence: string, theirs: OtherGrid, mine: GridContent, keepTheirs: () => void, keepMine: () => void }} options
 */
export const showConflict = (place, { form, sentence, theirs, mine, keepTheirs, keepMine }) => {
  /** @param {() => void} then */
  const close = (then) => () => {
    place.replaceChildren();
    then();
  };
  const section = make("section", { class: "sheet conflict-notice", "aria-label": "Deux versions de cette grille", tabindex: "-1" },
    make("h3", {}, "Deux versions de cette grille"),
    make("p", {}, sentence),
    make("div", { class: "conflict-versions" },
      shown(form, `Sur le site, à ${theirs.at}`, theirs),
      shown(form, "Dans cette page", mine)),
    make("div", { class: "acts" },
      act("Garder celle du site", "btn-outline-primary", close(keepTheirs)),
      act("La remplacer par celle de cette page", "btn-primary", close(keepMine))));
  place.replaceChildren(section);
  section.focus();
};
