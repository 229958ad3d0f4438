import { Stack, Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";

import { approvalChain } from "../../../api/approvals";
import { me } from "../../../api/queries";
import { Empty } from "../../../parts/Empty";
import { PageTitle } from "../../../parts/PageTitle";
import { t } from "../../../text";
import classes from "./Approvals.module.css";
import { ChainForm } from "./ChainForm";

const route = getRouteApi("/report/approvals/chain");

/** Which filings need whose approval: of the organisation, or of one incident. */
export function ChainPage() {
  const { functions } = useSuspenseQuery(me).data;
  const { incident } = route.useSearch();
  if (functions.includes("administrator")) return <Chain incident={incident} />;
  return <Empty whole title={t("chain.title")} text={t("chain.denied")} />;
}

function Chain({ incident }: { incident: string | undefined }) {
  const kept = useSuspenseQuery(approvalChain(incident)).data;
  return (
    <Stack gap="md">
      <Link to="/report/approvals" className="no-print">
        {t("approval.back")}
      </Link>
      <PageTitle>{t(incident ? "chain.titleOfIncident" : "chain.title")}</PageTitle>
      <Text maw={720}>{t("chain.help")}</Text>
      <ChainForm key={kept.id ?? "none"} kept={kept} incident={incident} />
      {kept.overrides.length > 0 && (
        <section className={classes.override} aria-label={t("override.mark")}>
          <strong>{t("chain.overrides", { count: kept.overrides.length })}</strong>
          {kept.overrides.map((mark) => (
            <span key={mark.filing}>{t("chain.override", { title: mark.title, name: mark.by, reason: mark.reason })}</span>
          ))}
        </section>
      )}
    </Stack>
  );
}
