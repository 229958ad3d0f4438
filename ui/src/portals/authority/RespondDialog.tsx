import { Group, Select, Text } from "@mantine/core";
import { useState } from "react";

import { respond } from "../../api/calls";
import type { FilingView, Marking, Pap, Tlp } from "../../api/types";
import { PAP, TLP } from "../../parts/markings";
import { WordsDialog } from "../../parts/WordsDialog";
import { t } from "../../text";

export interface DialogProps {
  filing: FilingView;
  onClose: () => void;
  onDone: (view: FilingView) => void;
}

/** Initial feedback and guidance to the one who filed, and how secret it is. */
export function RespondDialog({ filing, onClose, onDone }: DialogProps) {
  const [marking, setMarking] = useState<Marking>({});
  const change = (part: Marking) => setMarking({ ...marking, ...part });
  return (
    <WordsDialog
      title={t("respond.title", { name: filing.from.name })}
      label={t("respond.text")}
      help={t("respond.help")}
      act={t("respond.send", { name: filing.from.name })}
      most={20_000}
      choice={`${marking.tlp ?? ""} ${marking.pap ?? ""}`}
      send={(text, key) => respond(filing.id, text, marking, key)}
      onDone={onDone}
      onClose={onClose}
    >
      <Group grow>
        <Select label={t("marks.tlp")} data={TLP} value={marking.tlp ?? null} clearable onChange={(tlp) => change({ tlp: (tlp as Tlp | null) ?? undefined })} />
        <Select label={t("marks.pap")} data={PAP} value={marking.pap ?? null} clearable onChange={(pap) => change({ pap: (pap as Pap | null) ?? undefined })} />
      </Group>
      {marking.pap === "PAP:RED" && <Text>{t("secrecy.told")}</Text>}
    </WordsDialog>
  );
}
