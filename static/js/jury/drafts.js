// @ts-check
// What a juror typed and the site has not answered for yet, on this very tablet: by person, by grid, by page.
// A draft leaves as soon as the site has it; those of one person are never read for another.

import { storage } from "../core/local-storage.js";

/** @import { GridDraft, SavedGridDraft } from "../types/jury.d.ts" */

const PREFIX = "cqp-jury:";
const OLDEST = 36 * 3600 * 1000; // a jury lasts a day: what nobody came back for goes

/** @type {Map<string, SavedGridDraft>} */
const memory = new Map(); // where the browser keeps nothing, as long as the page lives

/** @param {GridDraft} draft */
const nameOf = ({ owner, subject, page }) => `${PREFIX}${owner}:${subject}:${page}`;

/**
 * What is written under this name; null when it cannot be read.
 * @param {string} name
 * @returns {SavedGridDraft | null}
 */
const saved = (name) => {
  try {
    return JSON.parse(storage()?.getItem(name) ?? "null");
  } catch {
    return null;
  }
};

const names = () => {
  const found = storage();
  return found ? Object.keys(found).filter((name) => name.startsWith(PREFIX)) : [];
};

/** Who uses this page: the person logged in, nobody else. */
export const currentOwner = () => document.body.dataset.owner ?? "";

/**
 * Every draft of one person, the oldest first.
 * @param {string} owner
 */
export const draftsOf = (owner) => {
  /** @type {Map<string, SavedGridDraft | null>} */
  const drafts = new Map(memory);
  names().forEach((name) => drafts.set(name, saved(name)));
  return [...drafts.values()]
    .filter((draft) => draft !== null)
    .filter((draft) => owner !== "" && draft.owner === owner)
    .sort((one, other) => one.saved_at.localeCompare(other.saved_at));
};

/**
 * Keeps a draft; says whether it would outlive this page.
 * @param {GridDraft} draft
 */
export const keepDraft = (draft) => {
  const stored = { ...draft, saved_at: new Date().toISOString() };
  memory.set(nameOf(draft), stored);
  try {
    const place = storage();
    if (!place) return false;
    place.setItem(nameOf(draft), JSON.stringify(stored));
    memory.delete(nameOf(draft));
    return true;
  } catch {
    return false; // full: it lives as long as the page
  }
};

/** @param {GridDraft} draft */
export const dropDraft = (draft) => {
  memory.delete(nameOf(draft));
  storage()?.removeItem(nameOf(draft));
};

/**
 * Forgets what is kept of one grid: it was handed in.
 * @param {string} owner
 * @param {string} subject
 */
export const dropSubject = (owner, subject) =>
  draftsOf(owner).filter((draft) => draft.subject === subject).forEach(dropDraft);

/** @param {string} owner */
export const dropAll = (owner) => draftsOf(owner).forEach(dropDraft);

/** Forgets what was left behind by a day that is over, whoever it was of. */
export const prune = () => {
  const limit = new Date(Date.now() - OLDEST).toISOString();
  names().forEach((name) => {
    const draft = saved(name);
    if (!draft || draft.saved_at < limit) storage()?.removeItem(name);
  });
};

// --- Which pages of this browser are alive: a draft whose page is gone may be taken up by another.

/** @param {string} page */
const lockOf = (page) => `${PREFIX}${page}`;

/**
 * Says to the other pages that this one lives, until it closes.
 * @param {string} page
 */
export const holdPage = (page) => {
  navigator.locks?.request(lockOf(page), () => new Promise(() => {})).catch(() => {});
};

/**
 * The drafts of one person that no living page looks after.
 * @param {string} owner
 */
export const orphansOf = async (owner) => {
  const drafts = draftsOf(owner);
  if (!drafts.length || !navigator.locks) return drafts;
  const { held } = await navigator.locks.query();
  const alive = new Set((held ?? []).map(({ name }) => name));
  return drafts.filter(({ page }) => !alive.has(lockOf(page)));
};
