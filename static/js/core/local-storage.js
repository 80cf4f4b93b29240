// @ts-check
// What this phone remembers of a person: whose notebook it shows, and what they had begun. A refused or full storage loses
// nothing of the screen.

/** The storage of this browser, or null where it keeps nothing. */
export const storage = () => {
  try {
    return globalThis.localStorage;
  } catch {
    return null; // cookies refused: what is kept lives as long as the page
  }
};

// --- Whose notebook this phone shows: the last person who logged in here, until they choose to leave. An expired session
// changes nothing; another login makes another owner.

const KEY = "cqp-owner";
const LEFT = "cqp-left";

/** The id of the person whose notebook may be shown, or "" when nobody is. */
export const currentOwner = () => document.body.dataset.owner || storage()?.getItem(KEY) || "";

/** On a page of somebody logged in, that person becomes the owner. */
export const noteOwner = () => {
  const here = document.body.dataset.owner;
  if (!here) return;
  try {
    storage()?.setItem(KEY, here);
    storage()?.removeItem(LEFT);
  } catch {
    // A full or refused storage: this page still knows its owner by its own attribute.
  }
};

/** Leaving by choice: the entries stay on the phone, but are shown to nobody. */
export const leave = () => {
  try {
    storage()?.removeItem(KEY);
    storage()?.setItem(LEFT, "1");
  } catch {
    // Nothing was remembered, nothing is to be forgotten.
  }
};

/** Whether somebody left since the last page: what was fetched for them must go (entries excepted). */
export const hasLeft = () => storage()?.getItem(LEFT) === "1";

export const forgetLeaving = () => storage()?.removeItem(LEFT);

/**
 * Calls back when another tab of this phone changes its owner.
 * @param {() => void} callback
 */
export const onOwnerChange = (callback) => {
  const mine = currentOwner();
  window.addEventListener("storage", (event) => {
    if ((event.key === KEY || event.key === null) && (storage()?.getItem(KEY) || "") !== mine) callback();
  });
};

// --- Small things of one person that a reload finds again

/**
 * What was saved under this name, or null.
 * @param {string} name
 * @returns {unknown}
 */
export const readSaved = (name) => {
  try {
    return JSON.parse(storage()?.getItem(name) ?? "null");
  } catch {
    return null;
  }
};

/**
 * Saves a value, or forgets it when it is null; says whether it is safe there.
 * @param {string} name
 * @param {unknown} value
 */
export const writeSaved = (name, value) => {
  try {
    if (value === null) storage()?.removeItem(name);
    else storage()?.setItem(name, JSON.stringify(value));
    return storage() !== null;
  } catch {
    return false;
  }
};
