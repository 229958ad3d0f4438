import { useQuery } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";

import { setCsrfToken } from "../api/client";
import { useLive } from "../api/live";
import { Refusal } from "../api/problem";
import { me } from "../api/queries";
import { signInAddress } from "../api/signedOut";
import { ZoneProvider } from "../parts/useZone";
import { t } from "../text";
import { Failed } from "./Failed";
import { Header } from "./Header";
import { Loading } from "./Loading";
import { PageBody } from "./PageBody";
import { PublicShell } from "./PublicShell";
import { SessionEnded } from "./SessionEnded";
import classes from "./Shell.module.css";
import { useKeys } from "./useKeys";

const Keys = lazy(() => import("./Keys"));
const Palette = lazy(() => import("./Palette"));

/** The pages that nobody needs an account for. */
const PUBLIC = new Set(["/duties"]);

/** What stands around every page. */
export function Shell() {
  const asked = useQuery(me);
  const [keysShown, setKeysShown] = useState(false);
  const [paletteShown, setPaletteShown] = useState(false);
  useKeys({ keys: () => setKeysShown(true), palette: () => setPaletteShown(true) });

  useLive(asked.isSuccess);

  const signedOut = asked.error instanceof Refusal && asked.error.status === 401;
  const forEverybody = useRouterState({ select: ({ location }) => PUBLIC.has(location.pathname) });
  useEffect(() => {
    if (signedOut && !forEverybody) window.location.replace(signInAddress());
  }, [signedOut, forEverybody]);

  if (signedOut && forEverybody) return <PublicShell />;
  if (asked.isPending || signedOut) return <Loading />;
  if (asked.error) return <Failed error={asked.error} reset={() => void asked.refetch()} />;
  setCsrfToken(asked.data.csrf_token);
  return (
    <ZoneProvider value={asked.data.organisation.zone}>
      <a href="#page" className={classes.skip}>
        {t("app.skip")}
      </a>
      <Header me={asked.data} onKeys={() => setKeysShown(true)} onPalette={() => setPaletteShown(true)} />
      <PageBody />
      <SessionEnded />
      {keysShown && (
        <Suspense>
          <Keys onClose={() => setKeysShown(false)} />
        </Suspense>
      )}
      {paletteShown && (
        <Suspense>
          <Palette onClose={() => setPaletteShown(false)} />
        </Suspense>
      )}
    </ZoneProvider>
  );
}
