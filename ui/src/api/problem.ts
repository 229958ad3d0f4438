import type { Conflict, Problem } from "./types";

/** What the node answers when it does not do what was asked (RFC 9457). */
export interface ProblemBody {
  title?: string;
  status?: number;
  detail?: string;
  problems?: Problem[];
  revision?: number;
  conflicts?: Conflict[];
}

/** An answer of the node that is not a success. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: ProblemBody;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = "Refusal";
    this.status = status;
    this.body = body;
  }
}

/** The node could not be reached at all. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("unreachable", { cause });
    this.name = "Unreachable";
  }
}
