//! The year of an authority: one row for each incident and law that it received.

use jiff::{civil::Date, tz::TimeZone};
use model::Caller;
use policy::{Action, permit};
use regime::export::{AnnualFiling, annual_csv};
use store::InboxFilter;

use crate::{
    Service,
    error::{Error, Result},
    exports::use_cases::of_filing,
    filings::read_filing::is_late,
};

/// Filings that one answer reads at most.
const MOST: usize = 20_000;
const PAGE: u32 = 200;

impl Service {
    /// The filings that the organisation received in a year (UTC), as a table with one row for each incident and
    /// law; of one pack where it is named.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::Invalid`] for more filings than one answer reads.
    pub async fn annual_table(&self, caller: &Caller, year: i16, pack: Option<String>) -> Result<String> {
        let scope = permit(caller, Action::ReadReceivedFilings)?;
        let filter = InboxFilter { pack, ..InboxFilter::default() };
        let (mut found, mut after, mut read) = (vec![], None, 0);
        let mut tx = self.store.read().await?;
        loop {
            let page = tx.inbox(&scope, &filter, after, PAGE).await?;
            read += page.filings.len();
            for filing in page.filings {
                if year_of(filing.document.head.filed_at) != year {
                    continue;
                }
                let late = is_late(&filing);
                found.push(AnnualFiling {
                    incident: filing.document.head.incident.to_string(),
                    sector: filing.facets.sector.clone(),
                    late,
                    report: of_filing(filing.document),
                });
            }
            after = page.next;
            if after.is_none() {
                return Ok(annual_csv(&self.library, &found));
            }
            if read >= MOST {
                let rule = "more filings were received than one table reads; ask for one law at a time";
                return Err(Error::invalid("pack", "too_many", rule));
            }
        }
    }
}

fn year_of(at: model::Instant) -> i16 {
    let day: Date = TimeZone::UTC.to_datetime(at.timestamp()).date();
    day.year()
}
