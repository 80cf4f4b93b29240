// @ts-check
// What is being entered and not kept yet: the day, what we did, who was there, the marks; every act on a mark is undone.
//
// A mark is {id, rank, own, comment, situation} under the key « enrollment code »; `situation` is null as long as it is the
// common one. Its id is that of the entry to be: kept twice, by a second tap or a second tab, it is one. A mark never
// hides: its person and its competency are always on the page.

import { readSaved, writeSaved } from "../core/local-storage.js";

/** @import { CellKey, Draft, Group, NotebookIndex, Part, SavedDraft } from "../types/entry.d.ts" */
/** @import { Day, Uuid } from "../types/notebook.d.ts" */

const MOST_ACTS = 200;

/**
 * @param {Uuid} enrollment
 * @param {string} code
 * @returns {CellKey}
 */
export const keyOf = (enrollment, code) => `${enrollment} ${code}`;
/**
 * @param {CellKey} key
 * @returns {[enrollment: Uuid, code: string]}
 */
export const partsOf = (key) => [key.slice(0, 36), key.slice(37)]; // the id of an enrolment has 36 letters

/**
 * @param {Uuid} owner
 * @param {Uuid | null} single
 */
const placeOf = (owner, single) => `cqp-draft-${owner}${single ? `-${single}` : ""}`;

/**
 * @param {{ index: NotebookIndex, owner: Uuid, day: Day, support?: string | null, single?: Uuid | null }} options
 * @returns {Draft}
 */
