import { createRoute, lazyRouteComponent } from "@tanstack/react-router";

import { caseSearch, inboxSearch, statisticsSearch } from "../search";
import { root } from "./root";

const inboxRoute = createRoute({
  getParentRoute: () => root,
  path: "/authority",
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import("../../portals/authority/InboxPage"), "InboxPage"),
});

const statistics = createRoute({
  getParentRoute: () => root,
  path: "/authority/statistics",
  validateSearch: statisticsSearch,
  component: lazyRouteComponent(() => import("../../portals/authority/StatisticsPage"), "StatisticsPage"),
});

const caseRoute = createRoute({
  getParentRoute: () => root,
  path: "/authority/filings/$id",
  validateSearch: caseSearch,
  component: lazyRouteComponent(() => import("../../portals/authority/CasePage"), "CasePage"),
});

const registrations = createRoute({
  getParentRoute: () => root,
  path: "/authority/registrations",
  component: lazyRouteComponent(() => import("../../portals/authority/RegistrationsPage"), "RegistrationsPage"),
});

/** The pages of authorities. */
export const authorityRoutes = [
  inboxRoute, statistics, caseRoute, registrations,
];
