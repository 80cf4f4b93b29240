// @ts-check
// Leaving a tablet that others will use: what is typed is sent first, and nothing of it stays.

import { currentOwner, dropAll, draftsOf, prune } from "./drafts.js";
import { sendOthers } from "./outbox.js";

const LOSE =
  "Une grille n’est pas encore sur le site, et le réseau ne répond pas. Se déconnecter l’efface de cette tablette. " +
  "Se déconnecter quand même\u00a0?";

let ready = false;
/** @type {() => Promise<unknown>} */
let flushHere = () => Promise.resolve();

/**
 * The page says how to send the grid that it shows.
 * @param {() => Promise<unknown>} flush
 */
export const sendFirst = (flush) => {
  flushHere = flush;
};

/** @param {Event} event */
const guard = async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-leave]")) return;
  if (ready || !draftsOf(currentOwner()).length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await flushHere();
  const left = draftsOf(currentOwner()).length ? await sendOthers() : 0;
  if (left && !window.confirm(LOSE)) return;
  dropAll(currentOwner());
  ready = true;
  form.requestSubmit();
};

prune();
document.addEventListener("submit", guard, true);
