import { Button, Group, Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { inbox } from "../../api/queries";
import { Empty } from "../../parts/Empty";
import { PageTitle } from "../../parts/PageTitle";
import { t } from "../../text";
import { InboxFilters } from "./InboxFilters";
import { InboxTable } from "./InboxTable";

const route = getRouteApi("/authority");

/** The morning's inbox: most urgent first. */
export function InboxPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data } = useSuspenseQuery(inbox(filters));
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const unread = data.rows.filter((row) => row.unread).length;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="baseline">
        <PageTitle>{t("inbox.title")}</PageTitle>
        <span role="status">{t("inbox.unread", { count: unread })}</span>
      </Group>
      <InboxFilters
        filters={filters}
        rows={data.rows}
        onChange={(change) => void navigate({ search: (now) => ({ ...now, after: undefined, ...change }) })}
      />
      {data.rows.length === 0 ? (
        <Empty
          title={t(filtered ? "inbox.nothing.title" : "inbox.empty.title")}
          text={t(filtered ? "inbox.nothing.text" : "inbox.empty.text")}
        />
      ) : (
        <InboxTable rows={data.rows} />
      )}
      <Group>
        {filters.after && (
          <Button variant="default" onClick={() => void navigate({ search: (now) => ({ ...now, after: undefined }) })}>
            {t("inbox.first")}
          </Button>
        )}
        {data.next && (
          <Button
            variant="default"
            onClick={() => void navigate({ search: (now) => ({ ...now, after: data.next ?? undefined }) })}
          >
            {t("inbox.further")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
