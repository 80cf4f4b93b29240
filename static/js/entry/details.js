// @ts-check
// What a cell does not say: another level, the person's own view, the situation, a comment; and the day, to correct.

import { chosenValue, findAll, make } from "../core/dom.js";
import { longDate } from "../core/formats.js";
import { glyph } from "./cell.js";

/** @import { Child } from "../types/elements.d.ts" */
/** @import { Details, NotebookIndex } from "../types/entry.d.ts" */
/** @import { Day, Level, Person } from "../types/notebook.d.ts" */

/**
 * @param {string} name
 * @param {string} legend
 * @param {Level[]} levels
 * @param {number | null | undefined} chosen
 * @param {string | null} none
 */
const radios = (name, legend, levels, chosen, none) => {
  /**
   * @param {string} value
   * @param {string} label
   * @param {Child[]} words
   */
  const row = (value, label, ...words) => make("label", {},
    make("input", { type: "radio", name, value, checked: String(chosen ?? "") === value, "aria-label": label }), ...words);
  return make("fieldset", { class: "level-choice" }, make("legend", {}, legend), make("div", {},
    none && row("", none, none),
    levels.map(({ rank, name: word, short }, step) => row(String(rank), `${rank}, ${word}`,
      glyph(step + 1, levels.length, 18), make("b", {}, String(rank)), make("span", {}, short || word)))));
};

/**
 * @param {string} label
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @param {string} [help]
 */
const field = (label, input, help) => make("p", {}, make("label", { class: input.id === "d-mot" ? "form-label" : "form-label requiredField", for: input.id }, label), input, help && make("span", { class: "form-text" }, help));

/**
 * Opens the details of one evaluation; `keep(values)` may refuse them by a sentence.
 * @param {{
 *   person: Person, label: string, levels: Level[], last: ReturnType<NotebookIndex["lastOf"]>, lead?: string,
 *   values: Partial<Details>, common: string, latest?: Day, keep: (values: Details) => string | Promise<string>, button?: string,
 * }} options
 */
export const openDetailsDialog = ({ person, label, levels, last, lead, values, common, latest, keep, button = "Garder" }) => {
  const situation = make("input", { class: "form-control", type: "text", id: "d-situation", maxlength: 160, value: values.situation ?? common });
  const comment = make("textarea", { class: "form-control", id: "d-mot", rows: 2, maxlength: 1000, value: values.comment ?? "" });
  const day = values.day ? make("input", { class: "form-control", type: "date", id: "d-jour", value: values.day, max: latest }) : null;
  const fault = make("p", { class: "text-refusal", role: "alert", hidden: true });
  const form = make("form", { method: "dialog" },
    lead && make("div", { class: "note note-refusal" }, make("p", {}, lead)),
    day && field("Jour", day),
    radios("niveau", "Niveau", levels, values.rank, latest ? null : "Rien vu"),
    make("p", { class: "text-quiet" }, last
      ? `La dernière fois\u00a0: ${last.rank}, ${last.level?.name ?? ""}, ${longDate(last.day)}.` : "Jamais vu jusqu’ici."),
    radios("avis", `Selon ${person.first_name}`, levels, values.own, "Pas demandé"),
    field("Situation", situation, "Où, et en faisant quoi."),
    field("Commentaire", comment),
    fault,
    make("div", { class: "acts" },
      make("button", { class: "btn btn-primary", type: "submit" }, button),
      make("button", { class: "btn btn-outline-primary", type: "button", onclick: () => dialog.close() }, "Fermer")));
  /** @type {HTMLDialogElement} */
  const dialog = make("dialog", { class: "details", "aria-labelledby": "d-titre" }, make("h2", { id: "d-titre" }, `${person.name}\u00a0: ${label}`), form);

  /** @param {string} name */
  const number = (name) => Number(chosenValue(form, name)) || null;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sentence = await keep({
      rank: number("niveau"), own: number("avis"), situation: situation.value.trim(), comment: comment.value.trim(), day: day?.value,
    });
    if (!sentence) return dialog.close();
    fault.textContent = sentence;
    fault.hidden = false;
    return fault.scrollIntoView({ block: "nearest" });
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  const levelInputs = findAll(form, "[name=niveau]", HTMLInputElement);
  (levelInputs.find(({ checked }) => checked) ?? levelInputs[0])?.focus();
  return dialog;
};
