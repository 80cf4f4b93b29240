// @ts-check
// The grid as its form shows it, read and written: marks by criterion, the opinion, the remarks.

import { chosenValue, find, findAll } from "../core/dom.js";

/** @import { GridContent } from "../types/jury.d.ts" */

const MARK = "mark-";
/** @type {Record<string, boolean>} */
const OPINIONS = { yes: true, no: false };

/**
 * The field of the remarks.
 * @param {HTMLFormElement} form
 */
export const commentOf = (form) => find(form, "[name=comment]", HTMLTextAreaElement);

/** @param {HTMLFormElement} form */
const markNames = (form) =>
  new Set(findAll(form, `input[name^="${MARK}"]`, HTMLInputElement).map(({ name }) => name));

/**
 * {marks: {criterion: rank}, validated, comment}, as the site takes it.
 * @param {HTMLFormElement} form
 * @returns {GridContent}
 */
export const readFields = (form) => {
  /** @type {Record<string, number>} */
  const marks = {};
  markNames(form).forEach((name) => {
    const rank = chosenValue(form, name);
    if (rank) marks[name.slice(MARK.length)] = Number(rank);
  });
  const opinion = chosenValue(form, "validated");
  return { marks, validated: OPINIONS[opinion] ?? null, comment: commentOf(form).value };
};

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
const choose = (form, name, value) => {
  findAll(form, `input[name="${name}"]`, HTMLInputElement).forEach((input) => {
    input.checked = input.value === value;
  });
};

/**
 * @param {HTMLFormElement} form
 * @param {GridContent} content
 */
export const writeFields = (form, { marks, validated, comment }) => {
  markNames(form).forEach((name) => choose(form, name, String(marks[name.slice(MARK.length)] ?? "")));
  choose(form, "validated", validated === null ? "" : validated ? "yes" : "no");
  commentOf(form).value = comment;
};

/**
 * @param {GridContent} one
 * @param {GridContent} other
 */
export const same = (one, other) => {
  /** @param {GridContent} content */
  const flat = ({ marks, validated, comment }) =>
    JSON.stringify([Object.entries(marks).sort(), validated, comment.trim()]);
  return flat(one) === flat(other);
};

/**
 * The words of a criterion: « P1. Préparer le poste ».
 * @param {HTMLFormElement} form
 * @param {string} criterion
 */
export const labelOf = (form, criterion) => {
  const input = form.querySelector(`input[name="${MARK}${criterion}"]`);
  return input?.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? "";
};
