import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "../../parts/Dialog";
import { Refused } from "../../parts/Refused";
import { t } from "../../text";

interface ProofProps<T> {
  title: string;
  text?: string;
  act: string;
  /** Whether a code is wanted beside the password. */
  withCode: boolean;
  /** Whether a new password is chosen. */
  choosing?: boolean;
  send: (proof: { password: string; code?: string }, chosen: string) => Promise<T>;
  onDone: (answer: T) => void;
  onClose: () => void;
}

/** Asks for what proves that it is really the owner of the account. */
export function ProofDialog<T>({ title, text, act, withCode, choosing, send, onDone, onClose }: ProofProps<T>) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [chosen, setChosen] = useState("");
  const sent = useMutation({
    mutationFn: () => send({ password, ...(withCode ? { code } : {}) }, chosen),
    onSuccess: onDone,
  });
  return (
    <Dialog title={title} onClose={onClose} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent.mutate();
        }}
      >
        <Stack>
          {text && <Text>{text}</Text>}
          <PasswordInput
            label={t("security.password")}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("security.showPassword") }}
          />
          {choosing && (
            <PasswordInput
              label={t("security.newPassword")}
              description={t("security.newPasswordHelp")}
              autoComplete="new-password"
              required
              value={chosen}
              onChange={(event) => setChosen(event.currentTarget.value)}
              visibilityToggleButtonProps={{ "aria-label": t("security.showNewPassword") }}
            />
          )}
          {withCode && (
            <TextInput
              label={t("security.code")}
              description={t("security.codeHelp")}
              autoComplete="one-time-code"
              required
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          )}
          <Refused error={sent.error} />
          <Button type="submit" loading={sent.isPending}>
            {act}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
