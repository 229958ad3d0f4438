import { Title } from "@mantine/core";

import type { DimensionCount } from "../../api/statistics";
import { t } from "../../text";
import classes from "./Statistics.module.css";

/** Reports by the values of one question: each line with its bar. */
export function DimensionTable({ dimension, reports }: { dimension: DimensionCount; reports: number }) {
  const { id, label, several, values, untold } = dimension;
  const rows = untold > 0 ? [...values, { value: "", label: t("statistics.untold"), count: untold }] : values;
  return (
    <section className={`sheet ${classes.dimension}`} aria-labelledby={`dimension-${id}`}>
      <Title order={2} size="h3" id={`dimension-${id}`}>{label}</Title>
      <table className={classes.bars}>
        <thead className={classes.heard}>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col">{t("statistics.reports")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.value}>
              <th scope="row">
                {row.label}
                <span className={row.value ? classes.bar : classes.blank} style={{ inlineSize: `${(100 * row.count) / reports}%` }} />
              </th>
              <td>{row.count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {several && <p className={classes.small}>{t("statistics.several")}</p>}
    </section>
  );
}
