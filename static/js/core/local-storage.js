// @ts-check
// Small things of one person that this phone finds again after a reload; a refused or full storage loses nothing of the screen.

const storage = () => {
  try {
    return globalThis.localStorage;
  } catch {
    return null; // cookies refused: what is kept lives as long as the page
  }
};

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
