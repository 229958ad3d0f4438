import { Stack, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { approvals, type ApprovalSummary } from "../../../api/approvals";
import { me } from "../../../api/queries";
import { Countdown } from "../../../parts/Countdown";
import { Empty } from "../../../parts/Empty";
import { Instant } from "../../../parts/Instant";
import { LinkButton } from "../../../parts/LinkButton";
import { PageTitle } from "../../../parts/PageTitle";
import { t, tn } from "../../../text";
import classes from "./Approvals.module.css";
import { StateMark } from "./StateMark";

/** What waits for one's approval, most urgent on top, then everything else that was asked. */
export function ApprovalsPage() {
  const { approvals: all, waiting } = useSuspenseQuery(approvals).data;
  const { functions } = useSuspenseQuery(me).data;
  const mine = all.filter((one) => one.waits_for_me);
  const others = all.filter((one) => !one.waits_for_me);
  return (
    <Stack gap="md">
      <div className={classes.top}>
        <PageTitle>{t("approvals.title")}</PageTitle>
        {functions.includes("administrator") && (
          <LinkButton to="/report/approvals/chain" variant="default">
            {t("approvals.chain")}
          </LinkButton>
        )}
      </div>
      {mine.length === 0 && <Empty title={t("approvals.none.title")} text={t("approvals.none.text")} />}
      {mine.length > 0 && <Title order={2}>{tn("approvals.waiting", waiting)}</Title>}
      {mine.map((one) => (
        <Request key={one.id} of={one} />
      ))}
      {others.length > 0 && <Title order={2}>{t("approvals.others")}</Title>}
      {others.map((one) => (
        <Request key={one.id} of={one} />
      ))}
    </Stack>
  );
}

function Request({ of }: { of: ApprovalSummary }) {
  const running = of.state === "pending" || of.state === "approved";
  return (
    <article className={`sheet ${classes.request}`}>
      <div>
        <Title order={3} className={classes.name}>
          <Link to="/report/approvals/$id" params={{ id: of.id }}>
            {t("duty.name", { law: of.law, title: of.stage_title })}
          </Link>
        </Title>
        <div>{of.title}</div>
        <div className="facts">
          <StateMark state={of.state} />
          <span>{of.from.name}</span>
          <span>{t("approvals.asked", { name: of.asked_by })}</span> <Instant at={of.asked_at} short />
          <span>{t("approvals.given", { given: of.given, wanted: of.wanted })}</span>
        </div>
      </div>
      {of.due_at && running && <Countdown at={of.due_at} short />}
    </article>
  );
}
