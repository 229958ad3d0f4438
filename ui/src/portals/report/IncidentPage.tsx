import { Tabs } from "@mantine/core";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { draftOf } from "../../api/drafts";
import * as queries from "../../api/queries";
import { TABS, type Tab } from "../../app/search";
import { t } from "../../text";
import OverrideBanner from "./approvals/OverrideBanner";
import { FactsTab } from "./FactsTab";
import { HistoryTab } from "./HistoryTab";
import { IncidentBar } from "./IncidentBar";
import { IncidentDuties } from "./IncidentDuties";
import { LawsPanel } from "./LawsPanel";
import { LinksTab } from "./LinksTab";
import { MessagesTab } from "./MessagesTab";
import { HoldBanner } from "./preservation/HoldBanner";
import { PreservationTab } from "./preservation/PreservationTab";
import { RulesCorrected } from "./RulesCorrected";
import { SecrecyBanner } from "./SecrecyBanner";

const route = getRouteApi("/report/incidents/$id");

/** One incident: its facts, its duties and filings, its messages, its history. */
export function IncidentPage() {
  const { id } = route.useParams();
  const { tab = "facts", duty, field } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const record = useSuspenseQuery(queries.incident(id)).data;
  const draft = draftOf(client, id, record.revision);
  draft.seen(record.revision);

  return (
    <>
      <IncidentBar record={record} />
      <OverrideBanner incident={id} />
      <HoldBanner incident={id} />
      <SecrecyBanner incident={id} />
      <RulesCorrected record={record} />
      <LawsPanel record={record} />
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: (now) => ({ ...now, tab: (next ?? "facts") as Tab }) })}
        keepMounted={false}
        activateTabWithKeyboard={false}
      >
        <Tabs.List mb="lg">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`incident.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="facts">
          <FactsTab
            record={record}
            draft={draft}
            duty={duty}
            field={field}
            onDuty={(next) => void navigate({ search: (now) => ({ ...now, duty: next }) })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="duties">
          <IncidentDuties record={record} />
        </Tabs.Panel>
        <Tabs.Panel value="messages">
          <MessagesTab incident={id} />
        </Tabs.Panel>
        <Tabs.Panel value="links">
          <LinksTab incident={id} />
        </Tabs.Panel>
        <Tabs.Panel value="preservation">
          <PreservationTab incident={id} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab record={record} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
