import { Link } from "@tanstack/react-router";

import type { NoticeView } from "../../api/work";
import { Instant } from "../../parts/Instant";
import { Mark } from "../../parts/Mark";
import { t } from "../../text";
import classes from "./Notice.module.css";

interface NoticeProps {
  notice: NoticeView;
  onOpen: () => void;
}

/** One thing that one was told: what about, when, what to do next, and the way there. */
export function Notice({ notice, onOpen }: NoticeProps) {
  return (
    <li className={`${classes.notice} ${notice.read ? "" : classes.unread}`}>
      <div className={classes.head}>
        <Mark>{t(`notice.${notice.kind}`)}</Mark>
        <Instant at={notice.at} short />
        {!notice.read && <span>{t("notices.new")}</span>}
      </div>
      <Link to={notice.link} onClick={onOpen} className={classes.subject}>
        {notice.subject}
      </Link>
      <div className={classes.text}>{notice.text}</div>
    </li>
  );
}
