import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface EmptyProps {
  title: string;
  text: string;
  action?: ReactNode;
  /** It is the whole page: its title is the page's. */
  whole?: boolean;
}

/** Nothing here: what that means, and what to do first. */
export function Empty({ title, text, action, whole }: EmptyProps) {
  return (
    <Paper p="xl" className="sheet">
      <Stack align="center" gap="sm" ta="center">
        <Title order={whole ? 1 : 2} size="h2">{title}</Title>
        <Text c="dimmed" maw={520}>
          {text}
        </Text>
        {action}
      </Stack>
    </Paper>
  );
}
