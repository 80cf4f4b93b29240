// @ts-check
// The first two steps: what we did (day, activity, competencies), and who was there.

import { findAll, make } from "../core/dom.js";
import { counted, longDate } from "../core/formats.js";

/** @import { Child } from "../types/elements.d.ts" */
/** @import { Draft, Group, NotebookIndex, Part } from "../types/entry.d.ts" */
/** @import { Day, Uuid } from "../types/notebook.d.ts" */

/**
 * @param {"radio" | "checkbox"} type
 * @param {string} name
 * @param {boolean} checked
 * @param {(event: { currentTarget: HTMLInputElement }) => void} act
 * @param {Child[]} words
 */
const chip = (type, name, checked, act, ...words) =>
  make("li", {}, make("label", { class: "chip" }, make("input", { type, name, checked, onchange: act }), ...words));

/**
 * @param {string} label
 * @param {Child[]} rows
 * @param {string} tiles
 */
const chips = (label, rows, tiles = "") =>
  make("fieldset", {}, make("legend", {}, label), make("ul", { class: `chips ${tiles}` }, rows));

/**
 * `asked()` is the day that the page proposes; no later day may be entered.
 * @param {Draft} draft
 * @param {() => Day} asked
 */
const dayField = (draft, asked) => {
  const words = make("span", { class: "form-text", id: "jour-mots" });
  const input = make("input", {
    class: "form-control", type: "date", id: "jour", value: draft.day, max: asked(), required: true, "aria-describedby": "jour-mots",
  });
  const say = () => {
    const fault = input.value > asked() ? "Ce jour n’est pas encore passé\u00a0: choisissez aujourd’hui ou un jour d’avant." : "";
    const missing = input.value ? "" : "Choisissez le jour.";
    words.textContent = fault || missing || longDate(input.value);
    words.className = fault || missing ? "invalid-feedback" : "form-text";
    input.setAttribute("aria-invalid", String(Boolean(fault || missing)));
    input.classList.toggle("is-invalid", Boolean(fault || missing));
  };
  words.setAttribute("aria-live", "polite");
  input.addEventListener("change", () => {
    draft.setDay(input.value);
    say();
  });
  say();
  const refresh = () => {
    input.max = asked();
    if (input.value !== draft.day) input.value = draft.day;
    say();
  };
  return { element: make("p", {}, make("label", { class: "form-label", for: "jour" }, "Jour"), input, words), refresh };
};

/**
 * @param {Draft} draft
 * @param {NotebookIndex} index
 * @param {() => Day} asked
 */
export const whatWeDid = (draft, index, asked) => {
  const day = dayField(draft, asked);
  const summary = make("summary");
  const picker = make("details", { class: "more picker" }, summary);
  /** @type {ReturnType<typeof import("./picker.js").competencyPicker> | null} */
  let lists = null;
  const supports = make("div");
  const activities = make("div");
  const fault = make("p", { class: "text-refusal", role: "alert", hidden: true });

  /** @param {Part} what */
  const refresh = (what) => {
    if (what === "support") {
      supports.hidden = index.supports.length < 2 || draft.single !== null;
      supports.replaceChildren(chips("Support de production", index.supports.map(({ code, name }) =>
        chip("radio", "support", code === draft.support, () => draft.takeSupport(code), name))));
      const rows = draft.activities();
      activities.replaceChildren(rows.length
        ? chips("Activité", rows.map((row) => chip("radio", "activite", row === draft.activity, () => draft.choose(row), row.name)), "tiles")
        : make("p", { class: "text-quiet" }, "Aucune activité n’est décrite pour ce support\u00a0: choisissez les compétences une par une."));
      // The support just chosen keeps the focus that its own redrawing took away.
      if (supports.dataset.held) findAll(supports, ":checked", HTMLInputElement)[0]?.focus();
    }
    if (draft.codes.length) fault.hidden = true;
    day.refresh();
    const number = draft.codes.length;
    summary.textContent = number ? `${counted(number, "compétence")}\u00a0: en ajouter, en retirer` : "Choisir les compétences une par une";
    if (picker.open) lists?.refresh(what === "support" || what === "people");
  };
  picker.addEventListener("toggle", async () => {
    if (!picker.open) return;
    const { competencyPicker } = await import("./picker.js");
    if (!lists) {
      lists = competencyPicker(draft, index);
      picker.append(lists.element);
    }
    lists.refresh(true);
  });
  supports.addEventListener("change", () => { supports.dataset.held = "1"; }, true);
  supports.addEventListener("focusout", () => { delete supports.dataset.held; });

  /** @param {string} sentence */
  const refuse = (sentence) => {
    fault.textContent = sentence;
    fault.hidden = false;
    const first = activities.querySelector("input");
    if (!first || draft.codes.length) picker.open = true; // what is asked for is written in there
    (first ?? summary).focus();
  };

  const title = draft.single ? "Ce que nous avons fait" : "1. Ce que nous avons fait";
  const element = make("section", { class: "section", "aria-labelledby": "faire" },
    make("h2", { id: "faire" }, title), day.element, supports, activities, fault, picker);
  refresh("support");
  return { element, refresh, refuse };
};

