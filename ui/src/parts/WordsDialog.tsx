import { Button, Stack, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type ReactNode } from "react";

import { Dialog } from "./Dialog";
import { DialogActs } from "./DialogActs";
import { refusalInWords } from "./refusalInWords";

interface WordsProps<T> {
  title: string;
  label: string;
  help?: string;
  /** The words of the button that sends. */
  act: string;
  most: number;
  send: (text: string, key: string) => Promise<T>;
  onDone: (answer: T) => void;
  onClose: () => void;
  /** What is chosen before the words. */
  children?: ReactNode;
  /** What is chosen, as text: another choice is another act. */
  choice?: string;
  /** Whether what is chosen can be sent. */
  ready?: boolean;
}

/** Writes to somebody: what one chooses, the words, one button that names what happens. */
export function WordsDialog<T>(props: WordsProps<T>) {
  const { title, label, help, act, most, send, onDone, onClose, children, choice = "", ready = true } = props;
  const [text, setText] = useState("");
  // The same words for the same choice are the same act, however often they are sent.
  const said = `${choice}\n${text.trim()}`;
  const last = useRef({ said, key: crypto.randomUUID() });
  const sending = useMutation({
    mutationFn: () => {
      if (last.current.said !== said) last.current = { said, key: crypto.randomUUID() };
      return send(text.trim(), last.current.key);
    },
    onSuccess: onDone,
  });
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack>
        {children}
        <Textarea
          label={label}
          description={help}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={most}
          data-autofocus
        />
        <DialogActs refused={sending.error && refusalInWords(sending.error)} onClose={onClose}>
          <Button onClick={() => sending.mutate()} loading={sending.isPending} disabled={!ready || text.trim() === ""}>
            {act}
          </Button>
        </DialogActs>
      </Stack>
    </Dialog>
  );
}
