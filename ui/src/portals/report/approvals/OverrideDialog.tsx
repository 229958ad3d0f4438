import { Button, Checkbox, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { fileWithout } from "../../../api/approvals";
import { Dialog } from "../../../parts/Dialog";
import { DialogActs } from "../../../parts/DialogActs";
import { refusalInWords } from "../../../parts/refusalInWords";
import { t } from "../../../text";

const SHORTEST = 10;

interface OverrideProps {
  incident: string;
  duty: string;
  name: string;
  /** The revision that was previewed; absent for whoever saw a request instead. */
  revision?: number;
  to: { organisation: string; name: string }[];
  late: boolean;
  onClose: () => void;
}

/** The emergency: it names what happens, to whom it goes, and that it stays visible. */
export function OverrideDialog({ incident, duty, name, revision, to, late, onClose }: OverrideProps) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState(() => to.map(({ organisation }) => organisation));
  const [reason, setReason] = useState("");
  const [lateReason, setLateReason] = useState("");
  const [key] = useState(() => crypto.randomUUID());
  const [first, ...also] = chosen;
  const file = useMutation({
    mutationFn: () =>
      fileWithout(
        incident,
        duty,
        { base_revision: revision ?? null, recipient: first ?? "", also, late_reason: lateReason.trim() || null, reason: reason.trim() },
        key,
      ),
    onSuccess: () => {
      void client.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t("override.title")}>
      <Stack>
        <Text>{t("override.what", { name })}</Text>
        {to.length > 1 && (
          <Checkbox.Group label={t("confirm.recipient")} value={chosen} onChange={setChosen}>
            <Stack gap="xs" mt="xs">
              {to.map((one) => (
                <Checkbox key={one.organisation} value={one.organisation} label={one.name} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <Textarea
          label={t("override.reason")}
          description={t("override.reasonHelp")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={3}
          maxLength={4000}
          required
          data-autofocus
        />
        {late && (
          <Textarea
            label={t("confirm.lateReason")}
            description={t("confirm.lateHelp")}
            value={lateReason}
            onChange={(event) => setLateReason(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={4000}
          />
        )}
        <DialogActs refused={file.error && refusalInWords(file.error)} onClose={onClose}>
          <Button
            variant="outline"
            color="var(--late)"
            onClick={() => file.mutate()}
            loading={file.isPending}
            disabled={first === undefined || reason.trim().length < SHORTEST}
          >
            {t("override.act")}
          </Button>
        </DialogActs>
      </Stack>
    </Dialog>
  );
}
