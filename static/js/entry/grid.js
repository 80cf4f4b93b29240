// @ts-check
// What I saw: competencies × people. A tap cycles the level, a long press opens the details, arrows move about.

import { announce, closest, focused, make } from "../core/dom.js";
import { dressCell, glyph, icon, ownView, tell } from "./cell.js";
import { keyOf, partsOf } from "./draft.js";

/** @import { CellKey, Draft, NotebookIndex } from "../types/entry.d.ts" */
/** @import { Uuid } from "../types/notebook.d.ts" */

const LONG_PRESS = 500;
const STILL = 10;

/**
 * @param {Draft} draft
 * @param {NotebookIndex} index
 * @param {{ openDetails: (key: CellKey) => unknown }} acts
 */
export const whatISaw = (draft, index, { openDetails }) => {
  const table = make("table", { class: draft.single ? "marks is-single" : "marks", role: "grid", "aria-label": "Ce que j’ai vu", "aria-describedby": "touches" });
  const empty = make("p", { class: "text-quiet" }, "Choisissez une activité\u00a0: ses compétences viendront ici.");
  const help = make("p", { class: "text-quiet" }, "Touchez une case\u00a0: le dernier niveau connu, puis le suivant. Appuyez longtemps pour un autre niveau ou un mot.");
  const keys = make("p", { class: "text-quiet keyboard-help", id: "touches" }, "Au clavier : les flèches pour aller d’une case à l’autre, Espace pour noter, 0 à 4 pour un niveau, Suppr pour effacer, D pour les détails.");
  const fault = make("p", { class: "text-refusal", role: "alert", hidden: true });
  /** @type {Map<CellKey, HTMLElement>} */
  const cells = new Map();
  /** @type {ReturnType<typeof ownView>[]} */
  const views = [];
  /** @type {CellKey} */
  let active = "";

  /**
   * @param {string} code
   * @param {Uuid} enrollment
   */
  const cellAt = (code, enrollment) => cells.get(keyOf(enrollment, code));

  /** @param {CellKey} key */
  const reach = (key) => {
    if (!cells.has(key)) return;
    cells.get(active)?.setAttribute("tabindex", "-1");
    active = key;
    cells.get(key)?.setAttribute("tabindex", "0");
  };

  /** @param {CellKey} key */
  const goTo = (key) => {
    reach(key);
    cells.get(key)?.focus();
  };

  /**
   * @param {CellKey} key
   * @param {number | null} rank
   */
  const mark = (key, rank) => {
    draft.act([[key, draft.withRank(key, rank)]], tell(draft, index, key));
    announce(tell(draft, index, key));
  };

  /** @type {Record<string, [down: number, across: number]>} */
  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

  /**
   * The next cell that way; a person without this competency is stepped over.
   * @param {CellKey} key
   * @param {[down: number, across: number]} step
   */
  const move = (key, [down, across]) => {
    const [enrollment, code] = partsOf(key);
    const [codes, people] = [draft.codes, draft.shown()];
    let [row, column] = [codes.indexOf(code) + down, people.indexOf(enrollment) + across];
    while (codes[row] && people[column]) {
      if (cellAt(codes[row], people[column])) return goTo(keyOf(people[column], codes[row]));
      [row, column] = [row + down, column + across];
    }
    return null;
  };

  /**
   * @param {CellKey} key
   * @param {boolean} last
   */
  const ends = (key, last) => {
    const keys = draft.cellsOf(partsOf(key)[1]);
    goTo(keys[last ? keys.length - 1 : 0]);
  };

  /** @param {Event} event */
  const keyed = (event) => closest(event, "[data-key]");

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const key = keyed(event)?.dataset.key;
    if (!key || event.ctrlKey || event.metaKey || event.altKey) return;
    if (steps[event.key]) move(key, steps[event.key]);
    else if (event.key === "Home" || event.key === "End") ends(key, event.key === "End");
    else if (/^[0-9]$/.test(event.key)) direct(key, Number(event.key));
    else if (event.key === "Delete" || event.key === "Backspace") mark(key, null);
    else if (event.key === "d" || event.key === "D") openDetails(key);
    else return;
    event.preventDefault();
  };

  /**
   * @param {CellKey} key
   * @param {number} rank
   */
  const direct = (key, rank) => {
    const ranks = draft.ranks(partsOf(key)[0]);
    if (rank === 0) return mark(key, null);
    if (ranks.includes(rank)) return mark(key, rank);
    return announce(`Il n’y a pas de niveau ${rank}\u00a0: de ${ranks[0]} à ${ranks.at(-1)}.`);
  };

  /**
   * A finger that stays opens the details; the click that ends it marks nothing.
   * @type {{ x: number, y: number, long: boolean, timer: Timer | undefined } | null}
   */
  let held = null;
  const release = () => {
    clearTimeout(held?.timer);
    if (held && !held.long) held = null;
  };
  /** @param {PointerEvent} event */
  const onPress = (event) => {
    const button = keyed(event);
    if (!button || event.button) return;
    const key = button.dataset.key ?? "";
    const press = { x: event.clientX, y: event.clientY, long: false, timer: /** @type {Timer | undefined} */ (undefined) };
    press.timer = setTimeout(() => {
      press.long = true;
      navigator.vibrate?.(15);
      openDetails(key);
    }, LONG_PRESS);
    held = press;
  };
  /** @param {PointerEvent} event */
  const onMove = (event) => {
    if (held && !held.long && Math.hypot(event.clientX - held.x, event.clientY - held.y) > STILL) release();
  };
  /** @param {MouseEvent} event */
  const onClick = (event) => {
    const long = held?.long;
    held = null;
    const details = closest(event, "[data-details]")?.dataset.details;
    if (details) return openDetails(details);
    const column = closest(event, "[data-column]")?.dataset.column;
    if (column) return markColumn(column);
    const button = keyed(event);
    const key = button?.dataset.key;
    if (!key || long) return null;
    reach(key);
    return mark(key, draft.next(key));
  };
  /** @param {string} code */
  const markColumn = (code) => {
    const changes = draft.columnChanges(code);
    if (!changes.length) return;
    draft.act(changes, `${index.labelOf(code)}, toute l’équipe`);
    const marked = draft.cellsOf(code).filter((key) => draft.marks.has(key)).length;
    announce(`${index.labelOf(code)}\u00a0: ${marked} ${marked < 2 ? "personne notée" : "personnes notées"}.`);
  };
  table.addEventListener("keydown", onKey);
  table.addEventListener("pointerdown", onPress);
  table.addEventListener("pointermove", onMove);
  table.addEventListener("pointerup", release);
  table.addEventListener("pointercancel", release);
  table.addEventListener("click", onClick);
  table.addEventListener("contextmenu", (event) => keyed(event) && event.preventDefault());
  table.addEventListener("focusin", (event) => {
    const key = keyed(event)?.dataset.key;
    if (key) reach(key);
  });

  /**
   * @param {Uuid} enrollment
   * @param {string} code
   */
  const cell = (enrollment, code) => {
    const key = keyOf(enrollment, code);
    if (!index.competencyOf(enrollment, code)) return make("td", { role: "gridcell", class: "not-theirs" }, make("span", { class: "visually-hidden" }, "ne concerne pas cette personne"));
    const button = make("button", { type: "button", class: "cell", tabindex: "-1", "data-key": key });
    const details = make("button", { type: "button", class: "cell-more", tabindex: "-1", "data-details": key, "aria-label": `Détails\u00a0: ${index.personOf(enrollment).name}, ${index.labelOf(code)}` }, icon("dots", 18));
    cells.set(key, button);
    const own = draft.single === null ? null : ownView(draft, index, key);
    if (own) views.push(own);
    return make("td", { role: "gridcell" }, button, details, own?.element);
  };

  /**
   * @param {string} code
   * @param {Uuid[]} people
   */
  const row = (code, people) => {
    const all = people.length > 1 && make("button", { type: "button", class: "btn btn-outline-primary marks-everybody", "data-column": code, "aria-label": `Toute l’équipe\u00a0: ${index.labelOf(code)}` }, "Tous");
    const head = make("th", { scope: "row", role: "rowheader" }, make("div", {}, make("span", {}, index.labelOf(code)), all));
    return make("tr", { role: "row" }, head, people.map((enrollment) => cell(enrollment, code)));
  };

  const rebuild = () => {
    const people = draft.shown();
    const codes = draft.codes.filter((code) => people.some((enrollment) => index.competencyOf(enrollment, code)));
    const shape = JSON.stringify([people, codes]);
    if (table.dataset.shape === shape) return;
    const place = focused()?.dataset.key;
    cells.clear();
    views.length = 0;
    const heads = people.map((enrollment) => make("th", { scope: "col", role: "columnheader" }, index.shortName(enrollment)));
    table.replaceChildren(
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, make("td", { role: "gridcell" }, make("span", { class: "visually-hidden" }, "Compétence")), heads)),
      make("tbody", { role: "rowgroup" }, codes.map((code) => row(code, people))),
    );
    table.dataset.shape = shape;
    [table, help, keys].forEach((part) => { part.hidden = !cells.size; });
    empty.hidden = Boolean(cells.size);
    reach(cells.has(active) ? active : [...cells.keys()][0] ?? "");
    if (place) cells.get(place)?.focus();
  };

  const refresh = () => {
    rebuild();
    cells.forEach((button, key) => dressCell(button, draft, index, key));
    views.forEach((view) => view.refresh());
    if (draft.marks.size) fault.hidden = true;
  };

  /** @param {string} sentence */
  const refuse = (sentence) => {
    fault.textContent = sentence;
    fault.hidden = false;
    (cells.get(active) ?? table).focus();
  };

  const scales = new Map(index.people.map(({ id }) => [index.scaleOf(id).map(({ name }) => name).join(), index.scaleOf(id)]));
  const scale = [...scales.values()].filter((levels) => levels.length).map((levels) => make("ul", { class: "chips scale", "aria-label": "Échelle" },
    levels.map(({ rank, name }, step) => make("li", { class: "level" }, glyph(step + 1, levels.length, 18), make("span", {}, make("b", {}, String(rank)), ` ${name}`)))));

  const element = make("section", { class: "section", "aria-labelledby": "vu" },
    make("h2", { id: "vu" }, draft.single ? "Ce que j’ai vu" : "3. Ce que j’ai vu"), empty, help, keys, scale, fault, table);
  refresh();
  return { element, refresh, refuse, goTo };
};
