import type { ComponentType } from "react";

interface IconProps {
  of: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>;
  size?: number;
}

/** A drawing beside words; never the only sign. */
export function Icon({ of: Drawing, size = 18 }: IconProps) {
  return <Drawing size={size} stroke={1.8} aria-hidden />;
}
