import { Button, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import type { ApprovalStepView, ApprovalView } from "../../../api/approvals";
import { Countdown } from "../../../parts/Countdown";
import { Instant } from "../../../parts/Instant";
import { Mark } from "../../../parts/Mark";
import { t, tn } from "../../../text";
import { ApprovalActs } from "./ApprovalActs";
import classes from "./Approvals.module.css";
import { OverrideDialog } from "./OverrideDialog";

/** Beside a request: what one can do, the steps, and what was said. */
export function ApprovalRail({ request }: { request: ApprovalView }) {
  const [emergency, setEmergency] = useState(false);
  return (
    <aside className={`rail ${classes.after}`} aria-label={t("approval.rail")}>
      {request.due_at && request.state !== "filed" && (
        <section className={`sheet ${classes.box}`}>
          <Countdown at={request.due_at} />
        </section>
      )}
      <ApprovalActs request={request} />
      <section className={`sheet ${classes.box}`}>
        <Title order={2}>{t("approval.steps")}</Title>
        <Text c="dimmed">{t(request.in_order ? "approval.inOrder" : "approval.anyOrder")}</Text>
        {request.file_when_approved && <Text>{t("approval.filesItself")}</Text>}
        <ol className={classes.steps}>
          {request.steps.map((step) => (
            <Step key={step.name} step={step} />
          ))}
        </ol>
      </section>
      {request.filings.length > 0 && (
        <section className={`sheet ${classes.box}`}>
          <Title order={2}>{t("approval.filed")}</Title>
          {request.filings.map((filing) => (
            <Link key={filing} to="/report/filings/$id" params={{ id: filing }}>
              {t("override.open")}
            </Link>
          ))}
        </section>
      )}
      <section className={`sheet ${classes.box}`}>
        <Title order={2}>{t("approval.digest")}</Title>
        <Text size="sm">{t("approval.digestHelp")}</Text>
        <div className={classes.digest}>{request.digest}</div>
      </section>
      {request.may_override && request.incident && (
        <section className={`sheet ${classes.box}`}>
          <Stack gap="xs">
            <Title order={2}>{t("override.title")}</Title>
            <Text size="sm">{t("override.help")}</Text>
            <Button variant="outline" color="var(--late)" onClick={() => setEmergency(true)}>
              {t("override.begin")}
            </Button>
          </Stack>
        </section>
      )}
      {emergency && request.incident && (
        <OverrideDialog
          incident={request.incident}
          duty={request.duty}
          name={t("duty.name", { law: request.law, title: request.stage_title })}
          to={request.to}
          late={request.due_at != null && Date.parse(request.due_at) < Date.parse(request.now)}
          onClose={() => setEmergency(false)}
        />
      )}
    </aside>
  );
}

function Step({ step }: { step: ApprovalStepView }) {
  const tone = step.state === "done" ? "good" : step.state === "open" ? "accent" : "plain";
  return (
    <li>
      <strong>{step.name}</strong> <Mark tone={tone}>{t(`approval.step.${step.state}`)}</Mark>
      <div className={classes.who}>
        {t("approval.who", { who: step.who, people: tn("approval.people", step.count) })}
      </div>
      {step.approved.map((name) => (
        <div key={name}>{t("approval.by", { name })}</div>
      ))}
      {step.deputies && (
        <div className={classes.who}>
          {t("approval.deputies", { names: step.deputies })}{" "}
          {step.deputies_from && <Instant at={step.deputies_from} short />}
        </div>
      )}
    </li>
  );
}
