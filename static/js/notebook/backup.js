// @ts-check
// What protects entries that wait: persistent storage, and a file that can be carried to another phone.

import { shortDate, today } from "../core/formats.js";
import { NOT_OURS, readExportFile, writeExportFile } from "./export-file.js";
import { currentOwner } from "../core/local-storage.js";
import { bringBack, entriesOf, remember } from "./store.js";

const MOST_BYTES = 30 * 1024 * 1024;

/** Whether the browser promised not to wipe what this phone keeps. */
export const isPersistent = async () => {
  try {
    return (await navigator.storage?.persisted?.()) ?? false;
  } catch {
    return false;
  }
};

/** Asks for that promise, once per phone and again while it is not granted. */
export const askToPersist = async () => {
  if (await isPersistent()) return true;
  await remember("asked_to_persist", new Date().toISOString());
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
};

/** The export file: its name, its text, and how many entries it holds. */
export const exported = async (name = "") => {
  const owner = currentOwner();
  const file = await writeExportFile(await entriesOf(owner), { id: owner, name }, new Date().toISOString());
  return { name: `carnet-${today()}.json`, ...file };
};

/**
 * Brings back an export file of the same person: how many were new, how many were here, and the day it was made.
 * @param {File} file
 */
export const imported = async (file) => {
  if (file.size > MOST_BYTES) throw new Error(NOT_OURS);
  const { records, madeAt } = await readExportFile(await file.text(), currentOwner());
  const added = await bringBack(records);
  return { added, known: records.length - added, made_on: shortDate(madeAt.slice(0, 10)) };
};
