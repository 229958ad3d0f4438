import { Button, Group, Stack, Text } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { notices, readNotices } from "../../api/work";
import { Loading } from "../../app/Loading";
import { Empty } from "../../parts/Empty";
import { PageTitle } from "../../parts/PageTitle";
import { refusalInWords } from "../../parts/refusalInWords";
import { t, tn } from "../../text";
import { Notice } from "./Notice";
import classes from "./Notice.module.css";

/** What one was told, the latest first. */
export function NoticesPage() {
  const client = useQueryClient();
  const list = useInfiniteQuery(notices);
  const read = useMutation({
    mutationFn: (ids: string[]) => readNotices(ids),
    onSettled: () => client.invalidateQueries({ queryKey: ["notices"] }),
  });
  if (!list.data) return <Loading />;
  const all = list.data.pages.flatMap((page) => page.notices);
  const unread = list.data.pages[0]?.unread ?? 0;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <PageTitle>{t("notices.title")}</PageTitle>
        {unread > 0 && (
          <Group gap="sm">
            <span>{tn("notices.unread", unread)}</span>
            <Button variant="default" onClick={() => read.mutate([])} loading={read.isPending}>
              {t("notices.readAll")}
            </Button>
          </Group>
        )}
      </Group>
      {read.error && (
        <Text role="alert" c="var(--late)">
          {refusalInWords(read.error)}
        </Text>
      )}
      {all.length === 0 && <Empty title={t("notices.none")} text={t("notices.empty")} />}
      {all.length > 0 && (
        <ul className={classes.list}>
          {all.map((notice) => (
            <Notice key={notice.id} notice={notice} onOpen={() => notice.read || read.mutate([notice.id])} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t("app.more")}
        </Button>
      )}
    </Stack>
  );
}
