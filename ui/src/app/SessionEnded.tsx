import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";

import { setCsrfToken } from "../api/client";
import { anythingUnsaved, saveNow } from "../api/drafts";
import { me } from "../api/queries";
import { onSignedOut, signInAddress } from "../api/signedOut";

const SessionDialog = lazy(() => import("./SessionDialog"));

/** When the session ends: sign in again; with unsaved answers in another tab, so that none is lost. */
export function SessionEnded() {
  const [ended, setEnded] = useState(false);
  const queries = useQueryClient();
  useEffect(
    () =>
      onSignedOut(() => {
        if (anythingUnsaved()) setEnded(true);
        else window.location.replace(signInAddress());
      }),
    [],
  );

  async function goOn() {
    const { csrf_token } = await queries.fetchQuery({ ...me, staleTime: 0 });
    setCsrfToken(csrf_token);
    setEnded(false);
    saveNow();
    await queries.invalidateQueries();
  }

  if (!ended) return null;
  return (
    <Suspense>
      <SessionDialog onGoOn={() => void goOn()} />
    </Suspense>
  );
}
