// « Qui était là »: everybody expected, there until said otherwise; in part with its duration, or away with its reason.

import { make } from "../core/dom.js";
import { hours } from "../core/formats.js";
import { lengthOf } from "./half-days.js";

const KINDS = [["whole", "Là"], ["part", "En partie"], ["away", "Pas là"]];
const STEP = 15;

const initials = (name) => make("span", { class: "initials", "aria-hidden": "true" }, name);

const durations = (roll, person) => {
  const length = lengthOf(roll.session);
  const offered = Array.from({ length: Math.ceil(length / STEP) - 1 }, (_, place) => (place + 1) * STEP);
  if (person.minutes && !offered.includes(person.minutes)) offered.push(person.minutes);
  return offered.sort((one, other) => one - other);
};

const options = (pairs, chosen, first) => [
  make("option", { value: "", selected: !chosen }, first),
  ...pairs.map(([value, label]) => make("option", { value, selected: String(value) === String(chosen) }, label)),
];

const choice = (label, pairs, chosen, first, changed) => make("label", { class: "presence-detail" },
  make("span", {}, label),
  make("select", { class: "form-select", required: true, onchange: (event) => changed(event.target.value) }, options(pairs, chosen, first)));

export const presenceList = ({ index, roll, changed }) => {
  const { absences } = index.notebook.choices;
  const list = make("ul", { class: "presences" });
  const others = make("ul", { class: "chips" });
  const adding = make("details", { class: "more" }, make("summary", {}, "Ajouter quelqu’un"), others);

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

  const tell = (row) => {
    row.classList.remove("is-missing");
    changed();
  };

  const shown = (person) => {
    const { path } = person;
    const name = index.nameOf(path);
    const detail = make("div", { class: "presence-more" });
    const choose = (kind) => {
      person.kind = kind;
      detail.replaceChildren(...[details(person, row)].filter(Boolean));
      tell(row);
    };
    const kinds = KINDS.map(([kind, label]) => make("label", {},
      make("input", { type: "radio", name: `presence-${path}`, value: kind, checked: person.kind === kind, onchange: () => choose(kind) }),
      make("span", {}, label)));
    const row = make("li", { class: "presence", "data-path": path }, make("fieldset", {},
      make("legend", {}, initials(index.person(path)?.initials ?? ""), name),
      make("div", { class: "presence-kinds" }, kinds),
      detail));
    detail.append(...[details(person, row)].filter(Boolean));
    return row;
  };

  const remove = ({ path }) => {
    roll.people = roll.people.filter((person) => person.path !== path);
    render();
    adding.open = true;
    adding.querySelector("summary").focus();
    changed();
  };

  const add = (path) => {
    roll.people.push({ path, kind: "whole", minutes: 0, absence: "" });
    render();
    list.querySelector(`[data-path="${path}"] input`).focus();
    changed();
  };

  const render = () => {
    const on = new Set(roll.people.map(({ path }) => path));
    const missing = index.crewOf(roll.session.structure).filter(({ id, paused }) => !on.has(id) && !paused);
    list.replaceChildren(...roll.people.map(shown));
    others.replaceChildren(...missing.map(({ id, name }) => make("li", {},
      make("button", { class: "chip", type: "button", onclick: () => add(id) }, make("span", { "aria-hidden": "true" }, "+"), name))));
    adding.hidden = !missing.length;
  };

  render();
  return { element: make("div", {}, list, adding), render, list };
};

// What is still to be said, as [path, sentence].
export const unsaid = (index, roll) => roll.people
  .filter(({ kind, minutes, absence }) => (kind === "part" && !minutes) || (kind === "away" && !absence))
  .map(({ path, kind }) => [path, `${index.nameOf(path)}\u00a0: choisissez ${kind === "part" ? "la durée de présence" : "le motif de l’absence"}.`]);
