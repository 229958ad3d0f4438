import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { t } from "../text";

interface DialogActsProps {
  /** What was refused, in words. */
  refused?: string | false | null;
  onClose: () => void;
  /** The button that acts. */
  children: ReactNode;
}

/** The end of a dialog: what was refused, the way out, the act. */
export function DialogActs({ refused, onClose, children }: DialogActsProps) {
  return (
    <>
      {refused && (
        <Text role="alert" c="var(--late)">
          {refused}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("confirm.notNow")}
        </Button>
        {children}
      </Group>
    </>
  );
}
