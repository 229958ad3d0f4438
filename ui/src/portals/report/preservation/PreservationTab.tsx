import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { eraseIncident, preservation, type Preservation } from "../../../api/preservation";
import { Instant } from "../../../parts/Instant";
import { told } from "../../../parts/told";
import { WordsDialog } from "../../../parts/WordsDialog";
import { t } from "../../../text";
import { dayInWords } from "../readiness/words";
import { useMayReport } from "../useRecordForm";
import { HoldCard } from "./HoldCard";
import { PlaceHoldDialog } from "./PlaceHoldDialog";
import classes from "./Preservation.module.css";

/** What keeps the record from being erased: holds, and what laws want. */
export function PreservationTab({ incident }: { incident: string }) {
  const client = useQueryClient();
  const view = useSuspenseQuery(preservation(incident)).data;
  const mayReport = useMayReport();
  const [placing, setPlacing] = useState(false);
  const seen = (next: Preservation) => {
    client.setQueryData(preservation(incident).queryKey, next);
    void client.invalidateQueries({ queryKey: ["incident", incident] });
  };
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text maw={640}>{t("hold.help")}</Text>
        {mayReport && <Button onClick={() => setPlacing(true)}>{t("hold.place")}</Button>}
      </Group>
      {view.holds.length === 0 && <Text c="dimmed">{t("hold.none")}</Text>}
      {view.holds.map((hold) => (
        <HoldCard key={hold.id} incident={incident} hold={hold} mayChange={mayReport} onChanged={seen} />
      ))}
      <section className={`sheet ${classes.card}`} aria-labelledby="kept-by-law">
        <Title order={2} size="h3" id="kept-by-law">
          {t("retention.title")}
        </Title>
        {view.laws.length === 0 && <span>{t("retention.nothingFiled")}</span>}
        <ul className={classes.list}>
          {view.laws.map((law) => (
            <li key={law.law}>
              <strong>{law.law}</strong>{" "}
              {law.until
                ? t("retention.until", { day: dayInWords(law.until), source: law.source })
                : t("retention.none", { source: law.source })}{" "}
              {t("retention.lastFiled")}{" "}
              <Instant at={law.last_filed_at} short />
            </li>
          ))}
        </ul>
      </section>
      {mayReport && <Erase incident={incident} obstacles={view.obstacles} />}
      {placing && <PlaceHoldDialog incident={incident} onPlaced={seen} onClose={() => setPlacing(false)} />}
    </Stack>
  );
}

/** Erases the record, or says why it cannot be. */
function Erase({ incident, obstacles }: { incident: string; obstacles: string[] }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  return (
    <section className={`sheet ${classes.card}`} aria-labelledby="erase">
      <Title order={2} size="h3" id="erase">
        {t("erase.title")}
      </Title>
      {obstacles.length > 0 ? (
        <>
          <span>{t("erase.cannot")}</span>
          <ul className={classes.list}>
            {obstacles.map((obstacle) => (
              <li key={obstacle}>{obstacle}</li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <span>{t("erase.help")}</span>
          <Group>
            <Button color="red.9" variant="outline" onClick={() => setAsking(true)}>
              {t("erase.act")}
            </Button>
          </Group>
        </>
      )}
      {asking && (
        <WordsDialog
          title={t("erase.title")}
          label={t("erase.reason")}
          help={t("erase.help")}
          act={t("erase.act")}
          most={2000}
          send={(reason) => eraseIncident(incident, reason)}
          onDone={() => {
            told(t("erase.done"));
            void navigate({ to: "/report/incidents" }).then(() => client.removeQueries({ queryKey: ["incident", incident] }));
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