export const openDraft = ({ index, owner, day, support = null, single = null }) => {
  const place = placeOf(owner, single);
  const saved = /** @type {Partial<SavedDraft>} */ (readSaved(place) ?? {});
  /** @type {Draft["marks"]} */
  const marks = new Map();
  /** @type {Set<(part: Part) => void>} */
  const listeners = new Set();

  const draft = /** @type {Draft} */ (/** @type {Partial<Draft>} */ ({
    single,
    marks,
    day: saved.day ?? day,
    support: null,
    activity: null,
    situation: saved.situation ?? null,
    groups: new Set(),
    present: new Set(),
    codes: [],
    acts: [],
    restored: 0,
  }));

  const save = () => {
    const { day: on, support, activity, situation, codes, acts } = draft;
    writeSaved(place, marks.size ? {
      day: on, support, activity: activity?.name, situation, codes, acts,
      groups: [...draft.groups], present: [...draft.present], marks: [...marks],
    } : null);
  };

  /** @param {Part} what */
  const changed = (what) => {
    save();
    listeners.forEach((callback) => callback(what));
  };

  draft.onChange = (callback) => { listeners.add(callback); };

  // --- What we did

  draft.activities = () => index.activitiesOf(draft.support);
  draft.commonSituation = () => draft.situation ?? draft.activity?.name ?? "";

  const markedCodes = () => new Set([...marks.keys()].map((key) => partsOf(key)[1]));
  const markedPeople = () => new Set([...marks.keys()].map((key) => partsOf(key)[0]));

  draft.choose = (activity) => {
    const seen = activity.competencies.filter((code) => draft.visible().some((enrollment) => index.competencyOf(enrollment, code)));
    const marked = markedCodes();
    draft.activity = activity;
    draft.codes = [...seen, ...draft.codes.filter((code) => marked.has(code) && !seen.includes(code))];
    changed("codes");
  };

  draft.setDay = (chosen) => {
    draft.day = chosen;
    changed("day");
  };

  draft.setSituation = (text) => {
    draft.situation = text;
    changed("situation");
  };

  draft.addCodes = (codes) => {
    draft.codes.push(...codes.filter((code) => !draft.codes.includes(code)));
    changed("codes");
  };

  draft.removeCode = (code) => {
    draft.codes = draft.codes.filter((other) => other !== code);
    drop((key) => partsOf(key)[1] === code, "compétence retirée");
    changed("codes");
  };

  // --- Who was there

  /** @param {string} key */
  const groupOf = (key) => index.groups.find((group) => group.key === key);
  draft.visible = () => {
    if (single) return [single];
    return index.people.filter(({ structure, support }) => draft.groups.has(`${structure} ${support}`)).map(({ id }) => id);
  };
  draft.shown = () => draft.visible().filter((enrollment) => draft.present.has(enrollment));

  /**
   * Those I refer, when there are some in the group; else all of them. Whoever is in a pause stays at home.
   * @param {Group} group
   */
  const usual = (group) => {
    const there = group.people.filter((enrollment) => !index.personOf(enrollment).paused);
    const mine = there.filter((enrollment) => index.personOf(enrollment).mine);
    return mine.length ? mine : there;
  };

  draft.takeSupport = (support) => {
    const marked = markedPeople();
    const offered = index.groups.filter((group) => group.support === support);
    const own = offered.find((group) => group.people.some((enrollment) => index.personOf(enrollment).mine)) ?? offered[0];
    draft.support = support;
    draft.activity = null;
    draft.groups = new Set(index.groups.filter((group) => group === own || group.people.some((enrollment) => marked.has(enrollment))).map(({ key }) => key));
    draft.present = new Set([...(own ? usual(own) : []), ...marked]);
    draft.codes = draft.codes.filter((code) => markedCodes().has(code));
    changed("support");
  };

  draft.toggleGroup = (key, on) => {
    const group = groupOf(key);
    if (!group) return;
    if (on) {
      draft.groups.add(key);
      usual(group).forEach((enrollment) => draft.present.add(enrollment));
    } else {
      draft.groups.delete(key);
      group.people.forEach((enrollment) => draft.present.delete(enrollment));
      drop((mark) => group.people.includes(partsOf(mark)[0]), `${group.name}\u00a0: pas là`);
    }
    changed("people");
  };

  draft.togglePerson = (enrollment, on) => {
    if (on) draft.present.add(enrollment);
    else {
      draft.present.delete(enrollment);
      drop((mark) => partsOf(mark)[0] === enrollment, `${index.personOf(enrollment).name}\u00a0: pas là`);
    }
    changed("people");
  };

  // --- What I saw

  // One act: `changes` are [key, mark or null]; told in `text` when it is undone.
  draft.act = (changes, text) => {
    draft.acts.push({ text, before: changes.map(([key]) => [key, marks.get(key) ?? null]) });
    draft.acts.splice(0, draft.acts.length - MOST_ACTS);
    changes.forEach(([key, mark]) => (mark ? marks.set(key, mark) : marks.delete(key)));
    changed("marks");
  };

  /**
   * @param {(key: CellKey) => boolean} matches
   * @param {string} text
   */
  const drop = (matches, text) => {
    const keys = [...marks.keys()].filter(matches);
    if (keys.length) draft.act(keys.map((key) => [key, null]), text);
  };

  draft.undo = () => {
    const act = draft.acts.pop();
    if (!act) return null;
    act.before.forEach(([key, mark]) => (mark ? marks.set(key, mark) : marks.delete(key)));
    reveal();
    changed("undo");
    return act;
  };

  const reveal = () => {
    markedPeople().forEach((enrollment) => {
      const { structure, support } = index.personOf(enrollment);
      draft.groups.add(`${structure} ${support}`);
      draft.present.add(enrollment);
    });
    markedCodes().forEach((code) => draft.codes.includes(code) || draft.codes.push(code));
  };

  draft.ranks = (enrollment) => index.scaleOf(enrollment).map(({ rank }) => rank);

  // The first tap confirms the last known level, or the first one; the next go up; after the top, nothing was seen.
  draft.next = (key) => {
    const [enrollment, code] = partsOf(key);
    const ranks = draft.ranks(enrollment);
    const mark = marks.get(key);
    if (!mark) return index.lastOf(enrollment, code)?.rank ?? ranks[0];
    return ranks.find((rank) => rank > mark.rank) ?? null;
  };

  draft.withRank = (key, rank) => (rank === null ? null : { id: crypto.randomUUID(), own: null, comment: "", situation: null, ...marks.get(key), rank });

  draft.cellsOf = (code) => draft.shown().filter((enrollment) => index.competencyOf(enrollment, code)).map((enrollment) => keyOf(enrollment, code));

  // Whoever is not marked yet; then everybody one step higher; at the top of the scale, nobody any more.
  draft.columnChanges = (code) => {
    const keys = draft.cellsOf(code);
    const free = keys.filter((key) => !marks.has(key));
    if (free.length) return free.map((key) => [key, draft.withRank(key, draft.next(key))]);
    const higher = keys.filter((key) => draft.next(key) !== null);
    return (higher.length ? higher : keys).map((key) => [key, draft.withRank(key, draft.next(key))]);
  };

  // --- Keeping and starting again

  draft.entries = () => [...marks].flatMap(([key, mark]) => {
    const [enrollment, code] = partsOf(key);
    const competency = index.competencyOf(enrollment, code);
    return competency ? [{
      kind: "evaluation", id: mark.id, enrollment, competency: competency.id, rank: mark.rank, own_rank: mark.own ?? null,
      seen_on: draft.day, situation: (mark.situation ?? draft.commonSituation()).trim(), comment: mark.comment.trim(),
    }] : [];
  });

  draft.snapshot = () => ({ activity: draft.activity, situation: draft.situation, codes: [...draft.codes], marks: [...marks], day: draft.day });

  draft.takeBack = (past, keys) => {
    const { activity, situation, codes, day: on } = past;
    Object.assign(draft, { activity, situation, codes, day: on });
    past.marks.filter(([key]) => keys.has(key)).forEach(([key, mark]) => marks.set(key, mark));
    reveal();
    changed("support");
  };

  draft.clear = () => {
    marks.clear();
    Object.assign(draft, { activity: null, situation: null, codes: [], acts: [], restored: 0 });
    changed("support");
  };

  // --- From the last time

  /** @param {CellKey} key */
  const isKnown = (key) => {
    const [enrollment, code] = partsOf(key);
    return Boolean(index.competencyOf(enrollment, code)) && (!single || enrollment === single);
  };
  const asked = index.supports.find(({ code }) => code === (saved.support ?? support))?.code;
  const mine = index.people.find((row) => row.mine) ?? index.people[0];
  draft.takeSupport(single ? index.personOf(single).support : asked ?? mine.support);
  if (single) draft.present.add(single);
  (saved.marks ?? []).filter(([key]) => isKnown(key)).forEach(([key, mark]) => marks.set(key, mark));
  if (marks.size) {
    draft.activity = draft.activities().find(({ name }) => name === saved.activity) ?? null;
    draft.codes = (saved.codes ?? []).filter((code) => draft.visible().some((enrollment) => index.competencyOf(enrollment, code)));
    (saved.groups ?? []).filter(groupOf).forEach((key) => draft.groups.add(key));
    draft.present = new Set((saved.present ?? []).filter(index.knows));
    draft.acts = (saved.acts ?? []).filter(({ before }) => before.every(([key]) => isKnown(key)));
    draft.restored = marks.size;
    reveal();
  } else {
    draft.day = day;
    draft.situation = null;
  }
  save();
  return draft;
};
