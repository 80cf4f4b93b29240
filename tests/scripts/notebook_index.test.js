// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { indexNotebook } from "../../static/js/entry/notebook-index.js";
import { AICHA, BRUNO, CHLOE, evaluation, GARDEN, notebook, record, uuid } from "./builders.js";

/** @param {Parameters<ReturnType<typeof indexNotebook>["learn"]>[0]} records */
const open = (records = [], known = notebook()) => {
  const index = indexNotebook(known);
  index.learn(records);
  return index;
};

test("a competency of everybody is anybody's, that of a support only of those who work there", () => {
  const index = open();
  assert.ok(index.competencyOf(AICHA, "C1") && index.competencyOf(CHLOE, "C1"));
  assert.ok(index.competencyOf(AICHA, "C2"));
  assert.equal(index.competencyOf(CHLOE, "C2"), null);
  assert.equal(index.competencyOf(uuid(999), "C1"), null);
});

test("what was noted on this phone is the last level already, be it sent or not", () => {
  const states = /** @type {const} */ (["pending", "received", "confirmed"]);
  states.forEach((state) => assert.equal(open([record(evaluation({ rank: 4 }), { state })]).lastOf(AICHA, "C2")?.rank, 4));
});

test("what was refused teaches nothing", () => {
  assert.equal(open([record(evaluation({ rank: 4 }), { state: "refused" })]).lastOf(AICHA, "C2")?.rank, 2);
});

test("an older evaluation does not replace a newer one", () => {
  const older = record(evaluation({ rank: 1, seen_on: "2026-01-10" }));
  assert.deepEqual(open([older]).lastOf(AICHA, "C2"), { rank: 2, day: "2026-02-10", level: { rank: 2, name: "Niveau 2", short: "" } });
});

test("learning again starts from the notebook: what was taken back is forgotten", () => {
  const index = open([record(evaluation({ rank: 4 }))]);
  index.learn([]);
  assert.equal(index.lastOf(AICHA, "C2")?.rank, 2);
  assert.equal(index.lastOf(BRUNO, "C2"), null);
});

test("two people of one first name are told apart by a letter", () => {
  const known = notebook();
  Object.assign(known.people[1], { name: "Aïcha Petit", first_name: "Aïcha" });
  const index = open([], known);
  assert.deepEqual([AICHA, BRUNO, CHLOE].map(index.shortName), ["Aïcha B.", "Aïcha P.", "Chloé"]);
});

test("a domain proposes what somebody there may show, in the order of the framework", () => {
  const index = open();
  assert.deepEqual(index.domainsFor([AICHA]).map(({ number, codes }) => [number, codes]), [[1, ["C1"]], [2, ["C2", "C3"]]]);
  assert.deepEqual(index.domainsFor([AICHA, CHLOE]).map(({ codes }) => codes), [["C1"], ["C2", "C3", "C4"]]);
  assert.deepEqual(index.domainsFor([]), []);
});

test("of two versions of a framework the newest says what an activity proposes", () => {
  const known = notebook();
  const [framework] = known.frameworks;
  const newer = { ...framework, version: "2026.1", activities: [{ ...framework.activities[0], competencies: ["C3"] }] };
  known.frameworks = [newer, framework];
  known.people[1].framework = "2026.1";
  const activities = open([], known).activitiesOf(GARDEN);
  assert.deepEqual(activities.map(({ name, competencies }) => [name, competencies]), [["Taille", ["C3"]], ["Tonte", ["C3"]]]);
});

test("a group is named by its support, and by its structure where there are several", () => {
  assert.deepEqual(open().groups.map(({ name }) => name), ["Espaces verts", "Restauration"]);
  const known = notebook({ structures: [{ id: uuid(90), name: "ACI du Parc" }, { id: uuid(91), name: "ACI du Port" }] });
  known.people[2].structure = uuid(91);
  assert.deepEqual(open([], known).groups.map(({ name }) => name), ["Espaces verts, ACI du Parc", "Restauration, ACI du Port"]);
});
