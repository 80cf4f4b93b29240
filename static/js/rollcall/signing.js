// @ts-check
// The dialog where people sign, one after the other: the phone goes from hand to hand.

import { announce, make } from "../core/dom.js";
import { SignaturePad } from "./signature-pad.js";

/** @import { Strokes } from "../types/notebook.d.ts" */
/** @import { PlaceToSign } from "../types/rollcall.d.ts" */
/** @typedef {PlaceToSign & { name: string, words: string }} NamedPlace */

const HINT = "Signez dans le cadre, avec le doigt, un stylet ou la souris.";
const NOTHING = "Le cadre est vide. Signez dedans\u00a0; si c’est impossible, touchez «\u00a0N’a pas pu signer\u00a0».";

/**
 * Opens for these places in turn: {name, words} says who signs and for what. `signed(place, strokes)` and
 * `unable(place)` are told at once; `closed()` when the last one is done or the dialog is left.
 * @param {{ places: NamedPlace[], signed: (place: NamedPlace, strokes: Strokes) => void, unable: (place: NamedPlace) => void, closed: () => void }} options
 */
export const collect = ({ places, signed, unable, closed }) => {
  const queue = [...places];
  const hint = make("p", { class: "signing-hint text-quiet", role: "status" }, HINT);
  const pad = new SignaturePad(() => hint.replaceChildren(HINT));
  const rank = make("p", { class: "text-quiet" });
  const name = make("h2", { id: "signing-name", tabindex: "-1" });
  const words = make("p", { class: "signing-words", id: "signing-words" });

  const next = () => {
    queue.shift();
    if (queue.length) show();
    else dialog.close();
  };

  const confirm = () => {
    if (!pad.isDrawn) {
      hint.replaceChildren(NOTHING);
      return;
    }
    signed(queue[0], pad.strokes);
    announce(`Signature de ${queue[0].name} gardée.`);
    next();
  };

  const giveUp = () => {
    unable(queue[0]);
    next();
  };

  /**
   * @param {string} kind
   * @param {string} label
   * @param {() => void} onclick
   */
  const button = (kind, label, onclick) => make("button", { class: `btn ${kind}`, type: "button", onclick }, label);
  /** @type {HTMLDialogElement} */
  const dialog = make("dialog", { class: "signing", "aria-labelledby": "signing-name", "aria-describedby": "signing-words", onclose: () => {
    dialog.remove();
    closed();
  } },
  make("div", { class: "signing-who" },
    make("div", { class: "signing-top" }, rank, button("btn-link", "Fermer", () => dialog.close())), name, words),
  make("div", { class: "signing-frame" }, pad.frame, hint),
  make("div", { class: "signing-acts" },
    button("btn-primary", "C’est ma signature", confirm),
    button("btn-outline-primary", "Effacer", () => pad.clear()),
    button("btn-outline-primary", "N’a pas pu signer", giveUp)));

  const show = () => {
    const place = queue[0];
    rank.replaceChildren(places.length > 1 ? `Signature ${places.length - queue.length + 1} sur ${places.length}` : "Signature");
    name.replaceChildren(place.name);
    words.replaceChildren(place.words);
    pad.clear();
    name.focus();
  };

  document.body.append(dialog);
  dialog.showModal();
  show();
};
