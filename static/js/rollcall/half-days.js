// @ts-check
// The half-days that a session is signed for: the rule of trainees/rules/sessions/half_days.py, word for word.

/**
 * @import { Clock, HalfDay, Session } from "../types/notebook.d.ts"
 * @typedef {Pick<Session, "starts_at" | "ends_at">} Hours
 */

// The minute of the day when the afternoon begins.
const NOON = 13 * 60;
// Minutes that a session must pass in a half-day for it to be signed apart.
const LEAST = 30;

const WORDS = { morning: "matin", afternoon: "après-midi" };

/** @param {Clock} clock */
export const minuteOf = (clock) => {
  const [hour, minute] = clock.split(":").map(Number);
  return hour * 60 + minute;
};

/** @param {Hours} session */
export const lengthOf = ({ starts_at, ends_at }) => minuteOf(ends_at) - minuteOf(starts_at);

/**
 * @param {Hours} session
 * @returns {HalfDay[]}
 */
export const halvesOf = ({ starts_at, ends_at }) => {
  const [start, end] = [minuteOf(starts_at), minuteOf(ends_at)];
  const [morning, afternoon] = [Math.min(end, NOON) - start, end - Math.max(start, NOON)];
  if (Math.min(morning, afternoon) > LEAST) return ["morning", "afternoon"];
  return [morning >= afternoon ? "morning" : "afternoon"];
};

/**
 * « le matin », « l’après-midi »
 * @param {HalfDay} half
 */
export const theHalf = (half) => `${half === "morning" ? "le " : "l’"}${WORDS[half]}`;

/**
 * « du matin », « de l’après-midi »
 * @param {HalfDay} half
 */
export const ofTheHalf = (half) => `${half === "morning" ? "du " : "de l’"}${WORDS[half]}`;
