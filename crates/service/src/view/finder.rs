//! The duty finder: what one tells it and what it answers. Nothing of it is kept.

use std::collections::BTreeMap;

use model::{Country, Instant};
use regime::{
    Duty, FieldView, Problem,
    finder::{DutyChange, Question},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// What is known of an organisation and of what happened to it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindDuties {
    /// The Member State of the organisation; while it is not told, it is the next question.
    #[serde(default)]
    pub country: Option<Country>,
    /// Its zone of the IANA time zone database; UTC when not said.
    #[serde(default)]
    pub zone: Option<String>,
    /// Answers about the organisation by field (`entity.type`), in the JSON shape of the field's kind; `null`
    /// means "not known".
    #[serde(default)]
    #[schema(value_type = Object)]
    pub entity: BTreeMap<String, Value>,
    /// Answers about the incident by field, as above.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub facts: BTreeMap<String, Value>,
    /// Questions whose answer is not known: they are not asked again.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// Answer for this instant instead of now.
    #[serde(default)]
    pub at: Option<Instant>,
    /// Laws that are taken to be in force although they are bills or begin later.
    #[serde(default)]
    pub simulate: Vec<String>,
    /// What if these answers were others? By field; `null` takes an answer away. The duties of the answer are
    /// those without it.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub what_if: BTreeMap<String, Value>,
}

/// What the laws ask, as far as it can be told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundDuties {
    /// The instant for which it was worked out.
    pub now: Instant,
    /// The question that decides most; absent when no answer would change anything more.
    pub question: Option<Question>,
    /// The laws: those that ask something first, then the open ones, then those that ask nothing.
    pub laws: Vec<FoundLaw>,
    /// How many duties are decided, of those that may have to be fulfilled.
    pub decided: usize,
    /// How many are open.
    pub open: usize,
    /// What is taken for granted while nobody says otherwise, where another answer would change a duty.
    pub assumed: Vec<FieldView>,
    /// The laws that can be simulated.
    pub bills: Vec<Bill>,
    /// What does not fit together across answers.
    pub problems: Vec<Problem>,
    /// What the answers of `what_if` would change; absent when none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_if: Option<Vec<DutyChange>>,
}

/// How a law stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LawVerdict {
    /// It asks something.
    Applies,
    /// It is open whether it asks anything.
    Open,
    /// It asks nothing; something may be reported.
    Voluntary,
    /// It asks nothing.
    DoesNotApply,
}

/// A law with what it asks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundLaw {
    /// The pack.
    pub pack: String,
    /// The short name of the law.
    pub law: String,
    /// Its full name.
    pub title: String,
    /// How it stands.
    pub verdict: LawVerdict,
    /// How many answers could still decide about it.
    pub answers_wanted: usize,
    /// Why it asks nothing.
    pub reason: Option<String>,
    /// Whether it is a bill, or begins later, and is simulated.
    pub simulated: bool,
    /// Its duties: owed and open ones and what may be reported; of a law that asks nothing, one with its
    /// reasons.
    pub duties: Vec<FoundDuty>,
}

/// A duty as the finder shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundDuty {
    /// The duty. Recipients are roles: whom they name stands in the directory of those with an account.
    pub duty: Duty,
    /// The time that the law gives, in words ("24 hours from becoming aware of the incident").
    pub within: Option<String>,
    /// The answers that could still decide about it.
    pub wanted: Vec<String>,
}

/// A law that can be simulated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Bill {
    /// The pack.
    pub pack: String,
    /// The short name of the law.
    pub law: String,
    /// Its full name.
    pub title: String,
    /// Whether it is simulated.
    pub simulated: bool,
}

impl FoundLaw {
    /// The same when no question is left that decides: a duty may still name a fact that decides nothing yet.
    pub(crate) fn at_the_end(mut self) -> Self {
        self.answers_wanted = 0;
        self.duties.iter_mut().for_each(|found| found.wanted.clear());
        self
    }
}
