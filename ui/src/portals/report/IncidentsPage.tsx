import { Button, Group, SegmentedControl, Stack, Table } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";

import { getIncidents } from "../../api/calls";
import { poll } from "../../api/live";
import { Loading } from "../../app/Loading";
import { Countdown } from "../../parts/Countdown";
import { Empty } from "../../parts/Empty";
import { IncidentStateMark } from "../../parts/IncidentStateMark";
import { Instant } from "../../parts/Instant";
import { LinkButton } from "../../parts/LinkButton";
import { PageTitle } from "../../parts/PageTitle";
import { INCIDENT_STATES } from "../../app/search";
import { t } from "../../text";
import { LinksWaiting } from "./LinksWaiting";
import { useMayReport } from "./useRecordForm";

const route = getRouteApi("/report/incidents");

/** Every incident of the organisation, newest first. */
export function IncidentsPage() {
  const mayReport = useMayReport();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery({
    queryKey: ["incidents", state],
    queryFn: ({ pageParam }) => getIncidents(state, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    throwOnError: true,
    refetchInterval: poll,
  });
  if (!list.data) return <Loading />;
  const incidents = list.data.pages.flatMap((page) => page.incidents);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <PageTitle>{t("incidents.title")}</PageTitle>
        {mayReport && (
          <LinkButton to="/report/new">
            {t("nav.new")}
          </LinkButton>
        )}
      </Group>
      <LinksWaiting />
      <SegmentedControl
        aria-label={t("incidents.filter")}
        data={[
          { value: "", label: t("inbox.all") },
          ...INCIDENT_STATES.map((one) => ({ value: one, label: t(`incidentState.${one}`) })),
        ]}
        value={state ?? ""}
        onChange={(next) => void navigate({ search: { state: INCIDENT_STATES.find((one) => one === next) } })}
        className="no-print"
        style={{ alignSelf: "flex-start" }}
      />
      {incidents.length === 0 ? (
        <Empty
          title={t(state ? "incidents.none.title" : "incidents.empty.title")}
          text={t(state ? "incidents.none.text" : "incidents.empty.text")}
        />
      ) : (
        <div className="sheet scroll" tabIndex={0} role="region" aria-label={t("incidents.title")}>
          <Table verticalSpacing="sm" horizontalSpacing="md" miw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("incidents.name")}</Table.Th>
                <Table.Th>{t("incidents.state")}</Table.Th>
                <Table.Th>{t("incidents.next")}</Table.Th>
                <Table.Th>{t("incidents.changed")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {incidents.map((incident) => (
                <Table.Tr key={incident.id}>
                  <Table.Td>
                    <Link to="/report/incidents/$id" params={{ id: incident.id }}>
                      {incident.title ?? t("incident.untitled")}
                    </Link>
                  </Table.Td>
                  <Table.Td>
                    <IncidentStateMark state={incident.state} />
                  </Table.Td>
                  <Table.Td>{incident.next_due && <Countdown at={incident.next_due} short />}</Table.Td>
                  <Table.Td>
                    <Instant at={incident.updated_at} short />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t("app.more")}
        </Button>
      )}
    </Stack>
  );
}
