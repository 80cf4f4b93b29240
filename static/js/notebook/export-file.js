// @ts-check
// The file that carries entries to another phone: what it holds, and what is refused when it comes back.

import { KINDS } from "./outbox.js";
import { sha256 } from "./receipts.js";

/** @import { EntryRecord, Moment, Uuid } from "../types/notebook.d.ts" */
/** @typedef {Pick<EntryRecord, "id" | "kind" | "state" | "reason" | "saved_at" | "received_at" | "entry">} CarriedRecord */

const FORMAT = "cqp-carnet";
const VERSION = 1;
const STATES = ["pending", "received", "refused"];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const NOT_OURS = "Ce fichier n’est pas un carnet exporté d’ici. Choisissez un fichier «\u00a0carnet-….json\u00a0».";
export const DAMAGED = "Ce fichier est abîmé ou a été modifié\u00a0: son empreinte n’est pas la bonne. Rien n’a été repris. Exportez-le de nouveau si vous le pouvez.";
export const NEWER = "Ce fichier vient d’une version plus récente du carnet. Rechargez cette page avec du réseau, puis recommencez.";

/**
 * @param {CarriedRecord} record
 * @returns {CarriedRecord}
 */
const carried = ({ id, kind, state, reason, saved_at, received_at, entry }) =>
  ({ id, kind, state, reason, saved_at, received_at, entry });

/**
 * The text of a file with what is not confirmed, under its owner's name, with a hash; and how many they are.
 * @param {EntryRecord[]} records
 * @param {{ id: Uuid, name: string }} owner
 * @param {Moment} moment
 */
export const writeExportFile = async (records, owner, moment) => {
  const entries = records.filter(({ state }) => state !== "confirmed").map(carried);
  const file = {
    format: FORMAT,
    version: VERSION,
    made_at: moment,
    owner,
    count: entries.length,
    sha256: await sha256(JSON.stringify(entries)),
    entries,
  };
  return { text: `${JSON.stringify(file, null, 1)}\n`, count: entries.length };
};

/** @param {CarriedRecord} record */
const isSound = (record) =>
  UUID.test(record?.id) &&
  KINDS.includes(record.kind) &&
  STATES.includes(record.state) &&
  record.entry?.id === record.id &&
  record.entry.kind === record.kind &&
  typeof record.saved_at === "string" &&
  (record.entry.kind !== "session" || Array.isArray(record.entry.presences));

/** @param {string} text */
const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(NOT_OURS);
  }
};

/**
 * The records of an export file of this very owner, and the moment it was made. A bad file is refused whole, in words.
 * @param {string} text
 * @param {Uuid} owner
 * @returns {Promise<{ records: EntryRecord[], madeAt: string }>}
 */
export const readExportFile = async (text, owner) => {
  const file = parsed(text);
  if (file?.format !== FORMAT || !Array.isArray(file.entries)) throw new Error(NOT_OURS);
  if (file.version > VERSION) throw new Error(NEWER);
  if (!owner || file.owner?.id !== owner) {
    const whose = file.owner?.name ? `de ${file.owner.name}` : "d’une autre personne";
    throw new Error(`Ce carnet est celui ${whose}\u00a0: seule cette personne peut le reprendre, une fois connectée.`);
  }
  /** @type {CarriedRecord[]} */
  const entries = file.entries;
  const isWhole = file.count === entries.length && file.sha256 === (await sha256(JSON.stringify(entries)));
  if (!isWhole || !entries.every(isSound)) throw new Error(DAMAGED);
  return {
    records: entries.map((record) => /** @type {EntryRecord} */ ({
      ...carried(record),
      reason: typeof record.reason === "string" ? record.reason : "",
      owner,
      confirmed_at: null,
      attempted: true, // the phone it comes from may have sent it meanwhile
    })),
    madeAt: String(file.made_at),
  };
};
