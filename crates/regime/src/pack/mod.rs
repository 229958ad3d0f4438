//! A pack: one law as data.

pub mod condition;
mod fields;
pub(crate) mod link;
mod patch;
pub(crate) mod read;
mod standing;
mod text;

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{Country, Role};
use serde::Deserialize;

pub use self::condition::{Bound, Comparison, Condition, Literal, Share, Test};
pub use self::fields::{ALL_STAGES, Form, FormField, FormSection, Obligation};
pub use self::standing::{Channel, ChannelKind, Confidence, Status};
pub use self::text::Texts;
use crate::{clock::Clock, export::Export, package::PackageSpec, summary::SummaryRule};

/// One law as data: whom it binds, when, what they file, by when, to whom.
#[derive(Clone, Debug)]
pub struct Pack {
    /// What the file `pack.toml` says.
    pub law: PackFile,
    /// The forms by identifier.
    pub forms: BTreeMap<String, Form>,
    /// The texts by language.
    pub texts: BTreeMap<String, Texts>,
    /// The formats of others that stages are brought into, by the name of their file.
    pub exports: BTreeMap<String, Export>,
    /// The packages of several files in which stages are offered, by the name of their file.
    pub packages: BTreeMap<String, PackageSpec>,
}

/// The file `pack.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// Always `beffroi-pack/1`.
    pub format: String,
    /// The name of the pack and of its folder.
    pub id: String,
    /// The short name of the law.
    pub law: String,
    /// What kind of act it is.
    pub kind: Kind,
    /// The version of the law: the date of the text in force.
    pub version: Date,
    /// Counts the corrections of this pack for that version.
    #[serde(default)]
    pub erratum: u32,
    /// The first day on which it applies.
    pub valid_from: Date,
    /// The last day on which it applies.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// How far the law has come.
    #[serde(default)]
    pub status: Status,
    /// How sure its author is of it.
    #[serde(default)]
    pub confidence: Confidence,
    /// The day on which the sources were read.
    #[serde(default)]
    pub checked: Option<Date>,
    /// The languages in which reports may be written (ISO 639-1); empty where nothing is said.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The ways in which authorities take reports.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// The texts it was read from.
    pub sources: Vec<Source>,
    /// The Member States it covers; absent means the whole Union.
    #[serde(default)]
    pub countries: Vec<Country>,
    /// For a national profile: the pack that it changes.
    #[serde(default)]
    pub changes: Option<String>,
    /// Named rules, so that a threshold is written once.
    #[serde(default)]
    pub rules: BTreeMap<String, Condition>,
    /// Laws that take the place of this one.
    #[serde(default)]
    pub displaced_by: Vec<Displacement>,
    /// Whom a stage goes to, by name.
    #[serde(default)]
    pub recipients: BTreeMap<String, Vec<RecipientRule>>,
    /// Who else gets a copy of a stage, for information.
    #[serde(default)]
    pub copies: Vec<CopyRule>,
    /// The tracks.
    pub tracks: Vec<Track>,
    /// What the authority owes.
    #[serde(default)]
    pub authority: Vec<AuthorityDuty>,
    /// How long records are kept.
    pub retention: Retention,
    /// Who may see which answers; what is not named is for every recipient of the stage.
    #[serde(default)]
    pub visibility: Vec<Visibility>,
}

/// Answers that only some recipients of a stage may see.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visibility {
    /// Whole field groups.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Single fields; a rule that names a field counts before those that name its group.
    #[serde(default)]
    pub fields: Vec<String>,
    /// The roles that may see them.
    pub roles: Vec<Role>,
    /// The stages for which it holds; absent means every stage.
    #[serde(default)]
    pub stages: Vec<String>,
    /// Only then; while that is open, it holds.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// What kind of act a pack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Binds directly.
    Regulation,
    /// Binds through national law: without a profile it is a minimum.
    Directive,
    /// The law of one State.
    NationalLaw,
    /// A change of another pack for some States.
    Profile,
    /// No law: an agreement or an exercise.
    Agreement,
}

impl Kind {
    /// The kind as documents write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regulation => "regulation",
            Self::Directive => "directive",
            Self::NationalLaw => "national_law",
            Self::Profile => "profile",
            Self::Agreement => "agreement",
        }
    }
}

