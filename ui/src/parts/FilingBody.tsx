import { Stack, Title } from "@mantine/core";

import type { FilingView } from "../api/types";
import { t } from "../text";
import { Diff } from "./Diff";
import { FiledContent } from "./FiledContent";
import { Messages } from "./Messages";

/** What changed, what was filed, what was written about it. */
export function FilingBody({ filing }: { filing: FilingView }) {
  return (
    <Stack gap="lg">
      {filing.changes.length > 0 && (
        <section className="sheet" style={{ padding: "16px 20px" }} aria-labelledby="changes">
          <Title order={2} id="changes">
            {t("filing.changes")}
          </Title>
          <Diff changes={filing.changes} />
        </section>
      )}
      <FiledContent groups={filing.groups} />
      <section aria-labelledby="thread">
        <Title order={2} id="thread" mb="sm">
          {t("filing.messages")}
        </Title>
        {filing.messages.length > 0 ? <Messages messages={filing.messages} /> : <p>{t("filing.noMessages")}</p>}
      </section>
    </Stack>
  );
}
