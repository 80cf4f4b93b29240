// What the network and the entries are like now, in numbers and in words.

import { currentOwner } from "./owner.js";
import { counted } from "../core/formats.js";
import { entriesOf } from "./store.js";

const now = { reachable: true, sending: false, problem: "", said: "", waiting: 0, received: 0, refused: 0, confirmed: 0 };
const listeners = new Set();

const online = () => navigator.onLine && now.reachable;

const PROBLEMS = {
  login: () => "Reconnectez-vous pour envoyer\u00a0: rien n’est perdu.",
  owner: () => "Le site est ouvert au nom d’une autre personne\u00a0: rien n’est envoyé, rien n’est perdu.",
  role: () => now.said || "Votre compte ne peut plus envoyer\u00a0: rien n’est perdu, parlez-en à votre direction.",
  csrf: () => "Le site ne reconnaît plus cet appareil. Reconnectez-vous\u00a0: rien n’est perdu.",
};

const waitingWords = () => {
  const kept = `${counted(now.waiting, "saisie gardée", "saisies gardées")} sur ce téléphone`;
  if (!online()) return `Pas de réseau\u00a0: ${kept}.`;
  return now.problem ? `${kept}. Le site ne répond pas, nouvel essai bientôt.` : `${kept}, envoi dès que possible.`;
};

/** What the network and the entries are like, in one or two sentences; `here` on the page « Mes envois » itself. */
export const words = (here = false) => {
  if (now.sending) return "Envoi en cours…";
  const waits = now.waiting + now.received > 0;
  if (waits && PROBLEMS[now.problem]) return PROBLEMS[now.problem]();
  const refused = now.refused
    ? `${counted(now.refused, "saisie refusée", "saisies refusées")}${here ? ", à corriger ci-dessous." : "\u00a0: voyez «\u00a0Mes envois\u00a0»."}`
    : "";
  if (now.waiting) return `${waitingWords()} ${refused}`.trim();
  if (refused) return refused;
  if (now.received) return `${counted(now.received, "saisie reçue", "saisies reçues")}, à vérifier avec le site.`;
  if (now.confirmed) return "Tout est arrivé.";
  return online() ? "Rien n’attend sur ce téléphone." : "Pas de réseau\u00a0: le carnet fonctionne quand même.";
};

/** {online, sending, waiting, received, refused, confirmed, problem, sentence}, as last counted. */
export const network = () => ({
  online: online(),
  sending: now.sending,
  waiting: now.waiting,
  received: now.received,
  refused: now.refused,
  confirmed: now.confirmed,
  problem: now.problem,
  sentence: words(),
});

/** Calls back with network() at each change of it; gives the way to stop. */
export const onNetwork = (callback) => {
  listeners.add(callback);
  return () => listeners.delete(callback);
};

export const tell = (facts) => {
  const before = JSON.stringify(network());
  Object.assign(now, facts);
  if (JSON.stringify(network()) !== before) listeners.forEach((callback) => callback(network()));
};

/** Counts again what this phone keeps of its owner. */
export const recount = async () => {
  const entries = await entriesOf(currentOwner());
  const number = (state) => entries.filter((record) => record.state === state).length;
  tell({ waiting: number("kept"), received: number("received"), refused: number("refused"), confirmed: number("confirmed") });
};
