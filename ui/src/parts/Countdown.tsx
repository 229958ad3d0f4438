import { t } from "../text";
import classes from "./Countdown.module.css";
import { instantInWords, lengthInWords, zoneName } from "./time";
import { useNow } from "./useNow";
import { useZone } from "./useZone";

interface CountdownProps {
  at: string;
  /** The instant in words, when the server has put it so. */
  words?: string;
  /** The instant in the authority's zone, when that zone differs. */
  authorityWords?: string | null;
  /** The law sets no strict end. */
  soft?: boolean;
  /** It could still become earlier or later. */
  provisional?: boolean;
  /** Only the time left, for lists and bars. */
  short?: boolean;
}

const SOON = 4 * 3_600_000;

/** The time left in words; the colour only repeats what the words say. */
export function Countdown({ at, words, authorityWords, soft, provisional, short }: CountdownProps) {
  const zone = useZone();
  const left = Date.parse(at) - useNow();
  const late = left < 0;
  const length = lengthInWords(left);
  const state = late ? classes.late : left < SOON ? classes.soon : undefined;
  return (
    <div className={short ? classes.short : classes.whole}>
      <strong className={`${classes.left} ${state ?? ""}`} role="timer">
        {late ? t("countdown.late", { length }) : t("countdown.left", { length })}
      </strong>
      {!short && (
        <span className={classes.at}>
          <time dateTime={at} title={at}>
            {words ?? t("time.inZone", { instant: instantInWords(at, zone), zone: zoneName(zone) })}
          </time>
          {authorityWords && <span className={classes.other}>{t("countdown.authority", { time: authorityWords })}</span>}
          {soft && <span className={classes.other}>{t("countdown.soft")}</span>}
          {provisional && <span className={classes.other}>{t("countdown.provisional")}</span>}
        </span>
      )}
    </div>
  );
}
