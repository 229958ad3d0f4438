import { Text } from "@mantine/core";

import { refusalInWords } from "./refusalInWords";

/** Why something was not done, told at once. */
export function Refused({ error }: { error: Error | null }) {
  if (!error) return null;
  return (
    <Text role="alert" c="var(--late)">
      {refusalInWords(error)}
    </Text>
  );
}
