import { Button, Group, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import type { IncidentLinkView } from "../../api/types";
import { Instant } from "../../parts/Instant";
import { Mark } from "../../parts/Mark";
import { t } from "../../text";
import { AcceptDialog } from "./AcceptDialog";
import classes from "./DutyDetail.module.css";
import { EndDialog } from "./EndDialog";
import { useMayReport } from "./useRecordForm";

type Act = "accept" | "decline" | "end";

/** What one organisation told another: its name, the note, the instants; and what can be done. */
export function LinkCard({ link }: { link: IncidentLinkView }) {
  const [act, setAct] = useState<Act>();
  const mayReport = useMayReport();
  const waits = link.state === "told" && !link.told_by_us;
  const stands = link.state === "linked" || (link.state === "told" && link.told_by_us);
  return (
    <article className={`sheet ${classes.duty}`} data-link={link.state}>
      <div className={classes.head}>
        <div>
          <Title order={2} className={classes.title}>
            {t(link.told_by_us ? "links.toldBy" : "links.toldUs", { name: link.name })}
          </Title>
          <div className="facts">
            <Mark tone={link.state === "linked" ? "good" : waits ? "accent" : "plain"}>{t(`links.state.${link.state}`)}</Mark>
            <Instant at={link.at} short />
          </div>
        </div>
        {mayReport && (
          <Group gap="sm">
            {waits && <Button onClick={() => setAct("accept")}>{t("links.accept")}</Button>}
            {waits && (
              <Button variant="default" onClick={() => setAct("decline")}>
                {t("links.decline")}
              </Button>
            )}
            {stands && (
              <Button variant="default" onClick={() => setAct("end")}>
                {t("links.end")}
              </Button>
            )}
          </Group>
        )}
      </div>
      <p className={classes.line} style={{ whiteSpace: "pre-line" }}>
        {link.note}
      </p>
      {link.answer && <p className={classes.line}>{t("links.answer", { answer: link.answer })}</p>}
      {!link.told_by_us && link.incident && (
        <Link to="/report/incidents/$id" params={{ id: link.incident }}>
          {t("links.own")}
        </Link>
      )}
      {act === "accept" && <AcceptDialog link={link} onClose={() => setAct(undefined)} />}
      {(act === "decline" || act === "end") && <EndDialog link={link} act={act} onClose={() => setAct(undefined)} />}
    </article>
  );
}
