// @ts-check
// One grid, saved as it is typed: at once on this tablet, a moment later on the site, with its state in words.

import { announce, find, findAll } from "../core/dom.js";
import { showConflict } from "./conflict.js";
import { currentOwner, dropDraft, dropSubject, draftsOf, holdPage, keepDraft, orphansOf } from "./drafts.js";
import { commentOf, readFields, same, writeFields } from "./fields.js";
import { send } from "./requests.js";

/** @import { GridContent, GridDraft, OtherGrid, Outcome } from "../types/jury.d.ts" */

const MOMENT = 800;
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 30000;
const RELOADED = "cqp-jury-reloaded";

const KEPT = "gardé sur cette tablette";
const NO_STORE = "Pas de réseau, et cette tablette ne garde rien\u00a0: ne fermez pas cette page.";
const NO_NETWORK = "Pas de réseau\u00a0: gardé sur cette tablette, envoyé dès son retour.";
const NO_LOGIN = "Votre entrée est finie\u00a0: gardé sur cette tablette. Entrez de nouveau, cela partira.";
const CHOOSE = "Refusé\u00a0: une autre page a enregistré cette grille. Choisissez la bonne ci-dessus.";
const OLD_PAGE = "Cette page est trop ancienne pour le site. Rechargez-la\u00a0: ce que vous avez écrit est gardé sur cette tablette.";
const HAND_LATER = "Pas de réseau\u00a0: une appréciation se rend avec le réseau. La vôtre est gardée sur cette tablette.";

/** Whether the page may come again by itself: not twice in a row. */
const reloadsOnce = () => {
  try {
    const last = Number(sessionStorage.getItem(RELOADED));
    sessionStorage.setItem(RELOADED, String(Date.now()));
    return Date.now() - last > 10000;
  } catch {
    return false;
  }
};

/**
 * Looks after one form; gives {subject, flush} to the rest of the page.
 * @param {HTMLFormElement} form
 */
