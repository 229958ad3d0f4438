import { Title } from "@mantine/core";

import type { Duty, Missing } from "../../api/types";
import { Countdown } from "../../parts/Countdown";
import { LinkButton } from "../../parts/LinkButton";
import { MissingList } from "../../parts/MissingList";
import { Recipients } from "../../parts/Recipients";
import { t } from "../../text";
import classes from "./NextDuty.module.css";
import { isWaiting } from "./nextDuty";
import { useMayReport } from "./useRecordForm";

interface NextDutyProps {
  incident: string;
  duty: Duty;
  missing: Missing[];
  onGo?: (field: string) => void;
}

/** The next duty of an incident: its clock, what is missing, to whom, the button. */
export function NextDuty({ incident, duty, missing, onGo }: NextDutyProps) {
  const mayReport = useMayReport();
  const ready = missing.length === 0 && isWaiting(duty);
  return (
    <section className={`sheet ${classes.next}`} aria-labelledby="next-duty">
      <Title order={2} id="next-duty" className={classes.title}>
        {t("duty.name", { law: duty.law, title: duty.title })}
      </Title>
      {duty.due ? (
        <Countdown
          at={duty.due.at}
          words={duty.due.entity_time}
          authorityWords={duty.due.authority_time}
          soft={duty.soft}
          provisional={duty.due.provisional}
        />
      ) : (
        <p className={classes.quiet}>{t(duty.state === "undecided" ? "duty.undecided" : "duty.noClock")}</p>
      )}
      <p className={classes.quiet}>
        {t("duty.to")} <Recipients recipients={duty.recipients} />
      </p>
      {missing.length > 0 && (
        <div className={classes.missing}>
          <strong>{t("duty.stillMissing")}</strong>
          <MissingList missing={missing} onGo={onGo} />
        </div>
      )}
      {mayReport && isWaiting(duty) && (
        <LinkButton
         
          to="/report/incidents/$id/duties/$duty"
          params={{ id: incident, duty: duty.key }}
          search={ready ? { step: "preview" } : {}}
          variant={ready ? "filled" : "default"}
          fullWidth
        >
          {ready ? t("duty.check") : t("duty.file", { title: duty.title })}
        </LinkButton>
      )}
    </section>
  );
}
