import { instantInShort, instantInWords, zoneName } from "./time";
import { useZone } from "./useZone";
import { t } from "../text";

interface InstantProps {
  at: string;
  short?: boolean;
}

/** A point in time in the organisation's zone; the exact instant in UTC stands in the tooltip. */
export function Instant({ at, short = false }: InstantProps) {
  const zone = useZone();
  const words = short
    ? instantInShort(at, zone)
    : t("time.inZone", { instant: instantInWords(at, zone), zone: zoneName(zone) });
  return (
    <time dateTime={at} title={at}>
      {words}
    </time>
  );
}
