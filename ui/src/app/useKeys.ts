import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

interface Shown {
  keys: () => void;
  palette: () => void;
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** The keys that work on every page, unless one is typing. */
export function useKeys({ keys, palette }: Shown): void {
  const navigate = useNavigate();
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        palette();
      } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
        if (event.key === "?") keys();
        if (event.key === "h") void navigate({ to: "/" });
      }
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}
