// @ts-check
// What the site writes on its side is proved equal to this by tests/browser/test_offline_receipts.py.
import assert from "node:assert/strict";
import { test } from "node:test";

import { digestOf, lineOf } from "../../static/js/notebook/receipts.js";
import { cleaned } from "../../static/js/notebook/outbox.js";
import { AICHA, BRUNO, evaluation, record, sessionEntry, signature, uuid } from "./builders.js";

test("the order of the entries does not change a receipt", async () => {
  const records = [evaluation({ id: uuid(1) }), sessionEntry({ id: uuid(2) }), signature({ id: uuid(3) })].map((entry) => record(entry));
  const digest = await digestOf(records);
  assert.equal(digest.count, 3);
  assert.deepEqual(await digestOf([...records].reverse()), digest);
});

test("the order of the presences does not change a line", async () => {
  const presences = [{ enrollment: BRUNO, minutes: 60, absence: "" }, { enrollment: AICHA, minutes: 180, absence: "" }];
  assert.equal(await lineOf(sessionEntry({ presences })), await lineOf(sessionEntry({ presences: [...presences].reverse() })));
});

test("whatever is changed of an entry changes its line", async () => {
  const changed = [
    evaluation(), evaluation({ rank: 2 }), evaluation({ own_rank: 2 }), evaluation({ seen_on: "2026-03-02" }), evaluation({ situation: "" }),
    evaluation({ comment: "Bien." }), evaluation({ enrollment: BRUNO }), evaluation({ competency: uuid(13) }), evaluation({ id: uuid(71) }),
    signature(), signature({ half: "afternoon" }), signature({ minutes: 60 }), signature({ enrollment: null }), signature({ strokes: [[[1, 0, 0], [200, 0, 10]]] }),
    sessionEntry(), sessionEntry({ ends_at: "12:30" }), sessionEntry({ theme: "" }), sessionEntry({ presences: [{ enrollment: AICHA, minutes: 1, absence: "" }] }),
  ];
  const lines = await Promise.all(changed.map(lineOf));
  assert.equal(new Set(lines).size, lines.length);
});

test("a text is trimmed and loses what no database keeps, deep inside an entry too", () => {
  assert.deepEqual(cleaned({ comment: "  a\r\nb\u0000\ufeff ", list: [" x\ud800 "], rank: 3, own: null }), { comment: "a\nb", list: ["x"], rank: 3, own: null });
});

test("what is cleaned once is clean", () => {
  for (let code = 0; code < 0x3000; code += 1) {
    const once = cleaned(`a${String.fromCharCode(code)} b`);
    assert.equal(cleaned(once), once);
  }
});
