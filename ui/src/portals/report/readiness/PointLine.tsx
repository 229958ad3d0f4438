import { Button } from "@mantine/core";

import type { ReadinessPoint } from "../../../api/readiness";
import { Mark } from "../../../parts/Mark";
import { t } from "../../../text";
import classes from "./Readiness.module.css";
import { dayInWords } from "./words";

/** One point: how far it is, what stands behind it, when to look again. */
export function PointLine({ point, onOpen }: { point: ReadinessPoint; onOpen: (() => void) | undefined }) {
  return (
    <li className={classes.point}>
      <div>
        <div className={classes.name}>
          <strong>{point.label}</strong>
          <Mark tone={point.state === "done" ? "good" : point.state === "in_work" ? "accent" : "plain"}>
            {t(`readiness.state.${point.state}`)}
          </Mark>
          {point.overdue && <Mark tone="late">{t("readiness.lookAgain")}</Mark>}
        </div>
        <p className={classes.help}>{point.help}</p>
        {point.note && <p className={classes.note}>{point.note}</p>}
        <p className={classes.help}>
          {[
            point.responsible && t("readiness.by", { name: point.responsible }),
            point.done_on && t("readiness.doneOn", { day: dayInWords(point.done_on) }),
            point.review_on && t("readiness.reviewOn", { day: dayInWords(point.review_on) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {onOpen && (
        <Button variant="default" size="compact-md" className="no-print" onClick={onOpen} aria-label={t("readiness.changeOf", { label: point.label })}>
          {t("readiness.change")}
        </Button>
      )}
    </li>
  );
}
