import { createRoute, lazyRouteComponent } from "@tanstack/react-router";

import { Home } from "../Home";
import { root } from "./root";

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: Home,
});

const finder = createRoute({
  getParentRoute: () => root,
  path: "/duties",
  component: lazyRouteComponent(() => import("../../portals/public/FinderPage"), "FinderPage"),
});

const notices = createRoute({
  getParentRoute: () => root,
  path: "/notices",
  component: lazyRouteComponent(() => import("../../portals/common/NoticesPage"), "NoticesPage"),
});

const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => import("../../portals/account/AccountPage"), "AccountPage"),
});

/** The pages of everybody. */
export const commonRoutes = [
  home, finder, notices, account,
];
