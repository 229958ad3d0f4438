import { Alert, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { migrations, type Migration } from "../../api/migrations";
import type { IncidentView } from "../../api/types";
import { t } from "../../text";
import { MigrationDialog } from "./MigrationDialog";

/** That the rules of a law were corrected since the case began, and what that would change. */
export function RulesCorrected({ record }: { record: IncidentView }) {
  const offers = useQuery(migrations(record.id, record.revision)).data?.migrations.filter((offer) => offer.changes.length > 0) ?? [];
  const [shown, setShown] = useState<Migration>();
  return (
    <>
      {offers.map((offer) => (
        <Alert
          key={offer.pack}
          variant="outline"
          mb="md"
          title={t(offer.earlier ? "rules.correctedEarlier" : "rules.corrected", { law: offer.law })}
        >
          <Button variant="default" size="xs" onClick={() => setShown(offer)}>
            {t("rules.see")}
          </Button>
        </Alert>
      ))}
      {shown && <MigrationDialog record={record} offer={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}
