//! Versions (section 3.6): which of two is newer, and who may make a new one.

use thiserror::Error;

use super::{Head, model};

/// Why an object is no version of another.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoVersion {
    /// Observables and marking definitions are not versioned.
    #[error("{0} is not versioned: what changed is another object (section 3.6)")]
    Unversioned(String),
    /// Another identifier or another type.
    #[error("it is another object: {0} is not {1}")]
    AnotherObject(String, String),
    /// Only the creator may version an object; `created_by_ref` stays.
    #[error("only its creator makes a new version of an object: created_by_ref must stay {}", was.as_deref().unwrap_or("away"))]
    AnotherCreator {
        /// Who created the object.
        was: Option<String>,
    },
    /// `created` stays.
    #[error("created must stay {}", was.as_deref().unwrap_or("away"))]
    AnotherBeginning {
        /// When the object was created.
        was: Option<String>,
    },
    /// A revoked object is at its end.
    #[error("the object is revoked: there are no versions after that")]
    Revoked,
    /// `modified` must be later.
    #[error("modified must be later than {0}")]
    NotLater(String),
    /// A time is missing or is none.
    #[error("modified is missing, or is no timestamp")]
    NoTime,
}

/// Which of two versions of an object counts: the one modified later; on equal times the revoked one.
#[must_use]
pub fn is_newer(one: &Head<'_>, than: &Head<'_>) -> bool {
    match (one.version(), than.version()) {
        (Some(one_at), Some(than_at)) => (one_at, one.revoked) > (than_at, than.revoked),
        (one_at, than_at) => one_at > than_at,
    }
}

/// Whether `next` may follow `before` as a version of the same object.
///
/// # Errors
/// The rule of section 3.6 that forbids it.
pub fn may_follow(next: &Head<'_>, before: &Head<'_>) -> Result<(), NoVersion> {
    let own = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
    if next.id != before.id || next.kind != before.kind {
        let name = |head: &Head<'_>| own(&head.id).unwrap_or_else(|| head.kind.to_string());
        return Err(NoVersion::AnotherObject(name(next), name(before)));
    }
    if !model::is_versioned(&next.kind) {
        return Err(NoVersion::Unversioned(next.kind.to_string()));
    }
    if next.created_by != before.created_by {
        return Err(NoVersion::AnotherCreator { was: own(&before.created_by) });
    }
    let begun = |head: &Head<'_>| head.created.as_deref().and_then(super::instant);
    if begun(next) != begun(before) {
        return Err(NoVersion::AnotherBeginning { was: own(&before.created) });
    }
    if before.revoked {
        return Err(NoVersion::Revoked);
    }
    match (next.version(), before.version()) {
        (Some(later), Some(earlier)) if later > earlier => Ok(()),
        (Some(_), Some(_)) => Err(NoVersion::NotLater(own(&before.modified).unwrap_or_default())),
        (_, _) => Err(NoVersion::NoTime),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(modified: &'static str) -> Head<'static> {
        Head {
            kind: "tool".into(),
            id: Some("tool--1".into()),
            created: Some("2026-01-01T00:00:00.000Z".into()),
            modified: Some(modified.into()),
            created_by: Some("identity--1".into()),
            ..Head::default()
        }
    }

    #[test]
    fn times_are_compared_as_instants() {
        let (one, same, next) = (
            head("2026-01-01T00:00:00.1Z"),
            head("2026-01-01T00:00:00.100Z"),
            head("2026-01-01T00:00:00.100001Z"),
        );
        assert!(!is_newer(&same, &one) && is_newer(&next, &same));
        assert_eq!(may_follow(&same, &one), Err(NoVersion::NotLater("2026-01-01T00:00:00.1Z".to_owned())));
        assert_eq!(may_follow(&next, &one), Ok(()));
    }

    #[test]
    fn only_the_creator_versions_and_an_end_is_an_end() {
        let before = head("2026-01-01T00:00:00.000Z");
        let next = head("2026-01-02T00:00:00.000Z");
        let stranger = Head { created_by: Some("identity--2".into()), ..next.clone() };
        assert_eq!(
            may_follow(&stranger, &before).unwrap_err().to_string(),
            "only its creator makes a new version of an object: created_by_ref must stay identity--1"
        );
        let ended = Head { revoked: true, ..before.clone() };
        assert_eq!(may_follow(&next, &ended), Err(NoVersion::Revoked));
        let begun = Head { created: Some("2026-01-01T00:00:00.001Z".into()), ..next.clone() };
        assert!(matches!(may_follow(&begun, &before), Err(NoVersion::AnotherBeginning { .. })));
        let fact =
            |head: &Head<'static>| Head { kind: "url".into(), id: Some("url--1".into()), ..head.clone() };
        assert!(matches!(may_follow(&fact(&next), &fact(&before)), Err(NoVersion::Unversioned(_))));
        assert!(may_follow(&next, &before).is_ok());
    }
}
