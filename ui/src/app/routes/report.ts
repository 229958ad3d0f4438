import { createRoute, lazyRouteComponent } from "@tanstack/react-router";

import { chainSearch, copySearch, filingStep, incidentSearch, incidentsSearch, wizardSearch } from "../search";
import { root } from "./root";

const sheetPage = () => import("../../portals/report/SheetPage");

const duties = createRoute({
  getParentRoute: () => root,
  path: "/report",
  component: lazyRouteComponent(() => import("../../portals/report/DutiesPage"), "DutiesPage"),
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: "/report/incidents",
  validateSearch: incidentsSearch,
  component: lazyRouteComponent(() => import("../../portals/report/IncidentsPage"), "IncidentsPage"),
});

const links = createRoute({
  getParentRoute: () => root,
  path: "/report/links",
  component: lazyRouteComponent(() => import("../../portals/report/LinksPage"), "LinksPage"),
});

const wizardRoute = createRoute({
  getParentRoute: () => root,
  path: "/report/new",
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import("../../portals/report/WizardPage"), "WizardPage"),
});

const incidentRoute = createRoute({
  getParentRoute: () => root,
  path: "/report/incidents/$id",
  validateSearch: incidentSearch,
  component: lazyRouteComponent(() => import("../../portals/report/IncidentPage"), "IncidentPage"),
});

const fileRoute = createRoute({
  getParentRoute: () => root,
  path: "/report/incidents/$id/duties/$duty",
  validateSearch: filingStep,
  component: lazyRouteComponent(() => import("../../portals/report/FileDutyPage"), "FileDutyPage"),
});

const filingRoute = createRoute({
  getParentRoute: () => root,
  path: "/report/filings/$id",
  component: lazyRouteComponent(() => import("../../portals/report/FilingPage"), "FilingPage"),
});

const filingSheet = createRoute({
  getParentRoute: () => root,
  path: "/report/filings/$id/sheet/$sheet",
  component: lazyRouteComponent(sheetPage, "FilingSheetPage"),
});

const draftSheet = createRoute({
  getParentRoute: () => root,
  path: "/report/incidents/$id/duties/$duty/sheet/$sheet",
  validateSearch: copySearch,
  component: lazyRouteComponent(sheetPage, "DraftSheetPage"),
});

const readinessRoute = createRoute({
  getParentRoute: () => root,
  path: "/report/readiness",
  component: lazyRouteComponent(() => import("../../portals/report/readiness/ReadinessPage"), "ReadinessPage"),
});

const approvals = createRoute({
  getParentRoute: () => root,
  path: "/report/approvals",
  component: lazyRouteComponent(() => import("../../portals/report/approvals/ApprovalsPage"), "ApprovalsPage"),
});

const approvalChain = createRoute({
  getParentRoute: () => root,
  path: "/report/approvals/chain",
  validateSearch: chainSearch,
  component: lazyRouteComponent(() => import("../../portals/report/approvals/ChainPage"), "ChainPage"),
});

const approval = createRoute({
  getParentRoute: () => root,
  path: "/report/approvals/$id",
  component: lazyRouteComponent(() => import("../../portals/report/approvals/ApprovalPage"), "ApprovalPage"),
});

const calendar = createRoute({
  getParentRoute: () => root,
  path: "/report/calendar",
  component: lazyRouteComponent(() => import("../../portals/report/CalendarPage"), "CalendarPage"),
});

/** The pages of those who report. */
export const reportRoutes = [
  duties, incidents, links, wizardRoute, incidentRoute, fileRoute, filingRoute, filingSheet, draftSheet, readinessRoute, approvals, approvalChain, approval, calendar,
];
