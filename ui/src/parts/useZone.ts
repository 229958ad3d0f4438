import { useSuspenseQuery } from "@tanstack/react-query";

import { me } from "../api/queries";

/** The time zone of the organisation for which one is signed in. */
export function useZone(): string {
  return useSuspenseQuery(me).data.organisation.zone;
}
