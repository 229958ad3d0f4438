import { createRouter } from "@tanstack/react-router";

import { Failed } from "./Failed";
import { Loading } from "./Loading";
import { adminRoutes } from "./routes/admin";
import { authorityRoutes } from "./routes/authority";
import { commonRoutes } from "./routes/common";
import { reportRoutes } from "./routes/report";
import { root } from "./routes/root";

export const router = createRouter({
  routeTree: root.addChildren([...commonRoutes, ...reportRoutes, ...authorityRoutes, ...adminRoutes]),
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
