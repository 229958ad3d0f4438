import { Button, Group, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { requestStage } from "../../api/calls";
import { Dialog } from "../../parts/Dialog";
import { refusalInWords } from "../../parts/refusalInWords";
import { fromLocalInput, zoneName } from "../../parts/time";
import { useZone } from "../../parts/useZone";
import { t } from "../../text";
import type { DialogProps } from "./RespondDialog";

function stageName(duty: string): string {
  const words = (duty.split(".").at(-1) ?? duty).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Asks for a further stage: which, until when, and what one wants to know. */
export function RequestDialog({ filing, onClose, onDone }: DialogProps) {
  const zone = useZone();
  const [duty, setDuty] = useState(filing.requestable[0] ?? "");
  const [due, setDue] = useState("");
  const [text, setText] = useState("");
  const asked = useMemo(
    () => ({ key: crypto.randomUUID(), body: { duty, due_at: fromLocalInput(due, zone), text: text.trim() } }),
    [duty, due, zone, text],
  );
  const send = useMutation({
    mutationFn: () => requestStage(filing.id, asked.body, asked.key),
    onSuccess: onDone,
  });
  return (
    <Dialog onClose={onClose} title={t("request.title", { name: filing.from.name })}>
      <Stack>
        <Select
          label={t("request.stage")}
          data={filing.requestable.map((one) => ({ value: one, label: stageName(one) }))}
          value={duty}
          allowDeselect={false}
          onChange={(next) => next && setDuty(next)}
        />
        <TextInput
          type="datetime-local"
          label={t("request.due", { zone: zoneName(zone) })}
          description={t("request.dueHelp")}
          value={due}
          onChange={(event) => setDue(event.currentTarget.value)}
        />
        <Textarea
          label={t("request.text")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          maxRows={14}
          maxLength={20_000}
        />
        {send.error && (
          <Text role="alert" c="var(--late)">
            {refusalInWords(send.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("confirm.notNow")}
          </Button>
          <Button onClick={() => send.mutate()} loading={send.isPending} disabled={text.trim() === ""}>
            {t("request.send", { name: filing.from.name })}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
