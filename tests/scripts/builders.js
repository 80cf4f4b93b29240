// @ts-check
// A small notebook: two people of one structure who garden, one who cooks; and the entries made with it.

/** @import { EntryRecord, EvaluationEntry, HeldSession, Notebook, Person, Session, SessionEntry, SignatureEntry } from "../../static/js/types/notebook.d.ts" */

export const OWNER = "00000000-0000-4000-8000-00000000000a";

/** @param {number} number */
export const uuid = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const [AICHA, BRUNO, CHLOE] = [uuid(1), uuid(2), uuid(3)];
export const [GARDEN, KITCHEN] = ["jardin", "cuisine"];

/**
 * @param {string} id
 * @param {string} name
 * @param {Partial<Person>} changes
 * @returns {Person}
 */
const person = (id, name, changes = {}) => ({
  id, name, first_name: name.split(" ")[0], initials: name.slice(0, 1), support: GARDEN, structure: uuid(90), framework: "2025.1",
  mine: false, paused: false, contract: ["2026-01-01", "2026-12-31"], enrolled_on: "2026-01-05", signed_months: [], ...changes,
});

/**
 * @param {Partial<Notebook>} changes
 * @returns {Notebook}
 */
export const notebook = (changes = {}) => ({
  owner: { id: OWNER, name: "Nadia Roy" },
  csrf: "token",
  day: "2026-03-03",
  now: "2026-03-03T09:00:00+00:00",
  structures: [{ id: uuid(90), name: "ACI du Parc" }],
  supports: [{ code: GARDEN, name: "Espaces verts", icon: "" }, { code: KITCHEN, name: "Restauration", icon: "" }],
  people: [
    person(AICHA, "Aïcha Benali", { mine: true }),
    person(BRUNO, "Bruno Petit"),
    person(CHLOE, "Chloé Martin", { support: KITCHEN }),
  ],
  frameworks: [{
    version: "2025.1",
    notice: "",
    levels: [1, 2, 3, 4].map((rank) => ({ rank, name: `Niveau ${rank}`, short: "" })),
    domains: [{ number: 1, name: "Travailler en équipe", icon: "" }, { number: 2, name: "Jardiner", icon: "" }],
    competencies: [
      { id: uuid(11), code: "C1", label: "Saluer", domain: 1, support: null },
      { id: uuid(12), code: "C2", label: "Tondre", domain: 2, support: GARDEN },
      { id: uuid(13), code: "C3", label: "Tailler", domain: 2, support: GARDEN },
      { id: uuid(14), code: "C4", label: "Éplucher", domain: 2, support: KITCHEN },
    ],
    activities: [
      { id: 1, name: "Tonte", icon: "", support: GARDEN, competencies: ["C2", "C1"] },
      { id: 2, name: "Taille", icon: "", support: GARDEN, competencies: ["C3"] },
    ],
  }],
  levels: { [AICHA]: { [uuid(12)]: [2, "2026-02-10"] } },
  trainers: [{ id: OWNER, name: "Nadia Roy", structure: uuid(90) }],
  choices: { modules: [["gardening", "Jardin"]], places: [["room", "en salle"]], forms: [["group", "collective"]], absences: [["ill", "Maladie"]] },
  sessions: [],
  unsigned: [],
  ...changes,
});

/**
 * @param {Partial<Session>} changes
 * @returns {Session}
 */
export const session = (changes = {}) => ({
  id: uuid(50), structure: uuid(90), trainer: OWNER, held_on: "2026-03-03", starts_at: "09:00", ends_at: "12:00",
  place: "room", form: "group", module: "gardening", theme: "Tailler une haie", ...changes,
});

/**
 * @param {Partial<HeldSession>} changes
 * @returns {SessionEntry}
 */
export const sessionEntry = (changes = {}) => ({ kind: "session", ...session(), presences: [], ...changes });

/**
 * @param {Partial<EvaluationEntry>} changes
 * @returns {EvaluationEntry}
 */
export const evaluation = (changes = {}) => ({
  kind: "evaluation", id: uuid(70), enrollment: AICHA, competency: uuid(12), rank: 3, own_rank: null, seen_on: "2026-03-03",
  situation: "Au stade", comment: "", ...changes,
});

/**
 * @param {Partial<SignatureEntry>} changes
 * @returns {SignatureEntry}
 */
export const signature = (changes = {}) => ({
  kind: "signature", id: uuid(80), session: uuid(50), enrollment: AICHA, half: "morning", minutes: 180,
  signed_at: "2026-03-03T11:00:00.000Z", strokes: [[[0, 0, 0], [200, 0, 10]]], ...changes,
});

/**
 * @param {EntryRecord["entry"]} entry
 * @param {Partial<EntryRecord>} changes
 */
export const record = (entry, changes = {}) => /** @type {EntryRecord} */ ({
  id: entry.id, owner: OWNER, kind: entry.kind, state: "pending", reason: "", entry, saved_at: "2026-03-03T10:00:00.000Z",
  received_at: null, confirmed_at: null, attempted: false, ...changes,
});
