import { answerOf, api } from "./client";
import type { components } from "./schema";
import type { IncidentView } from "./types";

type Schemas = components["schemas"];
export type FiledElsewhere = Schemas["FiledElsewhere"];
export type Way = Schemas["Way"];

const PATH = "/api/reporting/v1/incidents/{id}/duties/{duty}/elsewhere";

/** Notes that a stage was filed without Beffroi. */
export const noteFiledElsewhere = (id: string, duty: string, body: Schemas["NoteFiledElsewhere"]): Promise<IncidentView> =>
  answerOf(api.POST(PATH, { params: { path: { id, duty } }, body }));

/** Takes it back: it was noted by mistake. */
export const takeBackFiledElsewhere = (id: string, duty: string, body: Schemas["TakeBackFiledElsewhere"]): Promise<IncidentView> =>
  answerOf(api.POST(`${PATH}/take-back`, { params: { path: { id, duty } }, body }));
