// One roll as it is being called: the session, who was there, what they signed. Plain data, so that it survives a reload.
//
// {session, origin, people: [{path, kind, minutes, absence}], signatures: [{id, path, half, minutes, signed_at, strokes}],
//  signed: [{path, half, strokes}], unable: [{path, half}], replaces: [{id, path, half}], reason}
// origin: planned (its roll waits), new (nobody planned it), held (noted already, only signatures are missing),
// mended (kept here and not on the site, sent back with `reason` or not sent yet). `replaces` are the signatures sent back. `path` is null for the trainer.

import { halvesOf, lengthOf } from "./half-days.js";

const FIELDS = ["structure", "trainer", "held_on", "starts_at", "ends_at", "place", "form", "module", "theme"];

export const factsOf = (session) => Object.fromEntries(["id", ...FIELDS].map((name) => [name, session[name]]));

const there = (path) => ({ path, kind: "whole", minutes: 0, absence: "" });

const was = ({ path, minutes, absence }, length) => ({
  path,
  kind: absence ? "away" : minutes === length ? "whole" : "part",
  minutes: absence || minutes === length ? 0 : minutes,
  absence,
});

const begun = (session, origin) => ({
  session: factsOf(session), origin, people: [], signatures: [], signed: [], unable: [], replaces: [], reason: "",
});

// A session whose roll is to be called: everybody expected is there until said otherwise.
export const callRoll = (session, origin, paths) => ({ ...begun(session, origin), people: paths.map(there) });

// A session that was noted, here or on the site: `presences` stand, `signed` are the signatures already there.
export const takeUp = (session, presences, signed, origin = "held") => ({
  ...begun(session, origin),
  people: presences.map((presence) => was(presence, lengthOf(session))),
  signed,
});

export const minutesOf = (roll, person) => {
  if (person.kind === "away") return 0;
  return person.kind === "whole" ? lengthOf(roll.session) : person.minutes;
};

export const presencesOf = (roll) => roll.people.map((person) => ({
  path: person.path,
  minutes: minutesOf(roll, person),
  absence: person.kind === "away" ? person.absence : "",
}));

const same = (one, other) => one.path === other.path && one.half === other.half;

// What is to be signed, half-day by half-day: those who were there, then the trainer.
export const toSign = (roll) => {
  const present = roll.people
    .map((person) => ({ path: person.path, minutes: minutesOf(roll, person) }))
    .filter((person) => person.minutes > 0);
  const signers = [...present, { path: null, minutes: lengthOf(roll.session) }];
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

export const missing = (roll) => toSign(roll).filter((place) => !place.done);

export const unasked = (roll) => missing(roll).filter((place) => !place.unable);

export const sign = (roll, { path, half, minutes }, strokes) => {
  roll.signatures = roll.signatures.filter((signature) => !same(signature, { path, half }));
  roll.unable = roll.unable.filter((gap) => !same(gap, { path, half }));
  roll.signatures.push({ id: crypto.randomUUID(), path, half, minutes, signed_at: new Date().toISOString(), strokes });
};

export const cannotSign = (roll, { path, half }) => {
  roll.signatures = roll.signatures.filter((signature) => !same(signature, { path, half }));
  if (!roll.unable.some((gap) => same(gap, { path, half }))) roll.unable.push({ path, half });
};

// One signs for a presence: once that changed, what was signed no longer holds. Gives how many signatures fell.
export const dropUnfounded = (roll) => {
  const asked = toSign(roll);
  const holds = (signature) => asked.some((place) => same(place, signature) && place.minutes === signature.minutes);
  const kept = roll.signatures.filter(holds);
  const fallen = roll.signatures.length - kept.length;
  roll.signatures = kept;
  return fallen;
};

// Another day or other hours are another presence: nobody signed for that.
export const changeSession = (roll, facts) => {
  const moved = ["held_on", "starts_at", "ends_at"].some((name) => facts[name] !== roll.session[name]);
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

// The entries that leave for the server.
export const entriesOfRoll = (roll) => {
  const id = roll.session.id;
  const signatures = roll.signatures.map((signature) => ({ kind: "signature", ...signature, session: id }));
  if (roll.origin === "held") return signatures;
  return [{ kind: "session", ...roll.session, presences: presencesOf(roll) }, ...signatures];
};
