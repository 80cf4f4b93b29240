// @ts-check
// Sends what waits: sessions, then signatures, then evaluations, in small batches, by one tab at a time.
// An entry leaves « pending » only when the server answers about it; sending twice is harmless, as its id makes it one.

import { SEND } from "./addresses.js";
import { currentOwner } from "../core/local-storage.js";
import { answered, expired, networkWords, nextBatch, pauseAfter, waitingIn } from "./outbox.js";
import { changeEntries, entriesOf, onChange, recall, remember } from "./store.js";
import { fetchNotebook, Halt, noteClock, post, probe } from "./requests.js";

/** @import { Answer, EntryRecord, EntryState, Network, NetworkFacts, SendingAnswer, Uuid } from "../types/notebook.d.ts" */

// --- What the network and the entries are like now

/** @type {Omit<NetworkFacts, "online"> & { reachable: boolean }} */
const now = { reachable: true, sending: false, problem: "", problemSentence: "", waiting: 0, received: 0, refused: 0, confirmed: 0 };
/** @type {Set<(state: Network) => void>} */
const listeners = new Set();

/** @returns {NetworkFacts} */
const facts = () => {
  const { reachable, ...known } = now;
  return { ...known, online: navigator.onLine && reachable };
};

/** What the network and the entries are like, in words; `here` on the page « Mes envois » itself. */
export const words = (here = false) => networkWords(facts(), here);

/**
 * The same in numbers and in words, as last counted.
 * @returns {Network}
 */
export const network = () => {
  const { problemSentence: _sentence, ...known } = facts();
  return { ...known, sentence: words() };
};

/**
 * Calls back with network() at each change of it; gives the way to stop.
 * @param {(state: Network) => void} callback
 */
export const onNetwork = (callback) => {
  listeners.add(callback);
  return () => listeners.delete(callback);
};

/** @param {Partial<typeof now>} news */
const tell = (news) => {
  const before = JSON.stringify(network());
  Object.assign(now, news);
  if (JSON.stringify(network()) !== before) listeners.forEach((callback) => callback(network()));
};

/** Counts again what this phone keeps of its owner. */
const recount = async () => {
  const entries = await entriesOf(currentOwner());
  /** @param {EntryState} state */
  const number = (state) => entries.filter((record) => record.state === state).length;
  tell({ waiting: number("pending"), received: number("received"), refused: number("refused"), confirmed: number("confirmed") });
};

// --- Sending

const LOCK = "cqp-carnet-envoi";
const PATIENCE_WITH_A_TAB = 60000;
const TOO_LARGE = "Cette saisie est trop lourde pour le site. Refaites-la plus simplement.";

let failures = 0;
/** @type {Timer | undefined} */
let timer;
/** @type {Promise<void> | null} */
let running = null;

const phone = async () => {
  const known = await recall("phone");
  if (typeof known === "string") return known;
  const made = crypto.randomUUID();
  await remember("phone", made);
  return made;
};

/**
 * Applies the answer of the server on what was sent.
 * @param {Uuid} owner
 * @param {Uuid[]} ids
 * @param {Pick<SendingAnswer, "accepted" | "refused" | "unreadable">} word
 */
const settle = (owner, ids, word) => {
  const moment = new Date().toISOString();
  return changeEntries(owner, ids, (record) => answered(record, word, ids, moment));
};

/**
 * @param {EntryRecord[]} batch
 * @param {Uuid} owner
 * @returns {Promise<void>}
 */
const sendBatch = async (batch, owner) => {
  const ids = batch.map(({ id }) => id);
  await changeEntries(owner, ids, (record) => (record.state === "pending" ? { ...record, attempted: true } : undefined));
  const body = { owner, phone: await phone(), clock: new Date().toISOString(), entries: batch.map(({ entry }) => entry) };
  try {
    /** @type {Answer<SendingAnswer>} */
    const { status, data } = await post(SEND, body, owner);
    if (status === 200) {
      await noteClock(data.now);
      await settle(owner, ids, data);
    } else if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      await sendBatch(batch.slice(0, half), owner);
      await sendBatch(batch.slice(half), owner);
    } else {
      await settle(owner, ids, { accepted: [], refused: { [ids[0]]: data?.sentence || TOO_LARGE } });
    }
  } catch (error) {
    const neverLeft = new Set(batch.filter(({ attempted }) => !attempted).map(({ id }) => id));
    if (error instanceof Halt && error.sure) {
      await changeEntries(owner, ids, (record) =>
        record.state === "pending" && neverLeft.has(record.id) ? { ...record, attempted: false } : undefined);
    }
    throw error;
  }
};

