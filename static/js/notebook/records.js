// @ts-check
// The life of a record: kept → received (the site accepted it) → confirmed (the receipts of both sides agree); or → refused,
// with its reason. docs/offline.md tells it whole.

/** @import { Entry, EntryRecord, EntryState, Moment, SendingAnswer, Uuid } from "../types/notebook.d.ts" */

/** @type {Entry["kind"][]} */
export const KINDS = ["session", "signature", "evaluation"];

/** @type {EntryState[]} */
export const STATES = ["kept", "received", "confirmed", "refused"];

const TRIES = 3;

export const LOST =
  "Le serveur ne retrouve pas cette saisie telle que vous l’avez faite, malgré plusieurs envois. " +
  "Corrigez-la pour la renvoyer, ou exportez-la et prévenez la direction.";

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
  state: "kept",
  reason: "",
  entry,
  kept_at: new Date().toISOString(),
  received_at: null,
  confirmed_at: null,
  attempted: false,
});

/**
 * Whether an entry may still be corrected or taken away here.
 * @param {Pick<EntryRecord, "state" | "attempted">} record
 */
export const mayChange = (record) => record.state === "refused" || (record.state === "kept" && !record.attempted);

/**
 * A record after the answer of the site to its sending, `ids` being what was sent; undefined when nothing was said of it.
 * What the site cannot even read is named by its place in the sending.
 * @param {EntryRecord} record
 * @param {Pick<SendingAnswer, "accepted" | "refused" | "unreadable">} answer
 * @param {Uuid[]} ids
 * @param {Moment} moment
 * @returns {EntryRecord | undefined}
 */
export const answered = (record, { accepted, refused, unreadable = [] }, ids, moment) => {
  if (record.state !== "kept") return undefined;
  if (accepted.includes(record.id)) return { ...record, state: "received", reason: "", received_at: moment };
  const reason = unreadable.find(({ place }) => ids[place] === record.id)?.sentence ?? refused[record.id];
  return reason ? { ...record, state: "refused", reason } : undefined;
};

/**
 * A record on which the receipts of both sides agree; undefined when it was not received.
 * @param {EntryRecord} record
 * @param {Moment} moment
 * @returns {EntryRecord | undefined}
 */
export const confirmed = (record, moment) =>
  (record.state === "received" ? { ...record, state: "confirmed", confirmed_at: moment } : undefined);

/**
 * A record that the site does not hold as it was made: it waits again; after three times a person has to look.
 * @param {EntryRecord} record
 * @returns {EntryRecord}
 */
export const disagreed = (record) => {
  const times = (record.disagreed ?? 0) + 1;
  const again = { ...record, disagreed: times, received_at: null };
  return times < TRIES ? { ...again, state: "kept" } : { ...again, state: "refused", reason: LOST };
};
