// @ts-check
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { openDrafts } from "../../static/js/rollcall/drafts.js";
import { callRoll, cannotSign, changeSession, dropUnfounded, entriesOfRoll, minutesOf, missing, presencesOf, sign, takeUp, toSign, unasked } from "../../static/js/rollcall/roll.js";
import { AICHA, BRUNO, OWNER, session, uuid } from "./builders.js";

const LINE = /** @type {import("../../static/js/types/notebook.d.ts").Strokes} */ ([[[0, 0, 0], [300, 100, 20]]]);

/** @param {Parameters<typeof session>[0]} changes */
const called = (changes = {}) => callRoll(session(changes), "planned", [AICHA, BRUNO]);

/** @param {ReturnType<typeof called>} roll */
const signAll = (roll) => missing(roll).forEach((place) => sign(roll, place, LINE));

beforeEach(() => localStorage.clear());

test("everybody expected is there for the whole session until said otherwise", () => {
  assert.deepEqual(presencesOf(called()), [{ enrollment: AICHA, minutes: 180, absence: "" }, { enrollment: BRUNO, minutes: 180, absence: "" }]);
});

test("whoever is away signs nothing; whoever came in part signs for that part", () => {
  const roll = called();
  Object.assign(roll.people[0], { kind: "away", absence: "ill" });
  Object.assign(roll.people[1], { kind: "part", minutes: 60 });
  assert.deepEqual(toSign(roll).map(({ enrollment, minutes }) => [enrollment, minutes]), [[BRUNO, 60], [null, 180]]);
  assert.equal(minutesOf(roll, roll.people[0]), 0);
});

test("a whole day is signed for twice by each, and by the trainer", () => {
  const places = toSign(called({ ends_at: "17:00" }));
  assert.deepEqual(places.map(({ enrollment, half }) => [enrollment, half]), [
    [AICHA, "morning"], [BRUNO, "morning"], [null, "morning"], [AICHA, "afternoon"], [BRUNO, "afternoon"], [null, "afternoon"],
  ]);
});

test("who cannot sign is not asked again, but the signature is still missing", () => {
  const roll = called();
  cannotSign(roll, { enrollment: AICHA, half: "morning" });
  assert.deepEqual([missing(roll).length, unasked(roll).length], [3, 2]);
});

test("signing after all takes back « n’a pas pu signer », and the other way round", () => {
  const roll = called();
  const [place] = toSign(roll);
  cannotSign(roll, place);
  sign(roll, place, LINE);
  assert.deepEqual([roll.unable.length, roll.signatures.length], [0, 1]);
  cannotSign(roll, place);
  assert.deepEqual([roll.unable.length, roll.signatures.length], [1, 0]);
});

test("signing twice keeps the last drawing alone", () => {
  const roll = called();
  const [place] = toSign(roll);
  sign(roll, place, LINE);
  sign(roll, place, [[[5, 5, 0], [400, 5, 9]]]);
  assert.equal(roll.signatures.length, 1);
  assert.deepEqual(roll.signatures[0].strokes, [[[5, 5, 0], [400, 5, 9]]]);
});

test("a signature falls with the presence that it was given for, and with no other", () => {
  const roll = called();
  signAll(roll);
  Object.assign(roll.people[0], { kind: "part", minutes: 90 });
  assert.equal(dropUnfounded(roll), 1);
  assert.deepEqual(roll.signatures.map(({ enrollment }) => enrollment), [BRUNO, null]);
});

test("another day or other hours undo every signature; another place or theme none", () => {
  for (const [changes, left] of /** @type {const} */ ([[{ held_on: "2026-03-02" }, 0], [{ starts_at: "08:30" }, 0], [{ ends_at: "12:30" }, 0], [{ theme: "Pailler" }, 3], [{ place: "site" }, 3]])) {
    const roll = called();
    signAll(roll);
    assert.equal(changeSession(roll, { ...roll.session, ...changes }), 3 - left);
    assert.equal(roll.signatures.length, left);
  }
});

test("a presence in part that fills a shortened session is a whole one", () => {
  const roll = called();
  Object.assign(roll.people[0], { kind: "part", minutes: 120 });
  changeSession(roll, { ...roll.session, ends_at: "11:00" });
  assert.deepEqual([roll.people[0].kind, roll.people[0].minutes], ["whole", 0]);
});

test("a session noted already is read back as it was noted", () => {
  const presences = [{ enrollment: AICHA, minutes: 180, absence: "" }, { enrollment: BRUNO, minutes: 45, absence: "" }, { enrollment: uuid(4), minutes: 0, absence: "ill" }];
  const roll = takeUp(session(), presences, []);
  assert.deepEqual(roll.people.map(({ kind }) => kind), ["whole", "part", "away"]);
  assert.deepEqual(presencesOf(roll), presences);
});

test("whatever is called, what leaves says the same presences when it is taken up again", () => {
  for (let minutes = 0; minutes <= 180; minutes += 15) {
    for (const kind of /** @type {const} */ (["whole", "part", "away"])) {
      const roll = called();
      Object.assign(roll.people[0], { kind, minutes, absence: kind === "away" ? "ill" : "" });
      const presences = presencesOf(roll);
      assert.deepEqual(presencesOf(takeUp(session(), presences, [])), presences);
    }
  }
});

test("a session leaves before its signatures; one that stands on the site leaves its signatures alone", () => {
  const roll = called();
  signAll(roll);
  assert.deepEqual(entriesOfRoll(roll).map(({ kind }) => kind), ["session", "signature", "signature", "signature"]);
  roll.origin = "held";
  const entries = entriesOfRoll(roll);
  assert.deepEqual(entries.map(({ kind }) => kind), ["signature", "signature", "signature"]);
  assert.ok(entries.every((entry) => entry.kind === "signature" && entry.session === roll.session.id));
});

test("a roll begun comes back after a reload, to its owner alone, until it is dropped", () => {
  const roll = called();
  signAll(roll);
  assert.ok(openDrafts(OWNER).save(roll));
  assert.deepEqual(openDrafts(OWNER).of(roll.session.id), roll);
  assert.equal(openDrafts(uuid(99)).of(roll.session.id), null);
  openDrafts(OWNER).drop(roll.session.id);
  assert.deepEqual(openDrafts(OWNER).all(), []);
});

test("what is not a roll any more is left out of those begun", () => {
  localStorage.setItem(`cqp-roll-${OWNER}`, JSON.stringify([null, 3, { session: {} }, called()]));
  assert.equal(openDrafts(OWNER).all().length, 1);
  localStorage.setItem(`cqp-roll-${OWNER}`, "{oops");
  assert.deepEqual(openDrafts(OWNER).all(), []);
});
