// @ts-check
// « Les signatures »: who signs for which half-day, what is signed, what is missing.

import { findAll, make } from "../core/dom.js";
import { counted, hours, longDate } from "../core/formats.js";
import { halvesOf, ofTheHalf, theHalf } from "./half-days.js";
import { miniature } from "./strokes.js";
import { cannotSign, sign, toSign } from "./roll.js";
import { collect } from "./signing.js";

/** @import { HalfDay } from "../types/notebook.d.ts" */
/** @import { Place, PlaceToSign, Roll, SessionIndex } from "../types/rollcall.d.ts" */

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * « Moi, Aïcha Benali, j’étais là le lundi 3 mars 2026, le matin, 3 h. »
 * @param {Roll} roll
 * @param {PlaceToSign} place
 * @param {string} name
 */
const wordsOf = (roll, place, name) => {
  const { held_on: day } = roll.session;
  const several = halvesOf(roll.session).length > 1;
  const length = several ? `\u00a0; dans la journée, ${hours(place.minutes)}` : `, ${hours(place.minutes)}`;
  /** @param {PlaceToSign} place */
  const act = place.enrollment === null ? "j’ai encadré cette séance" : "j’étais là";
  return `Moi, ${name}, ${act} le ${longDate(day)}, ${theHalf(place.half)}${length}.`;
};

/** @param {{ index: SessionIndex, roll: Roll, changed: () => void }} options */
export const signatureList = ({ index, roll, changed }) => {
  const element = make("div");
  /** @param {Place} place */
  const nameOf = ({ enrollment }) => (enrollment === null ? index.trainerName(roll.session.trainer) : index.nameOf(enrollment));
  /** @param {Place} place */
  const keyOf = ({ enrollment, half }) => `${half} ${enrollment ?? "trainer"}`;

  /**
   * @param {PlaceToSign[]} places
   * @param {string} back
   */
  const ask = (places, back) => collect({
    places: places.map((place) => ({ ...place, name: nameOf(place), words: wordsOf(roll, place, nameOf(place)) })),
    signed: (place, strokes) => {
      sign(roll, place, strokes);
      changed();
    },
    unable: (place) => {
      cannotSign(roll, place);
      changed();
    },
    closed: () => {
      render();
      const buttons = findAll(element, "button", HTMLElement);
      (buttons.find(({ dataset }) => dataset.key === back) ?? buttons[0] ?? element).focus();
    },
  });

  /** @param {PlaceToSign} place */
  const state = (place) => {
    if (place.strokes) return miniature(place.strokes, nameOf(place));
    if (place.done) return make("span", {}, "signature reçue");
    return make("span", { class: place.unable ? "text-quiet" : "text-wait" }, place.unable ? "n’a pas pu signer" : "à signer");
  };

  /** @param {PlaceToSign} place */
  const act = (place) => {
    if (place.done && !place.drawn) return null;
    const label = place.drawn ? "Refaire" : "Signer";
    return make("button", {
      class: "btn btn-outline-primary", type: "button", "data-key": keyOf(place), onclick: () => ask([place], keyOf(place)),
    }, label, make("span", { class: "visually-hidden" }, `\u00a0: ${nameOf(place)}, ${theHalf(place.half)}`));
  };

  /** @param {PlaceToSign} place */
  const line = (place) => make("li", { class: "signer" },
    make("span", { class: "signer-name" }, nameOf(place), place.enrollment === null && make("small", { class: "text-quiet" }, " encadrement")),
    state(place),
    act(place));

  /**
   * @param {HalfDay} name
   * @param {PlaceToSign[]} places
   */
  const half = (name, places) => {
    const left = places.filter((place) => !place.done && !place.unable);
    return make("div", { class: "half-day" },
      make("h3", {}, capital(theHalf(name))),
      left.length > 0 && make("button", {
        class: "btn btn-primary", type: "button", "data-key": `all ${name}`, onclick: () => ask(left, `all ${name}`),
      }, `Faire signer\u00a0: ${counted(left.length, "signature")} ${ofTheHalf(name)}`),
      make("ul", { class: "signers" }, places.map(line)));
  };

  const render = () => {
    const places = toSign(roll);
    element.replaceChildren(...halvesOf(roll.session).map((name) => half(name, places.filter((place) => place.half === name))));
  };

  render();
  return { element, render };
};
