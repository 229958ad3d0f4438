import { UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";

import type { IncidentView } from "../../api/types";
import { Countdown } from "../../parts/Countdown";
import { IncidentStateMark } from "../../parts/IncidentStateMark";
import { PageTitle } from "../../parts/PageTitle";
import { Severity } from "../../parts/Severity";
import { Marking } from "../../parts/Marking";
import { t } from "../../text";
import classes from "./IncidentBar.module.css";
import { nextDuty } from "./nextDuty";
import { useMayReport } from "./useRecordForm";

const MarksDialog = lazy(() => import("./MarksDialog"));

function word(record: IncidentView, field: string): string | undefined {
  const value = record.answers[field]?.value;
  return typeof value === "string" ? value : undefined;
}

/** Name, state, severity, marking and the next deadline of an incident. */
export function IncidentBar({ record }: { record: IncidentView }) {
  const next = nextDuty(record.duties);
  const severity = word(record, "severity");
  const mayReport = useMayReport();
  const [marking, setMarking] = useState(false);
  return (
    <header className={classes.bar}>
      <div>
        <PageTitle>{record.title ?? t("incident.untitled")}</PageTitle>
        <div className="facts">
          <IncidentStateMark state={record.state} />
          {severity && <Severity value={severity} />}
          <Marking of={record.marks.report} />
          {mayReport && (
            <UnstyledButton className={classes.mark} onClick={() => setMarking(true)}>
              {t("marks.change")}
            </UnstyledButton>
          )}
        </div>
      </div>
      {next?.due && (
        <div className={classes.next}>
          <span className={classes.label}>{t("duty.name", { law: next.law, title: next.title })}</span>
          <Countdown at={next.due.at} words={next.due.entity_time} soft={next.soft} />
        </div>
      )}
      {marking && (
        <Suspense>
          <MarksDialog record={record} onClose={() => setMarking(false)} />
        </Suspense>
      )}
    </header>
  );
}
