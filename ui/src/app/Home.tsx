import { useSuspenseQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";

import { me } from "../api/queries";
import { Empty } from "../parts/Empty";
import { t } from "../text";

/** Leads to the portal that one's functions give. */
export function Home() {
  const { portals } = useSuspenseQuery(me).data;
  if (portals[0] === "report") return <Navigate to="/report" replace />;
  if (portals[0] === "authority") return <Navigate to="/authority" replace />;
  if (portals[0] === "admin") return <Navigate to="/admin" replace />;
  if (portals[0] === "approve") return <Navigate to="/report/approvals" replace />;
  return <Empty whole title={t("home.noPortal.title")} text={t("home.noPortal.text")} />;
}
