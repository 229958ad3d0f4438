import { Button, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { ask } from "../../../api/approvals";
import type { Duty, IncidentView } from "../../../api/types";
import { Dialog } from "../../../parts/Dialog";
import { DialogActs } from "../../../parts/DialogActs";
import { refusalInWords } from "../../../parts/refusalInWords";
import { t } from "../../../text";

interface AskProps {
  record: IncidentView;
  duty: Duty;
  late: boolean;
  onClose: () => void;
}

/** Asks those who approve: what they should know, and the reason of a delay, which is approved too. */
export function AskDialog({ record, duty, late, onClose }: AskProps) {
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const [reason, setReason] = useState("");
  // One key for this act, however often it is tried; the revision is the one that was previewed.
  const [act] = useState(() => ({ key: crypto.randomUUID(), revision: record.revision }));
  const asking = useMutation({
    mutationFn: () =>
      ask(
        record.id,
        duty.key,
        { base_revision: act.revision, late_reason: reason.trim() || null, note: note.trim() || null },
        act.key,
      ),
    onSuccess: async () => {
      await client.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t("approval.askTitle")}>
      <Stack>
        <Text>{t("approval.askText")}</Text>
        {late && (
          <Textarea
            label={t("confirm.lateReason")}
            description={t("confirm.lateHelp")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autosize
            minRows={3}
            maxLength={4000}
            required
          />
        )}
        <Textarea
          label={t("approval.askNote")}
          description={t("approval.askNoteHelp")}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={4000}
          data-autofocus
        />
        <DialogActs refused={asking.error && refusalInWords(asking.error)} onClose={onClose}>
          <Button onClick={() => asking.mutate()} loading={asking.isPending} disabled={late && reason.trim() === ""}>
            {t("approval.ask")}
          </Button>
        </DialogActs>
      </Stack>
    </Dialog>
  );
}
