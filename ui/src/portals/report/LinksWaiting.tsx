import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { linksWaiting } from "../../api/links";
import { t, tn } from "../../text";

/** That other organisations told something which waits for an answer. */
export function LinksWaiting() {
  const count = useQuery(linksWaiting).data?.links.length ?? 0;
  if (count === 0) return null;
  return (
    <Alert variant="outline" title={tn("links.waiting", count)}>
      <Link to="/report/links">{t("links.read")}</Link>
    </Alert>
  );
}
