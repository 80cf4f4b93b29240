// The foot that stays in sight: the last act and its undoing, how many are marked, the network in words, what waits.

import { make } from "../notebook/dom.js";
import { counted } from "../notebook/french.js";
import { entriesOf, mayChange, onChange, removeEntry } from "../notebook/store.js";
import { flush, network, onNetwork } from "../notebook/sync.js";
import { icon } from "./glyph.js";

const sentenceOf = ({ waiting = 0, refused = 0 }) => [
  waiting && `${waiting} en attente`,
  refused && counted(refused, "refusée"),
].filter(Boolean).join(", ");

export const stickyFoot = (draft, { save, undo, details }) => {
  const last = make("p", { class: "last-words" });
  const more = make("button", { class: "btn btn-outline-primary", type: "button", onclick: () => details(), "aria-label": "Détails de la dernière case" }, icon("dots"));
  const back = make("button", { class: "btn btn-outline-primary", type: "button", onclick: () => undo(), "aria-label": "Annuler le dernier geste" }, icon("undo"), make("span", { class: "wide-only" }, "Annuler"));
  const count = make("strong", { "data-count": "" });
  const line = make("span", { "data-network": "" });
  const outbox = make("a", { href: "/saisie/envois/" }, "Mes envois");
  const element = make("div", { class: "sticky-foot entry-foot no-print" },
    make("div", { class: "last-act" }, last, more, back),
    make("div", { class: "state" }, make("p", {}, count), make("p", {}, line, " ", outbox)),
    make("button", { class: "btn btn-primary", type: "button", onclick: () => save() }, "Enregistrer"));

  const refresh = ({ words, key }) => {
    const act = draft.acts.length > 0;
    last.textContent = words;
    more.hidden = !key;
    back.hidden = !act;
    element.firstChild.hidden = !act && !words;
    count.textContent = draft.marks.size ? counted(draft.marks.size, "case notée", "cases notées") : "Rien de noté";
  };

  const tellNetwork = (state) => {
    const waits = sentenceOf(state);
    line.textContent = state.sentence;
    outbox.textContent = waits ? `Mes envois\u00a0: ${waits}` : "Mes envois";
  };

  const watch = () => {
    tellNetwork(network());
    onNetwork(tellNetwork);
  };
  return { element, refresh, watch };
};

// « 24 évaluations gardées sur ce téléphone », then « reçues »; taken back as long as they did not leave.
export const keptNote = (takeBack) => {
  const words = make("p", { role: "status" });
  const button = make("button", { class: "btn btn-outline-primary", type: "button" }, "Reprendre");
  const element = make("div", { class: "note note-ok kept-note", tabindex: "-1", hidden: true }, make("div", {}, words, button));
  let batch = null;

  const refresh = async () => {
    if (!batch) return;
    const { ids, owner } = batch;
    const mine = (await entriesOf(owner)).filter(({ id }) => ids.has(id));
    const waiting = mine.filter(({ state }) => state === "kept");
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
    const { ids, past, owner } = batch;
    const taken = new Set();
    for (const { id } of (await entriesOf(owner)).filter((record) => ids.has(record.id) && mayChange(record))) {
      try {
        await removeEntry(id);
        taken.add(ids.get(id));
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
