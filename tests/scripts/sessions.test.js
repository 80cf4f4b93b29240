// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { callRoll, toSign } from "../../static/js/rollcall/roll.js";
import { indexSessions, isInOrder, obstacles } from "../../static/js/rollcall/sessions.js";
import { AICHA, BRUNO, notebook, record, session, sessionEntry, signature, uuid } from "./builders.js";

const PRESENCES = [{ enrollment: AICHA, minutes: 180, absence: "" }, { enrollment: BRUNO, minutes: 180, absence: "" }];

test("a planned session waits for its roll until it is noted here", () => {
  const known = notebook({ sessions: [{ ...session(), expected: [AICHA] }] });
  assert.equal(indexSessions(known, []).planned.length, 1);
  assert.equal(indexSessions(known, [record(sessionEntry())]).planned.length, 0);
});

test("whoever is in a pause, or gone, is not called", () => {
  const known = notebook();
  known.people[1].paused = true;
  const index = indexSessions(known, []);
  assert.deepEqual(index.expected({ ...session(), expected: [AICHA, BRUNO, uuid(999)] }), [AICHA]);
});

test("a session noted here asks for the signatures that it lacks", () => {
  const records = [record(sessionEntry({ presences: PRESENCES })), record(signature({ enrollment: AICHA }))];
  const [roll] = indexSessions(notebook(), records).toFinish();
  assert.deepEqual(toSign(roll).filter(({ done }) => !done).map(({ enrollment }) => enrollment), [BRUNO, null]);
});

test("a signature given for another length of presence does not count", () => {
  const records = [record(sessionEntry({ presences: PRESENCES })), record(signature({ enrollment: AICHA, minutes: 60 }))];
  const [roll] = indexSessions(notebook(), records).toFinish();
  assert.ok(toSign(roll).find(({ enrollment, done }) => enrollment === AICHA && !done));
});

test("once the site has answered about it, the list of the site is the better one", () => {
  const told = record(sessionEntry({ presences: PRESENCES }), { state: "received", received_at: "2026-03-03T08:00:00+00:00" });
  assert.deepEqual(indexSessions(notebook(), [told]).toFinish(), []);
});

test("a session that was sent back opens with all that was said and signed", () => {
  const records = [
    record(sessionEntry({ presences: PRESENCES }), { state: "refused", reason: "Ce mois est signé." }),
    record(signature({ enrollment: AICHA }), { state: "refused", reason: "Sa séance est refusée." }),
  ];
  const roll = indexSessions(notebook(), records).rollOfEntry(uuid(50));
  assert.equal(roll?.origin, "mended");
  assert.equal(roll?.reason, "Ce mois est signé.");
  assert.deepEqual(roll?.signatures.map(({ enrollment }) => enrollment), [AICHA]);
  assert.deepEqual(roll?.replaces.map(({ id }) => id), [uuid(80)]);
});

test("a signature refused alone opens the session that stands, with its reason", () => {
  const records = [
    record(sessionEntry({ presences: PRESENCES }), { state: "received", received_at: "2026-03-03T10:00:00+00:00" }),
    record(signature({ enrollment: AICHA }), { state: "refused", reason: "Illisible." }),
  ];
  const index = indexSessions(notebook(), records);
  const roll = index.rollOfEntry(uuid(80));
  assert.equal(roll?.origin, "held");
  assert.equal(roll?.reason, "Illisible.");
  assert.equal(index.refusedSignatures.length, 1);
});

test("presences are corrected here as long as they did not leave, then on the site", () => {
  const address = (/** @type {Parameters<typeof record>[1]} */ changes) => indexSessions(notebook(), [record(sessionEntry(), changes)]).mendAddress(uuid(50));
  assert.equal(address({}), `?corriger=${uuid(50)}`);
  assert.equal(address({ attempted: true }), null);
  assert.equal(address({ state: "received" }), `/seances/${uuid(50)}/`);
});

test("what the site would refuse is said before leaving", () => {
  const known = notebook();
  known.people[0].signed_months = ["2026-03"];
  known.people[1].contract = ["2026-03-04", "2026-12-31"];
  const index = indexSessions(known, []);
  const roll = callRoll(session({ starts_at: "07:00", ends_at: "17:30", form: "individual" }), "new", [AICHA, BRUNO]);
  assert.deepEqual(obstacles(index, roll, "2026-03-02"), { future: true, long: true, signed: ["Aïcha Benali"], outside: ["Bruno Petit"], lonely: true });
  const right = callRoll(session({ held_on: "2026-04-01" }), "new", [AICHA]);
  assert.deepEqual(obstacles(index, right, "2026-04-01"), { future: false, long: false, signed: [], outside: [], lonely: false });
});

test("a session ends after it began", () => {
  assert.ok(isInOrder({ starts_at: "09:00", ends_at: "09:01" }));
  assert.ok(!isInOrder({ starts_at: "09:00", ends_at: "09:00" }));
  assert.ok(!isInOrder({ starts_at: "", ends_at: "09:00" }));
});
