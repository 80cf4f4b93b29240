// @ts-check
// « Qui était là »: everybody expected, there until said otherwise; in part with its duration, or away with its reason.

import { find, make } from "../core/dom.js";
import { hours } from "../core/formats.js";
import { lengthOf } from "./half-days.js";

/** @import { Uuid } from "../types/notebook.d.ts" */
/** @import { CalledPerson, Roll, SessionIndex } from "../types/rollcall.d.ts" */

/** @type {[kind: CalledPerson["kind"], label: string][]} */
const KINDS = [["whole", "Là"], ["part", "En partie"], ["away", "Pas là"]];
const STEP = 15;

/** @param {string} name */
const initials = (name) => make("span", { class: "initials", "aria-hidden": "true" }, name);

/**
 * @param {Roll} roll
 * @param {CalledPerson} person
 */
const durations = (roll, person) => {
  const length = lengthOf(roll.session);
  const offered = Array.from({ length: Math.ceil(length / STEP) - 1 }, (_, place) => (place + 1) * STEP);
  if (person.minutes && !offered.includes(person.minutes)) offered.push(person.minutes);
  return offered.sort((one, other) => one - other);
};

/**
 * @param {[value: string | number, label: string][]} pairs
 * @param {string | number} chosen
 * @param {string} first
 */
const options = (pairs, chosen, first) => [
  make("option", { value: "", selected: !chosen }, first),
  ...pairs.map(([value, label]) => make("option", { value, selected: String(value) === String(chosen) }, label)),
];

/**
 * @param {string} label
 * @param {[value: string | number, label: string][]} pairs
 * @param {string | number} chosen
 * @param {string} first
 * @param {(value: string) => void} changed
 */
const choice = (label, pairs, chosen, first, changed) => make("label", { class: "presence-detail" },
  make("span", {}, label),
  make("select", { class: "form-select", required: true, onchange: (event) => changed(event.currentTarget.value) }, options(pairs, chosen, first)));

/** @param {{ index: SessionIndex, roll: Roll, changed: () => void }} options */
export const presenceList = ({ index, roll, changed }) => {
  const { absences } = index.notebook.choices;
  const list = make("ul", { class: "presences" });
  const others = make("ul", { class: "chips" });
  const adding = make("details", { class: "more" }, make("summary", {}, "Ajouter quelqu’un"), others);

  /**
   * @param {CalledPerson} person
   * @param {HTMLElement} row
   */
  const details = (person, row) => {
    if (person.kind === "part") {
      return choice("Durée de présence", durations(roll, person).map((minutes) => [minutes, hours(minutes)]), person.minutes, "Choisir la durée", (value) => {
        person.minutes = Number(value);
        tell(row);
      });
    }
    if (person.kind !== "away") return null;
    return make("div", {},
      choice("Motif", absences, person.absence, "Choisir le motif", (value) => {
        person.absence = value;
        tell(row);
      }),
      make("button", { class: "btn btn-link", type: "button", onclick: () => remove(person) }, "Pas prévu à cette séance\u00a0: retirer"));
  };

  /** @param {HTMLElement} row */
  const tell = (row) => {
    row.classList.remove("is-missing");
    changed();
  };

  /** @param {CalledPerson} person */
  const shown = (person) => {
    const { enrollment } = person;
    const name = index.nameOf(enrollment);
    const detail = make("div", { class: "presence-more" });
    /** @param {CalledPerson["kind"]} kind */
    const choose = (kind) => {
      person.kind = kind;
      detail.replaceChildren(details(person, row) ?? "");
      tell(row);
    };
    const kinds = KINDS.map(([kind, label]) => make("label", {},
      make("input", { type: "radio", name: `presence-${enrollment}`, value: kind, checked: person.kind === kind, onchange: () => choose(kind) }),
      make("span", {}, label)));
    const row = make("li", { class: "presence", "data-enrollment": enrollment }, make("fieldset", {},
      make("legend", {}, initials(index.person(enrollment)?.initials ?? ""), name),
      make("div", { class: "presence-kinds" }, kinds),
      detail));
    detail.append(details(person, row) ?? "");
    return row;
  };

  /** @param {CalledPerson} person */
  const remove = ({ enrollment }) => {
    roll.people = roll.people.filter((person) => person.enrollment !== enrollment);
    render();
    adding.open = true;
    find(adding, "summary", HTMLElement).focus();
    changed();
  };

  /** @param {Uuid} enrollment */
  const add = (enrollment) => {
    roll.people.push({ enrollment, kind: "whole", minutes: 0, absence: "" });
    render();
    find(list, `[data-enrollment="${enrollment}"] input`, HTMLInputElement).focus();
    changed();
  };

  const render = () => {
    const on = new Set(roll.people.map(({ enrollment }) => enrollment));
    const missing = index.crewOf(roll.session.structure).filter(({ id, paused }) => !on.has(id) && !paused);
    list.replaceChildren(...roll.people.map(shown));
    others.replaceChildren(...missing.map(({ id, name }) => make("li", {},
      make("button", { class: "chip", type: "button", onclick: () => add(id) }, make("span", { "aria-hidden": "true" }, "+"), name))));
    adding.hidden = !missing.length;
  };

  render();
  return { element: make("div", {}, list, adding), render };
};

/**
 * What is still to be said, as [enrollment, sentence].
 * @param {SessionIndex} index
 * @param {Roll} roll
 * @returns {[enrollment: Uuid, sentence: string][]}
 */
export const unsaid = (index, roll) => roll.people
  .filter(({ kind, minutes, absence }) => (kind === "part" && !minutes) || (kind === "away" && !absence))
  .map(({ enrollment, kind }) => [enrollment, `${index.nameOf(enrollment)}\u00a0: choisissez ${kind === "part" ? "la durée de présence" : "le motif de l’absence"}.`]);
