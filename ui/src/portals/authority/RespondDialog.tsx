import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { respond } from "../../api/calls";
import type { FilingView } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { refusalInWords } from "../../parts/refusalInWords";
import { t } from "../../text";

export interface DialogProps {
  filing: FilingView;
  onClose: () => void;
  onDone: (view: FilingView) => void;
}

/** Initial feedback and guidance to the one who filed. */
export function RespondDialog({ filing, onClose, onDone }: DialogProps) {
  const [text, setText] = useState("");
  // The same words are the same act, however often they are sent.
  const act = useMemo(() => ({ key: crypto.randomUUID(), text: text.trim() }), [text]);
  const send = useMutation({ mutationFn: () => respond(filing.id, act.text, act.key), onSuccess: onDone });
  return (
    <Dialog onClose={onClose} title={t("respond.title", { name: filing.from.name })}>
      <Stack>
        <Textarea
          label={t("respond.text")}
          description={t("respond.help")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={6}
          maxRows={18}
          maxLength={20_000}
          data-autofocus
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
            {t("respond.send", { name: filing.from.name })}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
