// @ts-check
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { keyOf, openDraft, partsOf } from "../../static/js/entry/draft.js";
import { indexNotebook } from "../../static/js/entry/notebook-index.js";
import { AICHA, BRUNO, CHLOE, GARDEN, KITCHEN, notebook, OWNER, uuid } from "./builders.js";

const TODAY = "2026-03-03";
const CELL = keyOf(AICHA, "C2");

const index = indexNotebook(notebook());
index.learn([]);

/** @param {Partial<Parameters<typeof openDraft>[0]>} options */
const open = (options = {}) => openDraft({ index, owner: OWNER, day: TODAY, ...options });

/** @param {import("../../static/js/types/entry.d.ts").Draft} draft @param {string} key @param {number} rank */
const mark = (draft, key, rank) => draft.act([[key, draft.withRank(key, rank)]], "un geste");

beforeEach(() => localStorage.clear());

test("a key gives back its enrolment and its competency", () => {
  assert.deepEqual(partsOf(keyOf(AICHA, "P1 bis")), [AICHA, "P1 bis"]);
});

test("the support proposed is that of somebody I refer, and only those I refer are there", () => {
  const draft = open();
  assert.equal(draft.support, GARDEN);
  assert.deepEqual(draft.shown(), [AICHA]);
  assert.deepEqual(draft.visible(), [AICHA, BRUNO]);
});

test("where I refer nobody everybody is there, but whoever is in a pause", () => {
  const others = notebook();
  others.people.forEach((person) => Object.assign(person, { mine: false, paused: person.id === BRUNO }));
  const known = indexNotebook(others);
  known.learn([]);
  assert.deepEqual(openDraft({ index: known, owner: OWNER, day: TODAY, support: GARDEN }).shown(), [AICHA]);
});

test("an activity brings its competencies, and keeps those that are marked already", () => {
  const draft = open();
  draft.addCodes(["C3"]);
  mark(draft, keyOf(AICHA, "C3"), 1);
  draft.choose(draft.activities()[1]);
  assert.equal(draft.activity?.name, "Tonte");
  assert.deepEqual(draft.codes, ["C2", "C1", "C3"]);
});

test("the first tap confirms the last level, the next ones go up, and after the top nothing was seen", () => {
  const draft = open();
  draft.addCodes(["C2"]);
  const taps = [];
  for (let tap = 0; tap < 4; tap += 1) {
    const rank = draft.next(CELL);
    taps.push(rank);
    draft.act([[CELL, draft.withRank(CELL, rank)]], "un geste");
  }
  assert.deepEqual(taps, [2, 3, 4, null]);
  assert.equal(draft.marks.size, 0);
});

test("the first tap on what was never seen is the first level", () => {
  const draft = open();
  assert.equal(draft.next(keyOf(AICHA, "C3")), 1);
});

test("a mark keeps its id whatever its level, so that what is kept twice is one entry", () => {
  const draft = open();
  mark(draft, CELL, 1);
  const id = draft.marks.get(CELL)?.id;
  mark(draft, CELL, 4);
  assert.equal(draft.marks.get(CELL)?.id, id);
});

test("undoing act after act leads back to nothing, whatever the acts", () => {
  const draft = open();
  draft.addCodes(["C1", "C2", "C3"]);
  draft.togglePerson(BRUNO, true);
  const before = [];
  for (let step = 0; step < 60; step += 1) {
    before.push(JSON.stringify([...draft.marks].sort()));
    if (step % 7 === 6) draft.act(draft.columnChanges("C1"), "toute l’équipe");
    else mark(draft, keyOf(step % 2 ? AICHA : BRUNO, `C${(step % 3) + 1}`), (step % 4) + 1);
  }
  for (const marks of before.reverse()) {
    draft.undo();
    assert.equal(JSON.stringify([...draft.marks].sort()), marks);
  }
  assert.equal(draft.undo(), null);
});

test("a person taken away takes their marks along, and undoing brings both back", () => {
  const draft = open();
  draft.addCodes(["C2"]);
  mark(draft, CELL, 3);
  draft.togglePerson(AICHA, false);
  assert.equal(draft.marks.size, 0);
  draft.undo();
  assert.equal(draft.marks.get(CELL)?.rank, 3);
  assert.deepEqual(draft.shown(), [AICHA]);
});

