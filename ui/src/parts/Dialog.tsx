import { Modal } from "@mantine/core";
import type { ReactNode } from "react";

import { t } from "../text";
import classes from "./Dialog.module.css";

interface DialogProps {
  title: string;
  opened?: boolean;
  /** Without it the dialog can only be left by an answer. */
  onClose?: () => void;
  size?: "md" | "lg";
  children: ReactNode;
}

/** A question or a list before the page. */
export function Dialog({ title, opened = true, onClose, size = "lg", children }: DialogProps) {
  return (
    <Modal.Root
      opened={opened}
      onClose={() => onClose?.()}
      closeOnEscape={onClose !== undefined}
      closeOnClickOutside={false}
      size={size}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title fw={650} fz="lg">{title}</Modal.Title>
          {onClose && <Modal.CloseButton aria-label={t("app.close")} />}
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
