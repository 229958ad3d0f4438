import { Stack, Text } from "@mantine/core";

import type { OwnTerm } from "../../../api/taxonomy";
import { Dialog } from "../../../parts/Dialog";
import { wordsOf } from "../../../parts/termWords";
import { t, tn } from "../../../text";

/** Why a term that records use is not deleted. */
export function InUseDialog({ own, onClose }: { own: OwnTerm; onClose: () => void }) {
  return (
    <Dialog title={t("terms.inUseTitle", { label: wordsOf(own.term.label) })} onClose={onClose} size="md">
      <Stack>
        <Text>{tn("terms.used", own.used)}</Text>
        <Text>{t("terms.inUseText")}</Text>
      </Stack>
    </Dialog>
  );
}
