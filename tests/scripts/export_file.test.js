// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { DAMAGED, NEWER, NOT_OURS, readExportFile, writeExportFile } from "../../static/js/notebook/export-file.js";
import { evaluation, OWNER, record, sessionEntry, signature, uuid } from "./builders.js";

/** @import { EvaluationEntry } from "../../static/js/types/notebook.d.ts" */
/** @typedef {(file: { version: number, count: number, sha256: string, entries: { state: string, entry: EvaluationEntry }[] }) => void} Change */

const MOMENT = "2026-03-03T12:00:00.000Z";
const NADIA = { id: OWNER, name: "Nadia Roy" };
const RECORDS = [record(evaluation()), record(sessionEntry(), { state: "refused", reason: "Ce mois est signé." }), record(signature(), { state: "received" })];

/** @param {Change} change */
const altered = async (change) => {
  const file = JSON.parse((await writeExportFile(RECORDS, NADIA, MOMENT)).text);
  change(file);
  return JSON.stringify(file);
};

/** @param {string} text @param {string} message */
const refuses = (text, message, owner = OWNER) => assert.rejects(readExportFile(text, owner), { message });

test("what is exported comes back whole, but may have been sent meanwhile by the other phone", async () => {
  const { text, count } = await writeExportFile(RECORDS, NADIA, MOMENT);
  const { records, madeAt } = await readExportFile(text, OWNER);
  assert.equal(count, 3);
  assert.equal(madeAt, MOMENT);
  assert.deepEqual(records, RECORDS.map((one) => ({ ...one, attempted: true })));
});

test("what is confirmed needs no file", async () => {
  const { count } = await writeExportFile([record(evaluation(), { state: "confirmed" })], NADIA, MOMENT);
  assert.equal(count, 0);
});

test("the file of somebody else is refused, with their name", async () => {
  const { text } = await writeExportFile(RECORDS, NADIA, MOMENT);
  await assert.rejects(readExportFile(text, uuid(99)), /celui de Nadia Roy/);
  await assert.rejects(readExportFile(text, ""), /celui de Nadia Roy/);
});

test("anything else than such a file is refused in words", async () => {
  for (const text of ["", "bonjour", "null", "3", "[]", "{}", '{"format":"cqp-carnet"}']) await refuses(text, NOT_OURS);
});

test("a file of a later version is not guessed at", async () => {
  await refuses(await altered((file) => { file.version = 2; }), NEWER);
});

test("whatever is changed in an entry, the file is refused whole", async () => {
  for (const change of /** @type {Change[]} */ ([
    (file) => { file.entries[0].entry.rank = 4; },
    (file) => { file.entries.pop(); },
    (file) => { file.count = 2; },
    (file) => { file.entries[1].state = "confirmed"; },
    (file) => { file.sha256 = ""; },
  ])) await refuses(await altered(change), DAMAGED);
});

test("a file whose entries do not hold together is refused, even with the right hash", async () => {
  const strange = [
    { ...record(evaluation()), id: uuid(71) },
    { ...record(evaluation({ id: "pas-un-uuid" })) },
    { ...record(evaluation()), state: /** @type {never} */ ("lost") },
    { ...record(evaluation()), kind: /** @type {never} */ ("session") },
    record({ ...sessionEntry(), presences: /** @type {never} */ (null) }),
  ];
  for (const one of strange) await refuses((await writeExportFile([one], NADIA, MOMENT)).text, DAMAGED);
});
