//! What `demo/` says.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context, anyhow};
use jiff::{Span, SpanRelativeTo, Unit};
use model::{Country, DutyKey, Function, Instant, OrganisationRole, approval::DutyPattern};
use rust_embed::RustEmbed;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use service::view::AnswerIn;

/// The files of the demonstration in the program.
#[derive(RustEmbed)]
#[folder = "../../demo"]
struct Embedded;

/// The whole demonstration.
#[derive(Debug)]
pub struct Script {
    /// The organisations by the name that people and steps use.
    pub organisations: BTreeMap<String, Organisation>,
    /// The people with their passwords.
    pub people: Vec<Person>,
    /// What happened, oldest first.
    pub steps: Vec<Step>,
}

/// An organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// The Member State of establishment.
    pub country: Country,
    /// The IANA time zone.
    pub zone: String,
    /// Its roles.
    pub roles: Vec<OrganisationRole>,
    /// What is known of it for the laws.
    #[serde(default)]
    pub profile: BTreeMap<String, Value>,
    /// What must be approved before it leaves.
    #[serde(default)]
    pub approval: Option<Approval>,
}

/// An approval chain, with organisations by name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The duties that it covers.
    pub covers: Vec<DutyPattern>,
    /// The steps, side by side.
    pub steps: Vec<ApprovalStep>,
    /// Whether the last approval files at once.
    #[serde(default)]
    pub file_when_approved: bool,
}

/// A step of a chain.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalStep {
    /// What it is called.
    pub name: String,
    /// Whoever has this function, unless an organisation is named.
    #[serde(default)]
    pub function: Option<Function>,
    /// An approver of this organisation.
    #[serde(default)]
    pub organisation: Option<String>,
}

/// A person with an account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The organisation.
    pub organisation: String,
    /// The name.
    pub name: String,
    /// What it is in words, for the table that the demo prints.
    pub post: String,
    /// The mail address.
    pub mail: String,
    /// The password: this is a demonstration.
    pub password: String,
    /// What the person does.
    pub functions: Vec<Function>,
}

/// Something that a person did.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// How long before the first start (`1d 23h 5m`).
    #[serde(deserialize_with = "ago")]
    pub ago: Duration,
    /// The mail address of the person.
    pub by: String,
    /// The incident, by the name that steps use.
    pub incident: String,
    /// What.
    pub act: Act,
}

/// What a person can do in a step.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Open the incident with answers.
    Open(BTreeMap<String, toml::Value>),
    /// Save answers.
    Answer(BTreeMap<String, toml::Value>),
    /// File a stage.
    File {
        /// The stage.
        duty: DutyKey,
        /// The receiving organisation.
        to: String,
        /// Why it is late.
        #[serde(default)]
        late_reason: Option<String>,
    },
    /// Tell another organisation about the incident.
    Tell {
        /// The organisation.
        to: String,
        /// What it reads.
        note: String,
    },
    /// Open an incident for what another organisation told.
    TakeUp {
        /// The other organisation's incident.
        of: String,
        /// The answers of the own one.
        open: BTreeMap<String, toml::Value>,
    },
    /// Acknowledge what was filed of a stage.
    Acknowledge {
        /// The stage.
        duty: DutyKey,
    },
    /// Respond to what was filed of a stage.
    Respond {
        /// The stage.
        duty: DutyKey,
        /// The words.
        text: String,
    },
}

impl Act {
    /// The act in a word, for error messages.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open(_) => "open",
            Self::Answer(_) => "answer",
            Self::File { .. } => "file",
            Self::Tell { .. } => "tell",
            Self::TakeUp { .. } => "take up",
            Self::Acknowledge { .. } => "acknowledge",
            Self::Respond { .. } => "respond",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    organisation: BTreeMap<String, Organisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    person: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Steps {
    step: Vec<Step>,
}

impl Script {
    /// Reads `demo/`.
    ///
    /// # Errors
    /// A file that is missing or cannot be read.
    pub fn read() -> anyhow::Result<Self> {
        let Organisations { organisation } = file("organisations.toml")?;
        let People { person } = file("people.toml")?;
        let mut steps = Vec::new();
        for story in Embedded::iter().filter(|name| name.starts_with("incidents/")) {
            let Steps { step } = file(&story)?;
            steps.extend(step);
        }
        steps.sort_by_key(|step: &Step| std::cmp::Reverse(step.ago));
        Ok(Self { organisations: organisation, people: person, steps })
    }
}

fn file<T: DeserializeOwned>(name: &str) -> anyhow::Result<T> {
    let file = Embedded::get(name).with_context(|| format!("demo/{name} is missing"))?;
    let text = std::str::from_utf8(&file.data).with_context(|| format!("demo/{name}"))?;
    toml::from_str(text).with_context(|| format!("demo/{name}"))
}

fn ago<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    length(&text).map_err(serde::de::Error::custom)
}

/// Reads `1d 23h 5m`, a day being 24 hours.
fn length(text: &str) -> anyhow::Result<Duration> {
    let span: Span =
        text.parse().with_context(|| format!("a length is written as 1d 23h 5m, got {text:?}"))?;
    let seconds = span.total((Unit::Second, SpanRelativeTo::days_are_24_hours()))?;
    Duration::try_from_secs_f64(seconds).map_err(|error| anyhow!("{text:?}: {error}"))
}

/// The answer that `value` stands for when the demonstration starts at `start`: a plain value,
/// `{ ago = "1h" }` for an instant, `{ estimated = VALUE }`, or `{ unknown = true }`.
///
/// # Errors
/// A length that cannot be read.
pub fn answer(value: &toml::Value, start: Instant) -> anyhow::Result<AnswerIn> {
    let table = value.as_table();
    let part = |name: &str| table.and_then(|table| table.get(name));
    let estimated = part("estimated").is_some();
    let value = match (part("estimated"), part("unknown")) {
        (Some(value), _) => Some(plain(value, start)?),
        (None, Some(_)) => None,
        (None, None) => Some(plain(value, start)?),
    };
    Ok(AnswerIn { value, terms: None, estimated, how: None })
}

fn plain(value: &toml::Value, start: Instant) -> anyhow::Result<Value> {
    let ago = value.as_table().and_then(|table| table.get("ago")).and_then(toml::Value::as_str);
    match ago {
        Some(text) => Ok(json!(start.minus(length(text)?))),
        None => Ok(serde_json::to_value(value)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstration_can_be_read_and_names_only_what_it_has() {
        let script = Script::read().unwrap();
        for person in &script.people {
            assert!(script.organisations.contains_key(&person.organisation), "{}", person.mail);
        }
        for step in &script.steps {
            assert!(script.people.iter().any(|person| person.mail == step.by), "{}", step.by);
        }
    }

    #[test]
    fn answers_are_relative_to_the_start() {
        let start: Instant = "2026-03-06T15:30:00Z".parse().unwrap();
        let read = |text: &str| {
            let table: toml::Table = toml::from_str(&format!("a = {text}")).unwrap();
            answer(&table["a"], start).unwrap()
        };
        assert_eq!(read("{ ago = '1d 1h' }").value, Some(json!("2026-03-05T14:30:00Z")));
        assert_eq!(
            read("{ estimated = 5 }"),
            AnswerIn { value: Some(json!(5)), terms: None, estimated: true, how: None }
        );
        assert_eq!(read("{ unknown = true }").value, None);
        assert_eq!(read("['LU', 'DE']").value, Some(json!(["LU", "DE"])));
    }
}
