import { Stack, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { me, sentFilings } from "../../api/queries";
import type { IncidentView } from "../../api/types";
import { t } from "../../text";
import { DutyDetail } from "./DutyDetail";
import { canBeFiled } from "./nextDuty";

/** Every duty of an incident, also those that do not apply, each with its reasons and filings. */
export function IncidentDuties({ record }: { record: IncidentView }) {
  const filings = useSuspenseQuery(sentFilings).data.filings.filter(({ incident }) => incident === record.id);
  const administers = useSuspenseQuery(me).data.functions.includes("administrator");
  const open = record.duties.filter(canBeFiled);
  const closed = record.duties.filter((duty) => !canBeFiled(duty));
  const draw = (duties: typeof open, order: 2 | 3) =>
    duties.map((duty) => (
      <DutyDetail
        key={duty.key}
        incident={record.id}
        duty={duty}
        order={order}
        filings={filings.filter((filing) => filing.duty === duty.key)}
      />
    ));
  return (
    <Stack gap="md">
      {administers && (
        <Link to="/report/approvals/chain" search={{ incident: record.id }}>
          {t("duties.chain")}
        </Link>
      )}
      {draw(open, 2)}
      {closed.length > 0 && (
        <>
          <Title order={2} mt="md">
            {t("duties.closed")}
          </Title>
          {draw(closed, 3)}
        </>
      )}
    </Stack>
  );
}
