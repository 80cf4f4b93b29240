// What a juror typed and the site has not answered for yet, on this very tablet: by person, by grid, by page.
// A draft leaves as soon as the site has it; those of one person are never read for another.

const PREFIX = "cqp-jury:";
const OLDEST = 36 * 3600 * 1000; // a jury lasts a day: what nobody came back for goes

const memory = new Map(); // where the browser keeps nothing, as long as the page lives

const box = () => {
  try {
    return window.localStorage;
  } catch {
    return null; // cookies refused
  }
};

const nameOf = ({ owner, subject, page }) => `${PREFIX}${owner}:${subject}:${page}`;

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const names = () => {
  const found = box();
  return found ? Object.keys(found).filter((name) => name.startsWith(PREFIX)) : [];
};

/** Who uses this page: the person logged in, nobody else. */
export const currentOwner = () => document.body.dataset.owner ?? "";

/** Every draft of one person, the oldest first. */
export const draftsOf = (owner) => {
  const kept = new Map(memory);
  names().forEach((name) => kept.set(name, parsed(box().getItem(name))));
  return [...kept.values()]
    .filter((draft) => draft && owner && draft.owner === owner)
    .sort((one, other) => one.kept_at.localeCompare(other.kept_at));
};

/** Keeps a draft; says whether it would outlive this page. */
export const keepDraft = (draft) => {
  const text = JSON.stringify({ ...draft, kept_at: new Date().toISOString() });
  try {
    box().setItem(nameOf(draft), text);
    memory.delete(nameOf(draft));
    return true;
  } catch {
    memory.set(nameOf(draft), JSON.parse(text));
    return false;
  }
};

export const dropDraft = (draft) => {
  memory.delete(nameOf(draft));
  box()?.removeItem(nameOf(draft));
};

/** Forgets what is kept of one grid: it was handed in. */
export const dropSubject = (owner, subject) =>
  draftsOf(owner).filter((draft) => draft.subject === subject).forEach(dropDraft);

export const dropAll = (owner) => draftsOf(owner).forEach(dropDraft);

/** Forgets what was left behind by a day that is over, whoever it was of. */
export const prune = () => {
  const limit = new Date(Date.now() - OLDEST).toISOString();
  names().forEach((name) => {
    const draft = parsed(box().getItem(name));
    if (!draft || draft.kept_at < limit) box().removeItem(name);
  });
};

// --- Which pages of this browser are alive: a draft whose page is gone may be taken up by another.

const lockOf = (page) => `${PREFIX}${page}`;

/** Says to the other pages that this one lives, until it closes. */
export const holdPage = (page) => {
  navigator.locks?.request(lockOf(page), () => new Promise(() => {})).catch(() => {});
};

/** The drafts of one person that no living page looks after. */
export const orphansOf = async (owner) => {
  const drafts = draftsOf(owner);
  if (!drafts.length || !navigator.locks) return drafts;
  const { held } = await navigator.locks.query();
  const alive = new Set(held.map(({ name }) => name));
  return drafts.filter(({ page }) => !alive.has(lockOf(page)));
};
