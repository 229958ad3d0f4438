import { Button, FileInput, Group, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { serverNow } from "../../api/clock";
import { noteFiledElsewhere, type Way } from "../../api/elsewhere";
import type { Duty, IncidentView } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { DialogActs } from "../../parts/DialogActs";
import { refusalInWords } from "../../parts/refusalInWords";
import { fromLocalInput, toLocalInput, zoneName } from "../../parts/time";
import { useZone } from "../../parts/useZone";
import { t } from "../../text";

const WAYS: Way[] = ["portal", "mail", "letter", "telephone", "person", "other"];

interface DialogProps {
  record: IncidentView;
  duty: Duty;
  onClose: () => void;
}

/** SHA-256 in hexadecimal digits: the file itself stays with its owner. */
async function digestOf(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Notes that a stage was filed without Beffroi, so that its clocks are right. */
export function ElsewhereDialog({ record, duty, onClose }: DialogProps) {
  const client = useQueryClient();
  const zone = useZone();
  const [at, setAt] = useState(() => toLocalInput(new Date(serverNow()).toISOString(), zone));
  const [to, setTo] = useState(duty.recipients[0]?.organisations[0]?.name ?? "");
  const [way, setWay] = useState<Way>("portal");
  const [reference, setReference] = useState("");
  const [note, setNote] = useState("");
  const [proof, setProof] = useState<File | null>(null);
  const filedAt = fromLocalInput(at, zone);
  const save = useMutation({
    mutationFn: async () =>
      noteFiledElsewhere(record.id, duty.key, {
        base_revision: record.revision,
        at: filedAt ?? "",
        to,
        way,
        reference: reference || undefined,
        note: note || undefined,
        proof_sha256: proof ? await digestOf(proof) : undefined,
      }),
    onSuccess: (view) => {
      client.setQueryData(["incident", record.id], view);
      void client.invalidateQueries({ queryKey: ["incident", record.id] });
      onClose();
    },
  });
  const ready = filedAt !== undefined && to.trim() !== "" && (way !== "other" || note.trim() !== "");
  return (
    <Dialog onClose={onClose} title={t("elsewhere.title", { law: duty.law, title: duty.title })}>
      <Stack>
        <Text>{t("elsewhere.help")}</Text>
        <TextInput
          type="datetime-local"
          label={t("elsewhere.at", { zone: zoneName(zone) })}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          data-autofocus
        />
        <Group grow align="start">
          <TextInput label={t("elsewhere.to")} value={to} maxLength={200} onChange={(event) => setTo(event.currentTarget.value)} />
          <Select
            label={t("elsewhere.way")}
            data={WAYS.map((value) => ({ value, label: t(`elsewhere.way.${value}`) }))}
            value={way}
            allowDeselect={false}
            onChange={(next) => setWay(WAYS.find((known) => known === next) ?? "portal")}
          />
        </Group>
        <TextInput
          label={t("elsewhere.reference")}
          description={t("elsewhere.referenceHelp")}
          value={reference}
          maxLength={200}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <FileInput
          label={t("elsewhere.proof")}
          description={t("elsewhere.proofHelp")}
          placeholder={t("elsewhere.proofChoose")}
          value={proof}
          onChange={setProof}
          clearable
          clearButtonProps={{ "aria-label": t("elsewhere.proofClear") }}
        />
        <Textarea
          label={way === "other" ? t("elsewhere.noteWanted") : t("elsewhere.note")}
          value={note}
          maxLength={4000}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <DialogActs refused={save.error && refusalInWords(save.error)} onClose={onClose}>
          <Button onClick={() => save.mutate()} loading={save.isPending} disabled={!ready}>
            {t("elsewhere.save")}
          </Button>
        </DialogActs>
      </Stack>
    </Dialog>
  );
}
