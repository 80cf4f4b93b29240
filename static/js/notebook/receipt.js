// @ts-check
// The receipt: both sides write each entry as one line, sort, hash. « Tout est arrivé » is said only when they agree.
// The server answers from what stands in its database, so what it lost, doubled or changed cannot agree.

import { RECEIPT } from "./addresses.js";
import { confirmed, digestOf, disagreed } from "./receipts.js";
import { Halt, post } from "./requests.js";
import { changeEntries, entriesOf } from "./store.js";

/** @import { Answer, EntryRecord, ReceiptAnswer, Uuid } from "../types/notebook.d.ts" */

const MOST = 5000;

/**
 * @param {EntryRecord[]} records
 * @param {Uuid} owner
 */
const agrees = async (records, owner) => {
  const mine = await digestOf(records);
  /** @type {Answer<ReceiptAnswer>} */
  const { status, data } = await post(RECEIPT, { owner, ids: records.map(({ id }) => id) }, owner);
  if (status !== 200) throw new Halt("answer", data?.sentence);
  return data.count === mine.count && data.sha256 === mine.sha256;
};

/**
 * Confirms those on which both sides agree, and finds the others by halving. Gives how many disagree.
 * @param {EntryRecord[]} records
 * @param {Uuid} owner
 * @returns {Promise<number>}
 */
const compare = async (records, owner) => {
  if (await agrees(records, owner)) {
    const moment = new Date().toISOString();
    await changeEntries(owner, records.map(({ id }) => id), (record) => confirmed(record, moment));
    return 0;
  }
  if (records.length === 1) {
    await changeEntries(owner, [records[0].id], disagreed);
    return 1;
  }
  const half = Math.ceil(records.length / 2);
  return (await compare(records.slice(0, half), owner)) + (await compare(records.slice(half), owner));
};

/**
 * Compares all that was received and not confirmed.
 * @param {Uuid} owner
 */
export const checkReceipts = async (owner) => {
  const received = (await entriesOf(owner)).filter(({ state }) => state === "received");
  let disagree = 0;
  for (let start = 0; start < received.length; start += MOST) {
    disagree += await compare(received.slice(start, start + MOST), owner);
  }
  return disagree;
};
