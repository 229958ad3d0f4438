import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";

import { sentFiling } from "../../api/queries";
import { FilingBar } from "../../parts/FilingBar";
import { FilingBody } from "../../parts/FilingBody";
import { FilingRail } from "../../parts/FilingRail";
import { t } from "../../text";
import OverrideBanner from "./approvals/OverrideBanner";

const route = getRouteApi("/report/filings/$id");

/** What was filed, how far it is, and the proof of it. */
export function FilingPage() {
  const { id } = route.useParams();
  const filing = useSuspenseQuery(sentFiling(id)).data;
  return (
    <>
      <Link to="/report/incidents/$id" params={{ id: filing.incident }} search={{ tab: "duties" }} className="no-print">
        {t("filing.backToIncident")}
      </Link>
      <FilingBar filing={filing} />
      <OverrideBanner incident={filing.incident} filing={filing.id} />
      <div className="split">
        <FilingBody filing={filing} />
        <FilingRail filing={filing} versionPath="/report/filings/$id" />
      </div>
    </>
  );
}
