// @ts-check
// The notebook read for the entry page: who, what may be seen of them, the level last known.

/** @import { Group } from "../types/entry.d.ts" */
/** @import { Activity, Day, Domain, EntryRecord, Notebook, Uuid } from "../types/notebook.d.ts" */

/**
 * @param {{ name: string }} one
 * @param {{ name: string }} other
 */
const byName = (one, other) => one.name.localeCompare(other.name, "fr");

/** @param {Notebook} notebook */
export const indexNotebook = (notebook) => {
  const frameworks = new Map(notebook.frameworks.map((framework) => [framework.version, framework]));
  const newestFirst = notebook.frameworks; // as the server sends them
  const people = notebook.people; // in the order of names, as the server sends them
  const person = new Map(people.map((row) => [row.id, row]));
  const competencies = new Map(
    notebook.frameworks.map(({ version, competencies: rows }) => [version, new Map(rows.map((row) => [row.code, row]))]),
  );
  /** @type {Map<Uuid, Map<Uuid, [rank: number, seenOn: Day]>>} */
  const levels = new Map();

  /** @param {Uuid} enrollment */
  const knows = (enrollment) => person.has(enrollment);

  /** @param {Uuid} enrollment */
  const personOf = (enrollment) => {
    const found = person.get(enrollment);
    if (!found) throw new Error(`the notebook has no enrolment ${enrollment}`);
    return found;
  };

  /**
   * What was noted on this phone and is not refused is already the last level known.
   * @param {EntryRecord[]} records
   */
  const learn = (records) => {
    levels.clear();
    Object.entries(notebook.levels).forEach(([enrollment, known]) => levels.set(enrollment, new Map(Object.entries(known))));
    records.forEach(({ entry, state }) => {
      if (entry.kind !== "evaluation" || state === "refused") return;
      const known = levels.get(entry.enrollment) ?? new Map();
      levels.set(entry.enrollment, known);
      if (entry.seen_on >= (known.get(entry.competency)?.[1] ?? "")) known.set(entry.competency, [entry.rank, entry.seen_on]);
    });
  };

  /**
   * The competency of this code in the version of this person's enrolment, if it is of their work.
   * @param {Uuid} enrollment
   * @param {string} code
   */
  const competencyOf = (enrollment, code) => {
    const known = person.get(enrollment);
    const found = known && competencies.get(known.framework)?.get(code);
    return found && (found.support === null || found.support === known.support) ? found : null;
  };

  /** @param {Uuid} enrollment */
  const scaleOf = (enrollment) => frameworks.get(person.get(enrollment)?.framework ?? "")?.levels ?? [];

  /**
   * @param {Uuid} enrollment
   * @param {number} rank
   */
  const levelOf = (enrollment, rank) => scaleOf(enrollment).find((level) => level.rank === rank);

  /**
   * @param {Uuid} enrollment
   * @param {string} code
   */
  const lastOf = (enrollment, code) => {
    const [rank, day] = levels.get(enrollment)?.get(competencyOf(enrollment, code)?.id ?? "") ?? [0, ""];
    return rank ? { rank, day, level: levelOf(enrollment, rank) } : null;
  };

  /**
   * One activity for each name; the newest version that has it says which competencies it proposes.
   * @param {string | null} support
   */
  const activitiesOf = (support) => {
    /** @type {Map<string, Activity>} */
    const found = new Map();
    const versions = new Set(people.filter((row) => row.support === support).map((row) => row.framework));
    newestFirst.filter(({ version }) => versions.has(version)).forEach(({ activities }) => {
      activities.filter((row) => row.support === support && !found.has(row.name)).forEach((row) => found.set(row.name, row));
    });
    return [...found.values()].sort(byName);
  };

  /** @param {string} code */
  const labelOf = (code) => newestFirst.map(({ version }) => competencies.get(version)?.get(code)).find(Boolean)?.label ?? code;

  /**
   * The domains with the competencies that somebody among these people may show.
   * @param {Uuid[]} enrollments
   */
  const domainsFor = (enrollments) => {
    /** @type {Map<number, Domain & { codes: string[] }>} */
    const found = new Map();
    newestFirst.forEach(({ domains, competencies: rows }) => domains.forEach((domain) => {
      const codes = rows.filter((row) => row.domain === domain.number).map((row) => row.code);
      const known = found.get(domain.number) ?? { ...domain, codes: [] };
      const fresh = codes.filter((code) => !known.codes.includes(code) && enrollments.some((enrollment) => competencyOf(enrollment, code)));
      known.codes.push(...fresh);
      found.set(domain.number, known);
    }));
    return [...found.values()].filter(({ codes }) => codes.length).sort((one, other) => one.number - other.number);
  };

  /**
   * Two people of the same first name are told apart by the first letter of their name, or by their whole name.
   * @param {Uuid} enrollment
   */
  const shortName = (enrollment) => {
    const { first_name: first, name } = personOf(enrollment);
    const letter = (/** @type {string} */ whole) => whole.replace(first, "").trim().charAt(0);
    const twins = people.filter((row) => row.first_name === first);
    if (twins.length < 2) return first;
    return twins.filter((row) => letter(row.name) === letter(name)).length > 1 ? name : `${first} ${letter(name)}.`;
  };

  /**
   * Groups of people: a support in a structure.
   * @type {Map<string, Group>}
   */
  const groups = new Map();
  people.forEach((row) => {
    const key = `${row.structure} ${row.support}`;
    const group = groups.get(key) ?? { key, structure: row.structure, support: row.support, people: [], name: "" };
    group.people.push(row.id);
    groups.set(key, group);
  });
  const structures = new Map(notebook.structures.map(({ id, name }) => [id, name]));
  const supports = new Map(notebook.supports.map(({ code, name }) => [code, name]));
  const many = new Set(people.map((row) => row.structure)).size > 1;
  groups.forEach((group) => {
    group.name = supports.get(group.support) ?? group.support;
    if (many) group.name += `, ${structures.get(group.structure) ?? ""}`;
  });

  return {
    notebook, people, personOf, groups: [...groups.values()].sort(byName), activitiesOf, competencyOf, scaleOf, lastOf,
    labelOf, domainsFor, shortName, learn,
    supports: [...new Set(people.map((row) => row.support))].map((code) => ({ code, name: supports.get(code) ?? code })).sort(byName),
    levelOf, knows,
    notices: notebook.frameworks.filter(({ version, notice }) => notice && people.some((row) => row.framework === version)),
  };
};
