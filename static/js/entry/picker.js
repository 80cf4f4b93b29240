// @ts-check
// The competencies of the day: those that the activity proposes, a search, all those of each domain; and the situation.

import { findAll, make } from "../core/dom.js";
import { counted } from "../core/formats.js";
import { folded } from "../core/text-folding.js";

/** @import { Draft, NotebookIndex } from "../types/entry.d.ts" */
/** @import { Domain } from "../types/notebook.d.ts" */

const MOST_FOUND = 12;

/**
 * What unfolds under « en ajouter, en retirer »; `refresh(true)` draws the lists again.
 * @param {Draft} draft
 * @param {NotebookIndex} index
 */
export const competencyPicker = (draft, index) => {
  /** @param {string} code */
  const box = (code) => make("li", {}, make("label", { class: "tick" },
    make("input", {
      type: "checkbox", checked: draft.codes.includes(code), "data-code": code,
      onchange: (event) => (event.currentTarget.checked ? draft.addCodes([code]) : draft.removeCode(code)),
    }), make("span", {}, index.labelOf(code))));

  const chosen = make("ul", { class: "ticks" });
  const found = make("ul", { class: "ticks" });
  const matchCount = make("p", { class: "text-quiet", role: "status" });
  const domains = make("div");
  const search = make("input", { class: "form-control", type: "search", id: "chercher", autocomplete: "off" });
  const situation = make("input", { class: "form-control", type: "text", id: "situation", maxlength: 160 });
  situation.addEventListener("input", () => draft.setSituation(situation.value.trim() ? situation.value : null));

  const lookFor = () => {
    const words = folded(search.value).split(" ").filter(Boolean);
    const all = index.domainsFor(draft.visible()).flatMap(({ codes }) => codes);
    const matches = words.length ? all.filter((code) => words.every((word) => folded(index.labelOf(code)).includes(word))) : [];
    found.replaceChildren(...matches.slice(0, MOST_FOUND).map(box));
    domains.hidden = words.length > 0;
    matchCount.textContent = words.length ? `${counted(matches.length, "compétence trouvée", "compétences trouvées")}.` : "";
  };
  search.addEventListener("input", lookFor);

  /** @param {Domain & { codes: string[] }} domain */
  const domainRow = ({ number, name, codes }) => {
    const list = make("ul", { class: "ticks" });
    const whole = make("button", { class: "btn btn-outline-primary", type: "button", onclick: () => draft.addCodes(codes) }, "Ajouter tout le domaine");
    const details = make("details", { class: "more" }, make("summary", {}, `${number}. ${name}`), whole, list);
    details.addEventListener("toggle", () => details.open && list.replaceChildren(...codes.map(box)));
    return details;
  };

  /** @param {HTMLElement} list */
  const boxes = (list) => findAll(list, "[data-code]", HTMLInputElement);

  const follow = () => {
    situation.placeholder = draft.activity?.name ?? "Où, et en faisant quoi";
    if (document.activeElement !== situation) situation.value = draft.situation ?? "";
    boxes(element).forEach((input) => { input.checked = draft.codes.includes(input.dataset.code ?? ""); });
    const listed = new Set(boxes(chosen).map((input) => input.dataset.code));
    chosen.append(...draft.codes.filter((code) => !listed.has(code)).map(box));
  };

  const element = make("div", {}, chosen,
    make("p", {}, make("label", { class: "form-label", for: "chercher" }, "Chercher une compétence"), search),
    matchCount, found, domains,
    make("p", {}, make("label", { class: "form-label", for: "situation" }, "Situation"), situation,
      make("span", { class: "form-text" }, "Où, et en faisant quoi. Elle vaut pour toutes les cases\u00a0; par défaut, l’activité.")));

  /** @param {boolean} afresh */
  const refresh = (afresh) => {
    if (afresh) {
      chosen.replaceChildren();
      domains.replaceChildren(...index.domainsFor(draft.visible()).map(domainRow));
      lookFor();
    }
    follow();
  };
  return { element, refresh };
};
