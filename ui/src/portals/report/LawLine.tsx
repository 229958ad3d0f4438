import { Link } from "@tanstack/react-router";

import type { LawStanding } from "../../api/types";
import { Countdown } from "../../parts/Countdown";
import { DutyStateMark } from "../../parts/DutyStateMark";
import { LinkButton } from "../../parts/LinkButton";
import { t, tn } from "../../text";
import classes from "./LawsPanel.module.css";
import { useMayReport } from "./useRecordForm";

/** One law: its next stage and what is missing for it, or why it asks nothing. */
export function LawLine({ incident, law }: { incident: string; law: LawStanding }) {
  const mayReport = useMayReport();
  const [first] = law.missing;
  const undecided = law.state === "undecided";
  const act = t(undecided ? "laws.decide" : first ? "laws.fill" : "laws.file");
  return (
    <div className={classes.law} data-law={law.pack}>
      <div className={law.duty || law.filed > 0 ? undefined : classes.whole}>
        <strong>{law.law}</strong> <DutyStateMark state={law.state} />
        <div>{law.title ?? law.reason}</div>
      </div>
      <div>
        {law.due && <Countdown at={law.due.at} words={law.due.entity_time} short />}
        {law.filed > 0 && <div className={classes.quiet}>{tn("laws.filed", law.filed)}</div>}
      </div>
      <div>
        {law.duty &&
          (first ? (
            <>
              {tn("laws.missing", law.missing.length)}{" "}
              <Link
                to="/report/incidents/$id"
                params={{ id: incident }}
                search={{ tab: "facts", duty: law.duty, field: first.field }}
              >
                {first.label}
              </Link>
            </>
          ) : (
            t("laws.complete")
          ))}
      </div>
      {mayReport && law.duty && (
        <LinkButton
          to={undecided ? "/report/new" : "/report/incidents/$id/duties/$duty"}
          params={undecided ? undefined : { id: incident, duty: law.duty }}
          search={undecided ? { incident } : first ? {} : { step: "preview" }}
          variant={first ? "default" : "filled"}
          size="sm"
          aria-label={t("laws.actOf", { act, law: law.law, title: law.title ?? "" })}
        >
          {act}
        </LinkButton>
      )}
    </div>
  );
}
