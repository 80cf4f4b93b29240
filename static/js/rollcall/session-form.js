// @ts-check
// The facts of a session that nobody planned, or that did not go as planned.

import { chosenValue, findAll, make } from "../core/dom.js";
import { today } from "../core/formats.js";
import { isInOrder } from "./sessions.js";

/** @import { Attributes } from "../types/elements.d.ts" */
/** @import { Choice, Notebook, Session, Uuid } from "../types/notebook.d.ts" */
/** @import { SessionIndex } from "../types/rollcall.d.ts" */

let fields = 0;

/**
 * @param {string} label
 * @param {HTMLElement} input
 * @param {string} help
 */
const field = (label, input, help = "") => {
  fields += 1;
  const id = `appel-champ-${fields}`;
  input.id = id;
  if (help) input.setAttribute("aria-describedby", `${id}-aide`);
  return make("p", { class: "field" },
    make("label", { class: "form-label requiredField", for: id }, label), input,
    help && make("span", { class: "form-text", id: `${id}-aide` }, help));
};

/**
 * @param {string} name
 * @param {Choice[]} pairs
 * @param {string | undefined} chosen
 */
const select = (name, pairs, chosen) => make("select", { class: "form-select", name },
  pairs.map(([value, label]) => make("option", { value, selected: value === chosen }, label)));

/**
 * @param {string} legend
 * @param {string} name
 * @param {Choice[]} pairs
 * @param {string} chosen
 */
const radios = (legend, name, pairs, chosen) => make("fieldset", { class: "choice" },
  make("legend", {}, legend),
  make("ul", { class: "chips" }, pairs.map(([value, label]) => make("li", {}, make("label", { class: "chip" },
    make("input", { type: "radio", name, value, checked: value === chosen, required: true }), label)))));

/**
 * @param {Notebook} notebook
 * @param {Uuid} structure
 * @returns {Choice[]}
 */
const trainersOf = (notebook, structure) =>
  notebook.trainers.filter((trainer) => trainer.structure === structure).map(({ id, name }) => [id, name]);

/** @param {string} text */
const whole = (text) => text.charAt(0).toUpperCase() + text.slice(1);
/**
 * @param {Choice[]} pairs
 * @returns {Choice[]}
 */
const named = (pairs) => pairs.map(([value, label]) => [value, whole(label)]);

/**
 * `facts` are what is known already; `crew` asks who was expected; `done(facts, enrollments)` when all is said.
 * @param {{ index: SessionIndex, facts: Partial<Session>, crew: boolean, label: string, done: (facts: Omit<Session, "id">, enrollments: Uuid[]) => void }} options
 */
export const sessionForm = ({ index, facts, crew, label, done }) => {
  const { notebook } = index;
  const { choices, structures, owner } = notebook;
  const start = { structure: structures[0]?.id, trainer: owner.id, held_on: today(), ...facts };
  /**
   * @param {keyof Session} name
   * @param {string} type
   * @param {Attributes<HTMLInputElement>} given
   */
  const input = (name, type, given = {}) => make("input", { class: "form-control", name, type, value: start[name] ?? "", required: true, ...given });

  const trainer = make("div");
  const people = make("ul", { class: "faces" });
  const structure = select("structure", structures.map(({ id, name }) => [id, name]), start.structure);
  const begins = input("starts_at", "time");
  const ends = input("ends_at", "time");

  const offer = () => {
    trainer.replaceChildren(field("Encadrement", select("trainer", trainersOf(notebook, structure.value), start.trainer)));
    const crewThere = index.crewOf(structure.value).filter(({ paused }) => !paused);
    const mine = crewThere.some((person) => person.mine);
    people.replaceChildren(...crewThere.map((person) => make("li", {}, make("label", { class: "face" },
      make("input", { type: "checkbox", name: "people", value: person.id, checked: !mine || person.mine }),
      make("span", { class: "initials", "aria-hidden": "true" }, person.initials), person.name))));
  };

  const order = () => {
    const moment = { starts_at: begins.value, ends_at: ends.value };
    ends.setCustomValidity(ends.value && moment.starts_at && !isInOrder(moment) ? "La séance finit avant d’avoir commencé. Vérifiez les deux heures." : "");
  };

  const enough = () => {
    const chosen = findAll(form, "[name=people]:checked", HTMLInputElement);
    const alone = chosenValue(form, "form") === "individual";
    const [first] = findAll(form, "[name=people]", HTMLInputElement);
    const fault = !chosen.length ? "Cochez au moins une personne." : alone && chosen.length > 1 ? "Une séance individuelle a une seule personne." : "";
    first?.setCustomValidity(fault);
    return chosen.map(({ value }) => value);
  };

  /** @param {SubmitEvent} event */
  const send = (event) => {
    event.preventDefault();
    order();
    const enrollments = crew ? enough() : [];
    if (!form.reportValidity()) return;
    const data = new FormData(form);
    /** @param {keyof typeof start} name */
    const value = (name) => String(data.get(name) ?? start[name] ?? "");
    done({
      structure: value("structure"), trainer: value("trainer"), held_on: value("held_on"), starts_at: value("starts_at"), ends_at: value("ends_at"),
      place: value("place"), form: value("form"), module: value("module"), theme: value("theme"),
    }, enrollments);
  };

  structure.addEventListener("change", offer);
  const form = make("form", { class: "session-form", novalidate: true, onsubmit: send, oninput: () => {
    order();
    if (crew) findAll(form, "[name=people]", HTMLInputElement)[0]?.setCustomValidity("");
  } },
  make("div", { class: "field-row" },
    field("Jour", input("held_on", "date", { max: today() })), field("De", begins), field("À", ends)),
  radios("Lieu", "place", named(choices.places), start.place ?? choices.places[0][0]),
  radios("Forme", "form", named(choices.forms), start.form ?? choices.forms[0][0]),
  field("Module", select("module", choices.modules, start.module)),
  field("Thème", input("theme", "text", { maxlength: 160 }), "Ce qui a été travaillé\u00a0: la feuille d’émargement le porte."),
  crew && structures.length > 1 && field("Structure", structure),
  trainer,
  crew && make("fieldset", { class: "choice" }, make("legend", {}, "Qui était attendu"), people),
  make("button", { class: "btn btn-primary", type: "submit" }, label));
  offer();
  return form;
};
