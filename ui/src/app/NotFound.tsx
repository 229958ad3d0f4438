import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { Empty } from "../parts/Empty";
import { t } from "../text";

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Empty
      whole
      title={t("app.notFound.title")}
      text={t("app.notFound.text")}
      action={
        <Anchor component={Link} to="/">
          {t("app.notFound.action")}
        </Anchor>
      }
    />
  );
}
