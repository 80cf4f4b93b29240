// @ts-check
// What a juror typed on a tablet and the site has not answered for yet.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { dropAll, dropDraft, dropSubject, draftsOf, keepDraft, prune } from "../../static/js/jury/drafts.js";
import { same } from "../../static/js/jury/fields.js";
import { meaning } from "../../static/js/jury/requests.js";

/** @import { GridContent, GridDraft, OtherGrid } from "../../static/js/types/jury.d.ts" */

/** @type {GridContent} */
const CONTENT = { marks: { P1: 3, P2: 2 }, validated: true, comment: "Sûr de lui." };

/** @param {Partial<GridDraft>} changes @returns {GridDraft} */
const draft = (changes = {}) => ({ owner: "ana", subject: "s1", page: "p1", revision: 1, content: CONTENT, url: "/", name: "Grille", ...changes });

beforeEach(() => localStorage.clear());

test("a draft is read by whoever typed it, and by nobody else", () => {
  assert.ok(keepDraft(draft()));
  assert.equal(draftsOf("ana").length, 1);
  assert.deepEqual(draftsOf("ben"), []);
  assert.deepEqual(draftsOf(""), []);
});

test("the drafts come oldest first", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-03-03T09:00:00Z") });
  keepDraft(draft({ subject: "s2" }));
  context.mock.timers.setTime(Date.parse("2026-03-03T09:00:01Z"));
  keepDraft(draft({ subject: "s1" }));
  assert.deepEqual(draftsOf("ana").map(({ subject }) => subject), ["s2", "s1"]);
});

test("one page has one draft of a grid, two pages have two", () => {
  keepDraft(draft());
  keepDraft(draft({ revision: 2 }));
  keepDraft(draft({ page: "p2" }));
  assert.deepEqual(draftsOf("ana").map(({ page, revision }) => [page, revision]).sort(), [["p1", 2], ["p2", 1]]);
});

test("a draft goes alone, a grid that was handed in with all its drafts, a person who leaves with everything", () => {
  [draft(), draft({ page: "p2" }), draft({ subject: "s2" }), draft({ owner: "ben" })].forEach(keepDraft);
  dropDraft(draft());
  assert.equal(draftsOf("ana").length, 2);
  dropSubject("ana", "s1");
  assert.deepEqual(draftsOf("ana").map(({ subject }) => subject), ["s2"]);
  dropAll("ana");
  assert.deepEqual([draftsOf("ana").length, draftsOf("ben").length], [0, 1]);
});

test("what was left behind by a jury that is over goes after 36 hours, whoever it was of", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-03-03T09:00:00Z") });
  keepDraft(draft());
  localStorage.setItem("cqp-jury:unreadable", "{oops");
  localStorage.setItem("other", "{oops");
  context.mock.timers.setTime(Date.parse("2026-03-04T20:59:59Z"));
  prune();
  assert.equal(draftsOf("ana").length, 1);
  context.mock.timers.setTime(Date.parse("2026-03-04T21:00:01Z"));
  prune();
  assert.equal(draftsOf("ana").length, 0);
  assert.deepEqual(Object.keys(localStorage), ["other"]);
});

test("two grids are the same by what they say, not by the order or the spaces around", () => {
  assert.ok(same(CONTENT, { marks: { P2: 2, P1: 3 }, validated: true, comment: " Sûr de lui.\n" }));
  /** @type {Partial<GridContent>[]} */
  const changes = [{ marks: { P1: 3 } }, { marks: { P1: 3, P2: 1 } }, { validated: null }, { validated: false }, { comment: "" }];
  changes.forEach((change) => assert.ok(!same(CONTENT, { ...CONTENT, ...change }), JSON.stringify(change)));
});

test("an answer of the site has one meaning, and anything that is not one means: try again later", () => {
  /** @type {OtherGrid} */
  const theirs = { ...CONTENT, revision: 4, at: "10 h" };
  const answer = { sentence: "Non.", revision: 3, at: "9 h", theirs };
  assert.deepEqual(meaning({ status: 200, data: answer }), { word: "saved", revision: 3, at: "9 h" });
  assert.deepEqual(meaning({ status: 409, data: { ...answer, error: "moved" } }), { word: "moved", sentence: "Non.", theirs });
  assert.deepEqual(meaning({ status: 409, data: { ...answer, error: "owner" } }), { word: "owner" });
  assert.deepEqual(meaning({ status: 403, data: { ...answer, error: "csrf" } }), { word: "old" });
  assert.deepEqual(meaning({ status: 401, data: null }), { word: "login" });
  [400, 403, 404, 409, 413].forEach((status) => assert.deepEqual(meaning({ status, data: answer }), { word: "rule", sentence: "Non." }));
  for (let status = 200; status < 600; status += 1) {
    if (status !== 401) assert.deepEqual(meaning({ status, data: null }), { word: "network" }, String(status));
  }
});
