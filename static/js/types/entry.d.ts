// The page « Saisir la journée »: what is being entered and not kept yet.

import type { indexNotebook } from "../entry/notebook-index.js";
import type { Activity, Day, EvaluationEntry, Uuid } from "./notebook.d.ts";

export type NotebookIndex = ReturnType<typeof indexNotebook>;

/** An enrolment and the code of a competency, as the key of a cell. */
export type CellKey = string;

/** What one cell says. Its id is that of the entry to be; `situation` is null as long as it is the common one. */
export interface Mark { id: Uuid; rank: number; own: number | null; comment: string; situation: string | null }

export type MarkChange = [key: CellKey, mark: Mark | null];
/** One act on the marks, told in words, and how they were before. */
export interface Act { text: string; before: MarkChange[] }

/** People of one support in one structure. */
export interface Group { key: string; structure: Uuid; support: string; people: Uuid[]; name: string }

/** What changed of a draft. */
export type Part = "codes" | "day" | "situation" | "support" | "people" | "marks" | "undo" | "saved";

export interface Snapshot { activity: Activity | null; situation: string | null; codes: string[]; marks: [CellKey, Mark][]; day: Day }

/** As it is written in the storage of the phone. */
export interface SavedDraft {
  day: Day;
  support: string | null;
  activity?: string;
  situation: string | null;
  codes: string[];
  acts: Act[];
  groups: string[];
  present: Uuid[];
  marks: [CellKey, Mark][];
}

export interface Draft {
  /** The only enrolment of the page, or null for a whole crew. */
  single: Uuid | null;
  marks: Map<CellKey, Mark>;
  day: Day;
  support: string | null;
  activity: Activity | null;
  situation: string | null;
  groups: Set<string>;
  present: Set<Uuid>;
  codes: string[];
  acts: Act[];
  /** How many marks came back from the last time. */
  restored: number;

  onChange(callback: (part: Part) => void): void;
  activities(): Activity[];
  commonSituation(): string;
  choose(activity: Activity): void;
  setDay(day: Day): void;
  setSituation(text: string | null): void;
  addCodes(codes: string[]): void;
  removeCode(code: string): void;
  visible(): Uuid[];
  shown(): Uuid[];
  takeSupport(support: string): void;
  toggleGroup(key: string, on: boolean): void;
  togglePerson(enrollment: Uuid, on: boolean): void;
  act(changes: MarkChange[], text: string): void;
  undo(): Act | null;
  ranks(enrollment: Uuid): number[];
  next(key: CellKey): number | null;
  withRank(key: CellKey, rank: number | null): Mark | null;
  cellsOf(code: string): CellKey[];
  columnChanges(code: string): MarkChange[];
  entries(): EvaluationEntry[];
  snapshot(): Snapshot;
  takeBack(past: Snapshot, keys: Set<CellKey>): void;
  clear(): void;
}

/** What the details of one evaluation say. */
export interface Details { rank: number | null; own: number | null; situation: string; comment: string; day?: Day }
