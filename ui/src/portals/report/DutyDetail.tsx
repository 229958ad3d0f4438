import { Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import type { Duty, FilingSummary, IncidentView } from "../../api/types";
import { Channels } from "../../parts/Channels";
import { Countdown } from "../../parts/Countdown";
import { DutyStateMark } from "../../parts/DutyStateMark";
import { FilingStateMark } from "../../parts/FilingStateMark";
import { Instant } from "../../parts/Instant";
import { LinkButton } from "../../parts/LinkButton";
import { Mark } from "../../parts/Mark";
import { MissingList } from "../../parts/MissingList";
import { Reasons } from "../../parts/Reasons";
import { Recipients } from "../../parts/Recipients";
import { t } from "../../text";
import classes from "./DutyDetail.module.css";
import { Elsewhere, NoteElsewhere } from "./Elsewhere";
import { canBeFiled, isWaiting } from "./nextDuty";
import { useMayReport } from "./useRecordForm";

interface DutyDetailProps {
  record: IncidentView;
  duty: Duty;
  filings: FilingSummary[];
  /** The level of its heading. */
  order: 2 | 3;
}

/** One duty in full: state, clock, recipients, filings, and why all this is so. */
export function DutyDetail({ record, duty, filings, order }: DutyDetailProps) {
  const due = duty.due;
  const mayReport = useMayReport();
  const wasFiled = filings.length > 0 || record.elsewhere.some((filed) => filed.duty === duty.key);
  return (
    <article className={`sheet ${classes.duty}`}>
      <div className={classes.head}>
        <div>
          <Title order={order} className={classes.title}>{t("duty.name", { law: duty.law, title: duty.title })}</Title>
          <div className="facts">
            <DutyStateMark state={duty.state} />
            {duty.on_request && <Mark>{t("duty.onRequest")}</Mark>}
            {duty.voluntary && <Mark>{t("duty.voluntary")}</Mark>}
            <span>{duty.article}</span>
          </div>
        </div>
        {mayReport && canBeFiled(duty) && (
          <LinkButton
           
            to="/report/incidents/$id/duties/$duty"
            params={{ id: record.id, duty: duty.key }}
            variant={isWaiting(duty) ? "filled" : "default"}
            className="no-print"
          >
            {wasFiled ? t("duty.correct") : t("duty.file", { title: duty.title })}
          </LinkButton>
        )}
      </div>
      {due && isWaiting(duty) && (
        <Countdown
          at={due.at}
          words={due.entity_time}
          authorityWords={due.authority_time}
          soft={duty.soft}
          provisional={due.provisional}
        />
      )}
      {canBeFiled(duty) && (
        <p className={classes.line}>
          {t("duty.to")} <Recipients recipients={duty.recipients} />
        </p>
      )}
      {filings.map((filing) => (
        <p key={filing.id} className={classes.line}>
          <Link to="/report/filings/$id" params={{ id: filing.id }}>
            {t("duty.filed", { reference: filing.reference, version: filing.version })}
          </Link>{" "}
          <Instant at={filing.filed_at} short /> <FilingStateMark state={filing.state} />
        </p>
      ))}
      <Elsewhere record={record} duty={duty} />
      {duty.missing.length > 0 && (
        <div className={classes.line}>
          {t("duty.wouldDecide")}
          <MissingList missing={duty.missing} />
        </div>
      )}
      {duty.channels.length > 0 && canBeFiled(duty) && (
        <details>
          <summary>{t("duty.channels")}</summary>
          <Channels channels={duty.channels} />
        </details>
      )}
      {mayReport && canBeFiled(duty) && duty.state !== "undecided" && (
        <p className={classes.line}>
          <NoteElsewhere record={record} duty={duty} />
        </p>
      )}
      {duty.note && <p className={classes.note}>{duty.note}</p>}
      <details>
        <summary>{t("duty.why")}</summary>
        <Reasons trace={duty.reasons} />
        {due && (
          <p className={classes.line}>
            {t("duty.clock", { length: due.length, anchor: due.anchor })} <Instant at={due.anchor_at} />
          </p>
        )}
        {due && due.steps.length > 0 && (
          <ol className={classes.steps}>
            {due.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        <p className={classes.note}>{t("duty.version", { version: duty.pack_version })}</p>
      </details>
    </article>
  );
}
