// @ts-check
// One roll on one page: the session, who was there, the signatures, and the footer that keeps it all.

import { announce, find, findAll, make, note, sentenceOf } from "../core/dom.js";
import { counted, hours, joined, longDate, monthName, today } from "../core/formats.js";
import { momentOf } from "./session-choice.js";
import { presenceList, unsaid } from "./presences.js";
import { changeSession, dropUnfounded, minutesOf, unasked } from "./roll.js";
import { sessionForm } from "./session-form.js";
import { obstacles } from "./sessions.js";
import { signatureList } from "./signatures.js";

/** @import { Session } from "../types/notebook.d.ts" */
/** @import { Roll, SessionIndex } from "../types/rollcall.d.ts" */

/**
 * What the server would not take, as sentences that say how to mend it.
 * @param {SessionIndex} index
 * @param {Roll} roll
 */
const warnings = (index, roll) => {
  const found = obstacles(index, roll, today());
  const month = monthName(roll.session.held_on);
  return [
    found.future && "Cette séance est à venir\u00a0: son appel se fait le jour même, ou après.",
    found.long && "Une séance ne dépasse pas 10\u00a0heures. Faites-en deux, ou vérifiez les heures.",
    found.lonely && "Une séance individuelle a une seule personne.",
    found.signed.length && `La feuille de ${month} est déjà signée pour ${joined(found.signed)}\u00a0: retirez ces personnes de l’appel, ou demandez à la direction de rouvrir le mois.`,
    found.outside.length && `Ce jour est hors du contrat de ${joined(found.outside)}\u00a0: vérifiez la date.`,
  ].filter(Boolean);
};

/**
 * @param {SessionIndex} index
 * @param {Session} session
 */
const facts = (index, session) => make("p", {},
  make("strong", {}, session.theme), make("br"),
  `${longDate(session.held_on)}, ${momentOf(index, session)}`, make("br"),
  make("span", { class: "text-quiet" }, `Encadrement\u00a0: ${index.trainerName(session.trainer)}`));

/**
 * A session recorded on the site: its presences are read here, and corrected on the site.
 * @param {SessionIndex} index
 * @param {Roll} roll
 */
const recordedPresences = (index, roll) => make("div", {},
  make("ul", { class: "signers" }, roll.people.map((person) => make("li", { class: "signer" },
    make("span", { class: "signer-name" }, index.nameOf(person.enrollment)),
    make("span", {}, minutesOf(roll, person) ? hours(minutesOf(roll, person)) : "pas là")))),
  index.mendAddress(roll.session.id) && make("p", {}, make("a", { href: index.mendAddress(roll.session.id) }, "Corriger une présence")));

const LOST = {
  held: "Les signatures dessinées ici et pas encore enregistrées seront effacées de ce téléphone.",
  mended: "Cet appel et ses signatures seront retirés de ce téléphone\u00a0; ils ne sont pas sur le site.",
  planned: "Les présences et les signatures de cet appel seront effacées de ce téléphone. La séance reste prévue.",
  new: "Cette séance, ses présences et ses signatures seront effacées de ce téléphone.",
};

/**
 * Asks once, as the acts of the site do.
 * @param {Roll} roll
 * @param {(roll: Roll) => unknown} forget
 */
const giveUp = (roll, forget) => make("details", { class: "confirm" },
  make("summary", { class: "btn btn-outline-danger" }, roll.origin === "mended" ? "Retirer du téléphone" : "Abandonner"),
  make("form", { onsubmit: (event) => {
    event.preventDefault();
    forget(roll);
  } }, make("p", {}, LOST[roll.origin]), make("button", { class: "btn btn-danger", type: "submit" }, roll.origin === "mended" ? "Retirer cet appel" : "Abandonner cet appel")));

/**
 * `save()` keeps the roll begun, `keep()` records it, `leave()` goes back to the choice, `forget()` drops it,
 * `withdraw()` takes away the signatures that were refused.
 * @param {{ index: SessionIndex, roll: Roll, footer: HTMLElement, save: (roll: Roll) => unknown, keep: (roll: Roll) => Promise<void>, leave: () => unknown, forget: (roll: Roll) => unknown, withdraw: (roll: Roll) => unknown }} options
 */
