// @ts-check
// The entries of « Mes envois », grouped by the day they were made, each with its state in words.

import { ENTRY, ROLL_CALL } from "./addresses.js";
import { make } from "../core/dom.js";
import { counted, dayOf, hours, longDate, shortDate, timeOfDay } from "../core/formats.js";
import { mayChange } from "./outbox.js";

/** @typedef {(record: EntryRecord) => unknown} Remove */
/** @import { EntryRecord, EntryState, Notebook, Uuid } from "../types/notebook.d.ts" */

/** @type {Record<EntryState, [tone: keyof typeof SIGNS, words: string]>} */
const STATES = {
  pending: ["wait", "gardée sur ce téléphone"],
  received: ["quiet", "reçue par le site, à vérifier"],
  confirmed: ["ok", "arrivée, vérifiée"],
  refused: ["refusal", "refusée"],
};

const HALVES = { morning: "le matin", afternoon: "l’après-midi" };
const SIGNS = { wait: "○", quiet: "◐", ok: "✓", refusal: "✕" };

/**
 * @param {Notebook | null} notebook
 * @param {Uuid} id
 */
const person = (notebook, id) => notebook?.people.find((row) => row.id === id)?.name ?? "Une personne de l’équipe";

/**
 * @param {Notebook | null} notebook
 * @param {Uuid} id
 */
const competency = (notebook, id) =>
  notebook?.frameworks.flatMap((row) => row.competencies).find((row) => row.id === id)?.label ?? "une compétence";

/**
 * @param {Notebook | null} notebook
 * @param {number} rank
 */
const level = (notebook, rank) => {
  const names = notebook?.frameworks.flatMap((row) => row.levels) ?? [];
  const name = names.find((row) => row.rank === rank)?.name;
  return name ? `niveau ${rank}, ${name.toLowerCase()}` : `niveau ${rank}`;
};

/**
 * @param {Notebook | null} notebook
 * @param {Uuid} id
 * @param {EntryRecord[]} entries
 */
const dayOfSession = (notebook, id, entries) => {
  const entry = entries.find((row) => row.id === id)?.entry;
  if (entry?.kind === "session") return entry.held_on;
  return [...(notebook?.sessions ?? []), ...(notebook?.unsigned ?? [])].find((row) => row.id === id)?.held_on;
};

/**
 * What an entry is, in a few words, then what it says.
 * @param {EntryRecord} record
 * @param {Notebook | null} notebook
 * @param {EntryRecord[]} entries
 */
const wordsOf = ({ entry }, notebook, entries) => {
  if (entry.kind === "evaluation") {
    return [
      person(notebook, entry.enrollment),
      `${competency(notebook, entry.competency)}\u00a0: ${level(notebook, entry.rank)}, vu le ${shortDate(entry.seen_on)}.`,
    ];
  }
  if (entry.kind === "session") {
    const there = entry.presences.filter(({ minutes }) => minutes > 0).length;
    return [
      `Séance du ${shortDate(entry.held_on)}`,
      `De ${timeOfDay(entry.starts_at)} à ${timeOfDay(entry.ends_at)}, ${counted(there, "présent")} sur ${entry.presences.length}.`,
    ];
  }
  const day = dayOfSession(notebook, entry.session, entries);
  return [
    entry.enrollment ? `Signature\u00a0: ${person(notebook, entry.enrollment)}` : "Signature du formateur",
    `${day ? `Séance du ${shortDate(day)}, ` : ""}${HALVES[entry.half] ?? entry.half}, ${hours(entry.minutes)}.`,
  ];
};

/** @type {Partial<Record<EntryState, string>>} */
const GOES = {
  pending: "Elle n’a pas été envoyée\u00a0: elle disparaîtra de ce téléphone, et le site ne l’aura jamais.",
  refused: "Le site ne l’a pas enregistrée\u00a0: elle disparaîtra de ce téléphone pour de bon.",
};

/**
 * @param {EntryRecord} record
 * @param {string} title
 * @param {Remove} remove
 */
