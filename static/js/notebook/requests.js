// @ts-check
// What the notebook asks of the site. A network that is absent, slow or held by a portal is a Halt("network"), never a loss.

import { exchange, jsonPost, refusalWord } from "../core/http.js";
import { NOTEBOOK, SHELL } from "./addresses.js";
import { readNotebook, remember, writeNotebook } from "./store.js";

/** @import { Answer, Moment, Notebook, Problem, Refusal, Uuid } from "../types/notebook.d.ts" */

const PATIENCE = 20000;
const PROBE_PATIENCE = 8000;

/** Why nothing more can be sent now: network, login, owner, role, csrf, answer. What was kept stays kept. */
export class Halt extends Error {
  /**
   * @param {Problem} problem
   * @param {string} sentence
   * @param {boolean} sure
   */
  constructor(problem, sentence = "", sure = false) {
    super(sentence || problem);
    this.problem = problem;
    this.sentence = sentence;
    this.sure = sure; // whether it is sure that the server stored nothing of what was just sent
  }
}

/**
 * @template T
 * @param {string} url
 * @param {RequestInit} options
 * @returns {Promise<{ status: number, data: (T & Refusal) | null }>}
 */
const fetched = async (url, options = {}, patience = PATIENCE) => {
  try {
    return await exchange(url, options, patience);
  } catch {
    throw new Halt("network");
  }
};

/** Asks for a small public page first, so that an entry is not marked as perhaps arrived for want of any network. */
export const probe = async () => {
  const { status } = await fetched(SHELL, { method: "HEAD", credentials: "omit" }, PROBE_PATIENCE);
  if (status !== 200) throw new Halt("network");
};

/**
 * How far the clock of this phone is from that of the server, for the warning.
 * @param {Moment} now
 */
export const noteClock = (now) => {
  const moment = Date.parse(now);
  return Number.isNaN(moment) ? undefined : remember("clock", Date.now() - moment);
};

/** @param {{ status: number, data: Refusal | null }} answer */
const refusal = ({ status, data }) => {
  const word = refusalWord({ status, data });
  if (word === "login" || word === "owner" || word === "role") return new Halt(word, data?.sentence, true);
  return status === 403 ? new Halt("csrf", "", true) : new Halt("answer", data?.sentence);
};

/**
 * Fetches the notebook of `owner` and keeps it.
 * @param {Uuid} owner
 * @returns {Promise<Notebook>}
 */
export const fetchNotebook = async (owner) => {
  /** @type {{ status: number, data: (Notebook & Refusal) | null }} */
  const { status, data } = await fetched(NOTEBOOK);
  if (status !== 200 || !data?.owner) throw refusal({ status, data });
  if (data.owner.id !== owner) throw new Halt("owner", "", true);
  await writeNotebook(owner, data);
  await noteClock(data.now);
  return data;
};

/** @param {Uuid} owner */
const token = async (owner) => ((await readNotebook(owner)) ?? (await fetchNotebook(owner))).csrf;

/**
 * Posts JSON as `owner`; a token that is out of date is fetched again, once. Gives {status, data} for 200, 400 and 413.
 * @template T
 * @param {string} url
 * @param {unknown} body
 * @param {Uuid} owner
 * @returns {Promise<Answer<T>>}
 */
export const post = async (url, body, owner) => {
  /** @returns {Promise<{ status: number, data: (T & Refusal) | null }>} */
  const once = async () => fetched(url, jsonPost(body, await token(owner)));
  let answer = await once();
  if (answer.status === 403 && refusalWord(answer) !== "role") {
    await fetchNotebook(owner);
    answer = await once();
  }
  const { status, data } = answer;
  if (status === 200 && data) return { status, data };
  if (status === 413 || (status === 400 && data?.error)) return { status, data };
  throw refusal(answer);
};
