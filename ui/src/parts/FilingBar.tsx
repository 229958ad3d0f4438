import type { FilingView } from "../api/types";
import { t } from "../text";
import { FilingStateMark } from "./FilingStateMark";
import { Instant } from "./Instant";
import { Mark } from "./Mark";
import { Marking } from "./Marking";
import { Org } from "./Org";
import { PageTitle } from "./PageTitle";

/** Which stage of which law, from whom to whom, when, and how far it is. */
export function FilingBar({ filing }: { filing: FilingView }) {
  return (
    <header style={{ marginBottom: 16 }}>
      <PageTitle>{t("duty.name", { law: filing.law, title: filing.stage_title })}</PageTitle>
      <div className="facts">
        {filing.for_information ? <Mark>{filing.for_information}</Mark> : <FilingStateMark state={filing.state} />}
        {filing.late && <Mark tone="late">{t("filing.late")}</Mark>}
        {filing.version > 1 && <Mark>{t("filing.version", { version: filing.version })}</Mark>}
        <Marking of={filing.marking} />
        <span>{t("filing.reference", { reference: filing.reference })}</span>
        <span>{filing.article}</span>
      </div>
      <div>
        <Org name={filing.from.name} /> {t("filing.arrow")} <Org name={filing.to.name} />
        {t("filing.comma")}
        <Instant at={filing.filed_at} />
      </div>
    </header>
  );
}
