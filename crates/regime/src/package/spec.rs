//! The file of a package: which answers feed which file.

use serde::Deserialize;

use crate::export::named_or_all;

/// A package in which stages of a law are offered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageSpec {
    /// Always `beffroi-package/1`.
    pub format: String,
    /// The name on the command line and in addresses.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// What the report is called: `NAME.pdf` and `NAME.json`.
    pub document: String,
    /// The tracks whose stages have it; absent means every track.
    #[serde(default)]
    pub tracks: Vec<String>,
    /// The stages that have it; absent means every stage.
    #[serde(default)]
    pub stages: Vec<String>,
    /// The evidence.
    pub evidence: Evidence,
    /// What tells of an instant.
    #[serde(default)]
    pub timeline: Vec<Statement>,
    /// What tells of the damage.
    #[serde(default)]
    pub damage: Damage,
    /// What can be looked for.
    #[serde(default)]
    pub observables: Vec<Observables>,
}

/// Where the evidence stands, and what counts as consent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The field of records with a row for each piece.
    pub items: String,
    /// Its column with the number of the piece.
    pub number: String,
    /// Its column that says who may get the piece.
    pub consent: String,
    /// The values of that column that let it go in; anything else, and no answer, withholds it.
    pub given: Vec<String>,
    /// The field that says what was agreed for the whole.
    #[serde(default)]
    pub whole: Option<String>,
    /// The field of records with a row for each hand-over.
    pub custody: String,
    /// Its column with the number of the piece.
    pub custody_number: String,
}

/// A field that tells of an instant: an instant itself, or records with one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The field.
    pub field: String,
    /// Of records: the column with the instant.
    #[serde(default)]
    pub at: Option<String>,
    /// Of records: the column with the end.
    #[serde(default)]
    pub until: Option<String>,
    /// Of records: the column with the time zone of the source.
    #[serde(default)]
    pub zone: Option<String>,
    /// Of records: the column with the seconds by which the clock of the source was fast.
    #[serde(default)]
    pub clock_offset: Option<String>,
    /// Of records: the columns that say what happened.
    #[serde(default)]
    pub what: Vec<String>,
    /// Of records: the column that says where it is known from.
    #[serde(default)]
    pub source: Option<String>,
}

/// The fields that tell of the damage, in order.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Damage {
    /// The fields.
    pub fields: Vec<String>,
}

/// Records with something that can be looked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observables {
    /// The field of records.
    pub field: String,
    /// The column with the value.
    pub value: String,
    /// What kind all of them are.
    #[serde(default)]
    pub kind: Option<String>,
    /// The column that says what kind each is.
    #[serde(default)]
    pub kind_from: Option<String>,
    /// The column that says when it was first seen.
    #[serde(default)]
    pub first_seen: Option<String>,
    /// The column that says when it was last seen.
    #[serde(default)]
    pub last_seen: Option<String>,
    /// The columns that say more.
    #[serde(default)]
    pub context: Vec<String>,
}

impl PackageSpec {
    /// Whether a stage has it.
    #[must_use]
    pub fn takes(&self, track: &str, stage: &str) -> bool {
        named_or_all(&self.tracks, track) && named_or_all(&self.stages, stage)
    }
}
