import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";

import { receivedFiling } from "../../api/queries";
import { FilingBar } from "../../parts/FilingBar";
import { FilingBody } from "../../parts/FilingBody";
import { FilingRail } from "../../parts/FilingRail";
import { t } from "../../text";
import { CaseActions } from "./CaseActions";

const route = getRouteApi("/authority/filings/$id");

/** A filing on the authority's desk, with what can be done about it. */
export function CasePage() {
  const { id } = route.useParams();
  const { act } = route.useSearch();
  const navigate = route.useNavigate();
  const filing = useSuspenseQuery(receivedFiling(id)).data;
  return (
    <>
      <Link to="/authority" className="no-print">
        {t("case.backToInbox")}
      </Link>
      <FilingBar filing={filing} />
      <div className="split">
        <FilingBody filing={filing} />
        <FilingRail
          filing={filing}
          versionPath="/authority/filings/$id"
          actions={
            <CaseActions
              filing={filing}
              act={act}
              onAct={(next) => void navigate({ search: { act: next }, replace: true })}
            />
          }
        />
      </div>
    </>
  );
}
