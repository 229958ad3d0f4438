import { Button, Checkbox, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { fileStage } from "../../api/calls";
import type { Duty, FilingPreview, IncidentView } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { DialogActs } from "../../parts/DialogActs";
import { refusalInWords } from "../../parts/refusalInWords";
import { language, t } from "../../text";

interface ConfirmProps {
  record: IncidentView;
  duty: Duty;
  preview: FilingPreview;
  onClose: () => void;
}

/** The one act that cannot be taken back: it names what happens and to whom. */
export function ConfirmFiling({ record, duty, preview, onClose }: ConfirmProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [to, setTo] = useState(() => preview.to.map(({ organisation }) => organisation.id));
  const [reason, setReason] = useState("");
  // One key for this act, however often it is tried; the revision is the one that was previewed.
  const [act] = useState(() => ({ key: crypto.randomUUID(), revision: record.revision }));
  const chosen = preview.to.map(({ organisation }) => organisation).filter(({ id }) => to.includes(id));
  const [first, ...others] = chosen.map(({ id }) => id);
  const recipient = new Intl.ListFormat(language()).format(chosen.map(({ name }) => name));
  const file = useMutation({
    mutationFn: () =>
      fileStage(
        record.id,
        duty.key,
        { base_revision: act.revision, recipient: first ?? "", also: others, late_reason: reason.trim() || null },
        act.key,
      ),
    onSuccess: async (filed) => {
      void client.invalidateQueries();
      await navigate({ to: "/report/filings/$id", params: { id: filed.filing } });
    },
  });
  return (
    <Dialog onClose={onClose} title={t("confirm.title")}>
      <Stack>
        {preview.to.length > 1 && (
          <Checkbox.Group label={t("confirm.recipient")} value={to} onChange={setTo}>
            <Stack gap="xs" mt="xs">
              {preview.to.map(({ organisation: { id, name } }) => (
                <Checkbox key={id} value={id} label={name} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        {preview.late && (
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
        <Text>
          {t("confirm.text", { law: duty.law, title: duty.title, recipient })}
        </Text>
        <DialogActs refused={file.error && refusalInWords(file.error)} onClose={onClose}>
          <Button
            onClick={() => file.mutate()}
            loading={file.isPending}
            disabled={first === undefined || (preview.late && reason.trim() === "")}
            data-autofocus
          >
            {t("confirm.file", { recipient })}
          </Button>
        </DialogActs>
      </Stack>
    </Dialog>
  );
}
