import { createContext, useContext } from "react";

import type { Answer, AnswerIn, Problem } from "../api/types";

/** What a form needs besides the questions. */
export interface Answering {
  /** The answer that the record holds. */
  held: (field: string) => Answer | undefined;
  /** The answer given and not saved yet; `null` where it is taken back. */
  pending: (field: string) => AnswerIn | null | undefined;
  /** Why the last answer could not be saved. */
  refused: (field: string) => Problem[];
  /** Gives an answer; `null` takes it back. */
  give: (field: string, answer: AnswerIn | null) => void;
  /** Says why an answer is given that starts a clock. */
  explain: (field: string, reason: string) => void;
  readOnly: boolean;
  /** Whether an answer is a plain value: no estimates. */
  plain?: boolean;
}

const Context = createContext<Answering | undefined>(undefined);

export const AnsweringProvider = Context.Provider;

/** What the fields of a form answer to. */
export function useAnswering(): Answering {
  const answering = useContext(Context);
  if (!answering) throw new Error("a field stands outside of a form");
  return answering;
}
