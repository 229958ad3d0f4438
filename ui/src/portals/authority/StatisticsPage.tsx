import { Button, Group, Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";

import { annualFile, statistics, statisticsFile } from "../../api/statistics";
import { Empty } from "../../parts/Empty";
import { PageTitle } from "../../parts/PageTitle";
import { t } from "../../text";
import { DimensionTable } from "./DimensionTable";
import { PeriodFilters } from "./PeriodFilters";
import classes from "./Statistics.module.css";
import { StatisticsFigures } from "./StatisticsFigures";
import { SummariesOwed } from "./SummariesOwed";

const route = getRouteApi("/authority/statistics");

// The library of charts is larger than the rest of the page: figures and tables do not wait for it.
const MonthsChart = lazy(() => import("./MonthsChart"));

/** What the authority was told in a period, counted: figures first, each chart with its table. */
export function StatisticsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [thisYear] = useState(() => String(new Date().getUTCFullYear()));
  const query = { ...search, from: search.from ?? thisYear };
  const { data } = useSuspenseQuery(statistics(query));
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="baseline">
        <PageTitle>{t("statistics.title")}</PageTitle>
        <Group gap="xs" className="no-print">
          {(["pdf", "xlsx", "csv"] as const).map((kind) => (
            <Button key={kind} component="a" href={statisticsFile(query, kind)} download variant="default" size="compact-md">
              {t(`summaries.as.${kind}`)}
            </Button>
          ))}
          {!query.until && (
            <Button component="a" href={annualFile(query, "xlsx")} download variant="default" size="compact-md">
              {t("statistics.rows")}
            </Button>
          )}
        </Group>
      </Group>
      <PeriodFilters query={query} onChange={(change) => void navigate({ search: (now) => ({ ...now, ...change }) })} />
      {data.reports === 0 ? (
        <Empty title={t("statistics.empty.title")} text={t("statistics.empty.text")} />
      ) : (
        <>
          <StatisticsFigures statistics={data} />
          <Suspense fallback={<div className={classes.waiting} />}>
            <MonthsChart statistics={data} />
          </Suspense>
          <div className={classes.dimensions}>
            {data.dimensions.map((dimension) => (
              <DimensionTable key={dimension.id} dimension={dimension} reports={data.reports} />
            ))}
          </div>
          <p className={classes.note}>{t("statistics.note")}</p>
        </>
      )}
      <SummariesOwed />
    </Stack>
  );
}
