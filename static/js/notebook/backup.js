// What protects entries that wait: persistent storage, and a file that can be carried to another phone.

import { shortDate, today } from "../core/formats.js";
import { currentOwner } from "./owner.js";
import { bringBack, entriesOf, recall, remember } from "./store.js";
import { sha256 } from "./text.js";

const FORMAT = "cqp-carnet";
const VERSION = 1;
const MOST_BYTES = 30 * 1024 * 1024;
const KINDS = ["session", "signature", "evaluation"];
const STATES = ["kept", "received", "refused"];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the browser promised not to wipe what this phone keeps. */
export const isPersistent = async () => {
  try {
    return (await navigator.storage?.persisted?.()) ?? false;
  } catch {
    return false;
  }
};

/** Asks for that promise, once per phone and again while it is not granted. */
export const askToPersist = async () => {
  if (await isPersistent()) return true;
  await remember("asked_to_persist", new Date().toISOString());
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
};

export const wasAskedToPersist = async () => Boolean(await recall("asked_to_persist"));

const carried = ({ id, kind, state, reason, kept_at, received_at, entry }) =>
  ({ id, kind, state, reason, kept_at, received_at, entry });

/** The export file: {name, text, count}. It holds what is not confirmed, under its owner's name, with a hash. */
export const exported = async (name = "") => {
  const owner = currentOwner();
  const entries = (await entriesOf(owner)).filter(({ state }) => state !== "confirmed").map(carried);
  const file = {
    format: FORMAT,
    version: VERSION,
    made_at: new Date().toISOString(),
    owner: { id: owner, name },
    count: entries.length,
    sha256: await sha256(JSON.stringify(entries)),
    entries,
  };
  return { name: `carnet-${today()}.json`, text: `${JSON.stringify(file, null, 1)}\n`, count: entries.length };
};

const NOT_OURS = "Ce fichier n’est pas un carnet exporté d’ici. Choisissez un fichier «\u00a0carnet-….json\u00a0».";
const DAMAGED = "Ce fichier est abîmé ou a été modifié\u00a0: son empreinte n’est pas la bonne. Rien n’a été repris. Exportez-le de nouveau si vous le pouvez.";
const NEWER = "Ce fichier vient d’une version plus récente du carnet. Rechargez cette page avec du réseau, puis recommencez.";

const sound = (record) =>
  UUID.test(record?.id) &&
  KINDS.includes(record.kind) &&
  STATES.includes(record.state) &&
  record.entry?.id === record.id &&
  record.entry.kind === record.kind &&
  typeof record.kept_at === "string" &&
  (record.kind !== "session" || Array.isArray(record.entry.presences));

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(NOT_OURS);
  }
};

/** Brings back an export file of the same person: {added, known, made_on}. A bad file is refused whole, in words. */
export const imported = async (file) => {
  if (file.size > MOST_BYTES) throw new Error(NOT_OURS);
  const carnet = parsed(await file.text());
  if (carnet?.format !== FORMAT || !Array.isArray(carnet.entries)) throw new Error(NOT_OURS);
  if (carnet.version > VERSION) throw new Error(NEWER);
  const owner = currentOwner();
  if (!owner || carnet.owner?.id !== owner) {
    const whose = carnet.owner?.name ? `de ${carnet.owner.name}` : "d’une autre personne";
    throw new Error(`Ce carnet est celui ${whose}\u00a0: seule cette personne peut le reprendre, une fois connectée.`);
  }
  const right = carnet.count === carnet.entries.length && carnet.sha256 === (await sha256(JSON.stringify(carnet.entries)));
  if (!right || !carnet.entries.every(sound)) throw new Error(DAMAGED);
  const added = await bringBack(
    carnet.entries.map((record) => ({
      ...carried(record),
      reason: typeof record.reason === "string" ? record.reason : "",
      owner,
      confirmed_at: null,
      attempted: true, // the phone it comes from may have sent it meanwhile
    })),
  );
  return { added, known: carnet.entries.length - added, made_on: shortDate(String(carnet.made_at).slice(0, 10)) };
};
