// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { folded } from "../../static/js/core/text-folding.js";

const SPELLINGS = JSON.parse(readFileSync(new URL("../data/spellings.json", import.meta.url), "utf8"));

for (const [words, spellings] of Object.entries(SPELLINGS)) {
  test(`the spellings of « ${words} » are equal, as they are to the site`, () => {
    assert.deepEqual(new Set(spellings.map(folded)), new Set([words]));
  });
}
