// @ts-check
// The sessions that this phone knows: those of the notebook, and those that were noted here.

import { mayChange } from "../notebook/outbox.js";
import { lengthOf, minuteOf } from "./half-days.js";
import { takeUp, toSign } from "./roll.js";

/** @import { Day, EntryRecord, HeldSession, Notebook, Person, PlannedSession, Session, SessionRecord, SignatureRecord, Uuid } from "../types/notebook.d.ts" */
/** @import { KnownSignature, Origin, Roll, SessionIndex } from "../types/rollcall.d.ts" */

/**
 * @param {Session} one
 * @param {Session} other
 */
const byMoment = (one, other) => `${one.held_on} ${one.starts_at}`.localeCompare(`${other.held_on} ${other.starts_at}`);
/**
 * @param {Roll} one
 * @param {Roll} other
 */
const latestFirst = (one, other) => byMoment(other.session, one.session);

/**
 * @param {Notebook} notebook
 * @param {EntryRecord[]} records
 */
export const indexSessions = (notebook, records) => {
  const people = new Map(notebook.people.map((person) => [person.id, person]));
  const trainers = new Map(notebook.trainers.map((trainer) => [trainer.id, trainer.name]));
  const noted = new Map(records.filter((record) => record.kind === "session").map((record) => [record.id, record]));
  const drawn = records.filter((record) => record.kind === "signature");
  const unsigned = new Map(notebook.unsigned.map((session) => [session.id, session]));

  /** @param {SignatureRecord} record */
  const placed = ({ id, entry: { enrollment, half } }) => ({ id, enrollment, half });

  /**
   * @param {HeldSession} session
   * @param {boolean} refused
   */
  const drawnFor = (session, refused) =>
    drawn.filter(({ entry, state }) => entry.session === session.id && (state === "refused") === refused);

  /**
   * A signature holds for the presence that it was given for: it falls when that presence is corrected.
   * @param {HeldSession} session
   * @returns {KnownSignature[]}
   */
  const signedOf = (session) => {
    const minutes = new Map(session.presences.map((presence) => [presence.enrollment, presence.minutes]));
    const here = drawnFor(session, false)
      .map(({ entry }) => entry)
      .filter(({ enrollment, minutes: signed }) => enrollment === null || minutes.get(enrollment) === signed);
    const there = session.presences.flatMap(({ enrollment, signed }) => (signed ?? []).map((half) => ({ enrollment, half, strokes: null })));
    const trainer = (session.trainer_signed ?? []).map((half) => ({ enrollment: null, half, strokes: null }));
    return [...here.map(({ enrollment, half, strokes }) => ({ enrollment, half, strokes })), ...there, ...trainer];
  };

  /**
   * @param {HeldSession} session
   * @param {Origin} origin
   */
  const held = (session, origin = "held") => {
    const roll = takeUp(session, session.presences, origin === "held" ? signedOf(session) : [], origin);
    const refused = drawnFor(session, true);
    roll.replaces = refused.map(placed);
    roll.reason = [...new Set(refused.map(({ reason }) => reason))].join(" ");
    return roll;
  };

  /**
   * What the server sent back, or has not seen yet, opens with all that was said and signed, to be mended.
   * @param {SessionRecord} record
   * @returns {Roll}
   */
  const sentBack = (record) => {
    const roll = held(record.entry, "mended");
    const all = drawn.filter((row) => row.entry.session === record.id);
    const signatures = all.filter(mayChange);
    roll.signed = all.filter((row) => !mayChange(row)).map(({ entry: { enrollment, half, strokes } }) => ({ enrollment, half, strokes }));
    roll.signatures = signatures.map(({ id, entry: { enrollment, half, minutes, signed_at, strokes } }) => ({ id, enrollment, half, minutes, signed_at, strokes }));
    roll.replaces = signatures.map(placed);
    return { ...roll, reason: record.reason };
  };

  /**
   * Once the server has answered after receiving it, its own list of what is unsigned is the better one.
   * @param {SessionRecord} record
   */
  const isTold = (record) => record.received_at && record.received_at < notebook.now;

  const toFinish = () => {
    const here = [...noted.values()]
      .filter((record) => record.state !== "refused" && !unsigned.has(record.id) && !isTold(record))
      .map(({ entry }) => entry);
    return [...unsigned.values(), ...here].map((session) => held(session)).filter((roll) => toSign(roll).some(({ done }) => !done)).sort(latestFirst);
  };

  const planned = notebook.sessions.filter(({ id }) => !noted.has(id) && !unsigned.has(id)).sort(byMoment);

  return {
    notebook,
    planned,
    toFinish,
    refused: [...noted.values()].filter(({ state }) => state === "refused"),
    waiting: [...noted.values()].filter((record) => record.state === "pending" && mayChange(record)),
    // Signatures sent back while their session stands.
    refusedSignatures: drawn.filter(({ state, entry }) => state === "refused" && noted.get(entry.session)?.state !== "refused"),
    /** @param {Uuid} id */
    isPlanned: (id) => notebook.sessions.some((session) => session.id === id),
    /** @param {Uuid} enrollment */
    person: (enrollment) => people.get(enrollment),
    /** @param {Uuid} enrollment */
    nameOf: (enrollment) => people.get(enrollment)?.name ?? "Une personne sortie de l’équipe",
    /** @param {Uuid} id */
    trainerName: (id) => trainers.get(id) ?? "le formateur",
    /** @param {Uuid} structure */
    crewOf: (structure) => notebook.people.filter((person) => person.structure === structure),
    /**
     * Whoever is on a break or gone is not called.
     * @param {PlannedSession} session
     */
    expected: (session) => session.expected.filter((enrollment) => people.get(enrollment)?.paused === false),
    /** @param {Uuid | null} id */
    plannedOf: (id) => planned.find((session) => session.id === id) ?? null,
    /** @param {Uuid | null} id */
    heldOf: (id) => {
      const record = noted.get(id ?? "");
      const session = unsigned.get(id ?? "") ?? (record?.state === "refused" ? null : record?.entry);
      return session ? held(session) : null;
    },
    /**
     * The roll that a refused entry belongs to: its session was sent back, or only a signature of it.
     * @param {Uuid} id
     */
    rollOfEntry: (id) => {
      const record = records.find((row) => row.id === id);
      const session = record?.kind === "signature" ? record.entry.session : id;
      const own = noted.get(session);
      if (own && mayChange(own)) return sentBack(own);
      const found = unsigned.get(session) ?? own?.entry;
      return found ? held(found) : null;
    },
    /**
     * Where the presences of a noted session are corrected: here as long as it did not leave, then on the site.
     * @param {Uuid} id
     */
    mendAddress: (id) => {
      const record = noted.get(id);
      if (record?.state === "pending") return mayChange(record) ? `?corriger=${id}` : null;
      return `/seances/${id}/`;
    },
  };
};

/**
 * What the server would refuse, said before leaving; it has the last word.
 * @param {SessionIndex} index
 * @param {Roll} roll
 * @param {Day} day
 */
export const obstacles = (index, roll, day) => {
  const { session, people } = roll;
  const month = session.held_on.slice(0, 7);
  const rows = people.map(({ enrollment }) => index.person(enrollment)).filter((person) => person !== undefined);
  /** @param {(person: Person) => boolean | null} found */
  const named = (found) => rows.filter(found).map(({ name }) => name);
  /** @param {Person} person */
  const outside = ({ contract }) => contract && (session.held_on < contract[0] || session.held_on > contract[1]);
  return {
    future: session.held_on > day,
    long: lengthOf(session) > 600,
    signed: named((person) => (person.signed_months ?? []).includes(month)),
    outside: named(outside),
    lonely: session.form === "individual" && people.length !== 1,
  };
};

/**
 * "09:00", "12:00" → whether these two hours are a session.
 * @param {{ starts_at: string, ends_at: string }} hours
 */
export const isInOrder = ({ starts_at, ends_at }) => Boolean(starts_at && ends_at) && minuteOf(ends_at) > minuteOf(starts_at);
