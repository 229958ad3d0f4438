//! The approval chain: which filings must be approved before they leave, by whom, in which order.
//!
//! Data of an organisation, or of one of its incidents. What a chain and the decisions so far amount to is
//! worked out by [`standing`], who may decide now by [`turn`]; both are pure.

mod standing;
mod turn;

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, schema::Schema},
};

use crate::{Actor, DutyKey, FiledAnswer, Function, Instant, Marking, OrganisationId, Party, UserId};

pub use standing::{Outcome, Standing, StepStanding, StepState, standing};
pub use turn::{Hindrance, Person, fulfillable, turn};

/// Which duties: `pack.track.stage`, each part a word or `*`; `*` alone is every duty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DutyPattern(Vec<String>);

impl PartialSchema for DutyPattern {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for DutyPattern {}

/// Why a text is no pattern of duties.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "duties are named pack.track.stage with * for any part (law.mandatory.*), or * for every duty, got {0:?}"
)]
pub struct DutyPatternError(String);

impl DutyPattern {
    /// Every duty.
    #[must_use]
    pub fn every() -> Self {
        Self(vec!["*".to_owned()])
    }

    /// Whether the pattern names `key`.
    #[must_use]
    pub fn names(&self, key: &DutyKey) -> bool {
        let fits = |(part, word): (&String, &String)| part == "*" || part == word;
        self.0.len() == 1 || self.0.iter().zip([&key.pack, &key.track, &key.stage]).all(fits)
    }
}

impl FromStr for DutyPattern {
    type Err = DutyPatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "*" {
            return Ok(Self::every());
        }
        // What stands for a star is a word as any other: the rest is read as a duty is.
        let starless: Vec<&str> =
            text.split('.').map(|part| if part == "*" { "any" } else { part }).collect();
        match starless.join(".").parse::<DutyKey>() {
            Ok(_) => Ok(Self(text.split('.').map(str::to_owned).collect())),
            Err(_) => Err(DutyPatternError(text.chars().take(120).collect())),
        }
    }
}

impl TryFrom<String> for DutyPattern {
    type Error = DutyPatternError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DutyPattern> for String {
    fn from(pattern: DutyPattern) -> Self {
        pattern.to_string()
    }
}

impl fmt::Display for DutyPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

/// Who approves at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Who {
    /// Whoever has the function in the organisation.
    Function {
        /// Approver, administrator or reporter.
        function: Function,
    },
    /// These people of the organisation.
    People {
        /// The people.
        people: Vec<UserId>,
    },
    /// An approver of another organisation.
    Organisation {
        /// The other organisation.
        organisation: OrganisationId,
    },
}

/// Who may act in the place of those who approve at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Deputies {
    /// A function, or people.
    pub who: Who,
    /// After so many hours without a decision at the step; at any time when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_hours: Option<u32>,
}

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalStep {
    /// What the step is called (`Board`).
    pub name: String,
    /// Who approves.
    pub who: Who,
    /// How many different people: 2 for four eyes.
    pub count: u32,
    /// Who may act in their place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputies: Option<Deputies>,
}

/// Who may file without a complete approval, in an emergency and with a reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Emergency {
    /// Nobody.
    Forbidden,
    /// An approver or an administrator of the organisation.
    #[default]
    ApproverOrAdministrator,
    /// A reporter too.
    ReporterToo,
}

impl Emergency {
    /// Whether somebody with these functions may.
    #[must_use]
    pub fn lets(self, functions: &[Function]) -> bool {
        let any = |wanted: &[Function]| wanted.iter().any(|function| functions.contains(function));
        match self {
            Self::Forbidden => false,
            Self::ApproverOrAdministrator => any(&[Function::Approver, Function::Administrator]),
            Self::ReporterToo => any(&[Function::Approver, Function::Administrator, Function::Reporter]),
        }
    }
}

/// What must be approved before it is filed, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalChain {
    /// The duties whose filings wait for approval; none means that nothing does.
    pub covers: Vec<DutyPattern>,
    /// Duties that need none all the same: first stages whose clock is short.
    #[serde(default)]
    pub exempts: Vec<DutyPattern>,
    /// The steps.
    pub steps: Vec<ApprovalStep>,
    /// Whether a step begins only when the one before is complete.
    #[serde(default)]
    pub in_order: bool,
    /// Whether nobody approves what they asked for or edited last, and nobody counts at two steps.
    #[serde(default = "yes")]
    pub distinct: bool,
    /// Whether the last approval files at once, in the name of whoever asked.
    #[serde(default)]
    pub file_when_approved: bool,
    /// Who may file without it.
    #[serde(default)]
    pub emergency: Emergency,
}

const fn yes() -> bool {
    true
}

impl ApprovalChain {
    /// Whether a filing of `key` waits for approval.
    #[must_use]
    pub fn covers(&self, key: &DutyKey) -> bool {
        let names = |patterns: &[DutyPattern]| patterns.iter().any(|pattern| pattern.names(key));
        !self.steps.is_empty() && names(&self.covers) && !names(&self.exempts)
    }

    /// The other organisations that approve.
    pub fn others(&self) -> impl Iterator<Item = OrganisationId> {
        self.steps.iter().filter_map(|step| match step.who {
            Who::Organisation { organisation } => Some(organisation),
            Who::Function { .. } | Who::People { .. } => None,
        })
    }
}

