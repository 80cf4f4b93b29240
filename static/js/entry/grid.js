// What I saw: competencies × people. A tap cycles the level, a long press opens the details, arrows move about.

import { announce, draw, make } from "../core/dom.js";
import { keyOf, partsOf } from "./draft.js";

const LONG_PRESS = 500;
const STILL = 10;

// --- A cell: its drawing, its words, and the own view of the person when they are alone on the page

// The one glyph of a level, as core/drawings.py draws it: `of` steps, `rank` of them filled from the bottom.
export const glyph = (rank, of, size = 22) => {
  const height = 16 / of;
  const steps = Array.from({ length: of }, (_, step) => draw("rect", {
    x: step * height, y: 16 - (step + 1) * height, width: 16 - step * height, height: height * 0.75,
    "fill-opacity": step < rank ? 1 : 0.08, "stroke-width": step < rank ? 0 : 0.75, "stroke-opacity": 0.55,
  }));
  return draw("svg", {
    class: "level-glyph", width: size, height: size, viewBox: "0 0 16 16", fill: "currentColor", stroke: "currentColor",
    "aria-hidden": "true",
  }, steps);
};

// Lines of 24 × 24 in the hand of the icons of the site.
const LINES = {
  undo: ["M9 14 4 9l5-5", "M4 9h10.5a5.5 5.5 0 0 1 0 11H11"],
  dots: ["M5 12h.01", "M12 12h.01", "M19 12h.01"],
  note: ["M12 20h9", "M16.4 3.6a2 2 0 0 1 3 3L7.4 18.6 3 20l1.4-4.4z"],
};

export const icon = (name, size = 20) => draw("svg", {
  class: "icon", width: size, height: size, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor",
  "stroke-width": name === "dots" ? 3.5 : 2, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
}, LINES[name].map((line) => draw("path", { d: line })));

const hasMore = (mark) => Boolean(mark?.comment || mark?.own || mark?.situation);

const inWords = (level) => (level ? `${level.rank}, ${level.name}` : "");

// « Aïcha Benali, Tondre une pelouse : niveau 2, Fait avec de l’aide ; avant : 1 »
export const tell = (draft, index, key) => {
  const [path, code] = partsOf(key);
  const mark = draft.marks.get(key);
  const last = index.lastOf(path, code);
  const now = mark ? `niveau ${inWords(index.levelOf(path, mark.rank))}` : "rien vu";
  const more = hasMore(mark) ? ", avec des précisions" : "";
  return `${index.person.get(path).name}, ${index.labelOf(code)}\u00a0: ${now}${more}\u00a0; avant\u00a0: ${last ? last.rank : "jamais vu"}`;
};

// The same in two short lines, for the footer: the level first, as there is little room.
export const tellBriefly = (draft, index, key) => {
  const [path, code] = partsOf(key);
  const mark = draft.marks.get(key);
  const level = mark && index.levelOf(path, mark.rank);
  return [`${index.shortName(path)}\u00a0: ${level ? `${level.rank}, ${level.name}` : "rien vu"}`, index.labelOf(code)];
};

// The glyph and its number; behind, the level before.
export const dressCell = (button, draft, index, key) => {
  const [path, code] = partsOf(key);
  const ranks = draft.ranks(path);
  const mark = draft.marks.get(key);
  const last = index.lastOf(path, code);
  const place = (rank) => ranks.indexOf(rank) + 1;
  const name = draft.single ? inWords(mark && index.levelOf(path, mark.rank)).replace(/^\d+, /, "") || "Rien vu" : index.shortName(path);
  const before = last && make("small", { class: "before" }, make("span", { class: "word" }, "avant\u00a0"), String(last.rank));
  const now = mark ? [glyph(place(mark.rank), ranks.length, 24), make("b", {}, String(mark.rank))] : [glyph(last ? place(last.rank) : 0, ranks.length, 24)];
  button.classList.toggle("marked", Boolean(mark));
  button.setAttribute("aria-label", tell(draft, index, key));
  button.replaceChildren(
    make("span", { class: "who" }, name),
    make("span", { class: "what" }, make("span", { class: "mark" }, now), before ?? make("small", { class: "before" }, mark ? "" : "–"), hasMore(mark) && icon("note", 14)),
  );
};

