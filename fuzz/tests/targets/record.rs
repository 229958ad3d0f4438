//! Answers that nobody expects: what the check takes can be evaluated, asked, shown and signed.

use std::{collections::BTreeMap, sync::Arc};

use bolero::check;
use fuzz::{Dice, Tally, json as wild, quick};
use model::{DutyKey, Instant, OrganisationId, OrganisationRole, Role, RoleScope};
use regime::{
    Case, DirectoryEntry, FieldKind, Library, Screen, Submission,
    vocabulary::{Field, Vocabularies},
};
use serde_json::{Value, json};

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A hospital that knows of a significant incident.
pub fn case_of_the_hospital() -> Case {
    regime::case_from_json(&serde_json::to_vec(&hospital()).unwrap()).unwrap()
}

fn hospital() -> Value {
    json!({
        "country": "LU",
        "zone": "Europe/Luxembourg",
        "entity": { "sector": "health", "type": ["healthcare_provider"], "class": "essential" },
        "facts": {
            "title": "Files encrypted",
            "report_kind": "incident",
            "significance_decision": "significant",
            "significance_reason": "Admission is closed.",
            "users_affected": { "min": 100, "max": 400 },
            "aware_at": "2026-03-06T14:00:00Z",
        },
        "events": { "aware_significant_at": "2026-03-06T15:30:00Z" },
        "submissions": [
            { "duty": "nis2.mandatory.early_warning", "at": "2026-03-06T18:00:00Z", "acknowledged": true },
        ],
        "requests": [
            { "duty": "nis2.mandatory.intermediate_report", "at": "2026-03-07T18:00:00Z", "due": "2026-03-09T18:00:00Z" },
        ],
    })
}

fn csirt() -> DirectoryEntry {
    let scope = RoleScope { country: "LU".parse().ok(), ..RoleScope::default() };
    DirectoryEntry {
        organisation: OrganisationId::new(at("2026-01-01T00:00:00Z"), [7; 10]),
        name: "CSIRT".to_owned(),
        zone: "Europe/Luxembourg".to_owned(),
        roles: vec![OrganisationRole { role: Role::Csirt, scope }],
    }
}

/// Everything that a node does with a case: duties at three instants, forms, contents, signatures.
pub fn work_with(library: &Library, case: &Case) {
    let directory = [csirt()];
    for now in [Instant::MIN, at("2026-03-07T09:00:00Z"), Instant::MAX] {
        let _authority = regime::authority_duties(library, case, &directory, now);
        let _problems = regime::plausibility(library, case, now);
        for duty in regime::duties(library, case, &directory, now) {
            let _shown = serde_json::to_string(&duty).unwrap();
        }
    }
    for duty in regime::duties(library, case, &directory, at("2026-03-07T09:00:00Z")) {
        let _first = regime::form(library, case, &duty.key, Screen::First, "en");
        if let Some(form) = regime::form(library, case, &duty.key, Screen::Full, "en") {
            let _shown = serde_json::to_string(&form).unwrap();
        }
        sign(library, case, &duty.key);
    }
}

/// What the check takes can be filed: a refusal to sign would come after the last look at it.
fn sign(library: &Library, case: &Case, duty: &DutyKey) {
    for (group, answers) in regime::content(library, case, duty, "en", Role::Csirt) {
        let checked = answers.iter().all(|(field, answer)| {
            answer.value.as_ref().is_none_or(|value| regime::check_answer(library, field, value).is_ok())
        });
        let shown = format!("{answers:?}");
        let signed = vault::disclose(&group, answers, None, [0; 16]);
        assert!(signed.is_ok() || !checked, "{signed:?} of {shown}");
    }
}

#[test]
fn case_from_spoilt_json() {
    let library = testkit::library();
    let tally = Tally::new("record::case_from_spoilt_json");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let mut document = hospital();
        for _ in 0..=dice.below(4) {
            wild::spoil(&mut document, &mut dice);
        }
        let text = if dice.one_in(16) { bytes.to_vec() } else { document.to_string().into_bytes() };
        let mut taken = false;
        let in_time = quick(|| {
            let case = regime::case_from_json(&text);
            taken = case.is_ok();
            let _worked = case.map(|case| work_with(&library, &case));
        });
        assert!(in_time, "this case takes longer than a second");
        tally.count(taken);
    });
}

