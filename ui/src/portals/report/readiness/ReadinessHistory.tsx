import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { readinessHistory } from "../../../api/readiness";
import { Instant } from "../../../parts/Instant";
import { t } from "../../../text";
import classes from "./Readiness.module.css";

/** Who changed what, when; folded away until somebody asks. */
export function ReadinessHistory() {
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ ...readinessHistory, enabled: open });
  return (
    <details className="no-print" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("readiness.history")}</summary>
      {data && data.changes.length === 0 && <p>{t("readiness.noHistory")}</p>}
      <ul className={classes.contacts}>
        {data?.changes.map((change) => (
          <li key={`${change.item} ${change.at}`}>
            <Instant at={change.at} short />{" "}
            {t("readiness.changed", {
              name: change.by,
              label: change.label,
              before: t(`readiness.state.${change.before}`),
              after: t(`readiness.state.${change.after}`),
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}
