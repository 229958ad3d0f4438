//! What an authority was told in a period, counted and as a table: one row for each incident and law.

use std::sync::Arc;

use model::{Caller, Instant, Sheet};
use policy::{Action, Scope, permit};
use regime::{
    Library,
    export::{AnnualFiling, AnnualRow, AnnualRows, annual_sheet, csv_of_sheets},
    statistics::{Period, Statistics, statistics, statistics_sheets},
};
use store::{Filing, ReceivedSpan};

use crate::{
    Service,
    error::{Error, Result},
    exports::use_cases::of_filing,
    filings::read_filing::is_late,
    view::{DeskFile, StatisticsQuery, TableKind},
};

/// So many filings are opened at once.
const PAGE: u32 = 200;

impl Service {
    /// The statistics of what the organisation received in a period: incidents of which it was first told then, with
    /// what it knows of them today.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::Invalid`] for what is no period.
    pub async fn statistics(&self, caller: &Caller, query: &StatisticsQuery) -> Result<Statistics> {
        let scope = permit(caller, Action::ReadReceivedFilings)?;
        let period = query.period()?;
        let rows = self.rows_of(&[(scope, span(period, Instant::MAX, query.pack.clone()))]).await?;
        let library = Arc::clone(&self.library);
        aside(move || statistics(&library, period, &rows)).await
    }

    /// The statistics as a file.
    ///
    /// # Errors
    /// As [`Service::statistics`].
    pub async fn statistics_file(
        &self,
        caller: &Caller,
        query: &StatisticsQuery,
        kind: TableKind,
    ) -> Result<DeskFile> {
        let period = query.period()?.name();
        let statistics = self.statistics(caller, query).await?;
        let (name, title) = (format!("statistics-{period}"), format!("Statistics of {period}"));
        let at = self.clock.now();
        aside(move || file_of((name, title, at), &statistics_sheets(&statistics), kind)).await?
    }

    /// A period as a table: one row for each incident and law of which the organisation was first told then.
    ///
    /// # Errors
    /// As [`Service::statistics`].
    pub async fn annual_table(
        &self,
        caller: &Caller,
        query: &StatisticsQuery,
        kind: TableKind,
    ) -> Result<DeskFile> {
        let scope = permit(caller, Action::ReadReceivedFilings)?;
        let period = query.period()?;
        let rows = self.rows_of(&[(scope, span(period, Instant::MAX, query.pack.clone()))]).await?;
        let library = Arc::clone(&self.library);
        let (name, title) = (format!("annual-{}", period.name()), format!("Incidents of {}", period.name()));
        let at = self.clock.now();
        aside(move || file_of((name, title, at), &[annual_sheet(&library, &rows)], kind)).await?
    }

    /// The rows of what was received, each incident and law once. What was filed is opened page by page,
    /// and nothing of it is kept but the row.
    pub(crate) async fn rows_of(&self, received: &[(Scope, ReceivedSpan)]) -> Result<Vec<AnnualRow>> {
        let mut tx = self.store.read().await?;
        let mut rows = AnnualRows::default();
        for (scope, span) in received {
            let mut after = None;
            loop {
                let page = tx.received_in(scope, span, after, PAGE).await?;
                let library = Arc::clone(&self.library);
                rows = aside(move || with(rows, &library, page.filings)).await?;
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        let library = Arc::clone(&self.library);
        aside(move || rows.rows(&library)).await
    }
}

/// What was first told in a period, as it was known before `known_until`.
pub(crate) fn span(period: Period, known_until: Instant, pack: Option<String>) -> ReceivedSpan {
    ReceivedSpan { first_from: period.start(), first_until: period.end(), known_until, pack }
}

fn with(mut rows: AnnualRows, library: &Library, filings: Vec<Filing>) -> AnnualRows {
    for filing in filings {
        let late = is_late(&filing);
        let incident = filing.document.head.incident.to_string();
        let sector = filing.facets.sector;
        rows.add(library, AnnualFiling { incident, sector, late, report: of_filing(filing.document) });
    }
    rows
}

/// Work that takes its time, beside the threads that answer.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))
}

/// Tables as a file of that kind.
pub(crate) fn file_of(
    (name, title, at): (String, String, Instant),
    sheets: &[Sheet],
    kind: TableKind,
) -> Result<DeskFile> {
    let internal = |error: paper::PaperError| Error::Internal(error.to_string());
    let (extension, content_type, bytes) = match kind {
        TableKind::Csv => {
            ("csv", "text/csv; charset=utf-8; header=present", csv_of_sheets(sheets).into_bytes())
        }
        TableKind::Xlsx => (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            paper::workbook(sheets).map_err(internal)?,
        ),
        TableKind::Pdf => {
            ("pdf", "application/pdf", paper::tables(&title, at, sheets).map_err(internal)?.pdf)
        }
    };
    Ok(DeskFile { name: format!("{}.{extension}", name.replace(' ', "-")), content_type, bytes })
}
