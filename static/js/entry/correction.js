// @ts-check
// One entry that the server refused, opened again with its reason: `/saisie/?corriger=<id>`.

import { make, sentenceOf } from "../core/dom.js";
import { entryOf, replaceEntry } from "../notebook/store.js";
import { flush } from "../notebook/sync.js";
import { openDetailsDialog } from "./details.js";

/** @import { Details, NotebookIndex } from "../types/entry.d.ts" */
/** @import { Day, Uuid } from "../types/notebook.d.ts" */

const OUTBOX = "/saisie/envois/";

/**
 * @param {HTMLElement} root
 * @param {string} sentence
 */
const showOutcome = (root, sentence) => root.replaceChildren(make("div", { class: "note", role: "status" }, make("p", {}, sentence)),
  make("p", { class: "acts" }, make("a", { class: "btn btn-primary", href: OUTBOX }, "Revenir à mes envois"), make("a", { class: "btn btn-outline-primary", href: "/saisie/" }, "Saisir la journée")));

/**
 * @param {HTMLElement} root
 * @param {{ id: Uuid, owner: Uuid, index: NotebookIndex, latest: Day }} options
 */
export const openCorrection = async (root, { id, owner, index, latest }) => {
  const record = await entryOf(id, owner);
  if (!record || record.kind !== "evaluation") return showOutcome(root, "Cette évaluation n’est plus sur ce téléphone, ou elle appartient à quelqu’un d’autre.");
  if (record.state === "received" || record.state === "confirmed") return showOutcome(root, "Cette évaluation est reçue\u00a0: elle se corrige depuis l’historique de la compétence.");

  const { entry } = record;
  const person = index.personOf(entry.enrollment);
  const competency = person && index.notebook.frameworks
    .find(({ version }) => version === person.framework)?.competencies.find((row) => row.id === entry.competency);
  if (!competency) {
    return showOutcome(root, `${record.reason} Cette personne ou cette compétence n’est plus dans votre carnet\u00a0: l’évaluation ne peut plus partir. Vous pouvez la supprimer de vos envois.`);
  }
  /** @param {Details} values */
  const keep = async (values) => {
    if (!values.day || values.day > latest) return "Ce jour n’est pas encore passé\u00a0: choisissez aujourd’hui ou un jour d’avant.";
    if (!values.rank) return "Choisissez le niveau vu.";
    if (!values.situation) return "Dites la situation\u00a0: où, et en faisant quoi.";
    try {
      await replaceEntry(id, {
        ...entry, rank: values.rank, own_rank: values.own, situation: values.situation, comment: values.comment, seen_on: values.day,
      });
    } catch (error) {
      return sentenceOf(error);
    }
    flush();
    showOutcome(root, "Corrigée, et gardée sur ce téléphone. Elle part dès qu’il y a du réseau.");
    return "";
  };
  showOutcome(root, record.reason || "Cette évaluation attend sur ce téléphone.");
  return openDetailsDialog({
    person, label: competency.label, levels: index.scaleOf(person.id), last: index.lastOf(person.id, competency.code), lead: record.reason,
    values: { rank: entry.rank, own: entry.own_rank, situation: entry.situation, comment: entry.comment, day: entry.seen_on },
    common: entry.situation, latest, keep, button: "Enregistrer la correction",
  });
};
