import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { preservation } from "../../../api/preservation";
import { Instant } from "../../../parts/Instant";
import { t } from "../../../text";

/** That nothing of the record may be erased now, for whom, and until when. */
export function HoldBanner({ incident }: { incident: string }) {
  const holds = useQuery(preservation(incident)).data?.holds.filter((hold) => hold.stands) ?? [];
  return holds.map((hold) => (
    <Alert key={hold.id} variant="outline" mb="md" title={t("hold.banner", { who: hold.asked_by ?? t("hold.own") })}>
      {hold.ends_at ? (
        <>
          {t("hold.ends")} <Instant at={hold.ends_at} />
        </>
      ) : (
        t("hold.endless")
      )}
    </Alert>
  ));
}
