//! Until when laws want a record kept: as each pack says, from its last filing on.

use jiff::{Span, civil::Date, tz::TimeZone};
use model::Instant;

use crate::{Case, Library};

/// What one law wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The pack.
    pub pack: String,
    /// The short name of the law.
    pub law: String,
    /// When something was last filed under it.
    pub last_filed_at: Instant,
    /// How many years the record is kept from then on; absent where the law sets none.
    pub years: Option<u32>,
    /// The last day on which it must still be there, where the law sets one.
    pub until: Option<Date>,
    /// Where that comes from.
    pub source: String,
}

/// What every law wants under which something was filed, in the order of the packs; days are those of the zone of
/// the entity. A period ends with the day that has the same number as the one on which it began (Regulation (EEC,
/// Euratom) No 1182/71, Article 3(2)(c)).
#[must_use]
pub fn retention(library: &Library, case: &Case) -> Vec<Kept> {
    let zone = crate::clock::zone(&case.zone).unwrap_or(TimeZone::UTC);
    let kept = library.packs().iter().filter_map(|pack| {
        let filed = case.submissions.iter().filter(|filed| filed.duty.pack == pack.id());
        let last_filed_at = filed.map(|filed| filed.at).max()?;
        let retention = &pack.law.retention;
        let day = zone.to_datetime(last_filed_at.timestamp()).date();
        let until =
            retention.years.and_then(|years| day.checked_add(Span::new().try_years(years).ok()?).ok());
        Some(Kept {
            pack: pack.id().to_owned(),
            law: pack.law.law.clone(),
            last_filed_at,
            years: retention.years,
            until,
            source: retention.source.clone(),
        })
    });
    kept.collect()
}
