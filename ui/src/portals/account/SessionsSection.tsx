import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { account, endOtherSessions, endSession, type AccountSecurity } from "../../api/admin";
import { Instant } from "../../parts/Instant";
import { Mark } from "../../parts/Mark";
import { Refused } from "../../parts/Refused";
import { t } from "../../text";

const BROWSERS = ["Edg", "OPR", "Firefox", "Chrome", "Safari"];
const SYSTEMS = ["Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux"];

/** What a browser says of itself, as people call it. */
function browserName(agent: string): string {
  const found = [BROWSERS, SYSTEMS].map((names) => names.find((name) => agent.includes(name)));
  return found.every((name) => name === undefined) ? t("security.unknownBrowser") : found.filter(Boolean).join(", ");
}

/** Where one is signed in, and the way to end it. */
export function SessionsSection({ security }: { security: AccountSecurity }) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: (id: string | undefined) => (id === undefined ? endOtherSessions() : endSession(id)),
    onSuccess: () => void client.invalidateQueries(account),
  });
  return (
    <section className="sheet" style={{ padding: 20 }} aria-labelledby="sessions">
      <Title order={2} size="h3" id="sessions" mb="xs">
        {t("security.sessions")}
      </Title>
      <Stack gap="sm">
        {security.sessions.map((session) => (
          <Group key={session.id} justify="space-between">
            <div>
              <Text>
                {browserName(session.agent)} {session.current && <Mark tone="good">{t("security.thisOne")}</Mark>}
              </Text>
              <Text size="sm" c="dimmed">
                {t("security.lastSeen", { source: session.source })} <Instant at={session.last_seen_at} short />
              </Text>
            </div>
            {!session.current && (
              <Button variant="default" size="compact-md" onClick={() => end.mutate(session.id)}>
                {t("security.end")}
              </Button>
            )}
          </Group>
        ))}
        <Refused error={end.error} />
        {security.sessions.length > 1 && (
          <Button variant="default" onClick={() => end.mutate(undefined)} style={{ alignSelf: "flex-start" }}>
            {t("security.endOthers")}
          </Button>
        )}
      </Stack>
    </section>
  );
}
