import type { ReactNode } from "react";

import classes from "./Mark.module.css";

type Tone = "plain" | "accent" | "late" | "good";

/** A short mark beside a name: a state, a basis, a kind. */
export function Mark({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${classes.mark} ${classes[tone]}`}>{children}</span>;
}
