import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";

import { t } from "../text";

interface WhyProps {
  label: string;
  onReason: (reason: string) => void;
}

/** Asks, where the answer stands, why an instant that starts a clock is changed or lies far back. */
export function WhyChanged({ label, onReason }: WhyProps) {
  const [reason, setReason] = useState("");
  return (
    <Group align="flex-end" mt="xs" gap="sm">
      <Textarea
        label={t("why.label", { label })}
        description={t("why.help")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={4000}
        required
        flex={1}
        miw={240}
      />
      <Button onClick={() => onReason(reason.trim())} disabled={reason.trim() === ""}>
        {t("why.save")}
      </Button>
    </Group>
  );
}
