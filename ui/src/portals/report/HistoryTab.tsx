import { Table } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";

import { form, history } from "../../api/queries";
import type { IncidentView } from "../../api/types";
import { answerInWords } from "../../parts/answerInWords";
import { Empty } from "../../parts/Empty";
import { Instant } from "../../parts/Instant";
import { useZone } from "../../parts/useZone";
import { t } from "../../text";
import { nextDuty } from "./nextDuty";

/** Who changed which answer when, newest first. */
export function HistoryTab({ record }: { record: IncidentView }) {
  const { changes } = useSuspenseQuery(history(record.id)).data;
  // The questions of the next duty lend the values their words.
  const duty = nextDuty(record.duties) ?? record.duties[0];
  const asked = useQuery({ ...form(record.id, duty?.key ?? "", "full"), enabled: duty !== undefined }).data;
  const fields = new Map(asked?.sections.flatMap((section) => section.fields.map((field) => [field.field, field])));
  const zone = useZone();
  if (changes.length === 0) return <Empty title={t("history.empty.title")} text={t("history.empty.text")} />;
  return (
    <div className="sheet scroll" tabIndex={0} role="region" aria-label={t("incident.tab.history")}>
      <Table horizontalSpacing="md" verticalSpacing="xs" miw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("history.when")}</Table.Th>
            <Table.Th>{t("history.who")}</Table.Th>
            <Table.Th>{t("history.question")}</Table.Th>
            <Table.Th>{t("history.before")}</Table.Th>
            <Table.Th>{t("history.after")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <Table.Tr key={`${change.revision}${change.field}`}>
              <Table.Td>
                <Instant at={change.at} short />
              </Table.Td>
              <Table.Td>{change.by.name}</Table.Td>
              <Table.Td>{change.label}</Table.Td>
              <Table.Td>{answerInWords(change.before, fields.get(change.field), zone)}</Table.Td>
              <Table.Td>
                {answerInWords(change.after, fields.get(change.field), zone)}
                {change.after?.estimated && <> {t("answer.estimated")}</>}
                {change.reason && <div>{t("history.reason", { reason: change.reason })}</div>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
