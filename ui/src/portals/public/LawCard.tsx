import { Title } from "@mantine/core";
import type { ReactNode } from "react";

import type { DutyChange, FoundLaw } from "../../api/finder";
import { Mark } from "../../parts/Mark";
import { Reasons } from "../../parts/Reasons";
import { t, tn } from "../../text";
import classes from "./Finder.module.css";
import { FoundDutyLine } from "./FoundDutyLine";

/** One law: whether it asks something, and then what, by when, to whom. */
export function LawCard({ law, changes }: { law: FoundLaw; changes: DutyChange[] }) {
  const { verdict, reason, duties, answers_wanted: wanted } = law;
  const quiet = verdict === "does_not_apply";
  const [only] = duties;
  return (
    <article className={classes.law} data-law={law.pack} data-verdict={verdict}>
      <div className={classes.head}>
        <Title order={3} size="h4">
          {law.law}
        </Title>
        <Mark tone={verdict === "applies" ? "accent" : "plain"}>{t(`finder.verdict.${verdict}`)}</Mark>
        {law.simulated && <Mark>{t("finder.simulated")}</Mark>}
        {verdict === "open" && wanted > 0 && <span className={classes.quiet}>{tn("finder.wanted", wanted)}</span>}
      </div>
      <div className={classes.quiet}>{law.title}</div>
      {quiet ? (
        <>
          {reason && (
            <p className={classes.line}>
              {t(only?.duty.state === "displaced" ? "finder.because" : "finder.notFulfilled", { reason })}
            </p>
          )}
          {only && (
            <details>
              <summary>{t("duty.why")}</summary>
              <Reasons trace={only.duty.reasons} />
            </details>
          )}
        </>
      ) : (
        <Folded folded={verdict !== "applies"} count={duties.length}>
          {duties.map((found) => (
            <FoundDutyLine key={found.duty.key} found={found} change={changes.find(({ key }) => key === found.duty.key)} />
          ))}
        </Folded>
      )}
    </article>
  );
}

/** What is only possible is folded away; what applies is seen at once. */
function Folded({ folded, count, children }: { folded: boolean; count: number; children: ReactNode }) {
  if (!folded) return children;
  return (
    <details>
      <summary>{tn("finder.possible", count)}</summary>
      {children}
    </details>
  );
}
