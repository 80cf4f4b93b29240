// @ts-check
// One roll as it is being called: the session, who was there, what they signed. Plain data, so that it survives a reload.
// Its type is in types/rollcall.d.ts.

import { halvesOf, lengthOf } from "./half-days.js";

/** @import { Presence, Session, SessionEntry, SignatureEntry, Strokes, Uuid } from "../types/notebook.d.ts" */
/** @import { CalledPerson, DrawnSignature, KnownSignature, Origin, Place, PlaceToSign, Roll } from "../types/rollcall.d.ts" */

/**
 * @param {Session} session
 * @returns {Session}
 */
export const factsOf = (session) => ({
  id: session.id,
  structure: session.structure,
  trainer: session.trainer,
  held_on: session.held_on,
  starts_at: session.starts_at,
  ends_at: session.ends_at,
  place: session.place,
  form: session.form,
  module: session.module,
  theme: session.theme,
});

/**
 * @param {Uuid} enrollment
 * @returns {CalledPerson}
 */
const there = (enrollment) => ({ enrollment, kind: "whole", minutes: 0, absence: "" });

/**
 * @param {Presence} presence
 * @param {number} length
 * @returns {CalledPerson}
 */
const was = ({ enrollment, minutes, absence }, length) => ({
  enrollment,
  kind: absence ? "away" : minutes === length ? "whole" : "part",
  minutes: absence || minutes === length ? 0 : minutes,
  absence,
});

/**
 * @param {Session} session
 * @param {Origin} origin
 * @returns {Roll}
 */
const begun = (session, origin) => ({
  session: factsOf(session), origin, people: [], signatures: [], signed: [], unable: [], replaces: [], reason: "",
});

/**
 * A session whose roll is to be called: everybody expected is there until said otherwise.
 * @param {Session} session
 * @param {Origin} origin
 * @param {Uuid[]} enrollments
 * @returns {Roll}
 */
export const callRoll = (session, origin, enrollments) => ({ ...begun(session, origin), people: enrollments.map(there) });

/**
 * A session that was noted, here or on the site: `presences` are recorded, `signed` are the signatures already there.
 * @param {Session} session
 * @param {Presence[]} presences
 * @param {KnownSignature[]} signed
 * @param {Origin} origin
 * @returns {Roll}
 */
export const takeUp = (session, presences, signed, origin = "held") => ({
  ...begun(session, origin),
  people: presences.map((presence) => was(presence, lengthOf(session))),
  signed,
});

/**
 * @param {Roll} roll
 * @param {CalledPerson} person
 */
export const minutesOf = (roll, person) => {
  if (person.kind === "away") return 0;
  return person.kind === "whole" ? lengthOf(roll.session) : person.minutes;
};

/**
 * @param {Roll} roll
 * @returns {Presence[]}
 */
export const presencesOf = (roll) => roll.people.map((person) => ({
  enrollment: person.enrollment,
  minutes: minutesOf(roll, person),
  absence: person.kind === "away" ? person.absence : "",
}));

/**
 * @param {Place} one
 * @param {Place} other
 */
const same = (one, other) => one.enrollment === other.enrollment && one.half === other.half;

/**
 * What is to be signed, half-day by half-day: those who were there, then the trainer.
 * @param {Roll} roll
 * @returns {PlaceToSign[]}
 */
export const toSign = (roll) => {
  const present = roll.people
    .map((person) => ({ enrollment: person.enrollment, minutes: minutesOf(roll, person) }))
    .filter((person) => person.minutes > 0);
  const signers = [...present, { enrollment: null, minutes: lengthOf(roll.session) }];
  return halvesOf(roll.session).flatMap((half) => signers.map((signer) => {
    const drawn = roll.signatures.find((signature) => same(signature, { ...signer, half }));
    const old = roll.signed.find((signature) => same(signature, { ...signer, half }));
    return {
      ...signer,
      half,
      drawn,
      strokes: (drawn ?? old)?.strokes ?? null,
      done: Boolean(drawn ?? old),
      unable: roll.unable.some((gap) => same(gap, { ...signer, half })),
    };
  }));
};

/** @param {Roll} roll */
export const missing = (roll) => toSign(roll).filter((place) => !place.done);

/** @param {Roll} roll */
export const unasked = (roll) => missing(roll).filter((place) => !place.unable);

/**
 * @param {Roll} roll
 * @param {Place & { minutes: number }} place
 * @param {Strokes} strokes
 */
export const sign = (roll, { enrollment, half, minutes }, strokes) => {
  roll.signatures = roll.signatures.filter((signature) => !same(signature, { enrollment, half }));
  roll.unable = roll.unable.filter((gap) => !same(gap, { enrollment, half }));
  roll.signatures.push({ id: crypto.randomUUID(), enrollment, half, minutes, signed_at: new Date().toISOString(), strokes });
};

/**
 * @param {Roll} roll
 * @param {Place} place
 */
export const cannotSign = (roll, { enrollment, half }) => {
  roll.signatures = roll.signatures.filter((signature) => !same(signature, { enrollment, half }));
  if (!roll.unable.some((gap) => same(gap, { enrollment, half }))) roll.unable.push({ enrollment, half });
};

/**
 * One signs for a presence: once that changed, what was signed no longer holds. Gives how many signatures fell.
 * @param {Roll} roll
 */
export const dropUnfounded = (roll) => {
  const asked = toSign(roll);
  /** @param {DrawnSignature} signature */
  const holds = (signature) => asked.some((place) => same(place, signature) && place.minutes === signature.minutes);
  const valid = roll.signatures.filter(holds);
  const fallen = roll.signatures.length - valid.length;
  roll.signatures = valid;
  return fallen;
};

/**
 * Another day or other hours are another presence: nobody signed for that.
 * @param {Roll} roll
 * @param {Partial<Session>} facts
 */
export const changeSession = (roll, facts) => {
  const before = roll.session;
  const moved = facts.held_on !== before.held_on || facts.starts_at !== before.starts_at || facts.ends_at !== before.ends_at;
  Object.assign(roll.session, facts);
  const length = lengthOf(roll.session);
  roll.people.filter((person) => person.kind === "part" && person.minutes >= length).forEach((person) => {
    Object.assign(person, { kind: "whole", minutes: 0 });
  });
  if (!moved) return dropUnfounded(roll);
  const fallen = roll.signatures.length;
  roll.signatures = [];
  return fallen;
};

/**
 * @param {Roll} roll
 * @returns {SessionEntry}
 */
export const sessionEntryOf = (roll) => ({ kind: "session", ...roll.session, presences: presencesOf(roll) });

/**
 * The entries that leave for the server.
 * @param {Roll} roll
 * @returns {(SessionEntry | SignatureEntry)[]}
 */
export const entriesOfRoll = (roll) => {
  const id = roll.session.id;
  /** @type {SignatureEntry[]} */
  const signatures = roll.signatures.map((signature) => ({ kind: "signature", ...signature, session: id }));
  if (roll.origin === "held") return signatures;
  return [sessionEntryOf(roll), ...signatures];
};
