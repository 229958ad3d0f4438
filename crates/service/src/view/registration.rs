//! Entities that want to take part, as an officer vets them.

use model::{Country, Instant, OrganisationId, RegistrationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a registration is, as an officer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationState {
    /// It waits for an officer.
    Open,
    /// It waits for an answer to the officer's question.
    Asked,
    /// The organisation was entered.
    Accepted,
    /// It was refused.
    Refused,
}

/// The registrations of the countries that the organisation answers for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Registrations {
    /// Newest first.
    pub registrations: Vec<RegistrationView>,
}

/// A registration.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RegistrationView {
    /// The identifier.
    pub id: RegistrationId,
    /// How far it is.
    pub state: RegistrationState,
    /// The name of the organisation.
    pub name: String,
    /// The Member State.
    pub country: Country,
    /// Its IANA time zone.
    pub zone: String,
    /// What was told of it, in words.
    pub facts: Vec<RegistrationFact>,
    /// The name of the contact, who will be its administrator.
    pub contact: String,
    /// The contact's mail address, which was confirmed.
    pub mail: String,
    /// When the form came.
    pub created_at: Instant,
    /// When something was last done with it.
    pub updated_at: Instant,
    /// When it is forgotten.
    pub expires_at: Instant,
    /// Questions, answers, the reason of a refusal.
    pub words: Vec<RegistrationMessage>,
    /// What on this node looks like the same organisation.
    pub duplicates: Vec<RegistrationDuplicate>,
}

/// Something told of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationFact {
    /// The question.
    pub label: String,
    /// The answer in words.
    pub text: String,
}

/// A word between the officer and whoever registers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationMessage {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: String,
    /// What.
    pub text: String,
}

/// Something that looks like the same organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationDuplicate {
    /// The organisation; absent for another registration.
    pub organisation: Option<OrganisationId>,
    /// Its name.
    pub name: String,
    /// What is the same, in words.
    pub same: Vec<String>,
}

/// Why a registration is refused, or what is asked: whoever registers gets it by mail.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationWords {
    /// 1 to 2,000 characters.
    pub text: String,
}
