const FOCUSABLE = "input:not([type=hidden]):not(:disabled), textarea:not(:disabled), button:not(:disabled)";

/** Brings a question into view and the cursor into it. Says whether it is on the page. */
export function focusField(field: string): boolean {
  const frame = document.querySelector(`[data-field="${CSS.escape(field)}"]`);
  if (!frame) return false;
  frame.scrollIntoView({ block: "center" });
  frame.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true });
  return true;
}
