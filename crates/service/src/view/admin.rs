//! What administrators and operators see and send.

use std::collections::BTreeMap;

use model::{ClientId, Country, Function, Instant, OrganisationId, OrganisationRole, Role, UserId};
use regime::{Choice, FieldView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OrganisationBrief;

/// How far an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonState {
    /// Invited, without a password yet.
    Invited,
    /// May sign in.
    Active,
    /// May not sign in any more.
    Disabled,
}

/// The people of the organisation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct People {
    /// The people, oldest account first.
    pub people: Vec<Person>,
    /// The functions that can be given here.
    pub functions: Vec<Function>,
}

/// A person of the organisation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Person {
    /// The account.
    pub id: UserId,
    /// The name.
    pub name: String,
    /// The mail address.
    pub mail: String,
    /// What the person does here.
    pub functions: Vec<Function>,
    /// How far the account is.
    pub state: PersonState,
    /// Whether a second factor is in use.
    pub second_factor: bool,
    /// When the account was made.
    pub created_at: Instant,
    /// When the person last signed in.
    pub last_signed_in_at: Option<Instant>,
    /// Whether it is the caller.
    pub yourself: bool,
    /// Whether the caller may change the account.
    pub changeable: bool,
}

/// A person to be invited.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitePerson {
    /// The name, 1 to 200 characters.
    pub name: String,
    /// The mail address: a link goes there.
    pub mail: String,
    /// What the person will do; at least one.
    pub functions: Vec<Function>,
}

/// A change to a person. What is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePerson {
    /// The name, 1 to 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the person does, all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub functions: Option<Vec<Function>>,
}

/// The organisation as its administrators keep it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrganisationProfile {
    /// Name, country, zone and roles.
    pub organisation: OrganisationBrief,
    /// What the laws want to know of it.
    pub fields: Vec<FieldView>,
    /// Whether its people sign in with a second factor only.
    pub second_factor_required: bool,
    /// How many of its active people have none yet.
    pub without_second_factor: usize,
    /// The countries to choose from.
    pub countries: Vec<Choice>,
}

/// A change to the organisation. What is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeOrganisation {
    /// The name, 1 to 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The Member State.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// The IANA time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Field to value; `null` takes one back.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub profile: BTreeMap<String, serde_json::Value>,
    /// Whether its people sign in with a second factor only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor_required: Option<bool>,
}

/// A machine client of the organisation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MachineClient {
    /// The client.
    pub id: ClientId,
    /// What it is.
    pub name: String,
    /// What it may do.
    pub functions: Vec<Function>,
    /// When it was made.
    pub created_at: Instant,
    /// Until when its secret is good.
    pub expires_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
    /// When it last called, to within five minutes.
    pub last_used_at: Option<Instant>,
}

/// The machine clients of the organisation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MachineClients {
    /// Oldest first, also the ended ones.
    pub clients: Vec<MachineClient>,
    /// The functions that a machine can have.
    pub functions: Vec<Function>,
}

/// A machine client to be made.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeClient {
    /// What it is, 1 to 200 characters.
    pub name: String,
    /// What it may do; at least one.
    pub functions: Vec<Function>,
    /// How long its secret is good for, 1 to 1,096 days.
    pub valid_days: u32,
}

/// The secret of a machine client, shown this once.
#[derive(Clone, Serialize, ToSchema)]
pub struct MadeClient {
    /// The client.
    pub client: ClientId,
    /// To be sent as `Authorization: Bearer`.
    pub secret: String,
    /// Until when.
    pub expires_at: Instant,
}

/// The organisations of the node, for its operator.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NodeOrganisations {
    /// Oldest first.
    pub organisations: Vec<NodeOrganisation>,
    /// The roles that can be given.
    pub roles: Vec<Role>,
    /// The laws for which a role can hold.
    pub regimes: Vec<Choice>,
    /// The sectors for which a role can hold.
    pub sectors: Vec<Choice>,
    /// The countries to choose from.
    pub countries: Vec<Choice>,
}

/// An organisation of the node.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NodeOrganisation {
    /// Name, country, zone and roles.
    pub organisation: OrganisationBrief,
    /// Whether its people and machines may work here.
    pub active: bool,
    /// How many active people it has.
    pub people: usize,
    /// How many of them are administrators.
    pub administrators: usize,
}

/// An organisation to be entered.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterOrganisation {
    /// The name, 1 to 200 characters.
    pub name: String,
    /// The Member State.
    pub country: Country,
    /// The IANA time zone.
    pub zone: String,
    /// The roles.
    pub roles: Vec<OrganisationRole>,
}

/// The roles of an organisation, all of them.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveRoles {
    /// The roles, each in its scope.
    pub roles: Vec<OrganisationRole>,
}

/// The first administrator of an organisation.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteAdministrator {
    /// The name, 1 to 200 characters.
    pub name: String,
    /// The mail address: a link goes there.
    pub mail: String,
}

/// Who receives what: law by law and country by country.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecipientDirectory {
    /// The lines.
    pub lines: Vec<RecipientLine>,
    /// How many of them name nobody.
    pub gaps: usize,
}

/// Who receives the reports of one law in one country.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecipientLine {
    /// The pack.
    pub pack: String,
    /// The short name of the law.
    pub law: String,
    /// Where it says to whom.
    pub article: String,
    /// The Member State.
    pub country: Country,
    /// The roles in the order of preference.
    pub roles: Vec<Role>,
    /// Who holds the first of them that anybody holds.
    pub organisations: Vec<RecipientEntry>,
    /// Whether nobody receives there: nothing could be filed.
    pub gap: bool,
}

/// An organisation that receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecipientEntry {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The role by which it receives.
    pub role: Role,
    /// For which sector only, in words.
    pub sector: Option<String>,
    /// For which class of entity only.
    pub entity_class: Option<String>,
}
