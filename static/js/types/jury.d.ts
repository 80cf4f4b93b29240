// The grids of a juror, as they are typed and kept.

/** Ranks by criterion, the opinion (null: not said yet) and the remarks. */
export interface GridContent { marks: Record<string, number>; validated: boolean | null; comment: string }

/** What a juror typed and the site has not answered for yet. */
export interface GridDraft {
  owner: string;
  /** Which grid. */
  subject: string;
  /** Which page of the browser. */
  page: string;
  revision: number;
  content: GridContent;
  url: string;
  name: string;
  problem?: string;
}
export interface SavedGridDraft extends GridDraft { saved_at: string }

/** The grid that another page saved meanwhile. */
export interface OtherGrid extends GridContent { revision: number; at: string }

/** What came of a save. */
export type Outcome =
  | { word: "saved"; revision: number; at: string }
  | { word: "moved"; sentence: string; theirs: OtherGrid }
  | { word: "rule"; sentence: string }
  | { word: "network" | "login" | "owner" | "old" };

/** What the site answers to a save. */
export interface SavingAnswer { error?: string; sentence: string; revision: number; at: string; theirs: OtherGrid }
