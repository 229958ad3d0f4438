import { queryOptions } from "@tanstack/react-query";

import { answerOf, api } from "./client";
import { Refusal, type ProblemBody } from "./problem";
import type { components } from "./schema";
import { signedOut } from "./signedOut";

type Schemas = components["schemas"];
export type AccountSecurity = Schemas["AccountSecurity"];
export type Person = Schemas["Person"];
export type OrganisationProfile = Omit<Schemas["OrganisationProfile"], "fields"> & { fields: Schemas["FieldView"][] };
export type NodeOrganisation = Schemas["NodeOrganisation"];
export type NodeOrganisations = Schemas["NodeOrganisations"];
export type OrganisationRole = Schemas["OrganisationRole"];
export type RecipientLine = Schemas["RecipientLine"];
export type RegistrationView = Schemas["RegistrationView"];
export type SecondFactorSetup = Schemas["SecondFactorSetup"];
type Function = Schemas["Function"];
type Proof = Schemas["OwnerProof"];

/** A call whose success says nothing. */
async function done(call: Promise<{ response: Response; error?: unknown }>): Promise<void> {
  const { response, error } = await call;
  if (response.ok) return;
  if (response.status === 401) signedOut();
  throw new Refusal(response.status, (error ?? {}) as ProblemBody);
}

const path = (id: string) => ({ params: { path: { id } } });

export const account = queryOptions({ queryKey: ["account"], queryFn: () => answerOf(api.GET("/api/v1/account")) });
export const setUpSecondFactor = (body: Proof) => answerOf(api.POST("/api/v1/account/second-factor", { body }));
export const confirmSecondFactor = (code: string) =>
  answerOf(api.POST("/api/v1/account/second-factor/confirm", { body: { code } }));
export const removeSecondFactor = (body: Proof) => done(api.POST("/api/v1/account/second-factor/remove", { body }));
export const renewRecoveryCodes = (body: Proof) => answerOf(api.POST("/api/v1/account/recovery-codes", { body }));
export const changePassword = (body: Schemas["ChangePassword"]) => done(api.POST("/api/v1/account/password", { body }));
export const endSession = (id: string) => done(api.POST("/api/v1/account/sessions/{id}/end", path(id)));
export const endOtherSessions = () => done(api.POST("/api/v1/account/sessions/end-others"));

export const people = queryOptions({
  queryKey: ["admin", "people"],
  queryFn: () => answerOf(api.GET("/api/admin/v1/people")),
});
export const invitePerson = (body: { name: string; mail: string; functions: Function[] }) =>
  answerOf(api.POST("/api/admin/v1/people", { body }));
export const changePerson = (id: string, body: { name?: string; functions?: Function[] }) =>
  answerOf(api.PATCH("/api/admin/v1/people/{id}", { ...path(id), body }));
export const disablePerson = (id: string) => answerOf(api.POST("/api/admin/v1/people/{id}/disable", path(id)));
export const enablePerson = (id: string) => answerOf(api.POST("/api/admin/v1/people/{id}/enable", path(id)));
export const inviteAgain = (id: string) => answerOf(api.POST("/api/admin/v1/people/{id}/invite", path(id)));
export const resetSecondFactor = (id: string) =>
  answerOf(api.POST("/api/admin/v1/people/{id}/reset-second-factor", path(id)));

export const organisation = queryOptions({
  queryKey: ["admin", "organisation"],
  queryFn: () => answerOf(api.GET("/api/admin/v1/organisation")),
});
/** The description leaves the profile open: its fields are those of the vocabulary. */
export const changeOrganisation = (
  body: Omit<Partial<Schemas["ChangeOrganisation"]>, "profile"> & { profile?: Record<string, unknown> },
) =>
  answerOf(
    api.PATCH("/api/admin/v1/organisation", { body: { ...body, profile: (body.profile ?? {}) as Record<string, never> } }),
  );

export const clients = queryOptions({
  queryKey: ["admin", "clients"],
  queryFn: () => answerOf(api.GET("/api/admin/v1/clients")),
});
export const makeClient = (body: Schemas["MakeClient"]) => answerOf(api.POST("/api/admin/v1/clients", { body }));
export const revokeClient = (id: string) => answerOf(api.POST("/api/admin/v1/clients/{id}/revoke", path(id)));

export const recipients = queryOptions({
  queryKey: ["admin", "recipients"],
  queryFn: () => answerOf(api.GET("/api/admin/v1/recipients")),
});

export const organisations = queryOptions({
  queryKey: ["admin", "organisations"],
  queryFn: () => answerOf(api.GET("/api/admin/v1/organisations")),
});
export const enterOrganisation = (body: Schemas["EnterOrganisation"]) =>
  answerOf(api.POST("/api/admin/v1/organisations", { body }));
export const giveRoles = (id: string, roles: OrganisationRole[]) =>
  answerOf(api.PUT("/api/admin/v1/organisations/{id}/roles", { ...path(id), body: { roles } }));
export const disableOrganisation = (id: string) =>
  answerOf(api.POST("/api/admin/v1/organisations/{id}/disable", path(id)));
export const enableOrganisation = (id: string) =>
  answerOf(api.POST("/api/admin/v1/organisations/{id}/enable", path(id)));
export const inviteAdministrator = (id: string, body: { name: string; mail: string }) =>
  answerOf(api.POST("/api/admin/v1/organisations/{id}/administrators", { ...path(id), body }));

export const registrations = queryOptions({
  queryKey: ["registrations"],
  queryFn: () => answerOf(api.GET("/api/authority/v1/registrations")),
  refetchInterval: 30_000,
});
export const acceptRegistration = (id: string) =>
  answerOf(api.POST("/api/authority/v1/registrations/{id}/accept", path(id)));
export const refuseRegistration = (id: string, text: string) =>
  answerOf(api.POST("/api/authority/v1/registrations/{id}/refuse", { ...path(id), body: { text } }));
export const askRegistration = (id: string, text: string) =>
  answerOf(api.POST("/api/authority/v1/registrations/{id}/ask", { ...path(id), body: { text } }));
