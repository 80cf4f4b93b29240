// @ts-check
// What leaves next, and when: sessions, then signatures, then evaluations, in small batches; later and later after failures.

import { KINDS } from "./records.js";

/** @import { Entry, EntryRecord, Uuid } from "../types/notebook.d.ts" */

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
  .filter(({ state, id }) => state === "kept" && !passed.has(id))
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
