type Listener = () => void;

const listeners = new Set<Listener>();

/** Calls `listener` whenever an answer says that the session has ended. */
export function onSignedOut(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells everyone that the session has ended. */
export function signedOut(): void {
  for (const listener of listeners) listener();
}

/** The sign-in page that leads back to where one is. */
export function signInAddress(): string {
  const here = `${window.location.pathname}${window.location.search}`;
  return `/login?next=${encodeURIComponent(here)}`;
}
