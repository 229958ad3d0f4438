import { Button, Code, Stack, Text } from "@mantine/core";

import { Dialog } from "../../parts/Dialog";
import { t } from "../../text";

/** The recovery codes, shown this once. */
export function CodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  return (
    <Dialog title={t("security.codes")} size="md">
      <Stack>
        <Text>{t("security.codesHelp")}</Text>
        <Code block tabIndex={0} role="region" aria-label={t("security.codes")}>
          {codes.join("\n")}
        </Code>
        <Button onClick={onClose}>{t("security.codesKept")}</Button>
      </Stack>
    </Dialog>
  );
}
