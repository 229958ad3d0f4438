import { Stack, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { me, sentFilings } from "../../api/queries";
import type { Duty, IncidentView } from "../../api/types";
import { t, tn } from "../../text";
import { DutyDetail } from "./DutyDetail";
import { canBeFiled } from "./nextDuty";

/** Duties by law, in their order. */
function byLaw(duties: Duty[]): [string, Duty[]][] {
  const laws = [...new Set(duties.map(({ law }) => law))];
  return laws.map((law) => [law, duties.filter((duty) => duty.law === law)]);
}

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
        record={record}
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
          {byLaw(closed).map(([law, duties]) => (
            <details key={law}>
              <summary>{tn("duties.closedOfLaw", duties.length, { law })}</summary>
              <Stack gap="md" mt="sm">
                {draw(duties, 3)}
              </Stack>
            </details>
          ))}
        </>
      )}
    </Stack>
  );
}
