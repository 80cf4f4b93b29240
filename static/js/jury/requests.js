// @ts-check
// One save, and what came of it in one word: saved, network, login, owner, old, moved or rule.

import { findAll } from "../core/dom.js";
import { exchange, jsonPost, refusalWord } from "../core/http.js";

/** @import { GridDraft, Outcome, SavingAnswer } from "../types/jury.d.ts" */

const PATIENCE = 15000;

const token = () =>
  document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ??
  findAll(document, "[name=csrfmiddlewaretoken]", HTMLInputElement)[0]?.value ?? "";

/**
 * @param {{ status: number, data: SavingAnswer | null }} answer
 * @returns {Outcome}
 */
export const meaning = ({ status, data }) => {
  if (status === 200 && data) return { word: "saved", revision: data.revision, at: data.at };
  const word = refusalWord({ status, data });
  if (word === "login" || word === "owner") return { word };
  if (word === "csrf") return { word: "old" };
  if (word === "moved" && data) return { word, sentence: data.sentence, theirs: data.theirs };
  if (status >= 400 && status < 500 && data?.sentence) return { word: "rule", sentence: data.sentence };
  return { word: "network" }; // busy, in maintenance, or a portal in between: try again later
};

/**
 * Sends one draft; never throws.
 * @param {GridDraft} draft
 * @returns {Promise<Outcome>}
 */
export const send = async ({ owner, page, revision, content, url }) => {
  const request = { ...jsonPost({ owner, page, revision, ...content }, token()), keepalive: true };
  try {
    return meaning(await exchange(url, request, PATIENCE));
  } catch {
    return { word: "network" };
  }
};
