import type { Trace } from "../api/types";
import { t } from "../text";
import classes from "./Reasons.module.css";

const SIGNS = { yes: "✓", no: "✕", unknown: "?" } as const;

/** The trace of a decision as a tree that can be read aloud. */
export function Reasons({ trace }: { trace: Trace }) {
  return (
    <ul className={classes.tree}>
      <Reason trace={trace} />
    </ul>
  );
}

function Reason({ trace }: { trace: Trace }) {
  const parts = trace.parts ?? [];
  return (
    <li className={classes.reason}>
      <span className={`${classes.sign} ${classes[trace.verdict]}`} aria-hidden>
        {SIGNS[trace.verdict]}
      </span>
      <div>
        <span className={classes.verdict}>{t(`verdict.${trace.verdict}`)}</span> {trace.rule}
        {trace.article && <span className={classes.article}>{t("reasons.article", { article: trace.article })}</span>}
        {trace.compared && <div className={classes.compared}>{trace.compared}</div>}
        {parts.length === 0 && (trace.missing ?? []).length > 0 && (
          <div className={classes.compared}>
            {t("reasons.missing", { facts: (trace.missing ?? []).map((fact) => fact.label).join("; ") })}
          </div>
        )}
        {parts.length > 0 && (
          <ul className={classes.tree}>
            {parts.map((part) => (
              <Reason key={`${part.rule}${part.article ?? ""}${part.compared ?? ""}`} trace={part} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
