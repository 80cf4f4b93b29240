// The facts of a session that nobody planned, or that did not go as planned.

import { make } from "../core/dom.js";
import { today } from "../core/formats.js";
import { isInOrder } from "./sessions.js";

let fields = 0;

const field = (label, input, help = "") => {
  fields += 1;
  const id = `appel-champ-${fields}`;
  input.id = id;
  if (help) input.setAttribute("aria-describedby", `${id}-aide`);
  return make("p", { class: "field" },
    make("label", { class: "form-label requiredField", for: id }, label), input,
    help && make("span", { class: "form-text", id: `${id}-aide` }, help));
};

const select = (name, pairs, chosen) => make("select", { class: "form-select", name },
  pairs.map(([value, label]) => make("option", { value, selected: value === chosen }, label)));

const radios = (legend, name, pairs, chosen) => make("fieldset", { class: "choice" },
  make("legend", {}, legend),
  make("ul", { class: "chips" }, pairs.map(([value, label]) => make("li", {}, make("label", { class: "chip" },
    make("input", { type: "radio", name, value, checked: value === chosen, required: true }), label)))));

const trainersOf = (notebook, structure) =>
  notebook.trainers.filter((trainer) => trainer.structure === structure).map(({ id, name }) => [id, name]);

const whole = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const named = (pairs) => pairs.map(([value, label]) => [value, whole(label)]);

// `facts` are what is known already; `crew` asks who was expected; `done(facts, paths)` when all is said.
export const sessionForm = ({ index, facts, crew, label, done }) => {
  const { notebook } = index;
  const { choices, structures, owner } = notebook;
  const start = { structure: structures[0]?.id, trainer: owner.id, held_on: today(), ...facts };
  const input = (name, type, given = {}) => make("input", { class: "form-control", name, type, value: start[name] ?? "", required: true, ...given });

  const trainer = make("div");
  const people = make("ul", { class: "faces" });
  const structure = select("structure", structures.map(({ id, name }) => [id, name]), start.structure);
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
    const moment = { starts_at: form.elements.starts_at.value, ends_at: ends.value };
    ends.setCustomValidity(ends.value && moment.starts_at && !isInOrder(moment) ? "La séance finit avant d’avoir commencé. Vérifiez les deux heures." : "");
  };

  const enough = () => {
    const chosen = [...form.querySelectorAll("[name=people]:checked")];
    const alone = form.elements.form.value === "individual";
    const first = form.querySelector("[name=people]");
    const fault = !chosen.length ? "Cochez au moins une personne." : alone && chosen.length > 1 ? "Une séance individuelle a une seule personne." : "";
    first?.setCustomValidity(fault);
    return chosen.map(({ value }) => value);
  };

  const send = (event) => {
    event.preventDefault();
    order();
    const paths = crew ? enough() : [];
    if (!form.reportValidity()) return;
    const said = new FormData(form);
    const names = ["structure", "trainer", "held_on", "starts_at", "ends_at", "place", "form", "module", "theme"];
    done(Object.fromEntries(names.map((name) => [name, said.get(name) ?? start[name]])), paths);
  };

  structure.addEventListener("change", offer);
  const form = make("form", { class: "session-form", novalidate: true, onsubmit: send, oninput: () => {
    order();
    if (crew) form.querySelector("[name=people]")?.setCustomValidity("");
  } },
  make("div", { class: "field-row" },
    field("Jour", input("held_on", "date", { max: today() })), field("De", input("starts_at", "time")), field("À", ends)),
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
