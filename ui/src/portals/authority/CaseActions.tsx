import { Button, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";

import { acknowledge } from "../../api/calls";
import { me } from "../../api/queries";
import type { FilingView } from "../../api/types";
import { Countdown } from "../../parts/Countdown";
import classes from "../../parts/FilingRail.module.css";
import { refusalInWords } from "../../parts/refusalInWords";
import { t } from "../../text";
import { RequestDialog } from "./RequestDialog";
import { RespondDialog } from "./RespondDialog";

type Act = "respond" | "request";

interface ActionsProps {
  filing: FilingView;
  act: Act | undefined;
  onAct: (act: Act | undefined) => void;
}

/** Acknowledge, respond, ask for a further stage: the response's clock beside them. */
export function CaseActions({ filing, act, onAct }: ActionsProps) {
  const client = useQueryClient();
  const officer = useSuspenseQuery(me).data.functions.includes("officer");

  function done(view: FilingView, words: string) {
    client.setQueryData(["received", filing.id], view);
    void client.invalidateQueries({ queryKey: ["inbox"] });
    notifications.show({ message: words, closeButtonProps: { "aria-label": t("app.close") } });
    onAct(undefined);
  }

  const take = useMutation({
    mutationFn: () => acknowledge(filing.id),
    onSuccess: (view) => done(view, t("case.acknowledged", { name: filing.from.name })),
  });
  if (!officer) return null;
  if (filing.for_information) return <p>{t("case.forInformation", { why: filing.for_information })}</p>;
  return (
    <section className={`sheet ${classes.box}`} aria-labelledby="actions">
      <Title order={2} id="actions">
        {t("case.actions")}
      </Title>
      {filing.response_due_at && !filing.answered_at && (
        <div>
          {t("case.respondBy")}
          <Countdown at={filing.response_due_at} />
        </div>
      )}
      {!filing.acknowledged_at && (
        <Button onClick={() => take.mutate()} loading={take.isPending}>
          {t("case.acknowledge")}
        </Button>
      )}
      {take.error && (
        <span role="alert" style={{ color: "var(--late)" }}>
          {refusalInWords(take.error)}
        </span>
      )}
      <Button variant={filing.acknowledged_at && !filing.answered_at ? "filled" : "default"} onClick={() => onAct("respond")}>
        {t(filing.answered_at ? "case.writeMore" : "case.respond")}
      </Button>
      {filing.requestable.length > 0 && (
        <Button variant="default" onClick={() => onAct("request")}>
          {t("case.request")}
        </Button>
      )}
      {act === "respond" && (
        <RespondDialog
          filing={filing}
          onClose={() => onAct(undefined)}
          onDone={(view) => done(view, t("case.responded", { name: filing.from.name }))}
        />
      )}
      {act === "request" && filing.requestable.length > 0 && (
        <RequestDialog
          filing={filing}
          onClose={() => onAct(undefined)}
          onDone={(view) => done(view, t("case.requested", { name: filing.from.name }))}
        />
      )}
    </section>
  );
}
