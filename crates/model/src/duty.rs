//! The name and the state of a duty. Why it stands so is said by `regime`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, schema::Schema},
};

/// Which stage of which track of which law.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DutyKey {
    /// The pack.
    pub pack: String,
    /// The track of the pack.
    pub track: String,
    /// The stage of the track.
    pub stage: String,
}

impl PartialSchema for DutyKey {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for DutyKey {}

/// Why a text is no duty key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a duty is written pack.track.stage (for example law.mandatory.early_warning), got {0:?}")]
pub struct DutyKeyError(String);

impl FromStr for DutyKey {
    type Err = DutyKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('.');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(pack), Some(track), Some(stage), None)
                if [pack, track, stage].iter().all(|part| is_word(part)) =>
            {
                Ok(Self { pack: pack.to_owned(), track: track.to_owned(), stage: stage.to_owned() })
            }
            _ => Err(DutyKeyError(text.chars().take(120).collect())),
        }
    }
}

fn is_word(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
}

impl TryFrom<String> for DutyKey {
    type Error = DutyKeyError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DutyKey> for String {
    fn from(key: DutyKey) -> Self {
        key.to_string()
    }
}

impl fmt::Display for DutyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.pack, self.track, self.stage)
    }
}

/// How far a duty is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// The law does not ask for it; the reason is kept as a record.
    NotApplicable,
    /// Another law takes its place.
    Displaced,
    /// Facts are missing that would decide.
    Undecided,
    /// To be filed.
    Due,
    /// Begun, not filed.
    Drafted,
    /// Waiting for an approval.
    InApproval,
    /// Filed, with proof.
    Filed,
    /// Filed and acknowledged by the recipient.
    Acknowledged,
    /// Past its instant and not filed.
    Late,
    /// Taken back or reclassified.
    Withdrawn,
    /// The authority does not want it.
    Waived,
}
