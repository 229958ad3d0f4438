import { Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import type { OpenDuty } from "../../api/types";
import { Countdown } from "../../parts/Countdown";
import { DutyStateMark } from "../../parts/DutyStateMark";
import { LinkButton } from "../../parts/LinkButton";
import { Recipients } from "../../parts/Recipients";
import { t, tn } from "../../text";
import classes from "./DutyCard.module.css";
import { useMayReport } from "./useRecordForm";

const SHOWN = 3;

/** One duty that waits: what, until when, to whom, what is missing, and the one thing to do. */
export function DutyCard({ open }: { open: OpenDuty }) {
  const { duty, incident } = open;
  const mayReport = useMayReport();
  const late = duty.state === "late" || duty.due?.late;
  const undecided = duty.state === "undecided";
  const more = open.missing.length - SHOWN;
  return (
    <article className={`${classes.card} ${late ? classes.late : ""}`}>
      <div className={classes.what}>
        <Title order={2} className={classes.title}>
          {t("duty.name", { law: duty.law, title: duty.title })}
        </Title>
        <Link to="/report/incidents/$id" params={{ id: incident }} className={classes.incident}>
          {open.incident_title ?? t("incident.untitled")}
        </Link>
        <div className={classes.meta}>
          <DutyStateMark state={duty.state} /> {duty.article}
        </div>
      </div>
      <div className={classes.when}>
        {duty.due ? (
          <Countdown
            at={duty.due.at}
            words={duty.due.entity_time}
            authorityWords={duty.due.authority_time}
            soft={duty.soft}
            provisional={duty.due.provisional}
          />
        ) : (
          <span className={classes.meta}>{t(undecided ? "duty.undecided" : "duty.noClock")}</span>
        )}
      </div>
      <div className={classes.to}>
        <div>
          <span className={classes.meta}>{t("duty.to")}</span> <Recipients recipients={duty.recipients} />
        </div>
        {open.missing.length > 0 && (
          <div>
            <span className={classes.meta}>{tn("duty.missingCount", open.missing.length)}</span>{" "}
            {open.missing.slice(0, SHOWN).map(({ label }) => label).join("; ")}
            {more > 0 && <> {tn("duty.more", more)}</>}
          </div>
        )}
      </div>
      {mayReport && (
        <div className={classes.act}>
          {undecided ? (
            <LinkButton to="/report/new" search={{ incident }} variant="default">
              {t("duty.answer")}
            </LinkButton>
          ) : (
            <LinkButton to="/report/incidents/$id/duties/$duty" params={{ id: incident, duty: duty.key }}>
              {t("duty.file", { title: duty.title })}
            </LinkButton>
          )}
        </div>
      )}
    </article>
  );
}
