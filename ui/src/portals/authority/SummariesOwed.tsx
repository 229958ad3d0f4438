import { Group, Table, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { summaries, summaryFile, type OwedSummary } from "../../api/statistics";
import { dayInWords } from "../../parts/time";
import { t } from "../../text";
import { periodInWords } from "./period";
import classes from "./Statistics.module.css";

const KINDS = ["pdf", "xlsx", "csv", "json"] as const;

/** Periods begin and end in this zone, and what is owed for them is owed on a day, not at an hour. */
const PERIODS = "UTC";

/** The summaries that laws ask of this authority, one line for each period that has passed. */
export function SummariesOwed() {
  const owed = useQuery(summaries).data?.owed ?? [];
  return owed.map((summary) => <Owed key={`${summary.pack} ${summary.duty}`} summary={summary} />);
}

function Owed({ summary }: { summary: OwedSummary }) {
  const { pack, duty, law, article, title, periods } = summary;
  const id = `summary-${pack}-${duty}`;
  return (
    <div className={`sheet ${classes.dimension}`}>
      <Title order={2} size="h3" id={id}>{t("summaries.title", { title, law, article })}</Title>
      <p className={classes.small}>{t("summaries.help")}</p>
      <div className="scroll" tabIndex={0} role="region" aria-labelledby={id}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("statistics.period")}</Table.Th>
              <Table.Th>{t("summaries.due")}</Table.Th>
              <Table.Th>{t("summaries.files")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {periods.map(({ period, due_at }) => (
              <Table.Tr key={period}>
                <Table.Th scope="row">{periodInWords(period)}</Table.Th>
                <Table.Td>{due_at && dayInWords(due_at, PERIODS)}</Table.Td>
                <Table.Td>
                  <Group gap="md">
                    {KINDS.map((kind) => (
                      <a key={kind} href={summaryFile({ pack, duty, period }, kind)} download={kind === "json" ? `summary-${pack}-${period}.json` : true} aria-label={t("summaries.file", { kind: t(`summaries.as.${kind}`), period: periodInWords(period) })}>
                        {t(`summaries.as.${kind}`)}
                      </a>
                    ))}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </div>
  );
}
