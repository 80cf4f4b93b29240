// @ts-check
// Whose notebook this phone shows: the last person who logged in here, until they choose to leave.
// An expired session changes nothing; another login makes another owner.

const KEY = "cqp-owner";
const LEFT = "cqp-left";

const box = () => {
  try {
    return window.localStorage;
  } catch {
    return null; // cookies refused: nobody can be remembered
  }
};

/** The id of the person whose notebook may be shown, or "" when nobody is. */
export const currentOwner = () => document.body.dataset.owner || box()?.getItem(KEY) || "";

/** On a page of somebody logged in, that person becomes the owner. */
export const noteOwner = () => {
  const here = document.body.dataset.owner;
  if (!here) return;
  try {
    box()?.setItem(KEY, here);
    box()?.removeItem(LEFT);
  } catch {
    // A full or refused storage: this page still knows its owner by its own attribute.
  }
};

/** Leaving by choice: the entries stay on the phone, but are shown to nobody. */
export const leave = () => {
  try {
    box()?.removeItem(KEY);
    box()?.setItem(LEFT, "1");
  } catch {
    // Nothing was remembered, nothing is to be forgotten.
  }
};

/** Whether somebody left since the last page: what was fetched for them must go (entries excepted). */
export const hasLeft = () => box()?.getItem(LEFT) === "1";

export const forgetLeaving = () => box()?.removeItem(LEFT);

/**
 * Calls back when another tab of this phone changes hands.
 * @param {() => void} callback
 */
export const onOwnerChange = (callback) => {
  const mine = currentOwner();
  window.addEventListener("storage", (event) => {
    if ((event.key === KEY || event.key === null) && (box()?.getItem(KEY) || "") !== mine) callback();
  });
};
