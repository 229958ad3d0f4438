import { Stack, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { duties } from "../../api/queries";
import type { OpenDuty } from "../../api/types";
import { Countdown } from "../../parts/Countdown";
import { DutyStateMark } from "../../parts/DutyStateMark";
import { Empty } from "../../parts/Empty";
import { PageTitle } from "../../parts/PageTitle";
import { dayInWords } from "../../parts/time";
import { useZone } from "../../parts/useZone";
import { t } from "../../text";
import { CalendarFeed } from "./CalendarFeed";
import classes from "./CalendarPage.module.css";

/** The open duties by day, and the way to have them in one's own calendar. */
export function CalendarPage() {
  const { data } = useSuspenseQuery(duties);
  const zone = useZone();
  const clocked = data.duties.filter(({ duty }) => duty.due);
  const days = byDay(clocked, zone);
  return (
    <div className={classes.page}>
      <Stack gap="md">
        <PageTitle>{t("calendar.title")}</PageTitle>
        {clocked.length === 0 && <Empty title={t("calendar.empty.title")} text={t("calendar.empty.text")} />}
        {[...days].map(([day, open]) => (
          <section key={day} className="sheet" aria-label={day}>
            <Title order={2} className={classes.day}>
              {day}
            </Title>
            <ul className={classes.list}>
              {open.map((one) => (
                <Deadline key={`${one.incident}${one.duty.key}`} open={one} />
              ))}
            </ul>
          </section>
        ))}
      </Stack>
      <aside className={classes.side}>
        <CalendarFeed />
      </aside>
    </div>
  );
}

function byDay(open: OpenDuty[], zone: string): Map<string, OpenDuty[]> {
  const days = new Map<string, OpenDuty[]>();
  for (const one of open) {
    const day = dayInWords(one.duty.due?.at ?? "", zone);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return days;
}

function Deadline({ open }: { open: OpenDuty }) {
  const { duty, incident } = open;
  const zone = useZone();
  if (!duty.due) return null;
  return (
    <li className={classes.deadline}>
      <time dateTime={duty.due.at} className={classes.time}>
        {new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(new Date(duty.due.at))}
      </time>
      <div>
        <Link to="/report/incidents/$id/duties/$duty" params={{ id: incident, duty: duty.key }}>
          {t("duty.name", { law: duty.law, title: duty.title })}
        </Link>
        <div>{open.incident_title ?? t("incident.untitled")}</div>
        <DutyStateMark state={duty.state} /> <Countdown at={duty.due.at} short />
      </div>
    </li>
  );
}
