import { openIncident, saveAnswers } from "./calls";
import { Refusal } from "./problem";
import type { AnswerIn, IncidentView } from "./types";
import type { Pending, Unsaved } from "./unsaved";

const SAVE_AFTER = 700;
const TRY_AGAIN_AFTER = 4_000;

/** Saves answers by themselves, one request at a time; loses none and overwrites nobody. */
export class RecordDraft {
  #id: string | undefined;
  #revision: number;
  #unsaved: Unsaved = { state: "saved", pending: new Map(), refused: new Map(), conflicts: [] };
  #conflictRevision = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  readonly #key = crypto.randomUUID();
  readonly #listeners = new Set<() => void>();
  readonly #saved: (view: IncidentView) => void;

  constructor(id: string | undefined, revision: number, saved: (view: IncidentView) => void) {
    this.#id = id;
    this.#revision = revision;
    this.#saved = saved;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly unsaved = (): Unsaved => this.#unsaved;

  /** Notes which revision the pages show now. */
  seen(revision: number): void {
    this.#revision = Math.max(this.#revision, revision);
  }

  /** Takes an answer (`null` takes it back) and saves it in a moment. */
  answer(field: string, answer: AnswerIn | null): void {
    const pending = new Map(this.#unsaved.pending);
    pending.set(field, { answer, base: pending.get(field)?.base ?? this.#revision });
    const refused = new Map(this.#unsaved.refused);
    refused.delete(field);
    const state = this.#unsaved.state === "conflict" ? "conflict" : "waiting";
    this.#become({ pending, refused, state });
    this.#later(SAVE_AFTER);
  }

  /** Says why an answer is given that starts a clock, and saves it again. */
  explain(field: string, reason: string): void {
    const held = this.#unsaved.pending.get(field);
    if (!held) return;
    const pending = new Map(this.#unsaved.pending).set(field, { ...held, reason });
    const refused = new Map(this.#unsaved.refused);
    refused.delete(field);
    this.#become({ pending, refused, state: this.#unsaved.state === "conflict" ? "conflict" : "waiting" });
    this.#later(0);
  }

  /** Settles a conflict: for the named fields mine is kept, for the others theirs. */
  settle(mine: ReadonlySet<string>): void {
    const pending = new Map(this.#unsaved.pending);
    for (const { field } of this.#unsaved.conflicts) {
      const kept = pending.get(field);
      if (kept && mine.has(field)) pending.set(field, { ...kept, base: this.#conflictRevision });
      else pending.delete(field);
    }
    this.#become({ pending, conflicts: [], state: pending.size > 0 ? "waiting" : "saved" });
    this.#later(0);
  }

  /** Saves at once. Resolves to whether everything is saved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#unsaved.state !== "conflict") await this.#save();
    return this.#unsaved.pending.size === 0;
  }

  #become(change: Partial<Unsaved>): void {
    this.#unsaved = { ...this.#unsaved, ...change };
    for (const listener of this.#listeners) listener();
  }

  #later(after: number): void {
    clearTimeout(this.#timer);
    if (this.#unsaved.state !== "conflict") this.#timer = setTimeout(() => void this.#save(), after);
  }

  async #save(): Promise<void> {
    this.#running ??= this.#saveAll().finally(() => (this.#running = undefined));
    await this.#running;
  }

  /** Fields given while looking at the same revision go together, oldest revision first. */
  #batch(): Map<string, Pending> {
    const open = [...this.#unsaved.pending].filter(([field]) => !this.#unsaved.refused.has(field));
    const base = Math.min(...open.map(([, one]) => one.base));
    return new Map(open.filter(([, one]) => one.base === base));
  }

  async #saveAll(): Promise<void> {
    for (let batch = this.#batch(); batch.size > 0; batch = this.#batch()) {
      this.#become({ state: "saving", message: undefined });
      try {
        this.#took(batch, await this.#send(batch));
      } catch (error) {
        if (!this.#failed(error, batch)) return;
      }
    }
    if (this.#unsaved.state === "saving" || this.#unsaved.state === "waiting")
      this.#become({ state: this.#unsaved.refused.size > 0 ? "refused" : "saved" });
  }

  #send(batch: Map<string, Pending>): Promise<IncidentView> {
    const answers: Record<string, AnswerIn> = {};
    const reasons: Record<string, string> = {};
    const clear: string[] = [];
    let base = this.#revision;
    for (const [field, pending] of batch) {
      base = pending.base;
      if (pending.reason) reasons[field] = pending.reason;
      if (pending.answer) answers[field] = pending.answer;
      else clear.push(field);
    }
    if (this.#id === undefined) return openIncident({ answers, reasons }, this.#key);
    return saveAnswers(this.#id, { base_revision: base, answers, clear, reasons });
  }

  #took(batch: Map<string, Pending>, view: IncidentView): void {
    this.#id = view.id;
    this.seen(view.revision);
    const pending = new Map(this.#unsaved.pending);
    for (const [field, sent] of batch) {
      const now = pending.get(field);
      if (now === sent) pending.delete(field);
      else if (now) pending.set(field, { ...now, base: view.revision });
    }
    this.#become({ pending });
    this.#saved(view);
  }

  /** Whether the rest can still be saved. */
  #failed(error: unknown, batch: Map<string, Pending>): boolean {
    const body = error instanceof Refusal ? error.body : {};
    if (body.conflicts?.length) {
      this.#conflictRevision = body.revision ?? this.#revision;
      this.#become({ state: "conflict", conflicts: body.conflicts });
      return false;
    }
    const refused = new Map(this.#unsaved.refused);
    for (const problem of body.problems ?? [])
      if (batch.has(problem.field)) refused.set(problem.field, [...(refused.get(problem.field) ?? []), problem]);
    if (refused.size > this.#unsaved.refused.size) {
      this.#become({ refused });
      return true;
    }
    return this.#wait(error);
  }

  #wait(error: unknown): false {
    if (error instanceof Refusal && error.status === 401) this.#become({ state: "signed_out" });
    else if (error instanceof Refusal && error.status < 500 && error.status !== 429)
      this.#become({ state: "refused", message: error.message });
    else this.#become({ state: "unreachable" });
    if (this.#unsaved.state !== "refused") this.#timer = setTimeout(() => void this.#save(), TRY_AGAIN_AFTER);
    return false;
  }
}
