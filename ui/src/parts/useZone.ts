import { createContext, useContext } from "react";

const Zone = createContext(Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Tells the pages inside in which time zone they show instants. */
export const ZoneProvider = Zone.Provider;

/** The time zone of the organisation for which one is signed in; without an account that of the browser. */
export function useZone(): string {
  return useContext(Zone);
}
