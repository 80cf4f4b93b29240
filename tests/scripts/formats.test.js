// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { counted, dayOf, hours, joined, longDate, monthName, shortDate, timeOfDay } from "../../static/js/core/formats.js";

test("the first day of a month is an ordinal, the others are not", () => {
  assert.equal(shortDate("2026-03-01"), "1er mars 2026");
  assert.equal(shortDate("2026-03-02"), "2 mars 2026");
});

test("a long date begins with its day of the week, on 29 February too", () => {
  assert.equal(longDate("2026-03-03"), "mardi 3 mars 2026");
  assert.equal(longDate("2028-02-29"), "mardi 29 février 2028");
});

test("every day of four years is one day of the week after the day before", () => {
  const days = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];
  for (let moment = Date.UTC(2025, 0, 1), number = 3; moment < Date.UTC(2029, 0, 1); moment += 86400000, number += 1) {
    const day = new Date(moment).toISOString().slice(0, 10);
    assert.equal(longDate(day).split(" ")[0], days[number % 7], day);
  }
});

test("a month is said with its year", () => {
  assert.equal(monthName("2026-08-31"), "août 2026");
});

test("the day of a moment is that of the phone, not of Greenwich", () => {
  assert.equal(dayOf(new Date(2026, 2, 3, 0, 30)), "2026-03-03");
  assert.equal(dayOf(new Date(2026, 2, 3, 23, 30)), "2026-03-03");
});

test("minutes are said in hours from one hour on, and never break at the end of a line", () => {
  assert.deepEqual([0, 45, 60, 65, 750].map(hours), ["0\u00a0h", "45\u00a0min", "1\u00a0h", "1\u00a0h\u00a005", "12\u00a0h\u00a030"]);
});

test("a time of day leaves out minutes that are nought", () => {
  assert.deepEqual(["09:00", "09:05", "14:30"].map(timeOfDay), ["9\u00a0h", "9\u00a0h\u00a005", "14\u00a0h\u00a030"]);
});

test("what is under two is singular, as French counts", () => {
  assert.deepEqual([0, 1, 2].map((number) => counted(number, "cheval", "chevaux")), ["0\u00a0cheval", "1\u00a0cheval", "2\u00a0chevaux"]);
  assert.equal(counted(3, "signature"), "3\u00a0signatures");
});

test("a list ends with « et »", () => {
  assert.deepEqual([["lire"], ["lire", "écrire"], ["lire", "écrire", "compter"]].map(joined), ["lire", "lire et écrire", "lire, écrire et compter"]);
});
