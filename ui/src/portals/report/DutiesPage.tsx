import { Group, Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";

import { duties } from "../../api/queries";
import { Empty } from "../../parts/Empty";
import { LinkButton } from "../../parts/LinkButton";
import { PageTitle } from "../../parts/PageTitle";
import { t, tn } from "../../text";
import { DutyCard } from "./DutyCard";
import { LinksWaiting } from "./LinksWaiting";
import { useMayReport } from "./useRecordForm";

/** "Are we in time?" - every duty that waits, least time left first. */
export function DutiesPage() {
  const { data } = useSuspenseQuery(duties);
  const mayReport = useMayReport();
  return (
    <Stack gap="md">
      <Group justify="space-between" align="baseline">
        <PageTitle>{t("duties.title")}</PageTitle>
        {data.duties.length > 0 && <span>{tn("duties.count", data.duties.length)}</span>}
      </Group>
      <LinksWaiting />
      {data.duties.length === 0 && (
        <Empty
          title={t("duties.empty.title")}
          text={t("duties.empty.text")}
          action={
            mayReport && (
              <LinkButton to="/report/new">
                {t("nav.new")}
              </LinkButton>
            )
          }
        />
      )}
      {data.duties.map((open) => (
        <DutyCard key={`${open.incident}${open.duty.key}`} open={open} />
      ))}
    </Stack>
  );
}