// How the person sees it themselves; there is something to compare with once the trainer has marked.
export const ownView = (draft, index, key) => {
  const [path, code] = partsOf(key);
  const inputs = [null, ...index.scaleOf(path)].map((level) => make("input", {
    type: "radio", name: `avis ${code}`, value: level ? String(level.rank) : "",
    "aria-label": level ? `${level.rank}, ${level.name}` : "pas demandé",
    onchange: () => draft.act([[key, { ...draft.marks.get(key), own: level?.rank ?? null }]], `Avis de ${index.person.get(path).first_name}`),
  }));
  const fieldset = make("fieldset", { class: "level-choice own-view", "aria-label": `Selon ${index.person.get(path).first_name}\u00a0: ${index.labelOf(code)}` },
    make("legend", {}, `Selon ${index.person.get(path).first_name}`),
    make("div", {}, inputs.map((input) => make("label", {}, input, input.value || "–"))));
  const refresh = () => {
    const mark = draft.marks.get(key);
    inputs.forEach((input) => {
      input.disabled = !mark;
      input.checked = input.value === String(mark?.own ?? "");
    });
    fieldset.classList.toggle("waiting", !mark);
  };
  return { element: fieldset, refresh };
};

// --- The grid

export const whatISaw = (draft, index, { openDetails }) => {
  const table = make("table", { class: draft.single ? "marks single" : "marks", role: "grid", "aria-label": "Ce que j’ai vu", "aria-describedby": "touches" });
  const empty = make("p", { class: "quiet" }, "Choisissez une activité\u00a0: ses compétences viendront ici.");
  const help = make("p", { class: "quiet" }, "Touchez une case\u00a0: le dernier niveau connu, puis le suivant. Appuyez longtemps pour un autre niveau ou un mot.");
  const keys = make("p", { class: "quiet keys", id: "touches" }, "Au clavier : les flèches pour aller d’une case à l’autre, Espace pour noter, 0 à 4 pour un niveau, Suppr pour effacer, D pour les détails.");
  const fault = make("p", { class: "refused", role: "alert", hidden: true });
  const cells = new Map();
  const views = [];
  let active = null;

  const cellAt = (code, path) => cells.get(keyOf(path, code));

  const reach = (key) => {
    if (!cells.has(key)) return;
    cells.get(active)?.setAttribute("tabindex", "-1");
    active = key;
    cells.get(key).setAttribute("tabindex", "0");
  };

  const goTo = (key) => {
    reach(key);
    cells.get(key)?.focus();
  };

  const mark = (key, rank) => {
    draft.act([[key, draft.withRank(key, rank)]], tell(draft, index, key));
    announce(tell(draft, index, key));
  };

  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

  // The next cell that way; a person without this competency is stepped over.
  const move = (key, [down, across]) => {
    const [path, code] = partsOf(key);
    const [codes, people] = [draft.codes, draft.shown()];
    let [row, column] = [codes.indexOf(code) + down, people.indexOf(path) + across];
    while (codes[row] && people[column]) {
      if (cellAt(codes[row], people[column])) return goTo(keyOf(people[column], codes[row]));
      [row, column] = [row + down, column + across];
    }
    return null;
  };

  const ends = (key, last) => {
    const keys = draft.cellsOf(partsOf(key)[1]);
    goTo(keys[last ? keys.length - 1 : 0]);
  };

  const onKey = (event) => {
    const { key } = event.target.dataset;
    if (!key || event.ctrlKey || event.metaKey || event.altKey) return;
    if (steps[event.key]) move(key, steps[event.key]);
    else if (event.key === "Home" || event.key === "End") ends(key, event.key === "End");
    else if (/^[0-9]$/.test(event.key)) direct(key, Number(event.key));
    else if (event.key === "Delete" || event.key === "Backspace") mark(key, null);
    else if (event.key === "d" || event.key === "D") openDetails(key);
    else return;
    event.preventDefault();
  };

  const direct = (key, rank) => {
    const ranks = draft.ranks(partsOf(key)[0]);
    if (rank === 0) return mark(key, null);
    if (ranks.includes(rank)) return mark(key, rank);
    return announce(`Il n’y a pas de niveau ${rank}\u00a0: de ${ranks[0]} à ${ranks.at(-1)}.`);
  };

  // A finger that stays opens the details; the click that ends it marks nothing.
  let held = null;
  const release = () => {
    clearTimeout(held?.timer);
    if (held && !held.long) held = null;
  };
  const onPress = (event) => {
    const button = event.target.closest("[data-key]");
    if (!button || event.button) return;
    held = { x: event.clientX, y: event.clientY, long: false };
    held.timer = setTimeout(() => {
      held.long = true;
      navigator.vibrate?.(15);
      openDetails(button.dataset.key);
    }, LONG_PRESS);
  };
  const onMove = (event) => {
    if (held && !held.long && Math.hypot(event.clientX - held.x, event.clientY - held.y) > STILL) release();
  };
  const onClick = (event) => {
    const long = held?.long;
    held = null;
    const details = event.target.closest("[data-details]");
    if (details) return openDetails(details.dataset.details);
    const column = event.target.closest("[data-column]");
    if (column) return markColumn(column.dataset.column);
    const button = event.target.closest("[data-key]");
    if (!button || long) return null;
    reach(button.dataset.key);
    return mark(button.dataset.key, draft.next(button.dataset.key));
  };
  const markColumn = (code) => {
    const changes = draft.columnChanges(code);
    if (!changes.length) return;
    draft.act(changes, `${index.labelOf(code)}, toute l’équipe`);
    const marked = draft.cellsOf(code).filter((key) => draft.marks.has(key)).length;
    announce(`${index.labelOf(code)}\u00a0: ${marked} ${marked < 2 ? "personne notée" : "personnes notées"}.`);
  };
  Object.entries({ keydown: onKey, pointerdown: onPress, pointermove: onMove, pointerup: release, pointercancel: release, click: onClick })
    .forEach(([name, act]) => table.addEventListener(name, act));
  table.addEventListener("contextmenu", (event) => event.target.closest("[data-key]") && event.preventDefault());
  table.addEventListener("focusin", (event) => event.target.dataset.key && reach(event.target.dataset.key));

  const cell = (path, code) => {
    const key = keyOf(path, code);
    if (!index.competencyOf(path, code)) return make("td", { role: "gridcell", class: "not-theirs" }, make("span", { class: "visually-hidden" }, "ne concerne pas cette personne"));
    const button = make("button", { type: "button", class: "cell", tabindex: "-1", "data-key": key });
    const details = make("button", { type: "button", class: "cell-more", tabindex: "-1", "data-details": key, "aria-label": `Détails\u00a0: ${index.person.get(path).name}, ${index.labelOf(code)}` }, icon("dots", 18));
    cells.set(key, button);
    const own = draft.single && ownView(draft, index, key);
    if (own) views.push(own);
    return make("td", { role: "gridcell" }, button, details, own?.element);
  };

  const row = (code, people) => {
    const all = people.length > 1 && make("button", { type: "button", class: "btn btn-outline-primary whole", "data-column": code, "aria-label": `Toute l’équipe\u00a0: ${index.labelOf(code)}` }, "Tous");
    const head = make("th", { scope: "row", role: "rowheader" }, make("div", {}, make("span", {}, index.labelOf(code)), all));
    return make("tr", { role: "row" }, head, people.map((path) => cell(path, code)));
  };

  const rebuild = () => {
    const people = draft.shown();
    const codes = draft.codes.filter((code) => people.some((path) => index.competencyOf(path, code)));
    const shape = JSON.stringify([people, codes]);
    if (table.dataset.shape === shape) return;
    const focused = document.activeElement?.dataset?.key;
    cells.clear();
    views.length = 0;
    const heads = people.map((path) => make("th", { scope: "col", role: "columnheader" }, index.shortName(path)));
    table.replaceChildren(
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, make("td", { role: "gridcell" }, make("span", { class: "visually-hidden" }, "Compétence")), heads)),
      make("tbody", { role: "rowgroup" }, codes.map((code) => row(code, people))),
    );
    table.dataset.shape = shape;
    [table, help, keys].forEach((part) => { part.hidden = !cells.size; });
    empty.hidden = Boolean(cells.size);
    reach(cells.has(active) ? active : cells.keys().next().value);
    if (focused) cells.get(focused)?.focus();
  };

  const refresh = () => {
    rebuild();
    cells.forEach((button, key) => dressCell(button, draft, index, key));
    views.forEach((view) => view.refresh());
    if (draft.marks.size) fault.hidden = true;
  };

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
