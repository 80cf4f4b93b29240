// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { expired, LONGEST_PAUSE, MOST_BYTES, MOST_ENTRIES, nextBatch, PAUSE, pauseAfter, waitingIn } from "../../static/js/notebook/outbox.js";
import { evaluation, record, sessionEntry, signature, uuid } from "./builders.js";

test("sessions leave before the signatures that name them, and evaluations last; the oldest of a kind first", () => {
  const records = [
    record(evaluation({ id: uuid(1) })), record(signature({ id: uuid(2) })), record(sessionEntry({ id: uuid(3) })),
    record(evaluation({ id: uuid(4) })), record(sessionEntry({ id: uuid(5) })),
  ];
  assert.deepEqual(waitingIn(records, new Set()).map(({ id }) => id), [3, 5, 2, 1, 4].map(uuid));
});

test("only what is kept leaves, and once in a round", () => {
  const records = [
    record(evaluation({ id: uuid(1) })), record(evaluation({ id: uuid(2) }), { state: "received" }),
    record(evaluation({ id: uuid(3) }), { state: "refused" }), record(evaluation({ id: uuid(4) })),
  ];
  assert.deepEqual(waitingIn(records, new Set([uuid(4)])).map(({ id }) => id), [uuid(1)]);
});

test("a batch holds 24 entries at most", () => {
  const records = Array.from({ length: 60 }, (_, number) => record(evaluation({ id: uuid(number) })));
  assert.equal(nextBatch(records).length, MOST_ENTRIES);
});

test("a batch weighs 400 KB at most, and an entry that is heavier leaves alone", () => {
  const heavy = record(evaluation({ comment: "é".repeat(MOST_BYTES) }));
  const half = record(evaluation({ comment: "é".repeat(MOST_BYTES / 5) }));
  assert.deepEqual(nextBatch([heavy, half]), [heavy]);
  assert.deepEqual(nextBatch([half, half, half]).length, 2);
});

test("whatever waits, batch after batch everything leaves, in order", () => {
  for (let count = 0; count <= 90; count += 15) {
    const records = Array.from({ length: count }, (_, number) => record(evaluation({ id: uuid(number), comment: "a".repeat((number * 9973) % 40000) })));
    const passed = new Set();
    const left = [];
    for (let batch = nextBatch(waitingIn(records, passed)); batch.length; batch = nextBatch(waitingIn(records, passed))) {
      batch.forEach(({ id }) => passed.add(id));
      left.push(...batch);
    }
    assert.deepEqual(left, records);
  }
});

test("each failure doubles the pause, up to five minutes", () => {
  assert.equal(pauseAfter(0, 0.5), PAUSE);
  assert.deepEqual([1, 2, 3, 7, 50].map((failures) => pauseAfter(failures, 0.5)), [5000, 10000, 20000, LONGEST_PAUSE, LONGEST_PAUSE]);
});

test("two phones do not come back together: the pause is drawn between half of it and half more", () => {
  for (let failures = 1; failures < 20; failures += 1) {
    const middle = pauseAfter(failures, 0.5);
    assert.equal(pauseAfter(failures, 0), middle / 2);
    assert.equal(pauseAfter(failures, 1), middle * 1.5);
  }
});

test("what is confirmed goes after thirty days, and nothing else ever does", () => {
  const now = Date.parse("2026-04-03T00:00:00Z");
  const old = { confirmed_at: "2026-03-03T23:59:59.000Z", saved_at: "2025-01-01T00:00:00.000Z" };
  const confirmed = record(evaluation(), { state: "confirmed", ...old });
  const young = record(evaluation(), { state: "confirmed", confirmed_at: "2026-03-04T00:00:01.000Z" });
  const others = /** @type {const} */ (["pending", "received", "refused"]).map((state) => record(evaluation(), { state, ...old }));
  assert.deepEqual(expired([confirmed, young, ...others], now), [confirmed]);
});
