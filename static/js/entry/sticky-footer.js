// @ts-check
// The footer that stays in sight: the last act and its undoing, how many are marked, the network in words, what waits.

import { make } from "../core/dom.js";
import { counted } from "../core/formats.js";
import { network, onNetwork } from "../notebook/sync.js";
import { icon } from "./cell.js";

/** @import { CellKey, Draft } from "../types/entry.d.ts" */
/** @import { Network } from "../types/notebook.d.ts" */

/** @param {Network} state */
const waitingWords = ({ waiting = 0, refused = 0 }) => [
  waiting && `${waiting} en attente`,
  refused && counted(refused, "refusée"),
].filter(Boolean).join(", ");

/**
 * @param {Draft} draft
 * @param {{ save: () => unknown, undo: () => void, details: () => unknown }} acts
 */
export const stickyFooter = (draft, { save, undo, details }) => {
  const last = make("p", { class: "last-words" });
  const more = make("button", { class: "btn btn-outline-primary", type: "button", onclick: () => details(), "aria-label": "Détails de la dernière case" }, icon("dots"));
  const back = make("button", { class: "btn btn-outline-primary", type: "button", onclick: () => undo(), "aria-label": "Annuler le dernier geste" }, icon("undo"), make("span", { class: "wide-only" }, "Annuler"));
  const count = make("strong", { "data-count": "" });
  const line = make("span", { "data-network": "" });
  const outbox = make("a", { href: "/saisie/envois/" }, "Mes envois");
  const lastAct = make("div", { class: "last-act" }, last, more, back);
  const element = make("div", { class: "sticky-footer entry-footer no-print" },
    lastAct,
    make("div", { class: "entry-footer-state" }, make("p", {}, count), make("p", {}, line, " ", outbox)),
    make("button", { class: "btn btn-primary", type: "button", onclick: () => save() }, "Enregistrer"));

  /** @param {{ words: string[], key: CellKey }} last */
  const refresh = ({ words: [first, second], key }) => {
    const act = draft.acts.length > 0;
    last.replaceChildren(make("strong", {}, first), second ? make("span", {}, second) : "");
    more.hidden = !key;
    back.hidden = !act;
    lastAct.hidden = !act;
    count.textContent = draft.marks.size ? counted(draft.marks.size, "case notée", "cases notées") : "Rien de noté";
  };

  /** @param {Network} state */
  const tellNetwork = (state) => {
    const waits = waitingWords(state);
    line.textContent = state.sentence;
    outbox.textContent = waits ? `Mes envois\u00a0: ${waits}` : "Mes envois";
  };

  const watch = () => {
    tellNetwork(network());
    onNetwork(tellNetwork);
  };
  return { element, refresh, watch };
};
