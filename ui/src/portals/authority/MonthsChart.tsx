import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";

import { BarChart } from "@mantine/charts";
import { Table, Title } from "@mantine/core";

import type { Statistics } from "../../api/statistics";
import { language, t } from "../../text";
import classes from "./Statistics.module.css";

const COLOURS = ["var(--accent)", "#4c7f9e", "#7d6ba8", "#5f8f5a", "#a8556b", "#8a8378"];

/** Month by month, by law: bars for the eye, the same as a table behind them. */
export default function MonthsChart({ statistics: { months, dimensions } }: { statistics: Statistics }) {
  const laws = dimensions.find(({ id }) => id === "law")?.values ?? [];
  const data = months.map((month) => ({
    month: monthInWords(month.month),
    ...Object.fromEntries(laws.map(({ value }) => [value, of(month, value)])),
  }));
  const series = laws.map(({ value, label }, at) => ({ name: value, label, color: COLOURS[at % COLOURS.length] ?? "gray" }));
  return (
    <figure className={`sheet ${classes.chart}`}>
      <Title order={2} size="h3">{t("statistics.months")}</Title>
      <div aria-hidden="true">
        <BarChart
          h={220}
          data={data}
          dataKey="month"
          type="stacked"
          series={series}
          withLegend={laws.length > 1}
          tickLine="none"
          maxBarWidth={48}
          yAxisProps={{ allowDecimals: false }}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <details>
        <summary>{t("statistics.table")}</summary>
        <div className="scroll" tabIndex={0} role="region" aria-label={t("statistics.months")}>
          <Table verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("statistics.month")}</Table.Th>
                <Table.Th>{t("statistics.reports")}</Table.Th>
                {laws.map(({ value, label }) => <Table.Th key={value}>{label}</Table.Th>)}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {months.map((month) => (
                <Table.Tr key={month.month}>
                  <Table.Th scope="row">{monthInWords(month.month)}</Table.Th>
                  <Table.Td>{month.count}</Table.Td>
                  {laws.map(({ value }) => <Table.Td key={value}>{of(month, value)}</Table.Td>)}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </details>
    </figure>
  );
}

function of(month: Statistics["months"][number], law: string): number {
  return month.laws.find(({ value }) => value === law)?.count ?? 0;
}

function monthInWords(month: string): string {
  const day = new Date(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(language(), { month: "short", year: "numeric", timeZone: "UTC" }).format(day);
}