/** @param {Uuid} owner */
const sendAll = async (owner) => {
  /** @type {Set<Uuid>} */
  const passed = new Set();
  for (;;) {
    const batch = nextBatch(waitingIn(await entriesOf(owner), passed));
    if (!batch.length) return passed.size;
    tell({ sending: true });
    await sendBatch(batch, owner);
    batch.forEach(({ id }) => passed.add(id)); // one that got no word is asked about again later
  }
};

/** @param {Uuid} owner */
const prune = async (owner) => {
  const old = expired(await entriesOf(owner), Date.now());
  if (old.length) await changeEntries(owner, old.map(({ id }) => id), () => null);
};

/** @param {Uuid} owner */
const work = async (owner) => {
  await prune(owner);
  await recount();
  if (!network().waiting && !network().received) return false;
  await probe();
  tell({ reachable: true });
  const sent = await sendAll(owner);
  tell({ sending: true });
  const { checkReceipts } = await import("./receipt.js");
  const disagree = await checkReceipts(owner);
  await recount();
  if (disagree || network().waiting) throw new Halt("answer");
  if (sent) await fetchNotebook(owner);
  return true;
};

/**
 * @template T
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
const alone = async (task) => {
  if (!navigator.locks) return task();
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE_WITH_A_TAB);
  const started = () => {
    clearTimeout(patience);
    return task();
  };
  try {
    return await navigator.locks.request(LOCK, { signal: stop.signal }, started);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "AbortError") throw error;
    return navigator.locks.request(LOCK, { steal: true }, task); // the other tab sleeps; sending twice is harmless
  }
};

const attempt = async () => {
  const owner = currentOwner();
  if (!owner) return;
  try {
    const spoke = await alone(() => work(owner));
    failures = 0;
    tell({ problem: "", problemSentence: "", ...(spoke ? { reachable: true } : {}) }); // with nothing to send, nothing was asked
  } catch (error) {
    failures += 1;
    const problem = error instanceof Halt ? error.problem : "answer";
    tell({ problem, problemSentence: error instanceof Halt ? error.sentence : "", reachable: problem !== "network" });
    if (!(error instanceof Halt)) console.warn(error);
  }
  tell({ sending: false });
  await recount();
};

const plan = () => {
  clearTimeout(timer);
  if (!network().waiting && !network().received) return;
  timer = setTimeout(flush, pauseAfter(failures, Math.random()));
};

/** Sends what waits and compares receipts; resolves when this attempt is over, whatever came of it. */
export const flush = () => {
  running ??= attempt()
    .catch((error) => console.warn(error))
    .finally(() => {
      running = null;
      plan();
    });
  return running;
};

/** Fetches the notebook; null without network, session or right: the stored one is used then. */
export const refresh = async () => {
  const owner = currentOwner();
  if (!owner) return null;
  try {
    const notebook = await fetchNotebook(owner);
    tell({ reachable: true, problem: "", problemSentence: "" });
    return notebook;
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    tell({ reachable: error.problem !== "network", problem: error.problem, problemSentence: error.sentence });
    return null;
  }
};

/** Sends at once, then whenever there is something to send and a chance that it arrives. */
export const startSync = () => {
  let before = 0;
  onChange(async () => {
    await recount();
    const { waiting } = network();
    if (waiting > before && navigator.onLine) flush();
    before = waiting;
  });
  window.addEventListener("online", async () => {
    tell({ reachable: true });
    await running; // one begun without network may still fail
    failures = 0;
    flush();
  });
  window.addEventListener("offline", () => tell({ reachable: false }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") flush();
  });
  return flush();
};
