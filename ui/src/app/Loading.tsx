import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";

import { t } from "../text";

/** A page on its way. */
export function Loading() {
  return (
    <Stack gap="md" aria-busy>
      <VisuallyHidden role="status">{t("app.loading")}</VisuallyHidden>
      <Skeleton height={28} width="40%" />
      <Skeleton height={84} />
      <Skeleton height={84} />
    </Stack>
  );
}
