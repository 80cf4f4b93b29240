// What the notebook asks of the site. A network that is absent, slow or held by a portal is a Halt("network"), never a loss.

import { exchange, jsonPost } from "../core/http.js";
import { NOTEBOOK, SHELL } from "./addresses.js";
import { readNotebook, remember, writeNotebook } from "./store.js";

const PATIENCE = 20000;
const PROBE_PATIENCE = 8000;

/** Why nothing more can be sent now: network, login, owner, role, csrf, answer. What was kept stays kept. */
export class Halt extends Error {
  constructor(problem, sentence = "", sure = false) {
    super(sentence || problem);
    this.problem = problem;
    this.sentence = sentence;
    this.sure = sure; // whether it is sure that the server stored nothing of what was just sent
  }
}

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

/** How far the clock of this phone is from that of the server, for the warning. */
export const noteClock = (now) => {
  const moment = Date.parse(now);
  return Number.isNaN(moment) ? undefined : remember("clock", Date.now() - moment);
};

const refusal = ({ status, data }) => {
  if (status === 401) return new Halt("login", "", true);
  if (status === 409) return new Halt("owner", "", true);
  if (status === 403) return new Halt(data?.error === "role" ? "role" : "csrf", data?.sentence, true);
  return new Halt("answer", data?.sentence);
};

/** Fetches the notebook of `owner` and keeps it. */
export const fetchNotebook = async (owner) => {
  const { status, data } = await fetched(NOTEBOOK);
  if (status !== 200 || !data?.owner) throw refusal({ status, data });
  if (data.owner.id !== owner) throw new Halt("owner", "", true);
  await writeNotebook(owner, data);
  await noteClock(data.now);
  return data;
};

const token = async (owner) => ((await readNotebook(owner)) ?? (await fetchNotebook(owner))).csrf;

/** Posts JSON as `owner`; a token that is out of date is fetched again, once. Gives {status, data} for 200, 400 and 413. */
export const post = async (url, body, owner) => {
  const once = async () => fetched(url, jsonPost(body, await token(owner)));
  let answer = await once();
  if (answer.status === 403 && answer.data?.error !== "role") {
    await fetchNotebook(owner);
    answer = await once();
  }
  const { status, data } = answer;
  if (status === 200 && data) return answer;
  if (status === 413 || (status === 400 && data?.error)) return answer;
  throw refusal(answer);
};
