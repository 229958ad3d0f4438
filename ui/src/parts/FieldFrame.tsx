import type { ReactNode } from "react";

import type { Answer, FieldKind, FieldView, Problem } from "../api/types";
import { t } from "../text";
import { AnswerMeta } from "./AnswerMeta";
import { BasisMark } from "./BasisMark";
import { FieldMarks } from "./FieldMarks";
import classes from "./FieldFrame.module.css";
import { problemInWords } from "./problemInWords";

interface FrameProps {
  field: FieldView;
  held?: Answer;
  answered: boolean;
  unknown: boolean;
  estimated: boolean;
  problems: Problem[];
  readOnly: boolean;
  plain?: boolean;
  onUnknown: (on: boolean) => void;
  onEstimated: (on: boolean) => void;
  children: ReactNode;
}

/** Kinds whose answer takes more than one control: a group with a legend. */
const GROUPS = new Set<FieldKind>(["boolean", "choices", "money", "duration", "records", "integer", "decimal"]);

export function isGroup(field: FieldView): boolean {
  return GROUPS.has(field.kind) || (field.kind === "choice" && field.choices.length <= 6);
}

/** The question around its control: label, help, basis, marks, problems, who answered. */
export function FieldFrame(props: FrameProps) {
  const { field, problems } = props;
  const group = isGroup(field);
  const id = `field-${field.field}`;
  const label = (
    <>
      {field.label}{" "}
      {field.required && <span className={classes.required}>{t("field.required")}</span>}
    </>
  );
  return (
    <div
      className={`${classes.frame} ${problems.length > 0 ? classes.wrong : ""}`}
      data-field={field.field}
      {...(group ? { role: "group", "aria-labelledby": `${id}-label`, "aria-describedby": `${id}-help` } : {})}
    >
      <div className={classes.head}>
        {group ? (
          <span id={`${id}-label`} className={classes.label}>
            {label}
          </span>
        ) : (
          <label id={`${id}-label`} htmlFor={id} className={classes.label}>
            {label}
          </label>
        )}
        <BasisMark basis={field.basis} article={field.article} />
      </div>
      <div id={`${id}-help`} className={classes.help}>
        {field.help}
        {field.why && <span className={classes.why}>{t("field.why", { why: field.why })}</span>}
      </div>
      {props.children}
      {problems.map((problem) => (
        <div key={problem.rule} id={`${id}-problem`} role="alert" className={classes.problem}>
          {problemInWords(problem.message)}
        </div>
      ))}
      <div className={classes.foot}>
        <FieldMarks {...props} />
        {props.held && <AnswerMeta answer={props.held} />}
      </div>
    </div>
  );
}