test("a competency taken away takes its marks along", () => {
  const draft = open();
  draft.addCodes(["C2", "C3"]);
  mark(draft, CELL, 3);
  draft.removeCode("C2");
  assert.deepEqual(draft.codes, ["C3"]);
  assert.equal(draft.marks.size, 0);
});

test("a change of support hides nobody who is marked", () => {
  const draft = open();
  draft.addCodes(["C2"]);
  mark(draft, CELL, 3);
  draft.takeSupport(KITCHEN);
  assert.ok(draft.shown().includes(AICHA));
  assert.ok(draft.codes.includes("C2"));
});

test("a whole column marks whoever is not yet, then raises everybody, then clears at the top", () => {
  const draft = open();
  draft.togglePerson(BRUNO, true);
  draft.addCodes(["C2"]);
  mark(draft, CELL, 3);
  /** @returns {(number | undefined)[]} */
  const ranks = () => [AICHA, BRUNO].map((enrollment) => draft.marks.get(keyOf(enrollment, "C2"))?.rank);
  const seen = [];
  for (let tap = 0; tap < 6; tap += 1) {
    draft.act(draft.columnChanges("C2"), "toute l’équipe");
    seen.push(ranks());
  }
  assert.deepEqual(seen, [[3, 1], [4, 2], [4, 3], [4, 4], [undefined, undefined], [2, 1]]);
});

test("an entry carries the common situation unless its cell has its own", () => {
  const draft = open();
  draft.choose(draft.activities()[1]);
  mark(draft, CELL, 3);
  mark(draft, keyOf(AICHA, "C1"), 2);
  const own = draft.marks.get(CELL);
  assert.ok(own);
  draft.act([[CELL, { ...own, situation: " Au stade " }]], "des précisions");
  const entries = draft.entries();
  assert.deepEqual(entries.map(({ competency, situation, seen_on }) => [competency, situation, seen_on]), [[uuid(12), "Au stade", TODAY], [uuid(11), "Tonte", TODAY]]);
});

test("what is begun comes back after a reload, with what it takes to undo it", () => {
  const before = open();
  before.choose(before.activities()[1]);
  before.setDay("2026-03-02");
  mark(before, CELL, 3);
  const after = open();
  assert.equal(after.restored, 1);
  assert.equal(after.day, "2026-03-02");
  assert.equal(after.activity?.name, "Tonte");
  assert.deepEqual(after.entries(), before.entries());
  after.undo();
  assert.equal(after.marks.size, 0);
});

test("without a mark nothing is kept of a page: the next one proposes the new day", () => {
  open().setDay("2026-03-01");
  assert.equal(open({ day: "2026-03-04" }).day, "2026-03-04");
});

test("what left the notebook meanwhile is not brought back", () => {
  mark(open(), CELL, 3);
  const later = notebook();
  later.people = later.people.filter(({ id }) => id !== AICHA);
  const known = indexNotebook(later);
  known.learn([]);
  assert.equal(openDraft({ index: known, owner: OWNER, day: TODAY }).restored, 0);
});

test("two people of one phone, and the page of one person, have each their own draft", () => {
  mark(open(), CELL, 3);
  assert.equal(open({ owner: uuid(99) }).restored, 0);
  assert.equal(open({ single: AICHA }).restored, 0);
  assert.equal(open().restored, 1);
});

test("what did not leave can be taken back into the grid", () => {
  const draft = open();
  draft.choose(draft.activities()[1]);
  mark(draft, CELL, 3);
  const past = draft.snapshot();
  draft.clear();
  draft.takeBack(past, new Set([CELL]));
  assert.equal(draft.marks.get(CELL)?.rank, 3);
  assert.equal(draft.activity?.name, "Tonte");
});

test("somebody of another support is never asked for its competencies", () => {
  const draft = open({ single: CHLOE });
  draft.addCodes(["C2", "C4"]);
  assert.deepEqual(draft.cellsOf("C2"), []);
  assert.deepEqual(draft.cellsOf("C4"), [keyOf(CHLOE, "C4")]);
});
