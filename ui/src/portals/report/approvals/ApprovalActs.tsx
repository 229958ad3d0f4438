import { Button, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { approval, approvals, decide, remark, takeBack, type ApprovalEntry, type ApprovalView } from "../../../api/approvals";
import { Instant } from "../../../parts/Instant";
import { refusalInWords } from "../../../parts/refusalInWords";
import { t } from "../../../text";
import classes from "./Approvals.module.css";

type Act = "approved" | "returned" | "remark" | "withdraw";

/** Approve, send back, ask, take back: what the person may do now, and why not what they may not. */
export function ApprovalActs({ request }: { request: ApprovalView }) {
  const client = useQueryClient();
  const [text, setText] = useState("");
  // The same words for the same act are the same act, however often they are sent.
  const last = useRef({ said: "", key: crypto.randomUUID() });
  const act = useMutation({
    mutationFn: (what: Act) => {
      const said = `${what}\n${text.trim()}`;
      if (last.current.said !== said) last.current = { said, key: crypto.randomUUID() };
      const { key } = last.current;
      if (what === "withdraw") return takeBack(request.id);
      return what === "remark" ? remark(request.id, text.trim(), key) : decide(request.id, what, text.trim(), key);
    },
    onSuccess: (view) => {
      setText("");
      client.setQueryData(approval(request.id).queryKey, view);
      void client.invalidateQueries({ queryKey: approvals.queryKey, exact: true });
      void client.invalidateQueries({ queryKey: ["incident"] });
    },
    onError: () => void client.invalidateQueries({ queryKey: approval(request.id).queryKey }),
  });
  const decides = request.waits_for_me;
  const empty = text.trim() === "";
  return (
    <section className={`sheet ${classes.box}`}>
      <Stack gap="sm">
        <Title order={2}>{t(decides ? "approval.decide" : "approval.thread")}</Title>
        {!decides && request.state === "pending" && request.hindrance && <Text>{request.hindrance}</Text>}
        <Thread entries={request.entries} />
        {request.may_remark && (
          <Textarea
            label={t("approval.remark")}
            description={t("approval.remarkHelp")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={4000}
          />
        )}
        {act.error && (
          <Text role="alert" c="var(--late)">
            {refusalInWords(act.error)}
          </Text>
        )}
        <Group gap="xs">
          {decides && (
            <>
              <Button onClick={() => act.mutate("approved")} loading={act.isPending}>
                {t("approval.approve")}
              </Button>
              <Button variant="default" onClick={() => act.mutate("returned")} disabled={empty || act.isPending}>
                {t("approval.return")}
              </Button>
            </>
          )}
          {request.may_remark && (
            <Button variant="default" onClick={() => act.mutate("remark")} disabled={empty || act.isPending}>
              {t("approval.say")}
            </Button>
          )}
          {request.may_withdraw && (
            <Button variant="subtle" color="gray" onClick={() => act.mutate("withdraw")} disabled={act.isPending}>
              {t("approval.takeBack")}
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  );
}

function Thread({ entries }: { entries: ApprovalEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <ul className={classes.thread}>
      {entries.map((entry) => (
        <li key={`${entry.at}${entry.by}${entry.act}`}>
          <strong>{entry.by}</strong> {t(`approval.act.${entry.act}`)} <Instant at={entry.at} short />
          <div className={classes.who}>{entry.organisation}</div>
          {entry.text && <p className={classes.said}>{entry.text}</p>}
        </li>
      ))}
    </ul>
  );
}
