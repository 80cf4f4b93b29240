// @ts-check
// The rolls begun and not saved yet, by owner: they survive a reload, an empty battery, and another session in between.

import { readSaved, writeSaved } from "../core/local-storage.js";

/** @import { Uuid } from "../types/notebook.d.ts" */
/** @import { Roll } from "../types/rollcall.d.ts" */

/** @param {Uuid} owner */
const placeOf = (owner) => `cqp-roll-${owner}`;

/**
 * @param {unknown} roll
 * @returns {roll is Roll}
 */
const isRoll = (roll) => {
  const { session, people, signatures } = /** @type {Partial<Roll>} */ (roll ?? {});
  return Boolean(session?.id && Array.isArray(people) && Array.isArray(signatures));
};

/** @param {Uuid} owner */
export const openDrafts = (owner) => {
  const saved = readSaved(placeOf(owner));
  const rolls = new Map((Array.isArray(saved) ? saved : []).filter(isRoll).map((roll) => [roll.session.id, roll]));
  const write = () => writeSaved(placeOf(owner), rolls.size ? [...rolls.values()] : null);

  return {
    /** @param {Uuid} session */
    of: (session) => rolls.get(session) ?? null,
    all: () => [...rolls.values()],
    /**
     * Says whether it is safe: a full storage keeps the roll on the screen only.
     * @param {Roll} roll
     */
    save: (roll) => {
      rolls.set(roll.session.id, roll);
      return write();
    },
    /** @param {Uuid} session */
    drop: (session) => {
      rolls.delete(session);
      return write();
    },
  };
};
