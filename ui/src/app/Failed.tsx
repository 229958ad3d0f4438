import { Button } from "@mantine/core";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";

import { Refusal, Unreachable } from "../api/problem";
import { Empty } from "../parts/Empty";
import { t } from "../text";
import { NotFound } from "./NotFound";

function words(error: unknown): string {
  if (error instanceof Unreachable) return t("app.failed.unreachable");
  if (error instanceof Refusal) return t("app.failed.refused", { reason: error.message });
  return t("app.failed.page");
}

/** A page that could not be shown, with the way to try again. */
export function Failed({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  if (error instanceof Refusal && error.status === 404) return <NotFound />;
  return (
    <Empty
      whole
      title={t("app.failed.title")}
      text={words(error)}
      action={
        <Button
          onClick={() => {
            queries.reset();
            reset();
            void router.invalidate();
          }}
        >
          {t("app.failed.again")}
        </Button>
      }
    />
  );
}