export const callView = ({ index, roll, footer, save, keep, leave, forget, withdraw }) => {
  const isRecorded = roll.origin === "held";
  const head = make("div", { class: "sheet" });
  const alarms = make("div", { "aria-live": "polite" });
  const fault = make("div", { role: "alert" });

  const noted = () => {
    save(roll);
    refresh();
  };

  const changed = () => {
    const fallen = dropUnfounded(roll);
    if (fallen) announce(`${counted(fallen, "signature est retirée", "signatures sont retirées")}\u00a0: la présence a changé.`);
    signatures.render();
    noted();
  };

  const signatures = signatureList({ index, roll, changed: noted });
  const presences = isRecorded ? { element: recordedPresences(index, roll), render: () => {} } : presenceList({ index, roll, changed });

  const act = make("button", { class: "btn btn-primary", type: "button" }, isRecorded ? "Enregistrer les signatures" : "Enregistrer l’appel");
  const count = make("p");
  const bar = make("div", { class: "sticky-footer" }, make("div", {}, count, footer), act);

  const refresh = () => {
    fault.replaceChildren();
    const left = unasked(roll).length;
    count.replaceChildren(left ? make("strong", {}, counted(left, "signature à recueillir", "signatures à recueillir")) : "Plus de signature à recueillir");
    alarms.replaceChildren(...(isRecorded ? [] : warnings(index, roll)).map((sentence) => note("wait", make("p", {}, sentence))));
  };

  /**
   * @param {string[]} sentences
   * @param {HTMLElement} [target]
   */
  const refuse = (sentences, target) => {
    fault.replaceChildren(note("refusal", sentences.map((sentence) => make("p", {}, sentence))));
    (target ?? fault).scrollIntoView({ block: "center" });
    if (target) findAll(target, "select, input", HTMLElement)[0]?.focus();
  };

  /** @param {string} enrollment */
  const rowOf = (enrollment) => find(presences.element, `[data-enrollment="${enrollment}"]`, HTMLElement);

  act.addEventListener("click", async () => {
    const gaps = unsaid(index, roll);
    if (!roll.people.length) return refuse(["Ajoutez au moins une personne à l’appel."]);
    if (gaps.length) {
      gaps.forEach(([enrollment]) => rowOf(enrollment).classList.add("is-missing"));
      return refuse(gaps.map(([, sentence]) => sentence), rowOf(gaps[0][0]));
    }
    act.disabled = true;
    try {
      await keep(roll);
    } catch (error) {
      refuse([sentenceOf(error)]);
    }
    act.disabled = false;
    return undefined;
  });

  const mend = make("details", { class: "more" }, make("summary", {}, "Changer le jour, l’heure, le lieu ou le thème"));
  const describe = () => {
    head.replaceChildren(facts(index, roll.session), ...(isRecorded ? [] : [mend]));
  };
  const form = () => sessionForm({ index, facts: roll.session, crew: false, label: "Changer la séance", done: (changes) => {
    const fallen = changeSession(roll, changes);
    mend.open = false;
    mend.lastElementChild?.replaceWith(form());
    describe();
    presences.render();
    signatures.render();
    noted();
    find(mend, "summary", HTMLElement).focus();
    announce(fallen ? "La séance est changée\u00a0: les signatures sont à refaire." : "La séance est changée.");
  } });
  if (!isRecorded) mend.append(form());

  describe();
  refresh();
  return make("div", {},
    roll.reason && note("refusal", make("p", {}, make("strong", {}, isRecorded ? "Signature refusée. " : "Appel refusé. "), roll.reason),
      isRecorded && make("button", { class: "btn btn-outline-primary", type: "button", onclick: () => withdraw(roll) }, "Retirer la signature refusée")),
    head,
    alarms,
    make("section", { class: "section", "aria-labelledby": "presents" }, make("h2", { id: "presents" }, "1. Qui était là"), presences.element),
    make("section", { class: "section", "aria-labelledby": "signatures" },
      make("h2", { id: "signatures" }, "2. Les signatures"),
      make("p", { class: "text-quiet" }, "Chacun signe sur ce téléphone. Personne n’est bloqué\u00a0: ce qui manque peut être signé plus tard."),
      signatures.element),
    fault,
    make("div", { class: "acts" },
      make("button", { class: "btn btn-outline-primary", type: "button", onclick: leave }, "Revenir aux séances"),
      giveUp(roll, forget)),
    bar);
};
