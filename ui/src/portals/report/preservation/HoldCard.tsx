import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";

import { extendHold, liftHold, type HoldView, type Preservation } from "../../../api/preservation";
import { Instant } from "../../../parts/Instant";
import { Mark } from "../../../parts/Mark";
import { WordsDialog } from "../../../parts/WordsDialog";
import { useZone } from "../../../parts/useZone";
import { t } from "../../../text";
import { endOfDay } from "./endOfDay";
import classes from "./Preservation.module.css";

interface HoldProps {
  incident: string;
  hold: HoldView;
  mayChange: boolean;
  onChanged: (view: Preservation) => void;
}

/** One hold: for whom, on what ground, until when, what was done with it. */
export function HoldCard({ incident, hold, mayChange, onChanged }: HoldProps) {
  const zone = useZone();
  const [act, setAct] = useState<"extend" | "lift">();
  const [day, setDay] = useState("");
  const close = () => setAct(undefined);
  const done = (view: Preservation) => {
    onChanged(view);
    close();
  };
  return (
    <section className={`sheet ${classes.card}`} aria-label={t("hold.of", { who: hold.asked_by ?? t("hold.own") })}>
      <div className={classes.head}>
        <strong>{hold.asked_by ?? t("hold.own")}</strong>
        <Mark tone={hold.stands ? "accent" : "plain"}>{t(hold.stands ? "hold.stands" : "hold.over")}</Mark>
        {hold.reference && <span>{t("hold.referenceIs", { reference: hold.reference })}</span>}
      </div>
      <span>{hold.what}</span>
      <span>{t("hold.basisIs", { basis: hold.basis })}</span>
      <span className={classes.quiet}>
        {t("hold.placedBy", { name: hold.placed_by })} <Instant at={hold.placed_at} short />{t("hold.stop")}{" "}
        {hold.ends_at ? (
          <>
            {t("hold.ends")} <Instant at={hold.ends_at} />
          </>
        ) : (
          t("hold.endless")
        )}
      </span>
      {hold.extensions.map((extension) => (
        <span key={extension.at} className={classes.quiet}>
          <Instant at={extension.at} short /> {t("hold.extendedBy", { name: extension.by, reason: extension.reason })}
        </span>
      ))}
      {hold.lifted_at && (
        <span className={classes.quiet}>
          <Instant at={hold.lifted_at} short /> {t("hold.liftedBy", { name: hold.lifted_by ?? "", reason: hold.lift_reason ?? "" })}
        </span>
      )}
      {mayChange && hold.stands && (
        <Group gap="xs" className="no-print">
          {hold.ends_at && (
            <Button variant="default" size="compact-md" onClick={() => setAct("extend")}>
              {t("hold.extend")}
            </Button>
          )}
          <Button variant="default" size="compact-md" onClick={() => setAct("lift")}>
            {t("hold.lift")}
          </Button>
        </Group>
      )}
      {act === "extend" && (
        <WordsDialog title={t("hold.extend")} label={t("hold.reason")} act={t("hold.extend")} most={2000} choice={day} ready={day !== ""} send={(reason) => extendHold(incident, hold.id, endOfDay(day, zone), reason)} onDone={done} onClose={close}>
          <TextInput type="date" label={t("hold.lastDay")} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
        </WordsDialog>
      )}
      {act === "lift" && (
        <WordsDialog title={t("hold.lift")} label={t("hold.reason")} help={t("hold.liftHelp")} act={t("hold.lift")} most={2000} send={(reason) => liftHold(incident, hold.id, reason)} onDone={done} onClose={close} />
      )}
    </section>
  );
}
