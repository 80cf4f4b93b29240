// @ts-check
// Which session: those whose roll waits, another one, or one already noted that lacks signatures.

import { make, note } from "../core/dom.js";
import { counted, longDate, timeOfDay } from "../core/formats.js";
import { missing } from "./roll.js";

/** @import { Choice, Day, PlannedSession, Session, SessionRecord, SignatureRecord } from "../types/notebook.d.ts" */
/** @import { RollDrafts, SessionIndex } from "../types/rollcall.d.ts" */

/**
 * @param {Choice[]} pairs
 * @param {string} value
 */
const label = (pairs, value) => pairs.find(([known]) => known === value)?.[1] ?? "";

/**
 * « de 9 h à 12 h, en salle »
 * @param {SessionIndex} index
 * @param {Session} session
 */
export const momentOf = (index, session) =>
  `de ${timeOfDay(session.starts_at)} à ${timeOfDay(session.ends_at)}, ${label(index.notebook.choices.places, session.place)}`;

/** @param {{ index: SessionIndex, drafts: RollDrafts, day: Day, go: (query: string) => unknown }} options */
export const sessionChoice = ({ index, drafts, day, go }) => {
  /**
   * @param {string} query
   * @param {string} text
   */
  const link = (query, text) => make("a", { href: `?${query}`, onclick: (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(query);
  } }, text);

  /**
   * @param {Session} session
   * @param {string} query
   * @param {string} more
   */
  const card = (session, query, more) => make("li", {},
    make("h3", {}, link(query, session.theme)),
    make("p", {}, `${session.held_on === day ? "Aujourd’hui" : longDate(session.held_on)}, ${momentOf(index, session)}`),
    make("p", { class: "text-quiet" }, more));

  /**
   * @param {string} id
   * @param {string} title
   * @param {HTMLElement[]} cards
   * @param {string | null} lead
   */
  const section = (id, title, cards, lead = null) => make("section", { class: "section", "aria-labelledby": id },
    make("h2", { id }, title), lead && make("p", {}, lead), make("ul", { class: "cards" }, cards));

  const begun = drafts.all();
  const started = new Set(begun.map(({ session }) => session.id));
  const planned = index.planned.filter(({ id }) => !started.has(id));
  const toCall = [...planned.filter(({ held_on }) => held_on === day), ...planned.filter(({ held_on }) => held_on < day).reverse()];
  const waiting = index.waiting.filter(({ id }) => !started.has(id));
  const toFinish = index.toFinish().filter(({ session }) => !started.has(session.id));

  /** @param {SessionRecord} record */
  const refusal = (record) => note("refusal",
    make("p", {}, make("strong", {}, `${record.entry.theme}, ${longDate(record.entry.held_on)}\u00a0: appel refusé. `), record.reason),
    make("p", {}, link(`corriger=${record.id}`, "Corriger cet appel")));

  /** @param {SignatureRecord} record */
  const lostSignature = ({ id, entry, reason }) => note("refusal",
    make("p", {}, make("strong", {}, `Signature de ${entry.enrollment ? index.nameOf(entry.enrollment) : "l’encadrement"} refusée. `), reason),
    make("p", {}, link(`corriger=${id}`, "Corriger cette signature")));

  /** @param {PlannedSession} session */
  const expected = (session) => {
    const people = counted(index.expected(session).length, "personne attendue", "personnes attendues");
    return session.trainer === index.notebook.owner.id ? people : `${people}, ${index.trainerName(session.trainer)}`;
  };

  return make("div", {},
    index.refused.filter(({ id }) => !started.has(id)).map(refusal),
    index.refusedSignatures.filter(({ entry }) => !started.has(entry.session)).map(lostSignature),
    begun.length > 0 && section("commences", "Appel commencé", begun.map(({ session }) => card(session, `seance=${session.id}`, "Gardé sur ce téléphone, pas encore enregistré"))),
    toCall.length > 0
      ? section("a-faire", "Appel à faire", toCall.map((session) => card(session, `seance=${session.id}`, expected(session))))
      : make("section", { class: "section", "aria-labelledby": "a-faire" }, make("h2", { id: "a-faire" }, "Appel à faire"), make("p", {}, "Aucune séance prévue n’attend son appel.")),
    make("p", {}, make("a", { class: "btn btn-outline-primary", href: "?nouvelle=1", onclick: (event) => {
      event.preventDefault();
      go("nouvelle=1");
    } }, "Une autre séance")),
    waiting.length > 0 && section("gardes", "Gardé ici, pas encore parti", waiting.map(({ entry }) => card(entry, `corriger=${entry.id}`, "Touchez pour corriger avant l’envoi"))),
    toFinish.length > 0 && section("a-signer", "Faire signer une séance déjà notée",
      toFinish.map((roll) => card(roll.session, `seance=${roll.session.id}`, counted(missing(roll).length, "signature manque", "signatures manquent")))));
};
