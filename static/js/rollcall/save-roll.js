// @ts-check
// From a roll to the entries that wait on this phone and leave for the server.

import { entryOf, keep, removeEntry, replaceEntry } from "../notebook/store.js";
import { entriesOfRoll, sessionEntryOf } from "./roll.js";

/** @import { Entry, SessionEntry } from "../types/notebook.d.ts" */
/** @import { Place, Roll, SessionIndex } from "../types/rollcall.d.ts" */

/**
 * @param {Entry} entry
 * @returns {entry is SessionEntry}
 */
const isSession = (entry) => entry.kind === "session";

/**
 * A planned session that is called, a new one, or signatures for one already noted; what they replace goes.
 * @param {Roll} roll
 */
const keepFresh = async (roll) => {
  await keep(entriesOfRoll(roll));
  /** @param {Place} place */
  const drawn = ({ enrollment, half }) => roll.signatures.some((signature) => signature.enrollment === enrollment && signature.half === half);
  for (const { id } of roll.replaces.filter(drawn)) await removeEntry(id);
};

/**
 * Not on the site, and still expected there under its name: it leaves with the signatures that still hold.
 * @param {Roll} roll
 */
const keepMended = async (roll) => {
  const entries = entriesOfRoll(roll);
  const holds = new Set(roll.signatures.map(({ id }) => id));
  for (const { id } of roll.replaces) if (!holds.has(id)) await removeEntry(id);
  await replaceEntry(roll.session.id, sessionEntryOf(roll));
  const old = new Set(roll.replaces.map(({ id }) => id));
  await keep(entries.filter((entry) => !isSession(entry) && !old.has(entry.id)));
};

/**
 * Sent back because its name is taken or cancelled on the site: it becomes another session, with new names for all.
 * @param {Roll} roll
 */
const keepAnew = async (roll) => {
  const old = roll.session.id;
  const session = crypto.randomUUID();
  const renamed = entriesOfRoll(roll).map((entry) =>
    (isSession(entry) ? { ...entry, id: session } : { ...entry, id: crypto.randomUUID(), session }));
  await keep(renamed);
  for (const { id } of roll.replaces) await removeEntry(id);
  await removeEntry(old);
};

/**
 * @param {SessionIndex} index
 * @param {Roll} roll
 */
export const saveRoll = async (index, roll) => {
  if (roll.origin !== "mended") return keepFresh(roll);
  const record = await entryOf(roll.session.id);
  if (!record) return keepFresh({ ...roll, origin: "new" });
  return index.isPlanned(roll.session.id) ? keepMended(roll) : keepAnew(roll);
};
