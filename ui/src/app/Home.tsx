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
  return <Empty whole title={t("home.noPortal.title")} text={t("home.noPortal.text")} />;
}
