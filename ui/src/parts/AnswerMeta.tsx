import type { Answer } from "../api/types";
import { t } from "../text";
import { Instant } from "./Instant";
import classes from "./FieldFrame.module.css";

/** Who answered, when, and how it came in. */
export function AnswerMeta({ answer }: { answer: Answer }) {
  return (
    <span className={classes.meta}>
      {t("answer.by", { name: answer.by.name })} <Instant at={answer.at} short />
      {answer.how !== "typed" && <> {t(`answer.${answer.how}`)}</>}
    </span>
  );
}
