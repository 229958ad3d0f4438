import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { Failed } from "./Failed";
import { Home } from "./Home";
import { Loading } from "./Loading";
import { NotFound } from "./NotFound";
import { caseSearch, chainSearch, copySearch, filingStep, inboxSearch, incidentSearch, incidentsSearch, statisticsSearch, wizardSearch } from "./search";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Failed });

const home = createRoute({ getParentRoute: () => root, path: "/", component: Home });
const duties = createRoute({
  getParentRoute: () => root,
  path: "/report",
  component: lazyRouteComponent(() => import("../portals/report/DutiesPage"), "DutiesPage"),
});

const finder = createRoute({
  getParentRoute: () => root, path: "/duties",
  component: lazyRouteComponent(() => import("../portals/public/FinderPage"), "FinderPage"),
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: "/report/incidents",
  validateSearch: incidentsSearch,
  component: lazyRouteComponent(() => import("../portals/report/IncidentsPage"), "IncidentsPage"),
});

const links = createRoute({
  getParentRoute: () => root,
  path: "/report/links",
  component: lazyRouteComponent(() => import("../portals/report/LinksPage"), "LinksPage"),
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

const sheetPage = () => import("../portals/report/SheetPage");
const filingSheet = createRoute({
  getParentRoute: () => root, path: "/report/filings/$id/sheet/$sheet", component: lazyRouteComponent(sheetPage, "FilingSheetPage"),
});
const draftSheet = createRoute({
  getParentRoute: () => root, path: "/report/incidents/$id/duties/$duty/sheet/$sheet", validateSearch: copySearch, component: lazyRouteComponent(sheetPage, "DraftSheetPage"),
});

const readinessRoute = createRoute({
  getParentRoute: () => root, path: "/report/readiness",
  component: lazyRouteComponent(() => import("../portals/report/readiness/ReadinessPage"), "ReadinessPage"),
});

const approvals = createRoute({
  getParentRoute: () => root,
  path: "/report/approvals",
  component: lazyRouteComponent(() => import("../portals/report/approvals/ApprovalsPage"), "ApprovalsPage"),
});

const approvalChain = createRoute({
  getParentRoute: () => root,
  path: "/report/approvals/chain",
  validateSearch: chainSearch,
  component: lazyRouteComponent(() => import("../portals/report/approvals/ChainPage"), "ChainPage"),
});

const approval = createRoute({
  getParentRoute: () => root,
  path: "/report/approvals/$id",
  component: lazyRouteComponent(() => import("../portals/report/approvals/ApprovalPage"), "ApprovalPage"),
});

export const inboxRoute = createRoute({
  getParentRoute: () => root,
  path: "/authority",
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import("../portals/authority/InboxPage"), "InboxPage"),
});

const statistics = createRoute({
  getParentRoute: () => root, path: "/authority/statistics", validateSearch: statisticsSearch,
  component: lazyRouteComponent(() => import("../portals/authority/StatisticsPage"), "StatisticsPage"),
});

export const caseRoute = createRoute({
  getParentRoute: () => root,
  path: "/authority/filings/$id",
  validateSearch: caseSearch,
  component: lazyRouteComponent(() => import("../portals/authority/CasePage"), "CasePage"),
});

const calendar = createRoute({
  getParentRoute: () => root, path: "/report/calendar",
  component: lazyRouteComponent(() => import("../portals/report/CalendarPage"), "CalendarPage"),
});

const notices = createRoute({
  getParentRoute: () => root, path: "/notices",
  component: lazyRouteComponent(() => import("../portals/common/NoticesPage"), "NoticesPage"),
});

const reminders = createRoute({
  getParentRoute: () => root, path: "/admin/reminders",
  component: lazyRouteComponent(() => import("../portals/admin/RemindersPage"), "RemindersPage"),
});

const terms = createRoute({
  getParentRoute: () => root, path: "/admin/terms",
  component: lazyRouteComponent(() => import("../portals/admin/taxonomy/TaxonomyPage"), "TaxonomyPage"),
});

const registrations = createRoute({
  getParentRoute: () => root, path: "/authority/registrations",
  component: lazyRouteComponent(() => import("../portals/authority/RegistrationsPage"), "RegistrationsPage"),
});

const account = createRoute({
  getParentRoute: () => root, path: "/account",
  component: lazyRouteComponent(() => import("../portals/account/AccountPage"), "AccountPage"),
});

const people = createRoute({
  getParentRoute: () => root, path: "/admin",
  component: lazyRouteComponent(() => import("../portals/admin/PeoplePage"), "PeoplePage"),
});

const organisation = createRoute({
  getParentRoute: () => root, path: "/admin/organisation",
  component: lazyRouteComponent(() => import("../portals/admin/OrganisationPage"), "OrganisationPage"),
});

const clients = createRoute({
  getParentRoute: () => root, path: "/admin/clients",
  component: lazyRouteComponent(() => import("../portals/admin/ClientsPage"), "ClientsPage"),
});

const recipients = createRoute({
  getParentRoute: () => root, path: "/admin/recipients",
  component: lazyRouteComponent(() => import("../portals/admin/RecipientsPage"), "RecipientsPage"),
});

const node = createRoute({
  getParentRoute: () => root, path: "/admin/organisations",
  component: lazyRouteComponent(() => import("../portals/admin/NodePage"), "NodePage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    readinessRoute, approvals, approvalChain, approval, calendar, notices, reminders, terms, home, duties, finder, incidents, links, wizardRoute, incidentRoute, fileRoute, filingRoute,
    filingSheet, draftSheet, inboxRoute, caseRoute, statistics,
    registrations, account, people, organisation, clients, recipients, node,
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
