import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { setCsrfToken } from "../api/client";
import { anythingUnsaved, saveNow } from "../api/drafts";
import { me } from "../api/queries";
import { onSignedOut, signInAddress } from "../api/signedOut";
import { Dialog } from "../parts/Dialog";
import { t } from "../text";

/** When the session ends: sign in again; with unsaved answers in another tab, so that none is lost. */
export function SessionEnded() {
  const [ended, setEnded] = useState(false);
  const queries = useQueryClient();
  useEffect(
    () =>
      onSignedOut(() => {
        if (anythingUnsaved()) setEnded(true);
        else window.location.replace(signInAddress());
      }),
    [],
  );

  async function goOn() {
    const { csrf_token } = await queries.fetchQuery({ ...me, staleTime: 0 });
    setCsrfToken(csrf_token);
    setEnded(false);
    saveNow();
    await queries.invalidateQueries();
  }

  return (
    <Dialog opened={ended} title={t("session.ended")} size="md">
      <Text mb="md">{t("session.kept")}</Text>
      <Group>
        <Button component="a" href="/login" target="_blank" rel="noopener">
          {t("session.signIn")}
        </Button>
        <Button variant="default" onClick={() => void goOn()}>
          {t("session.goOn")}
        </Button>
      </Group>
    </Dialog>
  );
}
