// @ts-check
// What this phone keeps, in IndexedDB: entries (never lost), notebooks (fetched again at will), meta.
// The states of a record are in outbox.js.

import { currentOwner } from "../core/local-storage.js";
import { cleaned, freshRecord, KINDS, mayChange } from "./outbox.js";

/** @import { Entry, EntryRecord, Notebook, Uuid } from "../types/notebook.d.ts" */

const NAME = "cqp-carnet";
const VERSION = 1;
const UNSURE = "Cette saisie est peut-être déjà arrivée\u00a0: attendez la réponse du serveur pour la changer.";
const NOBODY = "Connectez-vous une première fois avec du réseau\u00a0: une saisie appartient à quelqu’un.";
const OTHER = "Une autre personne s’est connectée sur ce téléphone. Rechargez la page\u00a0: rien n’a été gardé sous son nom.";
const FULL = "Ce téléphone n’a plus de place\u00a0: rien n’a été gardé. Libérez de la place, ou envoyez ce qui attend.";

/** @type {Set<() => void>} */
const listeners = new Set();
const channel = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;
/** @type {Promise<IDBDatabase> | null} */
let opening = null;
let bound = "";

/**
 * Ties this page to the person it was opened for: another login in another tab must not inherit its entries.
 * @param {Uuid} owner
 */
export const bindOwner = (owner) => {
  bound = owner;
};

/**
 * @param {IDBDatabase} database
 * @param {number} from
 */
const upgrade = (database, from) => {
  if (from < 1) {
    database.createObjectStore("entries", { keyPath: "id" }).createIndex("owner", "owner");
    database.createObjectStore("notebooks", { keyPath: "owner" });
    database.createObjectStore("meta", { keyPath: "key" });
  }
};

/**
 * Opens the database; refuses where the browser keeps nothing (private window, old browser, page not secure).
 * @returns {Promise<IDBDatabase>}
 */
export const openStore = () => {
  opening ??= new Promise((resolve, reject) => {
    if (!("indexedDB" in window) || !window.isSecureContext) throw new Error("no storage");
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = (event) => upgrade(request.result, event.oldVersion);
    request.onblocked = () => reject(new Error("Fermez les autres onglets du carnet, puis rechargez cette page."));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      database.onclose = () => { opening = null; };
      resolve(database);
    };
  }).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
};

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const answer = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/**
 * Runs `work([store…])` in one transaction: all of it stands on the disk when the promise resolves, or none.
 * @template T
 * @param {string[]} names
 * @param {IDBTransactionMode} mode
 * @param {(stores: IDBObjectStore[]) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
const transact = async (names, mode, work) => {
  const database = await openStore();
  const transaction = database.transaction(names, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });
  done.catch(() => {}); // thrown below, when the work itself did not fail first
  let result;
  try {
    result = await work(names.map((name) => transaction.objectStore(name)));
  } catch (error) {
    if (transaction.error === null) {
      try { transaction.abort(); } catch { /* already over */ }
    }
    throw error;
  }
  await done;
  return result;
};

/** @param {unknown} error */
const readable = (error) => (error instanceof DOMException && error.name === "QuotaExceededError" ? new Error(FULL) : error);

/**
 * Calls back after each change, of this tab or another; gives the way to stop.
 * @param {() => unknown} callback
 */
export const onChange = (callback) => {
  listeners.add(callback);
  return () => listeners.delete(callback);
};

const changed = () => {
  channel?.postMessage("changed");
  listeners.forEach((callback) => callback());
};

channel?.addEventListener("message", () => listeners.forEach((callback) => callback()));

// --- Notebooks and small things to remember

/** @returns {Promise<Notebook | null>} */
export const readNotebook = async (owner = currentOwner()) =>
  (owner && (await transact(["notebooks"], "readonly", ([store]) => answer(store.get(owner))))?.notebook) || null;

/**
 * @param {Uuid} owner
 * @param {Notebook} notebook
 */
export const writeNotebook = (owner, notebook) =>
  transact(["notebooks"], "readwrite", ([store]) => answer(store.put({ owner, notebook, fetched_at: new Date().toISOString() })));

/** Takes away what was fetched for everybody but `owner`; entries stay. */
export const forgetNotebooks = (owner = "") =>
  transact(["notebooks"], "readwrite", async ([store]) => {
    for (const key of await answer(store.getAllKeys())) if (key !== owner) store.delete(key);
  });

/**
 * @param {string} key
 * @param {unknown} value
 */
export const remember = (key, value) => transact(["meta"], "readwrite", ([store]) => answer(store.put({ key, value })));

/**
 * @param {string} key
 * @returns {Promise<unknown>}
 */
