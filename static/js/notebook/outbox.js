// @ts-check
// The pure rules of the entries that wait on a phone: their states, what leaves next and when, and the sentences about them.
// pending → received (the site accepted it) → confirmed (the receipts of both sides agree); or → refused, with its reason.
// docs/offline.md describes it.

import { counted } from "../core/formats.js";

/** @import { Entry, EntryRecord, EntryState, Moment, NetworkFacts, Problem, SendingAnswer, Uuid } from "../types/notebook.d.ts" */

// --- Entries and their records

/** @type {Entry["kind"][]} */
export const KINDS = ["session", "signature", "evaluation"];

/** @type {EntryState[]} */
export const STATES = ["pending", "received", "confirmed", "refused"];

/**
 * An entry that was just made by `owner`.
 * @param {Entry} entry
 * @param {Uuid} owner
 * @returns {EntryRecord}
 */
export const freshRecord = (entry, owner) => /** @type {EntryRecord} */ ({
  id: entry.id,
  owner,
  kind: entry.kind,
  state: "pending",
  reason: "",
  entry,
  saved_at: new Date().toISOString(),
  received_at: null,
  confirmed_at: null,
  attempted: false,
});

/**
 * Whether an entry may still be corrected or taken away here.
 * @param {Pick<EntryRecord, "state" | "attempted">} record
 */
export const mayChange = (record) => record.state === "refused" || (record.state === "pending" && !record.attempted);

/**
 * A record after the answer of the site to its sending, `ids` being what was sent; undefined when it was not answered.
 * What the site cannot even read is named by its place in the sending.
 * @param {EntryRecord} record
 * @param {Pick<SendingAnswer, "accepted" | "refused" | "unreadable">} answer
 * @param {Uuid[]} ids
 * @param {Moment} moment
 * @returns {EntryRecord | undefined}
 */
export const answered = (record, { accepted, refused, unreadable = [] }, ids, moment) => {
  if (record.state !== "pending") return undefined;
  if (accepted.includes(record.id)) return { ...record, state: "received", reason: "", received_at: moment };
  const reason = unreadable.find(({ place }) => ids[place] === record.id)?.sentence ?? refused[record.id];
  return reason ? { ...record, state: "refused", reason } : undefined;
};

// deno-lint-ignore no-control-regex -- taking them away is what it is for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** @param {string} text */
const cleanText = (text) =>
  text.replace(/\r\n?/g, "\n").replace(CONTROL, "").replace(LONE_SURROGATE, "").trim();

/**
 * @param {unknown} value
 * @returns {unknown}
 */
const cleanedValue = (value) => {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanedValue);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanedValue(inner)]));
  }
  return value;
};

/**
 * A copy of an entry with every text trimmed and without signs that no database keeps.
 * @template T
 * @param {T} value
 * @returns {T}
 */
export const cleaned = (value) => /** @type {T} */ (cleanedValue(value));

// --- What leaves, and when

export const MOST_ENTRIES = 24;
export const MOST_BYTES = 400 * 1024;
/** Between two looks when nothing failed, in milliseconds. */
export const PAUSE = 30000;
const FIRST_PAUSE = 5000;
export const LONGEST_PAUSE = 300000;
const KEPT_DAYS = 30;
const A_DAY = 86400000;

/** @param {Entry} entry */
const weight = (entry) => new TextEncoder().encode(JSON.stringify(entry)).length;

/**
 * What waits to leave, in the order of leaving: a signature is nothing to the site before its session. Within a kind the order
 * given stays. `passed` are those that this round already sent.
 * @param {EntryRecord[]} records
 * @param {Set<Uuid>} passed
 */
export const waitingIn = (records, passed) => records
  .filter(({ state, id }) => state === "pending" && !passed.has(id))
  .sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind));

/**
 * The first of them that leave together: at most 24 and 400 KB, and always at least one.
 * @param {EntryRecord[]} records
 */
export const nextBatch = (records) => {
  /** @type {EntryRecord[]} */
  const batch = [];
  let bytes = 0;
  for (const record of records) {
    bytes += weight(record.entry);
    if (batch.length && (batch.length === MOST_ENTRIES || bytes > MOST_BYTES)) break;
    batch.push(record);
  }
  return batch;
};

/**
 * Milliseconds before the next try after so many failures in a row: twice as long each time up to 5 minutes, half more or
 * half less by `chance` (0 to 1), so that the phones of a site do not come back together.
 * @param {number} failures
 * @param {number} chance
 */
export const pauseAfter = (failures, chance) =>
  (failures ? Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1)) * (0.5 + chance) : PAUSE);

/**
 * The confirmed records that this phone need not show any more: after 30 days.
 * @param {EntryRecord[]} records
 * @param {number} now
 */
export const expired = (records, now) => {
  const limit = new Date(now - KEPT_DAYS * A_DAY).toISOString();
  return records.filter(({ state, confirmed_at: moment }) => state === "confirmed" && moment !== null && moment < limit);
};

// --- In words

/** @type {Partial<Record<Problem | "", string>>} */
const PROBLEMS = {
  login: "Reconnectez-vous pour envoyer\u00a0: rien n’est perdu.",
  owner: "Le site est ouvert au nom d’une autre personne\u00a0: rien n’est envoyé, rien n’est perdu.",
  role: "Votre compte ne peut plus envoyer\u00a0: rien n’est perdu, parlez-en à votre direction.",
  csrf: "Le site ne reconnaît plus cet appareil. Reconnectez-vous\u00a0: rien n’est perdu.",
};

/** @param {NetworkFacts} facts */
const problemWords = ({ problem, problemSentence }) => (problem === "role" && problemSentence) || PROBLEMS[problem];

/** @param {NetworkFacts} facts */
const waitingWords = ({ online, problem, waiting }) => {
  const waitingEntries = `${counted(waiting, "saisie gardée", "saisies gardées")} sur ce téléphone`;
  if (!online) return `Pas de réseau\u00a0: ${waitingEntries}.`;
  return problem ? `${waitingEntries}. Le site ne répond pas, nouvel essai bientôt.` : `${waitingEntries}, envoi dès que possible.`;
};

/**
 * The sentences; `here` on the page « Mes envois » itself. What asks something of the person comes first.
 * @param {NetworkFacts} facts
 */
export const networkWords = (facts, here = false) => {
  if (facts.sending) return "Envoi en cours…";
  const problem = facts.waiting + facts.received > 0 ? problemWords(facts) : "";
  if (problem) return problem;
  const refused = facts.refused
    ? `${counted(facts.refused, "saisie refusée", "saisies refusées")}${here ? ", à corriger ci-dessous." : "\u00a0: voyez «\u00a0Mes envois\u00a0»."}`
    : "";
  if (facts.waiting) return `${waitingWords(facts)} ${refused}`.trim();
  if (refused) return refused;
  if (facts.received) return `${counted(facts.received, "saisie reçue", "saisies reçues")}, à vérifier avec le site.`;
  if (facts.confirmed) return "Tout est arrivé.";
  return facts.online ? "Rien n’attend sur ce téléphone." : "Pas de réseau\u00a0: le carnet fonctionne quand même.";
};
