// @ts-check
// The grids typed on other pages of this tablet that the site has not got yet: sent again, and shown in the list.

import { counted } from "../core/formats.js";
import { make } from "../core/dom.js";
import { currentOwner, dropDraft, draftsOf, keepDraft, orphansOf } from "./drafts.js";
import { send } from "./requests.js";

/** @import { GridDraft } from "../types/jury.d.ts" */

const PAUSE = 15000;
const MOVED = "une autre page a enregistré cette grille";

/** @param {GridDraft} draft */
const mark = (draft) => {
  const link = document.querySelector(`[data-draft="${draft.subject}"]`);
  if (!link) return;
  link.querySelector(".draft-kept")?.remove();
  const words = draft.problem ? `Refusé\u00a0: ${draft.problem} Ouvrez-la pour choisir.` : "Gardé sur cette tablette.";
  link.append(make("span", { class: "draft-kept" }, words));
};

const show = () => {
  document.querySelectorAll("[data-draft] .draft-kept").forEach((words) => words.remove());
  const drafts = draftsOf(currentOwner());
  drafts.forEach(mark);
  const place = document.querySelector("[data-outbox]");
  const sentence = drafts.length
    ? `${counted(drafts.length, "grille gardée", "grilles gardées")} sur cette tablette, à envoyer.`
    : "";
  if (place && place.textContent !== sentence) place.textContent = sentence;
};

/** Sends what no open page looks after, but the grid `mine`; how many drafts of this person remain. */
export const sendOthers = async (mine = "") => {
  const owner = currentOwner();
  for (const draft of await orphansOf(owner)) {
    if (draft.subject === mine) continue;
    const outcome = await send(draft);
    if (outcome.word === "saved") dropDraft(draft);
    else if (outcome.word === "moved") keepDraft({ ...draft, problem: `${MOVED}.` });
    else if (outcome.word === "rule") keepDraft({ ...draft, problem: outcome.sentence });
    else break; // no network, or no login: the others would fare no better
  }
  show();
  return draftsOf(owner).length;
};

/** Looks after them as long as the page lives. */
export const mountOutbox = (mine = "") => {
  const again = () => sendOthers(mine).catch(() => {});
  window.addEventListener("online", again);
  window.addEventListener("storage", show);
  setInterval(() => {
    if (draftsOf(currentOwner()).length) again();
  }, PAUSE);
  return again();
};
