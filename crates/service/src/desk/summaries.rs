//! The summaries of many incidents that an authority owes: numbers of what its State's authorities received.

use std::sync::Arc;

use model::{Caller, Instant};
use policy::{Action, permit, permit_to_count};
use regime::{
    statistics::Period,
    summary::{OwedSummary, Summary, counted_desks, counted_packs, summaries_owed, summary, summary_sheets},
};

use super::statistics::{aside, file_of, span};
use crate::{
    Service,
    error::{Error, Result},
    incidents::situation::directory,
    view::{DeskFile, Summaries, SummaryQuery, TableKind},
};

/// So many past periods are offered.
const PERIODS: usize = 8;

impl Service {
    /// The summaries that the caller's organisation owes by its roles, with the periods that have passed.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn summaries(&self, caller: &Caller) -> Result<Summaries> {
        Ok(Summaries { owed: self.owed(caller, self.clock.now()).await? })
    }

    /// One of them: what was told in a whole period that has passed, as it was known at its end, so that the same
    /// question always has the same answer.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a summary that the caller's organisation does not owe; [`Error::Invalid`] for a period
    /// that the law does not name or that has not passed.
    pub async fn summary(&self, caller: &Caller, query: &SummaryQuery) -> Result<Summary> {
        let now = self.clock.now();
        let owed = self.owed(caller, now).await?;
        let owed = owed.into_iter().find(|owed| owed.pack == query.pack && owed.duty == query.duty);
        let owed = owed.ok_or(Error::NotFound("summary"))?;
        let period = passed(&self.library, &owed, &query.period, now)?;
        let received = self.received_for(caller, &owed, period).await?;
        let rows = self.rows_of(&received).await?;
        let library = Arc::clone(&self.library);
        let made = aside(move || summary(&library, &owed, period, &rows)).await?;
        made.ok_or(Error::NotFound("summary"))
    }

    /// The same as a file.
    ///
    /// # Errors
    /// As [`Service::summary`].
    pub async fn summary_file(
        &self,
        caller: &Caller,
        query: &SummaryQuery,
        kind: TableKind,
    ) -> Result<DeskFile> {
        let summary = self.summary(caller, query).await?;
        let name = format!("summary-{}-{}-{}", summary.pack, summary.country, summary.period);
        let title = format!("{}: summary of {}, {}", summary.law, summary.period, summary.country);
        let at = self.clock.now();
        aside(move || file_of((name, title, at), &summary_sheets(&summary), kind)).await?
    }

    async fn owed(&self, caller: &Caller, now: Instant) -> Result<Vec<OwedSummary>> {
        permit(caller, Action::CountReceivedFilings)?;
        let everybody = permit(caller, Action::ReadDirectory)?;
        let mut tx = self.store.read().await?;
        let own = tx.organisation(&everybody, caller.organisation).await?;
        let own = own.ok_or(Error::NotFound("organisation"))?;
        Ok(summaries_owed(&self.library, (own.country, &own.roles), now, PERIODS))
    }

    /// What the desks of the State received in the period, as it was known at its end.
    async fn received_for(
        &self,
        caller: &Caller,
        owed: &OwedSummary,
        period: Period,
    ) -> Result<Vec<(policy::Scope, store::ReceivedSpan)>> {
        let everybody = permit(caller, Action::ReadDirectory)?;
        let directory = directory(&mut self.store.read().await?, &everybody).await?;
        let mut received = vec![];
        for desk in counted_desks(&self.library, owed, &directory) {
            for pack in counted_packs(&self.library, owed) {
                let scope = permit_to_count(caller, desk.organisation)?;
                received.push((scope, span(period, period.end(), Some(pack))));
            }
        }
        Ok(received)
    }
}

/// The period of that name, of those that the law names and that have passed.
fn passed(library: &regime::Library, owed: &OwedSummary, name: &str, now: Instant) -> Result<Period> {
    let wrong = |rule: &str, message: String| Error::invalid("period", rule, message);
    let period = Period::read(name, None)
        .map_err(|problem| wrong("period", problem.to_string().replacen("from", "period", 1)))?;
    let named = regime::summary::is_period(library, owed, period);
    if !named {
        let such = owed.periods.first().map_or("none", |period| period.period.as_str());
        return Err(wrong("length", format!("this law asks for summaries of periods such as {such}")));
    }
    if period.end() > now {
        return Err(wrong("past", format!("{name} has not passed yet; its summary can be made afterwards")));
    }
    Ok(period)
}
