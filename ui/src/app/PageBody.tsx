import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";

import { Loading } from "./Loading";
import { Offline } from "./Offline";
import classes from "./Shell.module.css";

/** The page itself, below the head: where the link past the head leads. */
export function PageBody() {
  return (
    <>
      <Offline />
      <main id="page" className={classes.page} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </>
  );
}
