import { Alert, Stack, Tabs, Text, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";

import { approval, type ApprovalView } from "../../../api/approvals";
import { Diff } from "../../../parts/Diff";
import { FiledContent } from "../../../parts/FiledContent";
import { Instant } from "../../../parts/Instant";
import { Marking } from "../../../parts/Marking";
import { PageTitle } from "../../../parts/PageTitle";
import { t } from "../../../text";
import { ApprovalRail } from "./ApprovalRail";
import classes from "./Approvals.module.css";
import { StateMark } from "./StateMark";

const route = getRouteApi("/report/approvals/$id");

/** What would be sent, to whom, what changed, and the two things one can do with it. */
export function ApprovalPage() {
  const { id } = route.useParams();
  const request = useSuspenseQuery(approval(id)).data;
  return (
    <>
      <Link to="/report/approvals" className="no-print">
        {t("approval.back")}
      </Link>
      <div style={{ margin: "4px 0 16px" }}>
        <PageTitle>{t("duty.name", { law: request.law, title: request.stage_title })}</PageTitle>
        <div className="facts">
          <StateMark state={request.state} />
          <span>{request.from.name}</span>
          <span>{request.article}</span>
          <span>{t("approval.version", { version: request.version })}</span>
        </div>
      </div>
      <div className="split">
        <Stack gap="md">
          <Standing of={request} />
          {request.note && (
            <section className={`sheet ${classes.box}`}>
              <Title order={2}>{t("approval.note", { name: request.asked_by })}</Title>
              <p className={classes.said}>{request.note}</p>
            </section>
          )}
          <Changes of={request} />
          <Copies of={request} />
        </Stack>
        <ApprovalRail request={request} />
      </div>
    </>
  );
}

function Standing({ of }: { of: ApprovalView }) {
  if (of.state === "withdrawn") return <Alert variant="outline" title={t("approval.withdrawn.title")}>{t("approval.withdrawn.text")}</Alert>;
  if (of.state === "returned") return <Alert variant="outline" title={t("approval.returned.title")}>{t("approval.returned.text")}</Alert>;
  if (of.chain_changed) return <Alert variant="outline" title={t("approval.chainChanged")} />;
  return null;
}

function Changes({ of }: { of: ApprovalView }) {
  const look = of.since_look;
  return (
    <>
      {look && (
        <section className={`sheet ${classes.box}`}>
          <Title order={2}>{t("approval.sinceLook")}</Title>
          <Text c="dimmed">
            {t("approval.sinceLookOf", { version: look.version })} <Instant at={look.looked_at} short />
          </Text>
          {look.changes.length > 0 ? <Diff changes={look.changes} /> : <p>{t("approval.unchanged")}</p>}
        </section>
      )}
      {of.changes.length > 0 && (
        <section className={`sheet ${classes.box}`}>
          <Title order={2}>{t("approval.sinceFiling")}</Title>
          <Diff changes={of.changes} />
        </section>
      )}
    </>
  );
}

function Copies({ of }: { of: ApprovalView }) {
  const first = of.copies[0];
  if (!first) return null;
  return (
    <section aria-label={t("approval.copies")}>
      {of.late_reason && <Text mb="sm">{t("approval.lateReason", { reason: of.late_reason })}</Text>}
      <Tabs defaultValue={first.to.organisation} activateTabWithKeyboard={false}>
        <Tabs.List mb="md">
          {of.copies.map((copy) => (
            <Tabs.Tab key={copy.to.organisation} value={copy.to.organisation}>
              {t("approval.to", { name: copy.to.name })}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {of.copies.map((copy) => (
          <Tabs.Panel key={copy.to.organisation} value={copy.to.organisation}>
            <Stack gap="sm">
              <Text>
                {t("approval.role", { role: copy.role })} <Marking of={copy.marking} />
              </Text>
              {copy.withheld.length > 0 && <Text c="dimmed">{t("approval.withheld", { titles: copy.withheld.join("; ") })}</Text>}
              <FiledContent groups={copy.groups} />
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}
