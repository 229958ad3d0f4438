import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { Failed } from "./Failed";
import { Home } from "./Home";
import { Loading } from "./Loading";
import { NotFound } from "./NotFound";
import { caseSearch, filingStep, inboxSearch, incidentSearch, wizardSearch } from "./search";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Failed });

const home = createRoute({ getParentRoute: () => root, path: "/", component: Home });

const duties = createRoute({
  getParentRoute: () => root,
  path: "/report",
  component: lazyRouteComponent(() => import("../portals/report/DutiesPage"), "DutiesPage"),
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: "/report/incidents",
  component: lazyRouteComponent(() => import("../portals/report/IncidentsPage"), "IncidentsPage"),
});

export const wizardRoute = createRoute({
  getParentRoute: () => root,
  path: "/report/new",
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import("../portals/report/WizardPage"), "WizardPage"),
});

export const incidentRoute = createRoute({
  getParentRoute: () => root,
  path: "/report/incidents/$id",
  validateSearch: incidentSearch,
  component: lazyRouteComponent(() => import("../portals/report/IncidentPage"), "IncidentPage"),
});

export const fileRoute = createRoute({
  getParentRoute: () => root,
  path: "/report/incidents/$id/duties/$duty",
  validateSearch: filingStep,
  component: lazyRouteComponent(() => import("../portals/report/FileDutyPage"), "FileDutyPage"),
});

export const filingRoute = createRoute({
  getParentRoute: () => root,
  path: "/report/filings/$id",
  component: lazyRouteComponent(() => import("../portals/report/FilingPage"), "FilingPage"),
});

export const inboxRoute = createRoute({
  getParentRoute: () => root,
  path: "/authority",
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import("../portals/authority/InboxPage"), "InboxPage"),
});

export const caseRoute = createRoute({
  getParentRoute: () => root,
  path: "/authority/filings/$id",
  validateSearch: caseSearch,
  component: lazyRouteComponent(() => import("../portals/authority/CasePage"), "CasePage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home, duties, incidents, wizardRoute, incidentRoute, fileRoute, filingRoute, inboxRoute, caseRoute,
  ]),
  defaultPendingComponent: Loading,
  defaultErrorComponent: Failed,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