#[test]
fn answers_of_every_shape() {
    let library: Arc<Library> = testkit::library();
    let vocabularies = library.vocabularies();
    let fields: Vec<&Field> = vocabularies.fields().collect();
    let tally = Tally::new("record::answers_of_every_shape");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let mut case = case_of_the_hospital();
        let mut taken = false;
        for _ in 0..=dice.below(8) {
            let Some(field) = dice.pick(&fields) else { return };
            let value = answer(vocabularies, field, &mut dice);
            if regime::check_answer(&library, &field.id, &value).is_ok() {
                taken = true;
                let facts = if field.is_of_entity() { &mut case.entity } else { &mut case.facts };
                facts.insert(field.id.clone(), value);
            }
        }
        let name = wild::any_text(&mut dice);
        let unknown = regime::check_answer(&library, &name, &wild::any(&mut dice));
        assert!(unknown.is_err() || vocabularies.field(&name).is_some());
        assert!(quick(|| work_with(&library, &case)), "these answers take longer than a second: {case:?}");
        tally.count(taken);
    });
}

/// An answer in about the shape of the field's kind, with something wrong now and then.
fn answer(vocabularies: &Vocabularies, field: &Field, dice: &mut Dice<'_>) -> Value {
    let mut value = match field.kind {
        _ if dice.one_in(5) => wild::any(dice),
        FieldKind::Text | FieldKind::LongText => json!(wild::any_text(dice)),
        FieldKind::Boolean => json!(dice.one_in(2)),
        FieldKind::Choice => choice(vocabularies, field, dice),
        FieldKind::Choices => (0..dice.below(5)).map(|_| choice(vocabularies, field, dice)).collect(),
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Duration => number(dice),
        FieldKind::Money => money(dice),
        FieldKind::Instant => json!(wild::any_text(dice)),
        FieldKind::Records => (0..dice.below(4)).map(|_| row(vocabularies, field, dice)).collect(),
    };
    if dice.one_in(6) {
        wild::spoil(&mut value, dice);
    }
    value
}

fn choice(vocabularies: &Vocabularies, field: &Field, dice: &mut Dice<'_>) -> Value {
    dice.pick(vocabularies.values(field)).map_or(Value::Null, |value| json!(value.id))
}

fn number(dice: &mut Dice<'_>) -> Value {
    if dice.one_in(2) {
        return wild::any_number(dice);
    }
    json!({ "min": wild::any_number(dice), "max": wild::any_number(dice) })
}

fn money(dice: &mut Dice<'_>) -> Value {
    let currency = if dice.one_in(5) { wild::any_text(dice) } else { "EUR".to_owned() };
    match number(dice) {
        Value::Object(mut range) => {
            range.insert("currency".to_owned(), json!(currency));
            Value::Object(range)
        }
        amount => json!({ "amount": amount, "currency": currency }),
    }
}

fn row(vocabularies: &Vocabularies, field: &Field, dice: &mut Dice<'_>) -> Value {
    let columns: BTreeMap<&str, Value> = field
        .columns
        .iter()
        .filter(|column| column.required || dice.one_in(2))
        .map(|column| (column.id.as_str(), json!(column.kind)))
        .collect();
    let cells = field.columns.iter().filter(|column| columns.contains_key(column.id.as_str()));
    let cells: serde_json::Map<String, Value> =
        cells.map(|column| (column.id.clone(), answer(vocabularies, column, dice))).collect();
    Value::Object(cells)
}

#[test]
fn a_submission_is_a_stage_of_no_law_too() {
    let mut case = case_of_the_hospital();
    let duty: DutyKey = "no.such.law".parse().unwrap();
    case.submissions.push(Submission { duty, at: Instant::MAX, acknowledged: false, corrects: false });
    work_with(&testkit::library(), &case);
}
