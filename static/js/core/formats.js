// @ts-check
// How the site writes days, hours and lists; the same words as core/formats.py on the pages of the site.

/** @import { Clock, Day } from "../types/notebook.d.ts" */

const NBSP = "\u00a0";
const DAYS = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];
const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

/** @param {Day} day */
const parts = (day) => day.split("-").map(Number);

/** @param {number} value */
const two = (value) => String(value).padStart(2, "0");

/**
 * The day of a moment where this phone is, "2026-03-03".
 * @param {Date} moment
 * @returns {Day}
 */
export const dayOf = (moment) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;

/** The day of this phone; `shift` days later. */
export const today = (shift = 0) => {
  const moment = new Date();
  moment.setDate(moment.getDate() + shift);
  return dayOf(moment);
};

/**
 * "2026-03-03" → « 3 mars 2026 », « 1er mars 2026 »
 * @param {Day} day
 */
export const shortDate = (day) => {
  const [year, month, number] = parts(day);
  return `${number === 1 ? "1er" : number} ${MONTHS[month - 1]} ${year}`;
};

/**
 * "2026-03-03" → « mardi 3 mars 2026 »
 * @param {Day} day
 */
export const longDate = (day) => {
  const [year, month, number] = parts(day);
  return `${DAYS[new Date(Date.UTC(year, month - 1, number)).getUTCDay()]} ${shortDate(day)}`;
};

/**
 * "2026-03-03" → « mars 2026 »
 * @param {Day} day
 */
export const monthName = (day) => `${MONTHS[parts(day)[1] - 1]} ${parts(day)[0]}`;

/**
 * 750 minutes → « 12 h 30 », 45 → « 45 min »
 * @param {number} minutes
 */
export const hours = (minutes) => {
  const [full, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (!full && rest) return `${rest}${NBSP}min`;
  return `${full}${NBSP}h${rest ? NBSP + two(rest) : ""}`;
};

/**
 * "09:05" → « 9 h 05 »
 * @param {Clock} clock
 */
export const timeOfDay = (clock) => {
  const [hour, minute] = clock.split(":").map(Number);
  return `${hour}${NBSP}h${minute ? NBSP + two(minute) : ""}`;
};

/**
 * (3, "signature") → « 3 signatures »; (1, "cheval", "chevaux") → « 1 cheval »
 * @param {number} number
 * @param {string} one
 * @param {string} many
 */
export const counted = (number, one, many = `${one}s`) => `${number}${NBSP}${Math.abs(number) < 2 ? one : many}`;

/**
 * ["lire", "écrire", "compter"] → « lire, écrire et compter »
 * @param {string[]} words
 */
export const joined = (words) => words.slice(0, -2).concat(words.slice(-2).join(" et ")).join(", ");
