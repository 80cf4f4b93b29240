// @ts-check
// What the network and the entries are like now, in numbers and in words.

import { networkWords } from "./network-words.js";
import { currentOwner } from "./owner.js";
import { entriesOf } from "./store.js";

/** @import { EntryState, Network, NetworkFacts } from "../types/notebook.d.ts" */

/** @type {Omit<NetworkFacts, "online"> & { reachable: boolean }} */
const now = { reachable: true, sending: false, problem: "", said: "", waiting: 0, received: 0, refused: 0, confirmed: 0 };
/** @type {Set<(state: Network) => void>} */
const listeners = new Set();

/** @returns {NetworkFacts} */
const facts = () => {
  const { reachable, ...known } = now;
  return { ...known, online: navigator.onLine && reachable };
};

/** What the network and the entries are like, in words; `here` on the page « Mes envois » itself. */
export const words = (here = false) => networkWords(facts(), here);

/**
 * The same in numbers and in words, as last counted.
 * @returns {Network}
 */
export const network = () => {
  const { said: _said, ...known } = facts();
  return { ...known, sentence: words() };
};

/**
 * Calls back with network() at each change of it; gives the way to stop.
 * @param {(state: Network) => void} callback
 */
export const onNetwork = (callback) => {
  listeners.add(callback);
  return () => listeners.delete(callback);
};

/** @param {Partial<typeof now>} news */
export const tell = (news) => {
  const before = JSON.stringify(network());
  Object.assign(now, news);
  if (JSON.stringify(network()) !== before) listeners.forEach((callback) => callback(network()));
};

/** Counts again what this phone keeps of its owner. */
export const recount = async () => {
  const entries = await entriesOf(currentOwner());
  /** @param {EntryState} state */
  const number = (state) => entries.filter((record) => record.state === state).length;
  tell({ waiting: number("kept"), received: number("received"), refused: number("refused"), confirmed: number("confirmed") });
};
