import type { components, paths } from "./schema";

type Schemas = components["schemas"];

/** The value of an answer, in the JSON shape of its field's kind. */
export type Value = unknown;

/** Which lines of the inbox. */
export type InboxQuery = NonNullable<paths["/api/authority/v1/inbox"]["get"]["parameters"]["query"]>;

export type Actor = Schemas["Actor"];
export type Answer = Schemas["Answer"];
export type AnswerChange = Schemas["AnswerChange"];
export type AnswerIn = Schemas["AnswerIn"];
export type AnswerSource = Schemas["AnswerSource"];
export type Basis = Schemas["Basis"];
export type Choice = Schemas["Choice"];
export type ChosenTerm = Schemas["ChosenTerm"];
export type Conflict = Schemas["Conflict"];
export type Due = Schemas["Due"];
export type Duty = Schemas["Duty"];
export type DutyChannel = Schemas["DutyChannel"];
export type DutyKey = Schemas["DutyKey"];
export type DutyState = Schemas["DutyState"];
export type FieldKind = Schemas["FieldKind"];
export type FieldView = Schemas["FieldView"];
export type FileStage = Schemas["FileStage"];
export type Filed = Schemas["Filed"];
export type FiledField = Schemas["FiledField"];
export type FiledGroup = Schemas["FiledGroup"];
export type FieldGroup = Schemas["FieldGroup"];
export type FilingList = Schemas["FilingList"];
export type FilingPreview = Schemas["FilingPreview"];
export type FilingState = Schemas["FilingState"];
export type FilingSummary = Schemas["FilingSummary"];
export type FilingVersion = Schemas["FilingVersion"];
export type FilingView = Schemas["FilingView"];
export type FormView = Schemas["FormView"];
export type Function = Schemas["Function"];
export type History = Schemas["History"];
export type Inbox = Schemas["Inbox"];
export type InboxRow = Schemas["InboxRow"];
export type IncidentList = Schemas["IncidentList"];
export type IncidentState = Schemas["IncidentState"];
export type IncidentSummary = Schemas["IncidentSummary"];
/** The description leaves the answers open: their fields are those of the vocabulary. */
export type IncidentView = Omit<Schemas["IncidentView"], "answers"> & { answers: Record<string, Answer> };
export type IncidentLinks = Schemas["IncidentLinks"];
export type IncidentLinkView = Schemas["IncidentLinkView"];
export type LawStanding = Schemas["LawStanding"];
export type LinkState = Schemas["LinkState"];
export type Marking = Schemas["Marking"];
export type MarkIncident = Schemas["MarkIncident"];
export type Me = Schemas["Me"];
export type Message = Schemas["Message"];
export type Missing = Schemas["Missing"];
export type NamedOrganisation = Schemas["NamedOrganisation"];
export type OpenDuties = Schemas["OpenDuties"];
export type OpenDuty = Schemas["OpenDuty"];
export type OrganisationBrief = Schemas["OrganisationBrief"];
export type Pap = Schemas["Pap"];
export type Party = Schemas["Party"];
export type Portal = Schemas["Portal"];
export type Proposal = Schemas["Proposal"];
export type Problem = Schemas["Problem"];
export type ReadMark = Schemas["ReadMark"];
export type Recipient = Schemas["Recipient"];
export type RecipientPreview = Schemas["RecipientPreview"];
export type RegimeSummary = Schemas["RegimeSummary"];
export type SaveAnswers = Schemas["SaveAnswers"];
export type Section = Schemas["Section"];
export type Subject = Schemas["Subject"];
export type TellOthers = Schemas["TellOthers"];
export type Tlp = Schemas["Tlp"];
export type Trace = Schemas["Trace"];
export type ValueChange = Schemas["ValueChange"];
export type Verdict = Schemas["Verdict"];
