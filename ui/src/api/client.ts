import createClient, { type FetchResponse, type Middleware } from "openapi-fetch";

import { language } from "../text";
import { Refusal, Unreachable, type ProblemBody } from "./problem";
import type { paths } from "./schema";
import { signedOut } from "./signedOut";

/** The anti-forgery value of the session. */
let csrfToken: string | undefined;

/** Takes the anti-forgery value from what `/api/v1/me` says; every change carries it. */
export function setCsrfToken(token: string | null | undefined): void {
  csrfToken = token ?? undefined;
}

const habits: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", language());
    if (request.method !== "GET" && csrfToken) request.headers.set("X-CSRF-Token", csrfToken);
    return request;
  },
  onError({ error }) {
    return new Unreachable(error);
  },
};

/** The public API, typed by its description. */
export const api = createClient<paths>({ credentials: "same-origin" });
api.use(habits);

/** The answer of a call. Throws `Refusal` for an answer that is no success, `Unreachable` when there is none. */
export async function answerOf<Operation extends Record<string | number, unknown>, Options, Media extends `${string}/${string}`>(
  call: Promise<FetchResponse<Operation, Options, Media>>,
): Promise<NonNullable<FetchResponse<Operation, Options, Media>["data"]>> {
  const { data, error, response } = await call;
  if (response.ok && data !== undefined) return data as NonNullable<typeof data>;
  if (response.status === 401) signedOut();
  const body = typeof error === "object" && error !== null ? (error as ProblemBody) : {};
  throw new Refusal(response.status, body);
}