export const recall = async (key) => (await transact(["meta"], "readonly", ([store]) => answer(store.get(key))))?.value;

// --- Entries

/**
 * The entries of one person, the oldest first: `entries` of nobody else can be read.
 * @returns {Promise<EntryRecord[]>}
 */
export const entriesOf = async (owner = currentOwner()) => {
  if (!owner) return [];
  const found = await transact(["entries"], "readonly", ([store]) => answer(store.index("owner").getAll(owner)));
  return found.sort((one, other) => one.saved_at.localeCompare(other.saved_at));
};

/**
 * @param {Uuid} id
 * @returns {Promise<EntryRecord | null>}
 */
export const entryOf = async (id, owner = currentOwner()) => {
  const found = await transact(["entries"], "readonly", ([store]) => answer(store.get(id)));
  return found?.owner === owner ? found : null;
};

/**
 * Keeps entries on this phone, all or none. The same one twice changes nothing; another content under a known id is refused.
 * @param {Entry[]} entries
 */
export const keep = async (entries) => {
  const owner = currentOwner();
  if (!owner) throw new Error(NOBODY);
  if (bound && bound !== owner) throw new Error(OTHER);
  const ready = entries.map((entry) => cleaned({ ...entry, id: entry.id.toLowerCase() }));
  if (!ready.every((entry) => KINDS.includes(entry.kind))) throw new Error("Saisie d’une sorte inconnue.");
  try {
    await transact(["entries"], "readwrite", async ([store]) => {
      for (const entry of ready) {
        const known = await answer(store.get(entry.id));
        if (!known) store.add(freshRecord(entry, owner));
        else if (JSON.stringify(known.entry) !== JSON.stringify(entry)) throw new Error(UNSURE);
      }
    });
  } catch (error) {
    throw readable(error);
  }
  changed();
  return ready.map((entry) => entry.id);
};

/**
 * Corrects an entry that is kept or refused: it waits again. What the server has refused once leaves under a new id
 * (the old one may stand there with another content), save a session, which the plan and its signatures name.
 * @param {Uuid} id
 * @param {Entry} entry
 */
export const replaceEntry = async (id, entry) => {
  const owner = currentOwner();
  const next = await transact(["entries"], "readwrite", async ([store]) => {
    const old = await answer(store.get(id));
    if (!old || old.owner !== owner) throw new Error("Cette saisie n’est plus sur ce téléphone.");
    if (!mayChange(old)) throw new Error(UNSURE);
    const renewed = old.state === "refused" && old.kind !== "session";
    const record = freshRecord(cleaned({ ...entry, kind: old.kind, id: renewed ? crypto.randomUUID() : id }), owner);
    store.delete(id);
    store.put({ ...record, saved_at: old.saved_at });
    if (old.kind === "session") await freeSignatures(store, owner, id);
    return record.id;
  });
  changed();
  return next;
};

/**
 * The signatures refused with their session get another chance with it.
 * @param {IDBObjectStore} store
 * @param {Uuid} owner
 * @param {Uuid} session
 */
const freeSignatures = async (store, owner, session) => {
  for (const record of await answer(store.index("owner").getAll(owner))) {
    if (record.kind === "signature" && record.state === "refused" && record.entry.session === session) {
      store.put({ ...record, state: "pending", reason: "", attempted: false });
    }
  }
};

/**
 * Takes away an entry that the server never received.
 * @param {Uuid} id
 */
export const removeEntry = async (id) => {
  const owner = currentOwner();
  await transact(["entries"], "readwrite", async ([store]) => {
    const old = await answer(store.get(id));
    if (!old || old.owner !== owner) return;
    if (!mayChange(old)) throw new Error(UNSURE);
    store.delete(id);
  });
  changed();
};

/**
 * For the sending of entries: applies `change(record)` to those of `owner`; null forgets, undefined leaves alone.
 * @param {Uuid} owner
 * @param {Uuid[]} ids
 * @param {(record: EntryRecord) => EntryRecord | null | undefined} change
 */
export const changeEntries = async (owner, ids, change) => {
  await transact(["entries"], "readwrite", async ([store]) => {
    for (const id of ids) {
      const old = await answer(store.get(id));
      const record = old?.owner === owner ? change(old) : undefined;
      if (record === null) store.delete(id);
      else if (record) store.put(record);
    }
  });
  changed();
};

/**
 * Brings back the records of an export file; those already there are left alone. Gives how many were new.
 * @param {EntryRecord[]} records
 */
export const bringBack = async (records) => {
  const added = await transact(["entries"], "readwrite", async ([store]) => {
    let count = 0;
    for (const record of records) {
      if (await answer(store.get(record.id))) continue;
      store.add(record);
      count += 1;
    }
    return count;
  });
  changed();
  return added;
};
