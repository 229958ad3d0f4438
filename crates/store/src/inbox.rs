//! The authority's inbox: most urgent first, in pages that stay quick however many filings there are.

use std::{fmt, str::FromStr};

use model::FilingId;
use policy::Scope;
use uuid::Uuid;

use crate::{
    error::Result,
    filings::{Filing, FilingState, OPENED},
    statement::{Cell, Row, assembled},
    store::{SIDES, Tx, side},
};

/// Which lines of the inbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxFilter {
    /// Only filings in this state.
    pub state: Option<FilingState>,
    /// Only filings under this pack.
    pub pack: Option<String>,
    /// Only filings of this stage.
    pub stage: Option<String>,
    /// Only filings of this sector.
    pub sector: Option<String>,
    /// Only filings with, or without, cross-border impact.
    pub cross_border: Option<bool>,
}

/// Where a page of the inbox ended. Written and read as one word, for a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InboxPosition {
    urgency: i64,
    recency: i64,
    filing: FilingId,
}

/// Why a text is no position of the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no position of the inbox; take the `next` of the page before as it came")]
pub struct InboxPositionError;

impl fmt::Display for InboxPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}~{}", self.urgency, self.recency, self.filing)
    }
}

impl FromStr for InboxPosition {
    type Err = InboxPositionError;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let mut parts = text.splitn(3, '~');
        let mut part = || parts.next().ok_or(InboxPositionError);
        Ok(Self {
            urgency: part()?.parse().map_err(|_| InboxPositionError)?,
            recency: part()?.parse().map_err(|_| InboxPositionError)?,
            filing: part()?.parse().map_err(|_| InboxPositionError)?,
        })
    }
}

/// A page of the inbox.
#[derive(Clone, Debug, PartialEq)]
pub struct InboxPage {
    /// The filings, most urgent first: by the response's deadline, then newest.
    pub filings: Vec<Filing>,
    /// Where to go on; absent on the last page.
    pub next: Option<InboxPosition>,
}

impl Tx {
    /// A page of the filings that the scope's organisation received.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when one does not open.
    pub async fn inbox(
        &mut self,
        scope: &Scope,
        filter: &InboxFilter,
        after: Option<InboxPosition>,
        limit: u32,
    ) -> Result<InboxPage> {
        let (conditions, cells) = conditions(filter, after);
        let text = format!(
            "WITH page AS (SELECT f.* FROM filing f WHERE {} AND f.recipient = $2{conditions}
                            ORDER BY f.urgency, f.recency, f.id LIMIT {})
             {OPENED} ORDER BY f.urgency, f.recency, f.id",
            side(scope, SIDES),
            u64::from(limit) + 1
        );
        let organisation = scope.organisation();
        let mut statement = assembled(text).bind(organisation).bind(organisation);
        statement.cells.extend(cells);
        let rows = self.rows(statement).await?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let last = limit.checked_sub(1).filter(|_| rows.len() > limit).and_then(|last| rows.get(last));
        let next = last.map(position).transpose()?;
        let mut filings = Vec::with_capacity(rows.len());
        for row in rows.iter().take(limit) {
            filings.extend(self.open_filing(row, organisation).await?);
        }
        Ok(InboxPage { filings, next })
    }
}

/// The conditions beyond `$2`, and their values.
fn conditions(filter: &InboxFilter, after: Option<InboxPosition>) -> (String, Vec<Cell>) {
    let columns = [
        ("state", filter.state.map(|state| Cell::Text(Some(state.name().to_owned())))),
        ("pack", filter.pack.clone().map(|pack| Cell::Text(Some(pack)))),
        ("stage", filter.stage.clone().map(|stage| Cell::Text(Some(stage)))),
        ("sector", filter.sector.clone().map(|sector| Cell::Text(Some(sector)))),
        ("cross_border", filter.cross_border.map(|yes| Cell::Flag(Some(yes)))),
    ];
    let mut text = String::new();
    let mut cells = Vec::new();
    for (column, cell) in columns.into_iter().filter_map(|(column, cell)| cell.map(|cell| (column, cell))) {
        cells.push(cell);
        text += &format!(" AND f.{column} = ${}", cells.len() + 2);
    }
    if let Some(position) = after {
        let first = cells.len() + 3;
        text += &format!(" AND (f.urgency, f.recency, f.id) > (${first}, ${}, ${})", first + 1, first + 2);
        cells.push(Cell::Number(Some(position.urgency)));
        cells.push(Cell::Number(Some(position.recency)));
        cells.push(Cell::Uuid(Some(position.filing.uuid())));
    }
    (text, cells)
}

fn position(row: &Row) -> Result<InboxPosition> {
    let id: Uuid = row.get("id")?;
    Ok(InboxPosition {
        urgency: row.get("urgency")?,
        recency: row.get("recency")?,
        filing: FilingId::from_uuid(id),
    })
}
