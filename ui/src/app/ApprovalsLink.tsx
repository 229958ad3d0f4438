import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { approvals } from "../api/approvals";
import { t, tn } from "../text";
import classes from "./Shell.module.css";

/** The way to what waits for one's approval, with how much it is. */
export default function ApprovalsLink() {
  const waiting = useQuery(approvals).data?.waiting ?? 0;
  return (
    <Link to="/report/approvals" className={classes.link}>
      {t("approvals.title")}
      {waiting > 0 && <span className={classes.count} title={tn("approvals.waiting", waiting)}>{waiting}</span>}
    </Link>
  );
}
