// What a phone keeps: the notebook as the site sends it (evaluations' read_notebook), and the entries made with it.

export type Uuid = string;
/** "2026-03-03" */
export type Day = string;
/** "09:05" */
export type Clock = string;
/** A moment in ISO 8601, with its zone. */
export type Moment = string;
export type HalfDay = "morning" | "afternoon";
/** What is written in a form, and what is read on the page. */
export type Choice = [value: string, label: string];

export interface Level { rank: number; name: string; short: string }
export interface Domain { number: number; name: string; icon: string }
/** `support` is null for a competency of every support of production. */
export interface Competency { id: Uuid; code: string; label: string; domain: number; support: string | null }
export interface Activity { id: number; name: string; icon: string; support: string; competencies: string[] }

export interface Framework {
  version: string;
  notice: string;
  levels: Level[];
  domains: Domain[];
  competencies: Competency[];
  activities: Activity[];
}

/** An enrolment of somebody: `id` is that of the enrolment. `mine`: the owner of the notebook is their referent. */
export interface Person {
  id: Uuid;
  name: string;
  first_name: string;
  initials: string;
  support: string;
  structure: Uuid;
  framework: string;
  mine: boolean;
  paused: boolean;
  contract: [start: Day, end: Day] | null;
  enrolled_on: Day;
  signed_months: string[];
}

export interface Session {
  id: Uuid;
  structure: Uuid;
  trainer: Uuid;
  held_on: Day;
  starts_at: Clock;
  ends_at: Clock;
  place: string;
  form: string;
  module: string;
  theme: string;
}

export interface PlannedSession extends Session { expected: Uuid[] }
/** `signed` are the half-days for which nothing more is owed. */
export interface Presence { enrollment: Uuid; minutes: number; absence: string; signed?: HalfDay[] }
export interface HeldSession extends Session { presences: Presence[]; trainer_signed?: HalfDay[] }

export interface Notebook {
  owner: { id: Uuid; name: string };
  csrf: string;
  day: Day;
  now: Moment;
  structures: { id: Uuid; name: string }[];
  supports: { code: string; name: string; icon: string }[];
  people: Person[];
  /** The newest version first. */
  frameworks: Framework[];
  /** By enrolment, then by competency. */
  levels: Record<Uuid, Record<Uuid, [rank: number, seenOn: Day]>>;
  trainers: { id: Uuid; name: string; structure: Uuid }[];
  choices: { modules: Choice[]; places: Choice[]; forms: Choice[]; absences: Choice[] };
  sessions: PlannedSession[];
  unsigned: HeldSession[];
}

// --- Entries

/** A point of a drawn line: thousandths of the width of the frame, then milliseconds since the first touch. */
export type Point = [x: number, y: number, milliseconds: number];
export type Strokes = Point[][];

export interface EvaluationEntry {
  kind: "evaluation";
  id: Uuid;
  enrollment: Uuid;
  competency: Uuid;
  rank: number;
  own_rank: number | null;
  seen_on: Day;
  situation: string;
  comment: string;
}

export interface SessionEntry extends HeldSession { kind: "session" }

/** `enrollment` is null for the signature of the trainer. */
export interface SignatureEntry {
  kind: "signature";
  id: Uuid;
  session: Uuid;
  enrollment: Uuid | null;
  half: HalfDay;
  minutes: number;
  signed_at: Moment;
  strokes: Strokes;
}

export type Entry = EvaluationEntry | SessionEntry | SignatureEntry;
export type EntryState = "pending" | "received" | "confirmed" | "refused";

/** What this phone keeps of one entry; docs/offline.md tells its life. */
export interface RecordOf<E extends Entry> {
  id: Uuid;
  owner: Uuid;
  kind: E["kind"];
  state: EntryState;
  reason: string;
  entry: E;
  saved_at: Moment;
  received_at: Moment | null;
  confirmed_at: Moment | null;
  /** It may have reached the site: until the site answers, it can neither change nor go. */
  attempted: boolean;
  /** How often the receipts of both sides differed on it. */
  disagreed?: number;
}

export type EvaluationRecord = RecordOf<EvaluationEntry>;
export type SessionRecord = RecordOf<SessionEntry>;
export type SignatureRecord = RecordOf<SignatureEntry>;
export type EntryRecord = EvaluationRecord | SessionRecord | SignatureRecord;

// --- The network

/** Why nothing more can be sent now. */
export type Problem = "network" | "login" | "owner" | "role" | "csrf" | "answer";

/** What the network and the entries are like; `problemSentence` is the sentence of the site about `problem`. */
export interface NetworkFacts {
  online: boolean;
  sending: boolean;
  problem: Problem | "";
  problemSentence: string;
  waiting: number;
  received: number;
  refused: number;
  confirmed: number;
}

export interface Network extends Omit<NetworkFacts, "problemSentence"> { sentence: string }

/** What the site says of the entries that it was sent. */
export interface SendingAnswer {
  now: Moment;
  accepted: Uuid[];
  refused: Record<Uuid, string>;
  unreadable?: { place: number; sentence: string }[];
}

export interface ReceiptAnswer { count: number; sha256: string }

/** What the site says of a request that it does not grant. */
export interface Refusal { error?: string; sentence?: string }
/** What was asked for, or a refusal of these very entries. */
export type Answer<T> = { status: 200; data: T } | { status: 400 | 413; data: Refusal | null };

/** What the program of a page of /saisie/ is given. */
export interface Opening { owner: Uuid; notebook: Notebook | null; params: URLSearchParams }
export interface Program { mount(root: HTMLElement, opening: Opening): unknown }
