// The rolls begun and not kept yet, by owner: they survive a reload, a dead battery, and another session in between.

import { readSaved, writeSaved } from "../core/local-storage.js";

const placeOf = (owner) => `cqp-roll-${owner}`;

const isRoll = (roll) => Boolean(roll?.session?.id && Array.isArray(roll.people) && Array.isArray(roll.signatures));

export const openDrafts = (owner) => {
  const rolls = new Map((readSaved(placeOf(owner)) ?? []).filter(isRoll).map((roll) => [roll.session.id, roll]));
  const write = () => writeSaved(placeOf(owner), rolls.size ? [...rolls.values()] : null);

  return {
    of: (session) => rolls.get(session) ?? null,
    all: () => [...rolls.values()],
    // Says whether it is safe: a full storage keeps the roll on the screen only.
    save: (roll) => {
      rolls.set(roll.session.id, roll);
      return write();
    },
    drop: (session) => {
      rolls.delete(session);
      return write();
    },
  };
};