/// A text that the pack was read from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name of the act.
    pub act: String,
    /// Its CELEX number or another public identifier.
    #[serde(default)]
    pub celex: Option<String>,
    /// The articles that were read.
    pub articles: String,
}

/// A law that takes the place of this one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Displacement {
    /// The short name of that law.
    pub law: String,
    /// Where this law says so.
    pub article: String,
    /// When.
    pub when: Condition,
}

/// One receiver of a stage: the first role that an organisation holds here.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientRule {
    /// The roles in the order of preference.
    pub first_of: Vec<Role>,
    /// Where the law says so.
    pub article: String,
    /// Only then; a receiver whose condition is open is listed.
    #[serde(default)]
    pub when: Option<Condition>,
    /// The law under which the role must hold, where it is another.
    #[serde(default)]
    pub regime: Option<String>,
    /// Which of several that hold the role in a State: the name of its desk in the directory.
    #[serde(default)]
    pub desk: Option<String>,
    /// Whether the role must hold for the entity's State.
    #[serde(default = "yes")]
    pub same_country: bool,
    /// The field that names the State, or the States, for which the role must hold instead; while it is
    /// unanswered it is the entity's.
    #[serde(default)]
    pub in_country_of: Option<String>,
    /// The key of the text that says why this rule is not certain.
    #[serde(default)]
    pub unsure: Option<String>,
}

const fn yes() -> bool {
    true
}

/// Who gets a copy of a stage for information, from the filing on in which its condition holds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyRule {
    /// Stages that go to these receivers, a name under `recipients`.
    pub of: String,
    /// The receivers of the copy, a name under `recipients`; the text `copies-NAME` says why in words.
    pub to: String,
    /// Where the law says so.
    pub article: String,
    /// Only then; while it is open, nobody gets a copy.
    pub when: Condition,
}

/// A way through the law: its stages stand and fall together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// The identifier.
    pub id: String,
    /// When its stages are owed.
    pub applies: Condition,
    /// Whether nothing is owed: it may be filed.
    #[serde(default)]
    pub voluntary: bool,
    /// What takes back the stages that were not filed.
    #[serde(default)]
    pub withdrawn_by: Option<Withdrawal>,
    /// The stages in order.
    pub stages: Vec<Stage>,
}

/// A filing that ends a track: what was not filed before it is no longer owed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The stage, of this track or of another.
    pub stage: String,
    /// Where the law says so.
    pub article: String,
    /// The event that begins the track anew when it comes later: what was filed before no longer counts.
    #[serde(default)]
    pub revived_by: Option<String>,
}

/// The stages that one filing counts for as well.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covers {
    /// Earlier stages of the same track; each counts as filed if it was not filed before.
    pub stages: Vec<String>,
    /// Where the law allows it.
    pub article: String,
    /// Only then; while that is open, it does not.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// One report or information that is owed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// The identifier.
    pub id: String,
    /// Where the law asks for it.
    pub article: String,
    /// When it is owed, besides the condition of the track.
    #[serde(default)]
    pub applies: Option<Condition>,
    /// When it is due.
    #[serde(default)]
    pub clock: Option<Clock>,
    /// Other clocks for some cases; the first whose condition holds is taken.
    #[serde(default)]
    pub clocks: Vec<ConditionalClock>,
    /// The form, if it is filed with one.
    #[serde(default)]
    pub form: Option<String>,
    /// Whether it comes back: a filing answers what happened before it, and each filing counts for clocks.
    #[serde(default)]
    pub repeats: bool,
    /// The stages that a filing of this one counts for as well.
    #[serde(default)]
    pub covers: Option<Covers>,
    /// Whom it goes to.
    pub recipients: String,
    /// The key of the text that says why this rule is not certain.
    #[serde(default)]
    pub unsure: Option<String>,
}

/// A clock for some cases.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionalClock {
    /// Where the law says so.
    pub article: String,
    /// In which cases.
    pub when: Condition,
    /// The clock.
    pub clock: Clock,
}

