import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { approvalsOf, type ApprovalSummary } from "../../../api/approvals";
import type { Duty, FilingPreview, IncidentView } from "../../../api/types";
import { t } from "../../../text";
import classes from "./Approvals.module.css";
import { AskDialog } from "./AskDialog";
import { OverrideDialog } from "./OverrideDialog";
import { StateMark } from "./StateMark";

interface PanelProps {
  record: IncidentView;
  duty: Duty;
  preview: FilingPreview;
  /** Files what is approved, or what needs no approval. */
  onFile: () => void;
}

/** The way out of the house: through the approval where one is wanted, else straight to the filing. */
export default function ApprovalPanel({ record, duty, preview, onFile }: PanelProps) {
  const known = useSuspenseQuery(approvalsOf(record.id)).data;
  const [open, setOpen] = useState<"ask" | "emergency">();
  const ready = preview.ready && preview.to.length > 0;
  const file = (
    <Button onClick={onFile} disabled={!ready}>
      {t("preview.file")}
    </Button>
  );
  if (!known.covered.includes(duty.key)) return file;
  const last = known.requests.find((request) => request.duty === duty.key);
  const close = () => setOpen(undefined);
  const to = preview.to.map(({ organisation }) => ({ organisation: organisation.id, name: organisation.name }));
  return (
    <section className={`sheet ${classes.box}`} style={{ width: "100%" }} aria-labelledby="approval">
      <Stack gap="sm">
        <Title order={2} id="approval">
          {t("approval.title")}
        </Title>
        <Standing last={last} />
        <Group>
          {last?.state === "approved" ? (
            file
          ) : (
            <Button onClick={() => setOpen("ask")} disabled={!ready} variant={last?.state === "pending" ? "default" : "filled"}>
              {t(last ? "approval.askAgain" : "approval.ask")}
            </Button>
          )}
          {known.may_override && last?.state !== "approved" && (
            <Button variant="outline" color="var(--late)" onClick={() => setOpen("emergency")} disabled={!ready}>
              {t("override.begin")}
            </Button>
          )}
        </Group>
      </Stack>
      {open === "ask" && <AskDialog record={record} duty={duty} late={preview.late} onClose={close} />}
      {open === "emergency" && (
        <OverrideDialog
          incident={record.id}
          duty={duty.key}
          name={t("duty.name", { law: duty.law, title: duty.title })}
          revision={record.revision}
          to={to}
          late={preview.late}
          onClose={close}
        />
      )}
    </section>
  );
}

function Standing({ last }: { last: ApprovalSummary | undefined }) {
  if (!last) return <Text>{t("approval.wanted")}</Text>;
  return (
    <Text>
      <StateMark state={last.state} /> {t(`approval.panel.${last.state}`)}{" "}
      <Link to="/report/approvals/$id" params={{ id: last.id }}>
        {t("approval.open", { given: last.given, wanted: last.wanted })}
      </Link>
    </Text>
  );
}
