// @ts-check
// What the network and the entries are like, in one or two sentences.

import { counted } from "../core/formats.js";

/** @import { NetworkFacts, Problem } from "../types/notebook.d.ts" */

/** @type {Partial<Record<Problem | "", string>>} */
const PROBLEMS = {
  login: "Reconnectez-vous pour envoyer\u00a0: rien n’est perdu.",
  owner: "Le site est ouvert au nom d’une autre personne\u00a0: rien n’est envoyé, rien n’est perdu.",
  role: "Votre compte ne peut plus envoyer\u00a0: rien n’est perdu, parlez-en à votre direction.",
  csrf: "Le site ne reconnaît plus cet appareil. Reconnectez-vous\u00a0: rien n’est perdu.",
};

/** @param {NetworkFacts} facts */
const problemWords = ({ problem, said }) => (problem === "role" && said) || PROBLEMS[problem];

/** @param {NetworkFacts} facts */
const waitingWords = ({ online, problem, waiting }) => {
  const kept = `${counted(waiting, "saisie gardée", "saisies gardées")} sur ce téléphone`;
  if (!online) return `Pas de réseau\u00a0: ${kept}.`;
  return problem ? `${kept}. Le site ne répond pas, nouvel essai bientôt.` : `${kept}, envoi dès que possible.`;
};

/**
 * The sentences; `here` on the page « Mes envois » itself. What asks something of the person comes first.
 * @param {NetworkFacts} facts
 */
export const networkWords = (facts, here = false) => {
  if (facts.sending) return "Envoi en cours…";
  const problem = facts.waiting + facts.received > 0 ? problemWords(facts) : "";
  if (problem) return problem;
  const refused = facts.refused
    ? `${counted(facts.refused, "saisie refusée", "saisies refusées")}${here ? ", à corriger ci-dessous." : "\u00a0: voyez «\u00a0Mes envois\u00a0»."}`
    : "";
  if (facts.waiting) return `${waitingWords(facts)} ${refused}`.trim();
  if (refused) return refused;
  if (facts.received) return `${counted(facts.received, "saisie reçue", "saisies reçues")}, à vérifier avec le site.`;
  if (facts.confirmed) return "Tout est arrivé.";
  return facts.online ? "Rien n’attend sur ce téléphone." : "Pas de réseau\u00a0: le carnet fonctionne quand même.";
};