/// What an authority owes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityDuty {
    /// The identifier.
    pub id: String,
    /// Where the law asks for it.
    pub article: String,
    /// The role that owes it.
    pub by: Role,
    /// The track from which its clock and its condition are read; without it they name only stages whose name no
    /// two tracks share.
    #[serde(default)]
    pub track: Option<String>,
    /// Whether it concerns one incident, or the calendar.
    #[serde(default)]
    pub per: Per,
    /// When it is owed.
    #[serde(default)]
    pub applies: Option<Condition>,
    /// When it is due.
    #[serde(default)]
    pub clock: Option<Clock>,
    /// Whom it goes to.
    pub recipients: String,
    /// What a summary of many incidents is made of.
    #[serde(default)]
    pub summary: Option<SummaryRule>,
    /// The key of the text that says why this rule is not certain.
    #[serde(default)]
    pub unsure: Option<String>,
}

/// What an authority's duty concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// One incident.
    #[default]
    Incident,
    /// The calendar: a summary of many incidents.
    Period,
}

/// How long records are kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Years after the last filing; absent where the law sets none.
    #[serde(default)]
    pub years: Option<u32>,
    /// Where that comes from.
    pub source: String,
}

impl Stage {
    /// Whether the law asks for it "where possible" or without a fixed end.
    #[must_use]
    pub fn is_soft(&self) -> bool {
        self.clock.as_ref().is_some_and(|clock| clock.soft || clock.has_no_length())
    }

    /// Whether it is owed only when an authority asks.
    #[must_use]
    pub fn on_request(&self) -> bool {
        self.clock.as_ref().is_some_and(|clock| clock.on_request)
    }

    /// Whether an authority may ask for it: it is owed only then, or also then.
    #[must_use]
    pub fn may_be_requested(&self) -> bool {
        self.on_request() || self.clocks.iter().any(|conditional| conditional.clock.on_request)
    }
}

impl Pack {
    /// The identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.law.id
    }

    /// Whether it is in force on `day`.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        let law = &self.law;
        law.status != Status::Proposed
            && law.valid_from <= day
            && law.valid_until.is_none_or(|until| day <= until)
    }

    /// The version as documents carry it: law version, then erratum (`2022-12-27+0`).
    #[must_use]
    pub fn version(&self) -> String {
        format!("{}+{}", self.law.version, self.law.erratum)
    }

    /// The text of that key in the language, else in English, else the key itself.
    #[must_use]
    pub fn text(&self, language: &str, key: &str) -> String {
        self.find_text(language, key).unwrap_or_else(|| key.to_owned())
    }

    /// The text of that key in the language, else in English.
    #[must_use]
    pub fn find_text(&self, language: &str, key: &str) -> Option<String> {
        [language, "en"].iter().find_map(|language| self.texts.get(*language)?.get(key)).map(str::to_owned)
    }

    /// The full name of the law.
    #[must_use]
    pub fn title(&self, language: &str) -> String {
        self.text(language, "pack")
    }

    /// The track and the stage of those names.
    #[must_use]
    pub fn stage(&self, track: &str, stage: &str) -> Option<(&Track, &Stage)> {
        let track = self.law.tracks.iter().find(|candidate| candidate.id == track)?;
        let stage = track.stages.iter().find(|candidate| candidate.id == stage)?;
        Some((track, stage))
    }

    /// Every stage with its track, in order.
    pub fn stages(&self) -> impl Iterator<Item = (&Track, &Stage)> {
        self.law.tracks.iter().flat_map(|track| track.stages.iter().map(move |stage| (track, stage)))
    }

    /// The track that a name of a stage belongs to, seen from a track: its own, else the first that has it.
    #[must_use]
    pub fn track_of(&self, stage: &str, from: Option<&str>) -> Option<&Track> {
        let own = from.and_then(|track| self.stage(track, stage));
        own.or_else(|| self.stage_named(stage)).map(|(track, _)| track)
    }

    /// The track and the stage of that name, in whichever track comes first.
    #[must_use]
    pub fn stage_named(&self, stage: &str) -> Option<(&Track, &Stage)> {
        self.stages().find(|(_, candidate)| candidate.id == stage)
    }
}
