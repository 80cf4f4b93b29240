// Leaving a tablet that others will use: what is typed is sent first, and nothing of it stays.

import { currentOwner, dropAll, draftsOf, prune } from "./drafts.js";
import { sendOthers } from "./outbox.js";

const LOSE =
  "Une grille n’est pas encore sur le site, et le réseau ne répond pas. Se déconnecter l’efface de cette tablette. " +
  "Se déconnecter quand même\u00a0?";

let ready = false;
let flushHere = async () => {};

/** The page says how to send the grid that it shows. */
export const sendFirst = (flush) => {
  flushHere = flush;
};

const guard = async (event) => {
  if (!event.target.matches("[data-leave]") || ready || !draftsOf(currentOwner()).length) return;
  const form = event.target;
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
