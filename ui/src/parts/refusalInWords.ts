import { Refusal, Unreachable } from "../api/problem";
import { t } from "../text";
import { problemInWords } from "./problemInWords";

/** Why something was not done, in words that say what to do next. */
export function refusalInWords(error: Error): string {
  if (error instanceof Unreachable) return t("app.failed.unreachable");
  if (!(error instanceof Refusal)) return t("app.failed.page");
  const problems = error.body.problems?.map(({ message }) => problemInWords(message)) ?? [];
  return problems.length > 0 ? problems.join("; ") : error.message;
}
