// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { curve, isDrawn } from "../../static/js/rollcall/strokes.js";

test("one touch is a dot, two are a line, more are curves that meet halfway", () => {
  assert.equal(curve([[5, 6, 0]]), "M5 6h1");
  assert.equal(curve([[0, 0, 0], [10, 0, 1]]), "M0 0L10 0");
  assert.equal(curve([[0, 0, 0], [10, 0, 1], [10, 20, 2]]), "M0 0Q10 0 10 10L10 20");
});

test("a slip of the finger is no signature, however many there are lines", () => {
  assert.ok(!isDrawn([]));
  assert.ok(!isDrawn([[[0, 0, 0], [59, 0, 1]]]));
  assert.ok(isDrawn([[[0, 0, 0], [30, 0, 1]], [[0, 50, 2], [30, 50, 3]]]));
});