const acts = (record, title, remove) => {
  if (!mayChange(record)) {
    return record.state === "pending" && make("p", { class: "text-quiet" }, "Un envoi a été coupé\u00a0: on saura à la prochaine connexion si elle est arrivée.");
  }
  const place = record.kind === "evaluation" ? ENTRY : ROLL_CALL;
  /** @param {string} verb */
  const named = (verb) => make("span", {}, verb, make("span", { class: "visually-hidden" }, `\u00a0: ${title}`));
  return make("div", { class: "acts" },
    make("a", { class: "btn btn-outline-primary", href: `${place}?corriger=${record.id}`, "data-key": `corriger-${record.id}` }, named("Corriger")),
    make("details", { class: "confirm confirm-danger" },
      make("summary", { class: "btn btn-outline-danger", "data-key": `supprimer-${record.id}` }, named("Supprimer")),
      make("form", { onsubmit: (event) => { event.preventDefault(); remove(record); } },
        make("p", {}, GOES[record.state]),
        make("button", { class: "btn btn-danger", type: "submit" }, "Supprimer cette saisie"))));
};

/**
 * @param {EntryRecord} record
 * @param {Notebook | null} notebook
 * @param {EntryRecord[]} entries
 * @param {Remove} remove
 */
const row = (record, notebook, entries, remove) => {
  const [tone, words] = STATES[record.state];
  const [title, text] = wordsOf(record, notebook, entries);
  return make("li", { "data-id": record.id, "data-state": record.state },
    make("div", { class: "entry-words" },
      make("h4", {}, title),
      make("span", { class: `status status-${tone}` }, make("span", { "aria-hidden": "true" }, SIGNS[tone]), ` ${words}`)),
    make("p", {}, text),
    record.reason && make("p", { class: "text-refusal" }, record.reason),
    acts(record, title, remove));
};

/** @param {EntryRecord} record */
const dayMade = (record) => dayOf(new Date(record.saved_at));

/** @param {EntryRecord[]} entries */
const grouped = (entries) => {
  /** @type {Map<string, EntryRecord[]>} */
  const days = new Map();
  entries.forEach((record) => days.set(dayMade(record), [...(days.get(dayMade(record)) ?? []), record]));
  return days;
};

/**
 * What asks for something comes first: refused, then waiting; what is settled is folded.
 * @param {string} day
 * @param {EntryRecord[]} records
 * @param {(record: EntryRecord) => HTMLElement} draw
 */
const dayParts = (day, records, draw) => {
  /** @param {EntryState[]} states */
  const inState = (...states) => records.filter(({ state }) => states.includes(state)).map(draw);
  const open = [...inState("refused"), ...inState("pending", "received")];
  const settled = inState("confirmed");
  /** @param {HTMLElement[]} rows */
  const list = (rows) => make("ul", { class: "entries" }, rows);
  return [
    make("h3", {}, longDate(day).replace(/^./, (letter) => letter.toUpperCase())),
    open.length > 0 && list(open),
    settled.length > 0 && make("details", { class: "more" },
      make("summary", { "data-key": `jour-${day}` }, counted(settled.length, "saisie arrivée et vérifiée", "saisies arrivées et vérifiées")),
      list(settled)),
  ].filter((part) => part !== false);
};

/**
 * The list, the most recent day first.
 * @param {EntryRecord[]} entries
 * @param {Notebook | null} notebook
 * @param {Remove} remove
 */
export const listOf = (entries, notebook, remove) => {
  const section = make("section", { class: "section", "aria-labelledby": "saisies" }, make("h2", { id: "saisies" }, "Mes saisies"));
  if (!entries.length) {
    section.append(make("p", {}, "Rien pour l’instant. Ce que vous enregistrez dans la saisie ou à l’appel viendra ici, puis partira seul."));
    return section;
  }
  const days = grouped(entries);
  /** @param {EntryRecord} record */
  const draw = (record) => row(record, notebook, entries, remove);
  [...days.keys()].sort().reverse().forEach((day) => section.append(...dayParts(day, days.get(day) ?? [], draw)));
  return section;
};
