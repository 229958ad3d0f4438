import { Button, Code, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { confirmSecondFactor, type SecondFactorSetup } from "../../api/admin";
import { Dialog } from "../../parts/Dialog";
import { Refused } from "../../parts/Refused";
import { t } from "../../text";

interface SetupProps {
  setup: SecondFactorSetup;
  onDone: (codes: string[]) => void;
  onClose: () => void;
}

/** Shows what the authenticator is to read, and takes its first code. */
export function SetupDialog({ setup, onDone, onClose }: SetupProps) {
  const [code, setCode] = useState("");
  const sent = useMutation({
    mutationFn: () => confirmSecondFactor(code),
    onSuccess: ({ codes }) => onDone(codes),
  });
  return (
    <Dialog title={t("security.setUp")} onClose={onClose} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent.mutate();
        }}
      >
        <Stack>
          <Text>{t("security.scan")}</Text>
          <img src={setup.picture} width={220} height={220} alt={t("security.picture")} style={{ alignSelf: "center" }} />
          <Code block style={{ whiteSpace: "normal" }}>
            {setup.secret}
          </Code>
          <TextInput
            label={t("security.firstCode")}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Refused error={sent.error} />
          <Button type="submit" loading={sent.isPending}>
            {t("security.confirm")}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
