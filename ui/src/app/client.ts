import { QueryClient } from "@tanstack/react-query";

import { Refusal } from "../api/problem";

/** The answers that the pages keep. A refusal is final; only a missing answer is asked for again. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (failures, error) => failures < 2 && !(error instanceof Refusal && error.status < 500),
    },
    mutations: { retry: false },
  },
});
