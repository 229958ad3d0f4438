import { respond } from "../../api/calls";
import type { FilingView } from "../../api/types";
import { WordsDialog } from "../../parts/WordsDialog";
import { t } from "../../text";

export interface DialogProps {
  filing: FilingView;
  onClose: () => void;
  onDone: (view: FilingView) => void;
}

/** Initial feedback and guidance to the one who filed. */
export function RespondDialog({ filing, onClose, onDone }: DialogProps) {
  return (
    <WordsDialog
      title={t("respond.title", { name: filing.from.name })}
      label={t("respond.text")}
      help={t("respond.help")}
      act={t("respond.send", { name: filing.from.name })}
      most={20_000}
      send={(text, key) => respond(filing.id, text, key)}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
