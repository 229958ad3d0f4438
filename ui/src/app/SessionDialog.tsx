import { Button, Group, Text } from "@mantine/core";

import { Dialog } from "../parts/Dialog";
import { t } from "../text";

/** The way back in another tab, and on from where the writing stopped. */
export default function SessionDialog({ onGoOn }: { onGoOn: () => void }) {
  return (
    <Dialog title={t("session.ended")} size="md">
      <Text mb="md">{t("session.kept")}</Text>
      <Group>
        <Button component="a" href="/login" target="_blank" rel="noopener">
          {t("session.signIn")}
        </Button>
        <Button variant="default" onClick={onGoOn}>
          {t("session.goOn")}
        </Button>
      </Group>
    </Dialog>
  );
}
