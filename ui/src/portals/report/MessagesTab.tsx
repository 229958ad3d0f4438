import { Stack } from "@mantine/core";
import { useSuspenseQueries, useSuspenseQuery } from "@tanstack/react-query";

import { sentFiling, sentFilings } from "../../api/queries";
import { Empty } from "../../parts/Empty";
import { Messages } from "../../parts/Messages";
import { t } from "../../text";

/** What was written about the filings of an incident, oldest first. */
export function MessagesTab({ incident }: { incident: string }) {
  const filings = useSuspenseQuery(sentFilings).data.filings.filter((filing) => filing.incident === incident);
  const views = useSuspenseQueries({ queries: filings.map(({ id }) => sentFiling(id)) });
  const messages = views
    .flatMap(({ data }) => data.messages)
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  if (messages.length === 0) return <Empty title={t("messages.empty.title")} text={t("messages.empty.text")} />;
  return (
    <Stack>
      <Messages messages={messages} />
    </Stack>
  );
}
