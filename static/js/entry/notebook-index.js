// The notebook read for the entry page: who, what may be seen of them, the level last known.

const byName = (one, other) => one.name.localeCompare(other.name, "fr");

export const indexNotebook = (notebook) => {
  const frameworks = new Map(notebook.frameworks.map((framework) => [framework.version, framework]));
  const newestFirst = notebook.frameworks; // as the server sends them
  const people = [...notebook.people].sort(byName);
  const person = new Map(people.map((row) => [row.id, row]));
  const competencies = new Map(
    notebook.frameworks.map(({ version, competencies: rows }) => [version, new Map(rows.map((row) => [row.code, row]))]),
  );
  const levels = new Map();

  // What was noted on this phone and is not refused is already the last level known.
  const learn = (records) => {
    levels.clear();
    Object.entries(notebook.levels).forEach(([path, known]) => levels.set(path, new Map(Object.entries(known))));
    records.filter(({ kind, state }) => kind === "evaluation" && state !== "refused").forEach(({ entry }) => {
      const known = levels.get(entry.path) ?? levels.set(entry.path, new Map()).get(entry.path);
      if (entry.seen_on >= (known.get(entry.competency)?.[1] ?? "")) known.set(entry.competency, [entry.rank, entry.seen_on]);
    });
  };

  // The competency of this code in the version of this person's path, if it is of their work.
  const competencyOf = (path, code) => {
    const { framework, support } = person.get(path) ?? {};
    const found = competencies.get(framework)?.get(code);
    return found && (found.support === null || found.support === support) ? found : null;
  };

  const scaleOf = (path) => frameworks.get(person.get(path)?.framework)?.levels ?? [];

  const lastOf = (path, code) => {
    const [rank, day] = levels.get(path)?.get(competencyOf(path, code)?.id) ?? [];
    return rank ? { rank, day, level: scaleOf(path).find((level) => level.rank === rank) } : null;
  };

  // One activity for each name; the newest version that has it says which competencies it proposes.
  const activitiesOf = (support) => {
    const found = new Map();
    const versions = new Set(people.filter((row) => row.support === support).map((row) => row.framework));
    newestFirst.filter(({ version }) => versions.has(version)).forEach(({ activities }) => {
      activities.filter((row) => row.support === support && !found.has(row.name)).forEach((row) => found.set(row.name, row));
    });
    return [...found.values()].sort(byName);
  };

  const labelOf = (code) => newestFirst.map(({ version }) => competencies.get(version).get(code)).find(Boolean)?.label ?? code;

  // The domains with the competencies that somebody among these people may show.
  const domainsFor = (paths) => {
    const found = new Map();
    newestFirst.forEach(({ domains, competencies: rows }) => domains.forEach((domain) => {
      const codes = rows.filter((row) => row.domain === domain.number).map((row) => row.code);
      const known = found.get(domain.number) ?? { ...domain, codes: [] };
      const fresh = codes.filter((code) => !known.codes.includes(code) && paths.some((path) => competencyOf(path, code)));
      known.codes.push(...fresh);
      found.set(domain.number, known);
    }));
    return [...found.values()].filter(({ codes }) => codes.length).sort((one, other) => one.number - other.number);
  };

  // Two people of the same first name are told apart by the first letter of their name.
  const shortName = (path) => {
    const { first_name: first, name } = person.get(path);
    const twins = people.filter((row) => row.first_name === first).length > 1;
    return twins ? `${first} ${name.replace(first, "").trim().charAt(0)}.` : first;
  };

  // Groups of people: a support in a structure.
  const groups = new Map();
  people.forEach((row) => {
    const key = `${row.structure} ${row.support}`;
    if (!groups.has(key)) groups.set(key, { key, structure: row.structure, support: row.support, people: [] });
    groups.get(key).people.push(row.id);
  });
  const named = (rows, key) => new Map(rows.map((row) => [row[key], row.name]));
  const structures = named(notebook.structures, "id");
  const supports = named(notebook.supports, "code");
  const many = new Set(people.map((row) => row.structure)).size > 1;
  groups.forEach((group) => {
    group.name = supports.get(group.support) ?? group.support;
    if (many) group.name += `, ${structures.get(group.structure) ?? ""}`;
  });

  return {
    notebook, people, person, groups: [...groups.values()].sort(byName), activitiesOf, competencyOf, scaleOf, lastOf,
    labelOf, domainsFor, shortName, learn,
    supports: [...new Set(people.map((row) => row.support))].map((code) => ({ code, name: supports.get(code) ?? code })).sort(byName),
    levelOf: (path, rank) => scaleOf(path).find((level) => level.rank === rank),
    notices: [...new Set(people.map((row) => row.framework))].map((version) => frameworks.get(version)).filter((row) => row?.notice),
  };
};
