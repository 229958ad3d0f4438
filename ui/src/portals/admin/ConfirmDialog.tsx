import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";

import { Dialog } from "../../parts/Dialog";
import { Refused } from "../../parts/Refused";

interface ConfirmProps<T> {
  title: string;
  text: string;
  act: string;
  send: () => Promise<T>;
  onDone: (answer: T) => void;
  onClose: () => void;
}

/** Asks once more before something that ends somebody's work. */
export function ConfirmDialog<T>({ title, text, act, send, onDone, onClose }: ConfirmProps<T>) {
  const sent = useMutation({ mutationFn: send, onSuccess: onDone });
  return (
    <Dialog title={title} onClose={onClose} size="md">
      <Stack>
        <Text>{text}</Text>
        <Refused error={sent.error} />
        <Button color="red.9" onClick={() => sent.mutate()} loading={sent.isPending}>
          {act}
        </Button>
      </Stack>
    </Dialog>
  );
}
