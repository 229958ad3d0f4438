import type { DutyChange, FoundDuty } from "../../api/finder";
import { Channels } from "../../parts/Channels";
import { Countdown } from "../../parts/Countdown";
import { DutyStateMark } from "../../parts/DutyStateMark";
import { Mark } from "../../parts/Mark";
import { Reasons } from "../../parts/Reasons";
import { Recipients } from "../../parts/Recipients";
import { t, tn } from "../../text";
import classes from "./Finder.module.css";

/** One duty: by when, to whom, how; the reasons on demand. */
export function FoundDutyLine({ found, change }: { found: FoundDuty; change: DutyChange | undefined }) {
  const { duty, within, wanted } = found;
  const due = duty.due;
  const open = duty.state === "undecided";
  return (
    <div className={`${classes.duty} ${change ? classes.changed : ""}`}>
      <div className={classes.head}>
        <strong>{duty.title}</strong>
        {duty.voluntary ? <Mark>{t("duty.voluntary")}</Mark> : <DutyStateMark state={duty.state} />}
        {change && <Mark tone="accent">{t(`finder.difference.${change.difference}`)}</Mark>}
        <span className={classes.quiet}>{duty.article}</span>
      </div>
      {due ? (
        <Countdown at={due.at} words={due.entity_time} soft={duty.soft} provisional={due.provisional} />
      ) : (
        within && <p className={classes.line}>{t("finder.within", { within })}</p>
      )}
      {open && wanted.length > 0 && <p className={classes.quiet}>{tn("finder.wanted", wanted.length)}</p>}
      {open && wanted.length === 0 && <p className={classes.quiet}>{t("finder.later")}</p>}
      <details>
        <summary>{t("finder.more")}</summary>
        <p className={classes.line}>
          {t("duty.to")} <Recipients recipients={duty.recipients} />
        </p>
        {duty.channels.length > 0 && (
          <div className={classes.line}>
            {t("duty.channels")}
            <Channels channels={duty.channels} />
          </div>
        )}
        {duty.note && <p className={classes.quiet}>{duty.note}</p>}
        <Reasons trace={duty.reasons} />
      </details>
    </div>
  );
}
