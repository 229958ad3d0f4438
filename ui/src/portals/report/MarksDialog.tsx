import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { markIncident } from "../../api/calls";
import type { IncidentView, Marking } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { DialogActs } from "../../parts/DialogActs";
import { PAP, TLP } from "../../parts/markings";
import { refusalInWords } from "../../parts/refusalInWords";
import { t } from "../../text";

const REPORT = "";

/** Who may see the report and its parts, and what may be done with them. */
export default function MarksDialog({ record, onClose }: { record: IncidentView; onClose: () => void }) {
  const client = useQueryClient();
  const [report, setReport] = useState<Marking>(record.marks.report ?? {});
  const [groups, setGroups] = useState<Record<string, Marking>>(record.marks.groups ?? {});
  const [part, setPart] = useState(REPORT);
  const [base] = useState(record.revision);
  const shown = part === REPORT ? report : (groups[part] ?? {});
  const change = (next: Marking) => (part === REPORT ? setReport(next) : setGroups({ ...groups, [part]: next }));
  const save = useMutation({
    mutationFn: () => markIncident(record.id, { base_revision: base, report, groups }),
    onSuccess: (view) => {
      client.setQueryData(["incident", record.id], view);
      void client.invalidateQueries({ queryKey: ["incident", record.id] });
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t("marks.title")}>
      <Stack>
        <Text>{t("marks.help")}</Text>
        <Select
          label={t("marks.part")}
          data={[
            { value: REPORT, label: t("marks.report") },
            ...record.groups.map(({ id, title }) => ({
              value: id,
              label: groups[id]?.tlp || groups[id]?.pap ? t("marks.marked", { title }) : title,
            })),
          ]}
          value={part}
          allowDeselect={false}
          onChange={(next) => setPart(next ?? REPORT)}
        />
        <Group grow>
          <Select label={t("marks.tlp")} data={TLP} value={shown.tlp ?? null} clearable onChange={(tlp) => change({ ...shown, tlp: tlp ?? undefined })} />
          <Select label={t("marks.pap")} data={PAP} value={shown.pap ?? null} clearable onChange={(pap) => change({ ...shown, pap: pap ?? undefined })} />
        </Group>
        <DialogActs refused={save.error && refusalInWords(save.error)} onClose={onClose}>
          <Button onClick={() => save.mutate()} loading={save.isPending}>
            {t("marks.save")}
          </Button>
        </DialogActs>
      </Stack>
    </Dialog>
  );
}
