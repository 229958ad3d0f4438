import type { AnswerIn, Conflict, Problem } from "./types";

/** What is not saved yet: an answer, or `null` where the answer is taken back. */
export interface Pending {
  answer: AnswerIn | null;
  /** Why, where the field starts a clock. */
  reason?: string;
  /** The revision that the person saw when giving it. */
  base: number;
}

export type SaveState = "saved" | "waiting" | "saving" | "unreachable" | "signed_out" | "conflict" | "refused";

/** One state of a record's unsaved answers. Replaced, never changed. */
export interface Unsaved {
  state: SaveState;
  pending: ReadonlyMap<string, Pending>;
  refused: ReadonlyMap<string, Problem[]>;
  conflicts: Conflict[];
  message?: string;
}