/// How a request began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Whose filing it is.
    pub organisation: OrganisationId,
    /// Who asked; absent for a machine.
    pub requester: Option<UserId>,
    /// Who last changed the record that was frozen; absent for a machine.
    pub editor: Option<UserId>,
    /// When.
    pub at: Instant,
}

/// What one recipient would get, frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrozenCopy {
    /// Who would get it.
    pub to: Party,
    /// Under which role, in words.
    pub role: String,
    /// How it is marked.
    pub marking: Marking,
    /// How groups of it are marked, where they are marked narrower.
    pub markings: BTreeMap<String, Marking>,
    /// Group, field, answer.
    pub groups: BTreeMap<String, BTreeMap<String, FiledAnswer>>,
    /// The titles of what this recipient does not get.
    pub withheld: Vec<String>,
}

/// What is asked to be approved: frozen when it was asked, for the organisation and for the others in the
/// chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrozenRequest {
    /// Whose filing it is.
    pub from: Party,
    /// The short name of the law.
    pub law: String,
    /// The stage in words.
    pub stage_title: String,
    /// Where the law asks for it.
    pub article: String,
    /// Until when the law wants it.
    pub due_at: Option<Instant>,
    /// The revision of the record that was frozen.
    pub revision: i64,
    /// Who asked.
    pub by: Actor,
    /// What they say to those who approve.
    pub note: Option<String>,
    /// How it began.
    pub opening: Opening,
    /// The chain as it was then: what is changed later is for later requests.
    pub chain: ApprovalChain,
    /// What each recipient would get.
    pub copies: Vec<FrozenCopy>,
    /// Why it is late, when it is.
    pub late_reason: Option<String>,
    /// SHA-256 over the canonical form of copies, base64url without padding.
    pub digest: String,
}

/// What changed against the filing before: for the own organisation only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenChange {
    /// The field.
    pub field: String,
    /// The question in words.
    pub label: String,
    /// The answer before, in words.
    pub before: Option<String>,
    /// The answer now, in words.
    pub after: Option<String>,
}

/// What somebody decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalVerdict {
    /// It may leave as it is.
    Approved,
    /// It may not; the remark says why.
    Returned,
}

/// A decision of somebody whose turn it was then: it stays, whatever becomes of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// For which step it counts, from 0.
    pub step: usize,
    /// Whose.
    pub by: UserId,
    /// When.
    pub at: Instant,
    /// What.
    pub verdict: ApprovalVerdict,
}

/// How far a request for approval is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// Somebody still has to decide.
    Pending,
    /// Everybody approved: it may be filed as it is.
    Approved,
    /// Somebody sent it back.
    Returned,
    /// It no longer stands: the content changed, or whoever asked took it back.
    Withdrawn,
    /// It was filed to everybody for whom it was approved.
    Filed,
}

impl ApprovalState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Approved, Self::Returned, Self::Withdrawn, Self::Filed];

    /// The state as it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
            Self::Filed => "filed",
        }
    }
}

/// Why a text names no state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no state of a request for approval")]
pub struct UnknownApprovalState(String);

impl FromStr for ApprovalState {
    type Err = UnknownApprovalState;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|state| state.name() == text);
        known.ok_or_else(|| UnknownApprovalState(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> DutyKey {
        text.parse().unwrap()
    }

    #[test]
    fn a_pattern_names_duties_by_their_parts() {
        let names = |pattern: &str, duty: &str| pattern.parse::<DutyPattern>().unwrap().names(&key(duty));
        assert!(names("*", "law.mandatory.first"));
        assert!(names("law.*.*", "law.mandatory.first"));
        assert!(names("*.*.first", "law.mandatory.first"));
        assert!(!names("*.*.first", "law.mandatory.final"));
        assert!(!names("law.mandatory.first", "lawful.mandatory.first"));
        for wrong in ["", "law", "law.*", "law.*.*.*", "Law.*.*", "law.**.*", "l w.*.*"] {
            assert!(wrong.parse::<DutyPattern>().is_err(), "{wrong}");
        }
        let error = "law.*".parse::<DutyPattern>().unwrap_err().to_string();
        assert_eq!(
            error,
            "duties are named pack.track.stage with * for any part (law.mandatory.*), or * for every duty, got \"law.*\""
        );
    }

    #[test]
    fn a_chain_covers_what_it_does_not_exempt() {
        let step = ApprovalStep {
            name: "Board".to_owned(),
            who: Who::Function { function: Function::Approver },
            count: 1,
            deputies: None,
        };
        let chain = ApprovalChain {
            covers: vec![DutyPattern::every()],
            exempts: vec!["*.*.first".parse().unwrap()],
            steps: vec![step],
            ..ApprovalChain::default()
        };
        assert!(chain.covers(&key("law.mandatory.final")));
        assert!(!chain.covers(&key("law.mandatory.first")));
        assert!(!ApprovalChain { steps: vec![], ..chain }.covers(&key("law.mandatory.final")));
    }

    #[test]
    fn what_a_chain_does_not_say_is_careful() {
        let text = r#"{"covers": ["*"], "steps": []}"#;
        let chain: ApprovalChain = serde_json::from_str(text).unwrap();
        assert!(chain.distinct && !chain.file_when_approved && !chain.in_order);
        assert_eq!(chain.emergency, Emergency::ApproverOrAdministrator);
        assert!(
            serde_json::from_str::<ApprovalChain>(r#"{"covers": [], "steps": [], "skip": true}"#).is_err()
        );
    }
}
