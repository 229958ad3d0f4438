import { createRootRoute } from "@tanstack/react-router";

import { Failed } from "../Failed";
import { NotFound } from "../NotFound";
import { Shell } from "../Shell";

/** What is around every page. */
export const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Failed });
