//! What the stories share: both databases, the people, the ransomware case.

use std::{collections::BTreeMap, time::Duration};

use model::{Caller, DutyKey, Function, IncidentId, Instant};
use regime::Duty;
use serde_json::{Value, json};
use service::{
    Error,
    view::{AnswerIn, FileStage, Filed, IncidentView, OpenIncident, SaveAnswers},
};
use testkit::{Place, TestNode};

/// Makes of each named story two tests, one for each database.
macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$story(testkit::TestNode::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(node) = testkit::TestNode::postgres().await {
                    super::$story(node).await;
                }
            }
        }
    )+};
}
pub(crate) use on_both;

/// An instant as people write it.
pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// Hours, for turning the clock.
pub const fn hours(count: u64) -> Duration {
    Duration::from_secs(count * 3600)
}

/// A stage of the law under test.
pub fn stage(name: &str) -> DutyKey {
    let track = if name == "voluntary_notification" { "voluntary" } else { "mandatory" };
    format!("nis2.{track}.{name}").parse().unwrap()
}

/// Answers from a JSON object of field to value; `null` is "unknown yet".
pub fn answers(fields: Value) -> BTreeMap<String, AnswerIn> {
    let Value::Object(fields) = fields else { panic!("answers are an object") };
    fields
        .into_iter()
        .map(|(field, value)| {
            let value = Some(value).filter(|value| !value.is_null());
            (field, AnswerIn { value, terms: None, estimated: false, how: None })
        })
        .collect()
}

/// A save of `fields` by somebody who saw `base_revision`.
pub fn save(base_revision: i64, fields: Value) -> SaveAnswers {
    SaveAnswers { answers: answers(fields), ..SaveAnswers::at(base_revision) }
}

/// The ransomware case with everything that an early warning of a hospital wants, aware at `aware`.
pub fn ransomware(aware: Instant) -> Value {
    json!({
        "title": "Ransomware on the file servers of two clinics",
        "aware_significant_at": aware,
        "significance_decision": "significant",
        "significance_reason": "Admissions are on paper and operations are postponed.",
    })
}

/// What a notification asks beyond an early warning, besides the facts of the story.
pub fn with_more(more: Value) -> Value {
    let mut facts = json!({
        "severity": "large",
        "impact_description": "Delays.",
        "significance_criteria": ["own_harm"],
        "summary": "Two wards work on paper.",
        "detected_at": "2026-03-06T15:00:00Z",
        "contacts": [{"name": "Ada Weber", "telephone": "+352 621 000 000"}],
    });
    let added = more.as_object().unwrap().clone();
    facts.as_object_mut().unwrap().extend(added);
    facts
}

/// A reporter of `place`.
pub async fn reporter(node: &TestNode, place: &Place) -> Caller {
    node.person(place, &[Function::Reporter]).await
}

/// An officer of `place`.
pub async fn officer(node: &TestNode, place: &Place) -> Caller {
    node.person(place, &[Function::Officer]).await
}

/// Opens a record with `fields`.
pub async fn open(node: &TestNode, caller: &Caller, fields: Value) -> IncidentView {
    let open = OpenIncident { answers: answers(fields), ..OpenIncident::default() };
    node.service.open_incident(caller, open, None).await.unwrap()
}

/// Opens a ransomware case of which one is aware now.
pub async fn open_ransomware(node: &TestNode, caller: &Caller) -> IncidentView {
    open(node, caller, ransomware(node.service.clock().now())).await
}

/// Decides that the incident was not significant after all: nothing of it is owed any more.
pub async fn settle(node: &TestNode, caller: &Caller, incident: IncidentId) {
    let revision = node.service.incident(caller, incident).await.unwrap().revision;
    let decided = json!({"significance_decision": "not_significant", "significance_reason": "Only a test system was hit."});
    node.service.save_answers(caller, incident, save(revision, decided)).await.unwrap();
}

/// Files `name` of the incident as it stands to the CSIRT of Luxembourg.
pub async fn file(node: &TestNode, caller: &Caller, incident: IncidentId, name: &str) -> Filed {
    try_to_file(node, caller, incident, name).await.unwrap()
}

/// The same, for when it may be refused.
pub async fn try_to_file(
    node: &TestNode,
    caller: &Caller,
    incident: IncidentId,
    name: &str,
) -> Result<Filed, Error> {
    let base_revision = node.service.incident(caller, incident).await.unwrap().revision;
    let input = FileStage::to(base_revision, node.world.csirt.id);
    node.service.file_stage(caller, (incident, &stage(name)), input, None).await
}

/// The duty of the stage `name` in a view.
pub fn duty<'a>(view: &'a IncidentView, name: &str) -> &'a Duty {
    let key = stage(name);
    view.duties.iter().find(|duty| duty.key == key).unwrap_or_else(|| panic!("no duty {key}"))
}

/// The problems of a refusal as `pointer: rule`, sorted.
pub fn problems<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<String> {
    let Err(Error::Invalid(problems)) = answer else { panic!("not refused as invalid: {answer:?}") };
    let mut lines: Vec<String> =
        problems.into_iter().map(|problem| format!("{}: {}", problem.pointer, problem.rule)).collect();
    lines.sort();
    lines
}

/// The words of a refusal.
pub fn refusal<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    match answer {
        Err(Error::Refused(words)) => words,
        other => panic!("not refused: {other:?}"),
    }
}
