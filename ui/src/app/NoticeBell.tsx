import { ActionIcon } from "@mantine/core";
import IconBell from "@tabler/icons-react/dist/esm/icons/IconBell.mjs";
import { useQuery } from "@tanstack/react-query";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

import { unread } from "../api/work";
import { Icon } from "../parts/Icon";
import { t, tn } from "../text";
import classes from "./NoticeBell.module.css";

type BellProps = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

function BellAnchor(props: BellProps) {
  return <ActionIcon component="a" variant="subtle" color="gray" size={34} className={classes.link} {...props} />;
}

const BellLink = createLink(BellAnchor);

/** The way to what one was told, with how much of it is unread. */
export default function NoticeBell() {
  const count = useQuery(unread).data ?? 0;
  const words = count === 0 ? t("notices.none") : tn("notices.unread", count);
  return (
    <BellLink to="/notices" aria-label={words} title={words}>
      <span className={classes.bell} aria-hidden>
        <Icon of={IconBell} />
        {count > 0 && <span className={classes.count}>{count > 99 ? "99+" : count}</span>}
      </span>
    </BellLink>
  );
}
