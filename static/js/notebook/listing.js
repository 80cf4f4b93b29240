// The entries of « Mes envois », grouped by the day they were made, each with its state in words.

import { ENTRY, ROLL_CALL } from "./addresses.js";
import { make } from "../core/dom.js";
import { counted, hours, longDate, shortDate, timeOfDay } from "../core/formats.js";
import { mayChange } from "./store.js";

const STATES = {
  kept: ["wait", "gardée sur ce téléphone"],
  received: ["quiet", "reçue par le site, à vérifier"],
  confirmed: ["ok", "arrivée, vérifiée"],
  refused: ["refusal", "refusée"],
};

const HALVES = { morning: "le matin", afternoon: "l’après-midi" };
const SIGNS = { wait: "○", quiet: "◐", ok: "✓", refusal: "✕" };

const person = (notebook, id) => notebook?.people.find((row) => row.id === id)?.name ?? "Une personne de l’équipe";

const competency = (notebook, id) =>
  notebook?.frameworks.flatMap((row) => row.competencies).find((row) => row.id === id)?.label ?? "une compétence";

const level = (notebook, entry) => {
  const rank = entry.rank;
  const names = notebook?.frameworks.flatMap((row) => row.levels) ?? [];
  const name = names.find((row) => row.rank === rank)?.name;
  return name ? `niveau ${rank}, ${name.toLowerCase()}` : `niveau ${rank}`;
};

const session = (notebook, id, entries) =>
  entries.find((row) => row.id === id)?.entry
  ?? [...(notebook?.sessions ?? []), ...(notebook?.unsigned ?? [])].find((row) => row.id === id);

const TITLES = {
  evaluation: ({ entry }, notebook) => [
    person(notebook, entry.path),
    `${competency(notebook, entry.competency)}\u00a0: ${level(notebook, entry)}, vu le ${shortDate(entry.seen_on)}.`,
  ],
  session: ({ entry }) => {
    const there = entry.presences.filter(({ minutes }) => minutes > 0).length;
    return [
      `Séance du ${shortDate(entry.held_on)}`,
      `De ${timeOfDay(entry.starts_at)} à ${timeOfDay(entry.ends_at)}, ${counted(there, "présent")} sur ${entry.presences.length}.`,
    ];
  },
  signature: ({ entry }, notebook, entries) => {
    const held = session(notebook, entry.session, entries)?.held_on;
    return [
      entry.path ? `Signature\u00a0: ${person(notebook, entry.path)}` : "Signature du formateur",
      `${held ? `Séance du ${shortDate(held)}, ` : ""}${HALVES[entry.half] ?? entry.half}, ${hours(entry.minutes)}.`,
    ];
  },
};

const GOES = {
  kept: "Elle n’a pas été envoyée\u00a0: elle disparaîtra de ce téléphone, et le site ne l’aura jamais.",
  refused: "Le site ne l’a pas enregistrée\u00a0: elle disparaîtra de ce téléphone pour de bon.",
};

const acts = (record, title, remove) => {
  if (!mayChange(record)) {
    return record.state === "kept" && make("p", { class: "quiet" }, "Un envoi a été coupé\u00a0: on saura à la prochaine connexion si elle est arrivée.");
  }
  const place = record.kind === "evaluation" ? ENTRY : ROLL_CALL;
  const named = (verb) => make("span", {}, verb, make("span", { class: "visually-hidden" }, `\u00a0: ${title}`));
  return make("div", { class: "acts" },
    make("a", { class: "btn btn-outline-primary", href: `${place}?corriger=${record.id}`, "data-key": `corriger-${record.id}` }, named("Corriger")),
    make("details", { class: "confirm confirm-danger" },
      make("summary", { class: "btn btn-outline-danger", "data-key": `supprimer-${record.id}` }, named("Supprimer")),
      make("form", { onsubmit: (event) => { event.preventDefault(); remove(record); } },
        make("p", {}, GOES[record.state]),
        make("button", { class: "btn btn-danger", type: "submit" }, "Supprimer cette saisie"))));
};

const row = (record, notebook, entries, remove) => {
  const [tone, words] = STATES[record.state];
  const [title, text] = TITLES[record.kind](record, notebook, entries);
  return make("li", { "data-id": record.id, "data-state": record.state },
    make("div", { class: "entry-words" },
      make("h4", {}, title),
      make("span", { class: `status status-${tone}` }, make("span", { "aria-hidden": "true" }, SIGNS[tone]), ` ${words}`)),
    make("p", {}, text),
    record.reason && make("p", { class: "refused" }, record.reason),
    acts(record, title, remove));
};

const dayOf = (record) => {
  const moment = new Date(record.kept_at);
  const two = (value) => String(value).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
};

const grouped = (entries) => {
  const days = new Map();
  entries.forEach((record) => days.set(dayOf(record), [...(days.get(dayOf(record)) ?? []), record]));
  return days;
};

/** What asks for something comes first: refused, then waiting; what is settled is folded. */
const dayParts = (day, records, draw) => {
  const inState = (...states) => records.filter(({ state }) => states.includes(state)).map(draw);
  const open = [...inState("refused"), ...inState("kept", "received")];
  const settled = inState("confirmed");
  const list = (rows) => make("ul", { class: "entries" }, rows);
  return [
    make("h3", {}, longDate(day).replace(/^./, (letter) => letter.toUpperCase())),
    open.length > 0 && list(open),
    settled.length > 0 && make("details", { class: "more" },
      make("summary", { "data-key": `jour-${day}` }, counted(settled.length, "saisie arrivée et vérifiée", "saisies arrivées et vérifiées")),
      list(settled)),
  ].filter(Boolean);
};

/** The list, the most recent day first. */
export const listOf = (entries, notebook, remove) => {
  const section = make("section", { class: "section", "aria-labelledby": "saisies" }, make("h2", { id: "saisies" }, "Mes saisies"));
  if (!entries.length) {
    section.append(make("p", {}, "Rien pour l’instant. Ce que vous enregistrez dans la saisie ou à l’appel viendra ici, puis partira seul."));
    return section;
  }
  const days = grouped(entries);
  const draw = (record) => row(record, notebook, entries, remove);
  [...days.keys()].sort().reverse().forEach((day) => section.append(...dayParts(day, days.get(day), draw)));
  return section;
};
