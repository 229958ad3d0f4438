import { createRoute, lazyRouteComponent } from "@tanstack/react-router";

import { root } from "./root";

const reminders = createRoute({
  getParentRoute: () => root,
  path: "/admin/reminders",
  component: lazyRouteComponent(() => import("../../portals/admin/RemindersPage"), "RemindersPage"),
});

const terms = createRoute({
  getParentRoute: () => root,
  path: "/admin/terms",
  component: lazyRouteComponent(() => import("../../portals/admin/taxonomy/TaxonomyPage"), "TaxonomyPage"),
});

const people = createRoute({
  getParentRoute: () => root,
  path: "/admin",
  component: lazyRouteComponent(() => import("../../portals/admin/PeoplePage"), "PeoplePage"),
});

const organisation = createRoute({
  getParentRoute: () => root,
  path: "/admin/organisation",
  component: lazyRouteComponent(() => import("../../portals/admin/OrganisationPage"), "OrganisationPage"),
});

const clients = createRoute({
  getParentRoute: () => root,
  path: "/admin/clients",
  component: lazyRouteComponent(() => import("../../portals/admin/ClientsPage"), "ClientsPage"),
});

const recipients = createRoute({
  getParentRoute: () => root,
  path: "/admin/recipients",
  component: lazyRouteComponent(() => import("../../portals/admin/RecipientsPage"), "RecipientsPage"),
});

const node = createRoute({
  getParentRoute: () => root,
  path: "/admin/organisations",
  component: lazyRouteComponent(() => import("../../portals/admin/NodePage"), "NodePage"),
});

/** The pages of administration. */
export const adminRoutes = [
  reminders, terms, people, organisation, clients, recipients, node,
];
