import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { approvalsOf } from "../../../api/approvals";
import { Instant } from "../../../parts/Instant";
import { t } from "../../../text";
import classes from "./Approvals.module.css";

interface BannerProps {
  incident: string;
  /** Only the mark of this filing. */
  filing?: string;
}

/** What left without approval: it cannot be missed, and it does not go away. */
export default function OverrideBanner({ incident, filing }: BannerProps) {
  const marks = useQuery(approvalsOf(incident)).data?.overrides ?? [];
  return marks
    .filter((mark) => filing === undefined || mark.filing === filing)
    .map((mark) => (
      <section key={mark.filing} className={classes.override} aria-label={t("override.mark")}>
        <strong>{t("override.banner", { title: mark.title })}</strong>
        <span>
          {t("override.by", { name: mark.by })} <Instant at={mark.at} />
        </span>
        <span>{t("override.reasonGiven", { reason: mark.reason })}</span>
        {filing === undefined && (
          <Link to="/report/filings/$id" params={{ id: mark.filing }}>
            {t("override.open")}
          </Link>
        )}
      </section>
    ));
}
