// The receipt: both sides write each entry as one line, sort, hash. « Tout est arrivé » is said only when they agree.
// The server answers from what stands in its database, so what it lost, doubled or changed cannot agree.

import { RECEIPT } from "./addresses.js";
import { changeEntries, entriesOf } from "./store.js";
import { sha256 } from "./text.js";
import { Halt, post } from "./requests.js";

const MOST = 5000;
const TRIES = 3;

export const LOST =
  "Le serveur ne retrouve pas cette saisie telle que vous l’avez faite, malgré plusieurs envois. " +
  "Corrigez-la pour la renvoyer, ou exportez-la et prévenez la direction.";

const LINES = {
  evaluation: (e) => ["evaluation", e.id, e.path, e.competency, e.rank, e.own_rank || "", e.seen_on, e.situation ?? "", e.comment ?? ""],
  session: (e) => [
    "session", e.id, e.held_on, e.starts_at, e.ends_at, e.place, e.form, e.module, e.theme ?? "", e.trainer,
    e.presences.map(({ path, minutes, absence }) => [path, minutes, absence ?? ""]).sort((one, other) => (one[0] < other[0] ? -1 : 1)),
  ],
  signature: async (e) => ["signature", e.id, e.session, e.path ?? "", e.half, e.minutes, await sha256(JSON.stringify(e.strokes))],
};

/** The line of one entry, as the server writes it from its own rows. */
export const lineOf = async (entry) => JSON.stringify(await LINES[entry.kind](entry));

export const digestOf = async (records) => {
  const lines = await Promise.all(records.map(({ entry }) => lineOf(entry)));
  return { count: lines.length, sha256: await sha256(lines.sort().join("\n")) };
};

const agrees = async (records, owner) => {
  const mine = await digestOf(records);
  const { status, data } = await post(RECEIPT, { owner, ids: records.map(({ id }) => id) }, owner);
  if (status !== 200) throw new Halt("answer", data?.sentence);
  return data.count === mine.count && data.sha256 === mine.sha256;
};

const confirm = (records, owner) =>
  changeEntries(owner, records.map(({ id }) => id), (record) =>
    record.state === "received" ? { ...record, state: "confirmed", confirmed_at: new Date().toISOString() } : undefined);

/** One that the server does not hold as it was made waits again; after three times a person has to look. */
const putBack = (record, owner) =>
  changeEntries(owner, [record.id], (old) => {
    const times = (old.disagreed ?? 0) + 1;
    const again = { ...old, disagreed: times, received_at: null };
    return times < TRIES ? { ...again, state: "kept" } : { ...again, state: "refused", reason: LOST };
  });

/** Confirms those on which both sides agree, and finds the others by halving. Gives how many disagree. */
const compare = async (records, owner) => {
  if (await agrees(records, owner)) {
    await confirm(records, owner);
    return 0;
  }
  if (records.length === 1) {
    await putBack(records[0], owner);
    return 1;
  }
  const half = Math.ceil(records.length / 2);
  return (await compare(records.slice(0, half), owner)) + (await compare(records.slice(half), owner));
};

/** Compares all that was received and not confirmed. */
export const checkReceipts = async (owner) => {
  const received = (await entriesOf(owner)).filter(({ state }) => state === "received");
  let disagree = 0;
  for (let start = 0; start < received.length; start += MOST) {
    disagree += await compare(received.slice(start, start + MOST), owner);
  }
  return disagree;
};
