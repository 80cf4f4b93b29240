// @ts-check
// The rule of trainees/rules/half_days.py, which tests/trainees prove on the side of the site.
import assert from "node:assert/strict";
import { test } from "node:test";

import { halvesOf, lengthOf, minuteOf, ofTheHalf, theHalf } from "../../static/js/rollcall/half-days.js";

/** @param {number} minute */
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

test("a morning and an afternoon are each signed for by those who passed over half an hour there", () => {
  assert.deepEqual(halvesOf({ starts_at: "09:00", ends_at: "17:00" }), ["morning", "afternoon"]);
  assert.deepEqual(halvesOf({ starts_at: "09:00", ends_at: "13:30" }), ["morning"]);
  assert.deepEqual(halvesOf({ starts_at: "09:00", ends_at: "13:31" }), ["morning", "afternoon"]);
  assert.deepEqual(halvesOf({ starts_at: "12:45", ends_at: "17:00" }), ["afternoon"]);
});

test("every session is signed for once or twice, and twice only around 13 h", () => {
  for (let start = 6 * 60; start < 20 * 60; start += 5) {
    for (let end = start + 5; end <= 22 * 60; end += 5) {
      const session = { starts_at: clock(start), ends_at: clock(end) };
      const both = 13 * 60 - start > 30 && end - 13 * 60 > 30;
      assert.equal(halvesOf(session).length, both ? 2 : 1, JSON.stringify(session));
      assert.equal(lengthOf(session), end - start);
    }
  }
});

test("an hour is read in minutes of the day", () => {
  assert.deepEqual(["00:00", "09:05", "23:59"].map(minuteOf), [0, 545, 1439]);
});

test("a half-day has its article", () => {
  assert.deepEqual([theHalf("morning"), theHalf("afternoon"), ofTheHalf("morning"), ofTheHalf("afternoon")], ["le matin", "l’après-midi", "du matin", "de l’après-midi"]);
});
