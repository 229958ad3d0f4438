//! What came in, most urgent first.

use model::{Caller, Instant};
use policy::{Action, permit};
use regime::Library;
use store::{Filing, FilingState as Stored, InboxFilter, InboxPosition};

use crate::{
    Service,
    error::{Error, Result},
    filings::read_filing::{as_filed, is_late, state_of},
    view::{FilingState, Inbox, InboxQuery, InboxRow},
};

/// How many lines a page has when the query does not say.
const USUAL_PAGE: u32 = 50;

impl Service {
    /// A page of filings that the organisation received.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::Invalid`] for a cursor that this inbox did not give.
    pub async fn inbox(&self, caller: &Caller, query: &InboxQuery) -> Result<Inbox> {
        let scope = permit(caller, Action::ReadReceivedFilings)?;
        let after = query.after.as_deref().map(str::parse::<InboxPosition>).transpose().map_err(|_| {
            Error::invalid(
                "after",
                "cursor",
                "this is not the `next` of an inbox page; begin again without it",
            )
        })?;
        let limit = query.limit.unwrap_or(USUAL_PAGE).clamp(1, 200);
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let page = tx.inbox(&scope, &filter_of(query), after, limit).await?;
        Ok(Inbox {
            now,
            rows: page.filings.iter().map(|filing| row_of(&self.library, filing, now)).collect(),
            next: page.next.map(|next| next.to_string()),
        })
    }
}

fn filter_of(query: &InboxQuery) -> InboxFilter {
    InboxFilter {
        state: query.state.map(|state| match state {
            FilingState::Filed => Stored::Filed,
            FilingState::Acknowledged => Stored::Acknowledged,
            FilingState::Answered => Stored::Answered,
        }),
        pack: query.pack.clone(),
        stage: query.stage.clone(),
        sector: query.sector.clone(),
        cross_border: query.cross_border,
    }
}

fn row_of(library: &Library, filing: &Filing, now: Instant) -> InboxRow {
    let head = &filing.document.head;
    let titles = regime::export::heading(&as_filed(library, head), &head.duty);
    let waiting = filing.response_due_at.filter(|_| filing.answered_at.is_none());
    InboxRow {
        filing: head.filing,
        reference: head.reference.clone(),
        from: head.from.clone(),
        title: filed_text(filing, "title"),
        duty: head.duty.clone(),
        law: titles.law,
        stage_title: titles.stage,
        version: head.version,
        filed_at: head.filed_at,
        due_at: head.due_at,
        late: is_late(filing),
        state: state_of(filing.state),
        unread: filing.first_read_at.is_none(),
        severity: filed_text(filing, "severity"),
        sector: filing.facets.sector.clone(),
        cross_border: filing.facets.cross_border,
        for_information: head.for_information.clone(),
        marking: head.marking,
        response_due_at: waiting,
        response_late: waiting.is_some_and(|due| due < now),
    }
}

fn filed_text(filing: &Filing, field: &str) -> Option<String> {
    let groups = filing.document.disclosures.values();
    let mut answers =
        groups.filter_map(|group| group.content.get(field)).filter(|answer| answer.value.is_some());
    answers.next().map(|answer| answer.text.clone())
}
