//! How many questions the incidents of the demonstration ask, beside the sum of the separate forms.

use std::collections::{BTreeMap, btree_map::Entry};

use anyhow::Context;
use model::Instant;
use regime::{Case, Library, Questions};
use serde_json::Value;

use super::script::{Act, Script, Step, answer};

/// The incidents about which several laws ask, by the names of the script, with what they ask at `start`.
///
/// # Errors
/// An answer of the script that cannot be read.
pub fn questions(
    script: &Script,
    library: &Library,
    start: Instant,
) -> anyhow::Result<Vec<(String, Questions)>> {
    let mut cases: BTreeMap<&str, Case> = BTreeMap::new();
    for step in &script.steps {
        let Some(answers) = answers_of(step) else { continue };
        let case = match cases.entry(&step.incident) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(case_of(script, step)?),
        };
        for (field, value) in answers {
            case.facts.extend(answer(value, start)?.value.map(|value| (field.clone(), value)));
        }
    }
    let counted = cases.into_iter().map(|(name, case)| {
        let duties = regime::duties(library, &case, &[], start);
        (name.to_owned(), regime::questions(library, &regime::owed(&duties), &case))
    });
    Ok(counted.filter(|(_, questions)| questions.per_law.len() > 1).collect())
}

fn answers_of(step: &Step) -> Option<&BTreeMap<String, toml::Value>> {
    match &step.act {
        Act::Open(answers) | Act::Answer(answers) | Act::TakeUp { open: answers, .. } => Some(answers),
        Act::File { .. } | Act::Tell { .. } | Act::Acknowledge { .. } | Act::Respond { .. } => None,
    }
}

/// The case of whoever opens the incident, with no fact yet.
fn case_of(script: &Script, step: &Step) -> anyhow::Result<Case> {
    let person = script.people.iter().find(|person| person.mail == step.by);
    let organisation = person.and_then(|person| script.organisations.get(&person.organisation));
    let organisation = organisation.with_context(|| format!("{} is of no organisation", step.by))?;
    let mut entity: BTreeMap<String, Value> = organisation.profile.clone();
    entity.insert("entity.name".to_owned(), Value::String(organisation.name.clone()));
    Ok(Case {
        entity,
        facts: BTreeMap::new(),
        country: organisation.country,
        zone: organisation.zone.clone(),
        submissions: vec![],
        requests: vec![],
        opened: None,
        simulated: vec![],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_answers_two_laws_with_fewer_questions_than_their_forms_ask() {
        let start: Instant = "2026-03-06T15:30:00Z".parse().unwrap();
        let asked = questions(&Script::read().unwrap(), &testkit::library(), start).unwrap();
        let (_, bank) = asked.iter().find(|(incident, _)| incident == "online banking").unwrap();
        assert_eq!(bank.per_law.len(), 2, "the third gives way: {bank:?}");
        assert!(bank.asked_once < bank.separate_forms, "{bank:?}");
    }
}
