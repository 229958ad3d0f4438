import { useQueryClient } from "@tanstack/react-query";

import { declineLink, endLink } from "../../api/links";
import type { IncidentLinkView } from "../../api/types";
import { WordsDialog } from "../../parts/WordsDialog";
import { t } from "../../text";

interface EndProps {
  link: IncidentLinkView;
  act: "decline" | "end";
  onClose: () => void;
}

/** Says why a link does not hold, or not any more. */
export function EndDialog({ link, act, onClose }: EndProps) {
  const client = useQueryClient();
  return (
    <WordsDialog
      title={t(act === "decline" ? "links.declineTitle" : "links.endTitle", { name: link.name })}
      label={t("links.reason")}
      help={t("links.reasonHelp", { name: link.name })}
      act={t(act === "decline" ? "links.decline" : "links.end")}
      most={2000}
      send={(reason) => (act === "decline" ? declineLink(link.id, reason) : endLink(link.id, reason))}
      onDone={() => {
        void client.invalidateQueries();
        onClose();
      }}
      onClose={onClose}
    />
  );
}
