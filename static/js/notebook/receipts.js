// @ts-check
// The receipt, as both sides write it: each entry is one line; the lines sorted, then hashed. And what comes of comparing.

/** @import { Entry, EntryRecord, Moment } from "../types/notebook.d.ts" */

const TRIES = 3;

export const LOST =
  "Le serveur ne retrouve pas cette saisie telle que vous l’avez faite, malgré plusieurs envois. " +
  "Corrigez-la pour la renvoyer, ou exportez-la et prévenez la direction.";

/**
 * SHA-256 of a text, in hexadecimal.
 * @param {string} text
 */
export const sha256 = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/**
 * @param {Entry} e
 * @returns {Promise<unknown[]>}
 */
const partsOf = async (e) => {
  if (e.kind === "evaluation") {
    return ["evaluation", e.id, e.enrollment, e.competency, e.rank, e.own_rank || "", e.seen_on, e.situation ?? "", e.comment ?? ""];
  }
  if (e.kind === "signature") {
    return ["signature", e.id, e.session, e.enrollment ?? "", e.half, e.minutes, await sha256(JSON.stringify(e.strokes))];
  }
  const presences = e.presences.map(({ enrollment, minutes, absence }) => /** @type {const} */ ([enrollment, minutes, absence ?? ""]));
  return [
    "session", e.id, e.held_on, e.starts_at, e.ends_at, e.place, e.form, e.module, e.theme ?? "", e.trainer,
    presences.sort(([one], [other]) => (one < other ? -1 : 1)),
  ];
};

/**
 * The line of one entry, as the site writes it from its own rows.
 * @param {Entry} entry
 */
export const lineOf = async (entry) => JSON.stringify(await partsOf(entry));

/**
 * How many they are, and the SHA-256 of their lines.
 * @param {{ entry: Entry }[]} records
 */
export const digestOf = async (records) => {
  const lines = await Promise.all(records.map(({ entry }) => lineOf(entry)));
  return { count: lines.length, sha256: await sha256(lines.sort().join("\n")) };
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
  return times < TRIES ? { ...again, state: "pending" } : { ...again, state: "refused", reason: LOST };
};
