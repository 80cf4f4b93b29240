// Small things of one person that this phone finds again after a reload; a refused or full storage loses nothing of the screen.

const box = () => {
  try {
    return window.localStorage;
  } catch {
    return null; // cookies refused: what is kept lives as long as the page
  }
};

/** What was saved under this name, or null. */
export const readSaved = (name) => {
  try {
    return JSON.parse(box()?.getItem(name) ?? "null");
  } catch {
    return null;
  }
};

/** Saves a value, or forgets it when it is null; says whether it is safe there. */
export const writeSaved = (name, value) => {
  try {
    if (value === null) box()?.removeItem(name);
    else box()?.setItem(name, JSON.stringify(value));
    return box() !== null;
  } catch {
    return false;
  }
};
