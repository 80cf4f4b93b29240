// @ts-check
// The receipt, as both sides write it: each entry is one line; the lines sorted, then hashed.

import { sha256 } from "./text.js";

/** @import { Entry } from "../types/notebook.d.ts" */

/**
 * @param {Entry} e
 * @returns {Promise<unknown[]>}
 */
const partsOf = async (e) => {
  if (e.kind === "evaluation") {
    return ["evaluation", e.id, e.path, e.competency, e.rank, e.own_rank || "", e.seen_on, e.situation ?? "", e.comment ?? ""];
  }
  if (e.kind === "signature") {
    return ["signature", e.id, e.session, e.path ?? "", e.half, e.minutes, await sha256(JSON.stringify(e.strokes))];
  }
  const presences = e.presences.map(({ path, minutes, absence }) => /** @type {const} */ ([path, minutes, absence ?? ""]));
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
