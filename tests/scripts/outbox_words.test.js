// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { networkWords } from "../../static/js/notebook/outbox.js";

/** @import { NetworkFacts } from "../../static/js/types/notebook.d.ts" */

/** @type {NetworkFacts} */
const QUIET = { online: true, sending: false, problem: "", problemSentence: "", waiting: 0, received: 0, refused: 0, confirmed: 0 };

/** @param {Partial<NetworkFacts>} changes */
const words = (changes, here = false) => networkWords({ ...QUIET, ...changes }, here).replaceAll("\u00a0", " ");

test("« Tout est arrivé » is said only when everything was verified", () => {
  assert.equal(words({ confirmed: 3 }), "Tout est arrivé.");
  for (const left of [{ waiting: 1 }, { received: 1 }, { refused: 1 }]) assert.notEqual(words({ confirmed: 3, ...left }), "Tout est arrivé.");
});

test("without network what is kept here is counted", () => {
  assert.equal(words({ online: false, waiting: 2 }), "Pas de réseau : 2 saisies gardées sur ce téléphone.");
});

test("a login that ended is said while something waits, and only then", () => {
  assert.match(words({ problem: "login", waiting: 1 }), /^Reconnectez-vous/);
  assert.match(words({ problem: "login", received: 1 }), /^Reconnectez-vous/);
  assert.equal(words({ problem: "login" }), "Rien n’attend sur ce téléphone.");
});

test("an account that may not send any more is told in the words of the site", () => {
  assert.equal(words({ problem: "role", problemSentence: "Votre rôle est terminé.", waiting: 1 }), "Votre rôle est terminé.");
  assert.match(words({ problem: "role", waiting: 1 }), /parlez-en à votre direction/);
});

test("a site that does not answer is told beside what waits", () => {
  assert.equal(words({ problem: "answer", waiting: 1 }), "1 saisie gardée sur ce téléphone. Le site ne répond pas, nouvel essai bientôt.");
});

test("a refusal is shown where it is: below on its own page, one link away elsewhere", () => {
  assert.equal(words({ refused: 1 }, true), "1 saisie refusée, à corriger ci-dessous.");
  assert.match(words({ refused: 1 }), /voyez « Mes envois »/);
  assert.match(words({ refused: 1, waiting: 1 }), /envoi dès que possible\. 1 saisie refusée/);
});

test("whatever the state, something is said, in whole sentences", () => {
  const problems = /** @type {const} */ (["", "network", "login", "owner", "role", "csrf", "answer"]);
  for (const problem of problems) for (const online of [true, false]) for (let mask = 0; mask < 32; mask += 1) {
    const [waiting, received, refused, confirmed] = [1, 2, 4, 8].map((bit) => (mask & bit ? 2 : 0));
    const said = words({ problem, online, waiting, received, refused, confirmed, sending: Boolean(mask & 16) });
    assert.match(said, /^[A-Z0-9].*[.…]$/);
  }
});