/**
 * @param {Draft} draft
 * @param {NotebookIndex} index
 */
export const whoWasThere = (draft, index) => {
  const groups = make("div");
  const faces = make("ul", { class: "faces" });
  const count = make("p", { class: "text-quiet" });
  const fault = make("p", { class: "text-refusal", role: "alert", hidden: true });

  /** @param {Group} group */
  const groupChip = ({ key, name, people }) =>
    chip("checkbox", "groupe", draft.groups.has(key), (event) => draft.toggleGroup(key, event.currentTarget.checked),
      `${name} `, make("small", { class: "text-quiet" }, `(${people.length})`));

  /** @param {Uuid} enrollment */
  const face = (enrollment) => {
    const { name, initials, paused } = index.personOf(enrollment);
    const input = make("input", {
      type: "checkbox", checked: draft.present.has(enrollment), "aria-label": paused ? `${name}, en pause` : name, "data-enrollment": enrollment,
      onchange: (event) => draft.togglePerson(enrollment, event.currentTarget.checked),
    });
    return make("li", {}, make("label", { class: "face" }, input,
      make("span", { class: "initials", "aria-hidden": "true" }, initials), make("span", {}, index.shortName(enrollment)),
      paused && make("small", { class: "text-quiet" }, "en pause")));
  };

  /** @param {Part} what */
  const refresh = (what) => {
    const shown = findAll(faces, "[data-enrollment]", HTMLInputElement);
    const visible = draft.visible();
    if (what === "support" || shown.map((input) => input.dataset.enrollment).join() !== visible.join()) {
      faces.replaceChildren(...visible.map(face));
    }
    findAll(faces, "[data-enrollment]", HTMLInputElement).forEach((input) => { input.checked = draft.present.has(input.dataset.enrollment ?? ""); });
    if (what === "support" && index.groups.length > 1) groups.replaceChildren(chips("Équipes", index.groups.map(groupChip)));
    count.textContent = `${counted(draft.shown().length, "personne cochée", "personnes cochées")} sur ${visible.length}. Touchez celles qui n’étaient pas là.`;
    if (draft.shown().length) fault.hidden = true;
  };

  /** @param {string} sentence */
  const refuse = (sentence) => {
    fault.textContent = sentence;
    fault.hidden = false;
    (faces.querySelector("input") ?? groups.querySelector("input"))?.focus();
  };

  const element = make("section", { class: "section", "aria-labelledby": "equipe" },
    make("h2", { id: "equipe" }, "2. Qui était là"), groups,
    make("fieldset", {}, make("legend", { class: "visually-hidden" }, "Les personnes présentes"), faces), count, fault);
  refresh("support");
  return { element, refresh, refuse };
};
