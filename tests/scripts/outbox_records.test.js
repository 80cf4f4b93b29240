// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, freshRecord, mayChange, STATES } from "../../static/js/notebook/outbox.js";
import { confirmed, disagreed, LOST } from "../../static/js/notebook/receipts.js";
import { evaluation, OWNER, record, uuid } from "./builders.js";

const MOMENT = "2026-03-03T12:00:00.000Z";
const nothing = { accepted: [], refused: {}, unreadable: [] };

test("an entry that was just made waits under the name of its owner, and may change", () => {
  const made = freshRecord(evaluation(), OWNER);
  assert.equal(made.owner, OWNER);
  assert.equal(made.state, "pending");
  assert.ok(mayChange(made));
});

test("what may have reached the site neither changes nor goes, until the site refuses it", () => {
  const may = STATES.flatMap((state) => [false, true].map((attempted) => mayChange({ state, attempted })));
  // kept, kept and attempted, received ×2, confirmed ×2, refused ×2
  assert.deepEqual(may, [true, false, false, false, false, false, true, true]);
});

test("an accepted entry is received, at the moment of the answer", () => {
  const entry = evaluation();
  const next = answered(record(entry), { ...nothing, accepted: [entry.id] }, [entry.id], MOMENT);
  assert.equal(next?.state, "received");
  assert.equal(next?.received_at, MOMENT);
});

test("a refused entry says why", () => {
  const entry = evaluation();
  const next = answered(record(entry), { ...nothing, refused: { [entry.id]: "Ce mois est signé." } }, [entry.id], MOMENT);
  assert.equal(next?.state, "refused");
  assert.equal(next?.reason, "Ce mois est signé.");
});

test("an entry that the site cannot read is refused by its place in the sending", () => {
  const [one, other] = [evaluation({ id: uuid(1) }), evaluation({ id: uuid(2) })];
  const answer = { ...nothing, unreadable: [{ place: 1, sentence: "Illisible." }] };
  assert.equal(answered(record(one), answer, [one.id, other.id], MOMENT), undefined);
  assert.equal(answered(record(other), answer, [one.id, other.id], MOMENT)?.reason, "Illisible.");
});

test("an entry of which nothing was said is left as it was", () => {
  assert.equal(answered(record(evaluation()), nothing, [evaluation().id], MOMENT), undefined);
});

test("an answer that comes late changes nothing of what is settled", () => {
  const entry = evaluation();
  const states = /** @type {const} */ (["received", "confirmed", "refused"]);
  states.forEach((state) => assert.equal(answered(record(entry, { state }), { ...nothing, accepted: [entry.id] }, [entry.id], MOMENT), undefined));
});

test("only what was received is confirmed", () => {
  assert.equal(confirmed(record(evaluation(), { state: "received" }), MOMENT)?.confirmed_at, MOMENT);
  assert.equal(confirmed(record(evaluation()), MOMENT), undefined);
});

test("what the site does not hold as it was made is sent again twice, then a person looks", () => {
  const first = disagreed(record(evaluation(), { state: "received", received_at: MOMENT }));
  const second = disagreed(first);
  const third = disagreed(second);
  assert.deepEqual([first.state, second.state, third.state], ["pending", "pending", "refused"]);
  assert.equal(first.received_at, null);
  assert.equal(third.reason, LOST);
});