export const mountGrid = async (form) => {
  const owner = currentOwner();
  const subject = form.dataset.appraisal ?? "";
  const state = find(form, "[data-state]", HTMLElement);
  const place = find(form, "[data-conflict]", HTMLElement);
  const revision = find(form, "[name=revision]", HTMLInputElement);
  const now = {
    page: crypto.randomUUID?.() ?? "",
    revision: Number(revision.value) || 0,
    saved: readFields(form),
    blocked: false,
    pause: FIRST_PAUSE,
    timer: /** @type {Timer | undefined} */ (undefined),
    running: /** @type {Promise<Outcome> | null} */ (null),
  };
  if (!now.page || !owner) return null; // an old browser: the form works as it is

  /** @param {string} sentence */
  const say = (sentence, tone = "", aloud = false) => {
    state.textContent = sentence;
    state.dataset.tone = tone;
    if (aloud) announce(sentence);
  };
  /** @returns {GridDraft} */
  const draft = () => ({
    owner,
    subject,
    page: now.page,
    revision: now.revision,
    content: readFields(form),
    url: form.dataset.autosave ?? "",
    name: form.dataset.name ?? "",
  });
  const isDirty = () => !same(readFields(form), now.saved);
  /** @param {number} delay */
  const later = (delay) => {
    clearTimeout(now.timer);
    now.timer = setTimeout(() => flush(), delay);
  };

  /**
   * @param {GridContent} sent
   * @param {Outcome} outcome
   */
  const settle = (sent, outcome) => {
    if (outcome.word === "saved") {
      Object.assign(now, { revision: outcome.revision, saved: sent, pause: FIRST_PAUSE });
      revision.value = String(outcome.revision);
      if (isDirty()) {
        keepDraft(draft());
        later(MOMENT);
      } else {
        dropDraft(draft());
        say(`Enregistré à ${outcome.at}.`);
      }
    } else if (outcome.word === "network") {
      say(keepDraft(draft()) ? NO_NETWORK : NO_STORE, "wait");
      later(now.pause);
      now.pause = Math.min(now.pause * 2, LONGEST_PAUSE);
    } else if (outcome.word === "login") {
      say(NO_LOGIN, "refusal", true);
    } else if (outcome.word === "owner") {
      window.location.reload(); // somebody else uses this tablet: nothing of mine stays on the screen
    } else if (outcome.word === "old") {
      const safe = keepDraft(draft());
      if (safe && reloadsOnce()) window.location.reload(); // it comes back as whoever is logged in, and takes the draft up
      else say(OLD_PAGE, "refusal", true);
    } else if (outcome.word === "moved") {
      now.blocked = true;
      say(CHOOSE, "refusal", true);
      openConflict(outcome);
    } else if (outcome.word === "rule") {
      say(`Refusé\u00a0: ${outcome.sentence} Ce que vous avez écrit est ${KEPT}.`, "refusal", true);
    }
    return outcome.word;
  };

  /** @param {{ sentence: string, theirs: OtherGrid }} outcome */
  const openConflict = ({ sentence, theirs }) => {
    /** @param {GridContent} content */
    const resume = (content) => {
      now.blocked = false;
      now.revision = theirs.revision;
      now.saved = { marks: theirs.marks, validated: theirs.validated, comment: theirs.comment };
      revision.value = String(theirs.revision);
      writeFields(form, content);
    };
    showConflict(place, {
      form,
      sentence,
      theirs,
      mine: readFields(form),
      keepTheirs: () => {
        resume(theirs);
        dropDraft(draft());
        say(`Enregistré à ${theirs.at}.`, "", true);
        commentOf(form).focus();
      },
      keepMine: () => {
        resume(readFields(form));
        flush();
        commentOf(form).focus();
      },
    });
  };

  /**
   * Sends what is not sent; "saved" when the site has everything.
   * @returns {Promise<Outcome["word"]>}
   */
  const flush = async () => {
    clearTimeout(now.timer);
    if (now.running) await now.running;
    if (now.blocked) return "moved";
    if (!isDirty()) return "saved";
    const packed = draft();
    say("Envoi…", "wait");
    now.running = send(packed);
    const outcome = await now.running;
    now.running = null;
    return settle(packed.content, outcome);
  };

  const typed = () => {
    if (!isDirty()) return;
    const safe = keepDraft(draft());
    if (now.blocked) return;
    say(safe ? "Gardé sur cette tablette, envoi dans un instant." : "Envoi dans un instant.", "wait");
    later(MOMENT);
  };

  /** @param {SubmitEvent} event */
  const handIn = async (event) => {
    const button = event.submitter;
    const submits = button instanceof HTMLButtonElement && button.name === "submit";
    if (submits && !isDirty() && !now.running && navigator.onLine) return; // the site has it all: the form goes
    event.preventDefault();
    const word = await flush();
    if (!submits) return;
    if (word === "saved" && navigator.onLine) form.requestSubmit(button);
    else if (word === "network" || !navigator.onLine) say(HAND_LATER, "wait", true);
  };

  const takeUp = async () => {
    const left = (await orphansOf(owner)).find((one) => one.subject === subject);
    if (left) {
      Object.assign(now, { page: left.page, revision: left.revision });
      writeFields(form, left.content);
      if (!isDirty()) dropDraft(left);
    }
    holdPage(now.page);
    find(form, "[name=page]", HTMLInputElement).value = now.page;
    if (left && isDirty()) await flush();
  };

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", handIn);
  window.addEventListener("online", () => flush());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && isDirty()) flush();
  });
  await takeUp();
  return { subject, flush };
};

/** A grid that was handed in leaves nothing on this tablet. */
export const forgetHanded = () => {
  const [handed] = findAll(document, "[data-handed]", HTMLElement);
  if (handed && draftsOf(currentOwner()).length) dropSubject(currentOwner(), handed.dataset.handed ?? "");
};
