//! Finds the duties that answers bring, and the question that decides most.

use std::{collections::BTreeSet, time::Duration};

use model::Instant;
use regime::{
    Basis, Case, FieldKind, FieldView, Library,
    finder::{self, Purpose, Question},
};
use serde_json::Value;

use super::{
    laws::{bills, laws},
    read::{Told, told},
};
use crate::{
    Service,
    administration::countries,
    allowance::{self, Allowance},
    error::{Error, Result},
    view::{FindDuties, FoundDuties, FoundLaw},
};

/// Questions from one source within an hour: an office of some dozens behind one address.
const PER_SOURCE: Allowance = Allowance { most: 2000, within: Duration::from_secs(3600) };

impl Service {
    /// What the laws ask of an organisation for an incident, as far as the answers tell, and what to ask
    /// next. Nothing is kept but the count of questions from `source`.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the place of each answer that is none; [`Error::Throttled`] when the source asks
    /// too often.
    pub async fn find_duties(&self, find: FindDuties, source: &str) -> Result<FoundDuties> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        allowance::insist(&mut tx, &format!("duty finder from {source}"), PER_SOURCE, now).await?;
        tx.commit().await?;
        let library = std::sync::Arc::clone(&self.library);
        // Deciding takes some milliseconds of a core; other requests go on meanwhile.
        let found = tokio::task::spawn_blocking(move || find_in(&library, find, now)).await;
        found.map_err(|error| Error::Internal(error.to_string()))?
    }
}

fn find_in(library: &Library, find: FindDuties, now: Instant) -> Result<FoundDuties> {
    let now = find.at.unwrap_or(now);
    let library = &library.on(now);
    let Told { case, unknown, what_if } = told(library, find)?;
    let Some(case) = case else { return Ok(only_the_country(library, now)) };
    let duties = regime::duties(library, &case, &[], now);
    let changes = (!what_if.is_empty()).then(|| {
        let other = regime::duties(library, &with(&case, &what_if), &[], now);
        finder::differences(&duties, &other)
    });
    let question = finder::next_question(library, &case, (&duties, &unknown), now);
    let undecided = question.as_ref().is_some_and(|question| question.purpose == Purpose::Decide);
    let open = finder::open_duties(&duties);
    let mandatory = duties.iter().filter(|duty| !duty.voluntary && !duty.on_request).count();
    let laws = laws(library, &case, (duties, &unknown), now);
    Ok(FoundDuties {
        now,
        question,
        decided: mandatory - open,
        open,
        assumed: finder::assumptions(library, &case, &unknown, now),
        bills: bills(library, &case, now),
        problems: regime::plausibility(library, &case, now),
        what_if: changes,
        laws: if undecided { laws } else { laws.into_iter().map(FoundLaw::at_the_end).collect() },
    })
}

/// The case with other answers; `null` takes one away.
fn with(case: &Case, what_if: &[(String, Value)]) -> Case {
    let mut other = case.clone();
    for (field, value) in what_if {
        let facts = if field.starts_with("entity.") { &mut other.entity } else { &mut other.facts };
        if value.is_null() {
            facts.remove(field);
        } else {
            facts.insert(field.clone(), value.clone());
        }
    }
    other
}

/// Which law binds depends on the State: it is asked before anything else.
fn only_the_country(library: &Library, now: Instant) -> FoundDuties {
    let field = FieldView {
        field: "country".to_owned(),
        kind: FieldKind::Choice,
        label: "In which State is your organisation established?".to_owned(),
        help: "The State of the seat; for a branch that reports for itself, that of the branch.".to_owned(),
        number: None,
        article: None,
        why: None,
        basis: Basis::Law,
        required: true,
        visible: true,
        unknown_allowed: false,
        choices: countries(library),
        max_length: None,
        unit: None,
        columns: vec![],
        group: "entity".to_owned(),
        problems: vec![],
        value: None,
        terms: vec![],
        proposed: None,
        read_only: false,
        format: None,
    };
    FoundDuties {
        now,
        question: Some(Question { field, purpose: Purpose::Decide, laws: vec![], at_most: 1 }),
        laws: vec![],
        decided: 0,
        open: 0,
        assumed: vec![],
        bills: vec![],
        problems: vec![],
        what_if: None,
    }
}

/// The fields whose answer is not known.
pub(super) type Unknown = BTreeSet<String>;
