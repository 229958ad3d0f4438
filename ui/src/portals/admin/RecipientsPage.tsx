import { Table, Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";

import { recipients, type RecipientLine } from "../../api/admin";
import { Mark } from "../../parts/Mark";
import { PageTitle } from "../../parts/PageTitle";
import { t, tn } from "../../text";
import { AdminLayout } from "./AdminLayout";
import { roleName } from "./functions";

/** Who receives what, and where nobody does. */
export function RecipientsPage() {
  const { lines, gaps } = useSuspenseQuery(recipients).data;
  return (
    <AdminLayout>
      <PageTitle>{t("recipients.title")}</PageTitle>
      <Text role="status">{gaps > 0 ? tn("recipients.gaps", gaps) : t("recipients.whole")}</Text>
      <div className="sheet scroll" tabIndex={0} role="region" aria-label={t("recipients.title")}>
        <Table verticalSpacing="sm" horizontalSpacing="md" miw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("node.country")}</Table.Th>
              <Table.Th>{t("inbox.law")}</Table.Th>
              <Table.Th>{t("recipients.role")}</Table.Th>
              <Table.Th>{t("recipients.who")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={`${line.country}${line.pack}${line.article}${line.roles.join()}`}>
                <Table.Td>{line.country}</Table.Td>
                <Table.Td>
                  {line.law}
                  <Text size="sm" c="dimmed">{line.article}</Text>
                </Table.Td>
                <Table.Td>{line.roles.map(roleName).join(t("recipients.or"))}</Table.Td>
                <Table.Td>
                  <Receivers line={line} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </AdminLayout>
  );
}

function Receivers({ line }: { line: RecipientLine }) {
  if (line.gap) return <Mark tone="late">{t("recipients.gap", { law: line.law, country: line.country })}</Mark>;
  return line.organisations.map((one) => (
    <Text key={`${one.id}${one.role}${one.sector ?? ""}`}>
      {one.name}
      {one.sector && ` (${one.sector})`}
    </Text>
  ));
}
