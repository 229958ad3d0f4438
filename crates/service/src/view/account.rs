//! Who one is, and what everyone with an account may know.

use model::{Country, Function, Instant, OrganisationId, OrganisationRole, SessionId, Subject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::PublishedKey;

/// A front end for one side of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Portal {
    /// For those who report.
    Report,
    /// For authorities.
    Authority,
    /// For those who approve what others report.
    Approve,
    /// For those who keep an organisation or the node.
    Admin,
}

/// The signed-in caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Me {
    /// The person or client.
    pub subject: Subject,
    /// The name shown in histories.
    pub name: String,
    /// The organisation for which the caller acts.
    pub organisation: OrganisationBrief,
    /// What the caller does there.
    pub functions: Vec<Function>,
    /// The front ends that the functions give, the usual one first.
    pub portals: Vec<Portal>,
    /// To be sent as `X-CSRF-Token` with every request that changes something; absent for machine clients.
    pub csrf_token: Option<String>,
}

/// An organisation as the directory names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationBrief {
    /// The identifier.
    pub id: OrganisationId,
    /// The name.
    pub name: String,
    /// The Member State.
    pub country: Country,
    /// The IANA time zone.
    pub zone: String,
    /// The roles it holds.
    pub roles: Vec<OrganisationRole>,
}

/// A law that this node knows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegimeSummary {
    /// The pack.
    pub id: String,
    /// The short name of the law.
    pub law: String,
    /// The full name.
    pub title: String,
    /// The pack version: law version and erratum.
    pub version: String,
}

/// The published signing keys of the organisations of this node: the trust file of `beffroi verify`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TrustedKeys {
    /// The keys, also the ended ones.
    pub keys: Vec<PublishedKey>,
}

/// How one's own account is protected, and where it is signed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountSecurity {
    /// The mail address, with which one signs in.
    pub mail: String,
    /// The second factor in use.
    pub second_factor: Option<SecondFactorInUse>,
    /// Whether the organisation requires one.
    pub second_factor_required: bool,
    /// Where one is signed in, newest first.
    pub sessions: Vec<OwnSession>,
}

/// A second factor in use.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SecondFactorInUse {
    /// Since when.
    pub since: Instant,
    /// How many of the ten recovery codes are left.
    pub recovery_codes_left: i64,
}

/// One of one's own sessions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnSession {
    /// The session.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to within five minutes.
    pub last_seen_at: Instant,
    /// What the browser says to be.
    pub agent: String,
    /// The network address.
    pub source: String,
}

/// What an authenticator is to read, shown while it is being set up.
#[derive(Clone, Serialize, ToSchema)]
pub struct SecondFactorSetup {
    /// The secret to be typed, in groups of four.
    pub secret: String,
    /// The address of the key (`otpauth://`).
    pub address: String,
    /// The same as a picture, a `data:` address of an SVG.
    pub picture: String,
}

/// Ten codes, each good once, shown this once.
#[derive(Clone, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// The codes.
    pub codes: Vec<String>,
}

/// What proves that whoever changes an account is its owner.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerProof {
    /// The password.
    pub password: String,
    /// A code of the authenticator, or a recovery code; wanted when a second factor is in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A first code of an authenticator.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmSecondFactor {
    /// Six digits.
    pub code: String,
}

/// A new password for one's own account.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password so far.
    pub password: String,
    /// A code of the authenticator, or a recovery code; wanted when a second factor is in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The new one, at least 12 characters.
    pub new_password: String,
}
