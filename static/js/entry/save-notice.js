// @ts-check
// What was just kept, and where it is now.

import { make } from "../core/dom.js";
import { counted } from "../core/formats.js";
import { mayChange } from "../notebook/outbox.js";
import { entriesOf, onChange, removeEntry } from "../notebook/store.js";
import { flush } from "../notebook/sync.js";

/** @import { CellKey, Snapshot } from "../types/entry.d.ts" */
/** @import { Uuid } from "../types/notebook.d.ts" */

/**
 * « 24 évaluations gardées sur ce téléphone », then « reçues »; taken back as long as they did not leave.
 * @param {{ takeBack: (past: Snapshot, keys: Set<CellKey>) => Promise<void>, obstacle: () => string }} acts
 */
export const saveNotice = ({ takeBack, obstacle }) => {
  const words = make("p", { role: "status" });
  const fault = make("p", { class: "text-refusal", role: "alert", hidden: true });
  const button = make("button", { class: "btn btn-outline-primary", type: "button" }, "Reprendre");
  const element = make("div", { class: "note note-ok save-notice", tabindex: "-1", hidden: true }, make("div", {}, words, button, fault));
  /** @type {{ ids: Map<Uuid, CellKey>, past: Snapshot, owner: Uuid } | null} */
  let batch = null;

  const refresh = async () => {
    if (!batch) return;
    const { ids, owner } = batch;
    const mine = (await entriesOf(owner)).filter(({ id }) => ids.has(id));
    const waiting = mine.filter(({ state }) => state === "pending");
    const refused = mine.filter(({ state }) => state === "refused").length;
    const received = ids.size - waiting.length - refused;
    const [one, many] = waiting.length ? ["évaluation gardée", "évaluations gardées"] : ["évaluation reçue", "évaluations reçues"];
    const all = waiting.length ? waiting.length : received;
    const parts = all || !refused ? [`${counted(all, one, many)}${waiting.length ? " sur ce téléphone" : ""}.`] : [];
    if (waiting.length && received) parts.push(`${counted(received, "reçue")}.`);
    if (refused) parts.push(`${counted(refused, "refusée")}\u00a0: ouvrez «\u00a0Mes envois\u00a0» pour lire pourquoi.`);
    const text = parts.join(" ");
    if (words.textContent !== text) words.textContent = text;
    element.classList.toggle("note-ok", !refused);
    element.classList.toggle("note-wait", refused > 0);
    button.hidden = !waiting.some(mayChange);
  };

  button.addEventListener("click", async () => {
    fault.textContent = obstacle();
    fault.hidden = !fault.textContent;
    if (fault.textContent || !batch) return;
    const { ids, past, owner } = batch;
    /** @type {Set<CellKey>} */
    const taken = new Set();
    for (const { id } of (await entriesOf(owner)).filter((record) => ids.has(record.id) && mayChange(record))) {
      try {
        await removeEntry(id);
        taken.add(ids.get(id) ?? "");
        ids.delete(id);
      } catch {
        // It left between two looks: it will be received.
      }
    }
    element.hidden = ids.size === 0;
    if (!ids.size) batch = null;
    await takeBack(past, taken);
    refresh();
  });

  /**
   * @param {Map<Uuid, CellKey>} ids
   * @param {Snapshot} past
   * @param {Uuid} owner
   */
  const show = async (ids, past, owner) => {
    batch = { ids, past, owner };
    await refresh();
    element.hidden = false;
    element.focus();
    element.scrollIntoView({ block: "nearest" });
    flush();
  };
  onChange(refresh);
  return { element, show };
};
