import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import { poll } from "./live";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type NoticeView = Schemas["NoticeView"];
export type ReminderPlan = Schemas["ReminderPlan"];
export type ReminderStep = Schemas["ReminderStep"];
export type Receiver = Schemas["Receiver"];

const getNotices = (before?: string, limit?: number) =>
  answerOf(api.GET("/api/v1/notices", { params: { query: { before, limit } } }));

/** How many notices are unread. */
export const unread = queryOptions({
  queryKey: ["notices", "unread"],
  queryFn: () => getNotices(undefined, 1),
  refetchInterval: poll,
  select: (list) => list.unread,
});

export const notices = infiniteQueryOptions({
  queryKey: ["notices", "list"],
  queryFn: ({ pageParam }) => getNotices(pageParam),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: poll,
  throwOnError: true,
});

/** Marks notices as read; all of them without `ids`. */
export const readNotices = (ids: string[]) => answerOf(api.POST("/api/v1/notices/read", { body: { ids } }));

export const calendarFeed = queryOptions({
  queryKey: ["calendar"],
  queryFn: () => answerOf(api.GET("/api/v1/calendar")),
});
export const makeCalendarFeed = (titles: boolean) => answerOf(api.POST("/api/v1/calendar", { body: { titles } }));
export const endCalendarFeed = () => answerOf(api.DELETE("/api/v1/calendar"));

export const reminderPlan = queryOptions({
  queryKey: ["reminders"],
  queryFn: () => answerOf(api.GET("/api/v1/reminders")),
});
export const saveReminderPlan = (body: Schemas["SaveReminderPlan"]) => answerOf(api.PUT("/api/v1/reminders", { body }));
export const organisations = queryOptions({
  queryKey: ["organisations"],
  queryFn: () => answerOf(api.GET("/api/v1/organisations")),
  staleTime: 60_000,
});
