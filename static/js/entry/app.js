// @ts-check
// The page « Saisir la journée », from the notebook of this phone: the same with and without network.

import { announce, findAll, focused, make, note, retitle, sentenceOf } from "../core/dom.js";
import { counted, longDate, today } from "../core/formats.js";
import { entriesOf, keep, recall } from "../notebook/store.js";
import { tell, tellBriefly } from "./cell.js";
import { openDraft, partsOf } from "./draft.js";
import { whatISaw } from "./grid.js";
import { indexNotebook } from "./notebook-index.js";
import { whatWeDid, whoWasThere } from "./steps.js";
import { stickyFooter } from "./sticky-footer.js";

/** @import { CellKey, Draft, NotebookIndex, Part, Snapshot } from "../types/entry.d.ts" */
/** @import { Day, Opening, Uuid } from "../types/notebook.d.ts" */

const A_DAY = 24 * 3600 * 1000;
const SOON = 2000; // what unfolds later is fetched once the page can be used

// By how much the clock of this phone was ahead of the server's when they last spoke, if it is over a day.
const drift = async () => {
  const ahead = Number((await recall("clock")) ?? 0);
  return Math.abs(ahead) > A_DAY ? ahead : 0;
};

/**
 * A note that is said aloud when it comes.
 * @param {"ok" | "wait" | "refusal"} tone
 * @param {HTMLElement[]} content
 */
const spokenNote = (tone, ...content) => {
  const element = note(tone, content);
  element.setAttribute("role", "status");
  return element;
};

/** @param {Day} asked */
const clockNote = (asked) => spokenNote("wait", make("p", {},
  `L’horloge de ce téléphone dit ${longDate(today())}\u00a0; d’après le site, nous sommes ${longDate(asked)}. `
  + "Le jour proposé est celui du site\u00a0: mettez le téléphone à l’heure."));

/** @param {HTMLElement} root */
const nobody = (root) => root.replaceChildren(make("div", { class: "empty-state" }, make("h2", {}, "Personne à évaluer"),
  make("p", {}, "Les salariés inscrits dans votre structure apparaîtront ici. La direction les inscrit.")));

/** @param {EventTarget | null} element */
const inText = (element) => element instanceof Element && element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");

/**
 * « ?quoi=d9 » proposes a whole domain.
 * @param {Draft} draft
 * @param {NotebookIndex} index
 * @param {URLSearchParams} params
 */
const takeAsked = (draft, index, params) => {
  const number = Number(/^d(\d{1,3})$/.exec(params.get("quoi") ?? "")?.[1]);
  const domain = index.domainsFor(draft.visible()).find((row) => row.number === number);
  if (domain && !draft.marks.size) draft.addCodes(domain.codes);
};

/**
 * @param {HTMLElement} root
 * @param {Opening} opening
 */
export const mount = async (root, { owner, notebook, params }) => {
  if (!notebook?.people.length) return nobody(root);
  const index = indexNotebook(notebook);
  index.learn(await entriesOf(owner));
  const ahead = await drift();
  const askedDay = () => (ahead ? today(-Math.round(ahead / A_DAY)) : today());
  const fix = params.get("corriger");
  if (fix) return (await import("./correction.js")).openCorrection(root, { id: fix, owner, index, latest: askedDay() });

  const single = params.get("parcours");
  if (single && !index.knows(single)) {
    return root.replaceChildren(spokenNote("refusal", make("p", {}, "Ce parcours n’est pas dans votre carnet\u00a0: il est terminé, ou suivi par une autre structure.")));
  }
  retitle(single ? `Évaluer ${index.personOf(single).name}` : "Saisir la journée");
  return build(root, { owner, index, params, single, ahead, askedDay });
};

/**
 * @param {HTMLElement} root
 * @param {{ owner: Uuid, index: NotebookIndex, params: URLSearchParams, single: Uuid | null, ahead: number, askedDay: () => Day }} options
 */
