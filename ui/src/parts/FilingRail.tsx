import { Anchor, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { FilingView } from "../api/types";
import { t } from "../text";
import { ExportMenu } from "./ExportMenu";
import classes from "./FilingRail.module.css";
import { Instant } from "./Instant";

interface RailProps {
  filing: FilingView;
  /** Where another version of it is shown. */
  versionPath: "/report/filings/$id" | "/authority/filings/$id";
  /** What can be done, above everything else. */
  actions?: ReactNode;
}

/** Beside a filing: what to do, its progress, its proof, its versions, who read it. */
export function FilingRail({ filing, versionPath, actions }: RailProps) {
  return (
    <aside className="rail" aria-label={t("filing.rail")}>
      {actions}
      <section className={`sheet ${classes.box}`}>
        <Title order={2}>{t("filing.progress")}</Title>
        <dl className={classes.steps}>
          <Step title={t("filingState.filed")} at={filing.filed_at} />
          <Step title={t("filingState.acknowledged")} at={filing.acknowledged_at} />
          <Step title={t("filingState.answered")} at={filing.answered_at} />
        </dl>
      </section>
      <section className={`sheet ${classes.box}`}>
        <Title order={2}>{t("filing.proof")}</Title>
        <Anchor href={`/api/v1/filings/${filing.id}/paper.pdf`} download>
          {t("filing.paper")}
        </Anchor>
        <ExportMenu of={{ filing: filing.id }} withSheets={versionPath.startsWith("/report")} />
        <Anchor href={`/api/v1/filings/${filing.id}/receipt.pdf`} download>
          {t("filing.receiptPaper")}
        </Anchor>
        <Anchor href={`/receipts/${filing.id}`} target="_blank">
          {t("filing.receiptPage")}
        </Anchor>
        <Anchor href={`/api/v1/filings/${filing.id}/receipt`} download>
          {t("filing.receiptFile")}
        </Anchor>
        <Anchor href={`/api/v1/filings/${filing.id}/document`} download>
          {t("filing.documentFile")}
        </Anchor>
      </section>
      {filing.versions.length > 1 && (
        <section className={`sheet ${classes.box}`}>
          <Title order={2}>{t("filing.versions")}</Title>
          {filing.versions.map((version) => (
            <Link
              key={version.filing}
              to={versionPath}
              params={{ id: version.filing }}
              aria-current={version.filing === filing.id ? "page" : undefined}
            >
              {t("filing.version", { version: version.version })} <Instant at={version.filed_at} short />
            </Link>
          ))}
        </section>
      )}
      <section className={`sheet ${classes.box}`}>
        <Title order={2}>{t("filing.reads")}</Title>
        {filing.reads.length === 0 && <span>{t("filing.noReads")}</span>}
        {filing.reads.map((read) => (
          <span key={`${read.by}${read.at}`}>
            {read.by} <Instant at={read.at} short />
          </span>
        ))}
      </section>
    </aside>
  );
}

function Step({ title, at }: { title: string; at: string | null | undefined }) {
  return (
    <div className={classes.step}>
      <dt>{title}</dt>
      <dd>{at ? <Instant at={at} short /> : t("filing.notYet")}</dd>
    </div>
  );
}
