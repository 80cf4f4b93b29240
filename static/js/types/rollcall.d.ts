// The roll call: one roll as it is being called, in plain data, so that it survives a reload.

import type { indexSessions } from "../rollcall/sessions.js";
import type { openDrafts } from "../rollcall/drafts.js";
import type { HalfDay, Moment, Session, Strokes, Uuid } from "./notebook.d.ts";

export type SessionIndex = ReturnType<typeof indexSessions>;
export type RollDrafts = ReturnType<typeof openDrafts>;

/** There, in part (`minutes`), or away (`absence`, its reason). */
export interface CalledPerson { enrollment: Uuid; kind: "whole" | "part" | "away"; minutes: number; absence: string }

/** Who signs for which half-day; `enrollment` is null for the trainer. */
export interface Place { enrollment: Uuid | null; half: HalfDay }
export interface DrawnSignature extends Place { id: Uuid; minutes: number; signed_at: Moment; strokes: Strokes }
/** `strokes` is null for a signature that only the site holds. */
export interface KnownSignature extends Place { strokes: Strokes | null }

/**
 * planned: its roll waits; new: nobody planned it; held: noted already, only signatures are missing;
 * mended: kept here and not on the site, sent back with a reason or not sent yet.
 */
export type Origin = "planned" | "new" | "held" | "mended";

export interface Roll {
  session: Session;
  origin: Origin;
  people: CalledPerson[];
  signatures: DrawnSignature[];
  /** Those recorded already. */
  signed: KnownSignature[];
  /** Who could not sign. */
  unable: Place[];
  /** The signatures that were sent back. */
  replaces: (Place & { id: Uuid })[];
  reason: string;
}

/** A place to sign, and its state. */
export interface PlaceToSign extends Place {
  minutes: number;
  drawn: DrawnSignature | undefined;
  strokes: Strokes | null;
  done: boolean;
  unable: boolean;
}