const build = (root, { owner, index, params, single, ahead, askedDay }) => {
  const draft = openDraft({ index, owner, day: askedDay(), support: params.get("support"), single });
  takeAsked(draft, index, params);
  let touched = "";
  /** @type {ReturnType<typeof import("./save-notice.js").saveNotice> | null} */
  let notice = null;

  /** @param {CellKey} key */
  const openDetails = async (key) => {
    const { openDetailsDialog } = await import("./details.js");
    const [enrollment, code] = partsOf(key);
    const mark = draft.marks.get(key);
    const common = draft.commonSituation();
    openDetailsDialog({
      person: index.personOf(enrollment), label: index.labelOf(code), levels: index.scaleOf(enrollment), last: index.lastOf(enrollment, code), common,
      values: { ...(mark ?? { rank: index.lastOf(enrollment, code)?.rank }), situation: mark?.situation ?? common },
      keep: ({ rank, own, situation, comment }) => {
        const particular = situation && situation !== common ? situation : null;
        const seen = draft.withRank(key, rank);
        draft.act([[key, seen && { ...seen, own, comment, situation: particular }]], tell(draft, index, key));
        announce(tell(draft, index, key));
        return "";
      },
    }).addEventListener("close", () => saw.goTo(key));
  };

  const did = whatWeDid(draft, index, askedDay);
  const there = single ? null : whoWasThere(draft, index);
  const saw = whatISaw(draft, index, { openDetails });

  /**
   * What stops the keeping, with the place where it is mended.
   * @returns {[step: { refuse: (sentence: string) => void }, sentence: string] | null}
   */
  const obstacle = () => {
    if (!draft.day) return [did, "Choisissez le jour."];
    if (draft.day > askedDay()) return [did, "Ce jour n’est pas encore passé\u00a0: choisissez aujourd’hui ou un jour d’avant."];
    if (!draft.shown().length) return [there ?? did, "Cochez au moins une personne\u00a0: celles qui étaient là."];
    if (!draft.codes.length) return [did, "Choisissez une activité, ou des compétences une par une."];
    if (!draft.marks.size) return [saw, "Rien n’est noté\u00a0: touchez au moins une case."];
    if (!draft.commonSituation().trim()) return [did, "Choisissez une activité, ou écrivez la situation sous les compétences."];
    return null;
  };

  const save = async () => {
    const found = obstacle();
    findAll(root, "[role=alert]", HTMLElement).forEach((alert) => { alert.hidden = true; });
    if (found) return found[0].refuse(found[1]);
    const past = draft.snapshot();
    const keys = [...draft.marks.keys()];
    try {
      const ids = await keep(draft.entries());
      draft.clear();
      index.learn(await entriesOf(owner));
      refresh("saved");
      return noticeSaved(new Map(ids.map((id, at) => [id, keys[at]])), past);
    } catch (error) {
      return saw.refuse(sentenceOf(error));
    }
  };

  const undo = () => {
    const act = draft.undo();
    if (!act) return;
    announce(`Annulé\u00a0: ${act.text}`);
    const key = act.before.length === 1 && act.before[0][0];
    if (key && focused()?.dataset.key) saw.goTo(key);
  };

  const footer = stickyFooter(draft, { save, undo, details: () => touched && openDetails(touched) });

  /**
   * @param {Snapshot} past
   * @param {Set<CellKey>} keys
   */
  const takeBack = async (past, keys) => {
    draft.takeBack(past, keys);
    index.learn(await entriesOf(owner));
    refresh("support");
    saw.goTo([...keys][0]);
  };
  const place = make("div");
  /**
   * @param {Map<Uuid, CellKey>} ids
   * @param {Snapshot} past
   */
  const noticeSaved = async (ids, past) => {
    const more = await import("./save-notice.js").catch(() => null); // not fetched in time: the words will do
    if (!more) return place.replaceChildren(spokenNote("ok", make("p", {}, `${counted(ids.size, "évaluation gardée", "évaluations gardées")} sur ce téléphone.`)));
    notice ??= more.saveNotice({ takeBack, obstacle: () => (draft.marks.size ? "Enregistrez d’abord ce que vous venez de noter." : "") });
    place.replaceChildren(notice.element);
    return notice.show(ids, past, owner);
  };

  /** @param {Part} what */
  const refresh = (what) => {
    const act = draft.acts.at(-1);
    touched = act?.before.length === 1 ? act.before[0][0] : "";
    if (touched && !draft.shown().includes(partsOf(touched)[0])) touched = "";
    if (what !== "marks" && what !== "undo") did.refresh(what === "saved" ? "support" : what);
    if (what !== "marks") there?.refresh(what === "saved" ? "support" : what);
    saw.refresh();
    footer.refresh({ key: touched, words: touched ? tellBriefly(draft, index, touched) : [act?.text ?? ""] });
  };
  draft.onChange(refresh);

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || inText(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    undo();
  });

  // A page left open overnight proposes the new day.
  let asked = askedDay();
  document.addEventListener("visibilitychange", () => {
    if (!draft.marks.size && draft.day === asked) draft.setDay(askedDay());
    asked = askedDay();
  });

  root.classList.add("entry-app");
  root.replaceChildren(place,
    ...(ahead ? [clockNote(askedDay())] : []),
    ...(draft.restored ? [restoredNote(draft)] : []),
    did.element, ...(there ? [there.element] : []), saw.element,
    ...index.notices.map(({ version, notice }) => make("p", { class: "text-quiet" }, `Référentiel ${version}\u00a0: ${notice}`)),
    footer.element);
  refresh("codes");
  footer.watch();
  setTimeout(() => Promise.all([import("./details.js"), import("./picker.js"), import("./save-notice.js")]).catch(() => {}), SOON);
};

/** @param {Draft} draft */
const restoredNote = (draft) => {
  const element = spokenNote("wait", make("p", {}, `Vous aviez commencé une saisie pour ${longDate(draft.day)}\u00a0: elle est là, elle n’est pas encore enregistrée.`),
    make("button", { class: "btn btn-outline-primary", type: "button", onclick: () => { draft.clear(); element.remove(); } }, "Repartir de zéro"));
  draft.onChange(() => draft.marks.size || element.remove());
  return element;
};
