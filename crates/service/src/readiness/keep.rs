//! Change one point of the checklist.

use model::{Caller, Happening};
use policy::{Action, permit};
use regime::Problem;
use store::KeptReadiness;

use super::{
    read::Stand,
    standing::{Kept, Point, PointChange, next_review},
};
use crate::{
    Service,
    error::{Error, Result},
    view::{ReadinessState, ReadinessView, SaveReadinessPoint},
};

/// The longest note.
const NOTE: usize = 4000;
/// The longest name of who is responsible.
const NAME: usize = 200;

impl Service {
    /// Changes one point of the checklist of the caller's organisation.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a point that the list does not have; [`Error::Invalid`] naming the field;
    /// [`Error::Conflict`] when somebody else changed the same point since.
    pub async fn save_readiness_point(
        &self,
        caller: &Caller,
        item: &str,
        save: SaveReadinessPoint,
    ) -> Result<ReadinessView> {
        let scope = permit(caller, Action::KeepReadiness)?;
        if !self.readiness_list()?.values.iter().any(|value| value.id == item) {
            return Err(Error::NotFound("point"));
        }
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let Stand { revision, mut points, zone, today, .. } = Stand::read(&mut tx, &scope, now).await?;
        let stands = points.get(item);
        if stands.map_or(0, |kept| kept.revision) > save.base_revision || save.base_revision > revision {
            return Err(Error::Conflict { revision, conflicts: vec![] });
        }
        let before = stands.map(|kept| kept.point.clone()).unwrap_or_default();
        let after = Point {
            state: save.state,
            note: save.note.trim().to_owned(),
            responsible: save.responsible.trim().to_owned(),
            done_on: save.done_on,
            review_on: save.review_on,
        };
        check(&after, today)?;
        if before != after {
            let (item, by) = (item.to_owned(), caller.actor());
            let kept = Kept { point: after.clone(), revision: revision + 1, at: now, by: by.clone() };
            points.insert(item.clone(), kept);
            let change = PointChange { item: item.clone(), at: now, by, before, after };
            let kept = KeptReadiness {
                document: &points,
                change: &change,
                next_review: next_review(&points, None, &zone),
            };
            if !tx.save_readiness(&scope, revision, &kept, now).await? {
                return Err(Error::Busy);
            }
            self.happened(&mut tx, caller, Happening::ReadinessChanged { item }).await?;
        }
        let view = self.readiness_in(&mut tx, caller, &scope).await?;
        tx.commit().await?;
        Ok(view)
    }
}

fn check(point: &Point, today: jiff::civil::Date) -> Result<()> {
    let mut problems = Vec::new();
    let mut mend = |field: &str, rule: &str, message: String| {
        let (field, pointer) = (field.to_owned(), format!("/{field}"));
        problems.push(Problem { field, pointer, rule: rule.to_owned(), message });
    };
    for (field, text, most) in [("note", &point.note, NOTE), ("responsible", &point.responsible, NAME)] {
        if text.chars().count() > most {
            mend(field, "length", format!("write at most {most} characters"));
        }
        if regime::hidden_character(text).is_some() {
            mend(
                field,
                "hidden_character",
                "a character in it is not seen by people: write it again".to_owned(),
            );
        }
    }
    if point.state == ReadinessState::NotForUs && point.note.is_empty() {
        mend("note", "required", "say why this does not concern you".to_owned());
    }
    if point.done_on.is_some_and(|done| done > today) {
        mend("done_on", "past", format!("what was done was done by today, {today}"));
    }
    if let (Some(done), Some(review)) = (point.done_on, point.review_on)
        && review < done
    {
        mend("review_on", "not_before", format!("look at it again after it was done on {done}"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}
