/** How far the node's clock is ahead of this machine's, in milliseconds. Deadlines are the node's. */
let ahead = 0;

/** Notes the node's clock as an answer told it. */
export function noteServerNow(now: string): void {
  const at = Date.parse(now);
  if (!Number.isNaN(at)) ahead = at - Date.now();
}

/** The node's present, in milliseconds since 1970. */
export function serverNow(): number {
  return Date.now() + ahead;
}
