import { Button, Checkbox, CopyButton, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { calendarFeed, endCalendarFeed, makeCalendarFeed } from "../../api/work";
import { Instant } from "../../parts/Instant";
import { refusalInWords } from "../../parts/refusalInWords";
import { t } from "../../text";
import classes from "./CalendarPage.module.css";

/** One's deadlines in one's own calendar: make the secret address, see it once, take it back. */
export function CalendarFeed() {
  const client = useQueryClient();
  const feed = useQuery(calendarFeed).data;
  const [titles, setTitles] = useState(false);
  const done = { onSuccess: () => client.invalidateQueries({ queryKey: calendarFeed.queryKey }) };
  const make = useMutation({ mutationFn: () => makeCalendarFeed(titles), ...done });
  const end = useMutation({ mutationFn: endCalendarFeed, onSuccess: () => (make.reset(), done.onSuccess()) });
  const path = make.data?.path;
  const address = path ? `${window.location.origin}${path}` : undefined;
  const failed = make.error ?? end.error;
  return (
    <Stack gap="sm" className={`sheet ${classes.feed}`}>
      <Title order={2} size="h3">
        {t("calendar.feed")}
      </Title>
      <Text size="sm">{t("calendar.feedHelp")}</Text>
      {feed?.active && feed.created_at && (
        <Text size="sm">
          {t(feed.titles ? "calendar.activeTitles" : "calendar.active")} <Instant at={feed.created_at} short />
        </Text>
      )}
      <Checkbox
        label={t("calendar.titles")}
        description={t("calendar.titlesHelp")}
        checked={titles}
        onChange={(event) => setTitles(event.currentTarget.checked)}
      />
      <Group gap="sm">
        <Button onClick={() => make.mutate()} loading={make.isPending}>
          {t(feed?.active ? "calendar.again" : "calendar.make")}
        </Button>
        {feed?.active && (
          <Button variant="default" onClick={() => end.mutate()} loading={end.isPending}>
            {t("calendar.end")}
          </Button>
        )}
      </Group>
      {address && (
        <div role="status">
          <Text size="sm" fw={600}>
            {t("calendar.once")}
          </Text>
          <code className={classes.address}>{address}</code>
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <Button mt="xs" size="sm" variant="default" onClick={copy}>
                {t(copied ? "calendar.copied" : "calendar.copy")}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
      {failed && (
        <Text role="alert" c="var(--late)" size="sm">
          {refusalInWords(failed)}
        </Text>
      )}
    </Stack>
  );
}
