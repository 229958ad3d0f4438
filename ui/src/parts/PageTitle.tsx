import { Title } from "@mantine/core";
import { useEffect } from "react";

import { t } from "../text";

/** The heading of a page, which is its name in the browser's tabs and history too. */
export function PageTitle({ children, mb }: { children: string; mb?: string }) {
  useEffect(() => {
    document.title = t("app.pageTitle", { page: children });
  }, [children]);
  return (
    <Title order={1} mb={mb}>
      {children}
    </Title>
  );
}
