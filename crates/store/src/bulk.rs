//! Loading many rows at once, for benchmarks and imports: the same sealing, fewer statements.

use model::{Incident, IncidentId, Instant, OrganisationId};

use crate::{
    duties::IndexedDuty,
    error::Result,
    filings::{self, COLUMN_COUNT, COLUMNS, Filing, Sides, bind_filing},
    incidents,
    statement::{assembled, places, rows_at_once, sql},
    store::Tx,
};

/// An incident with its duties.
#[derive(Clone, Debug, PartialEq)]
pub struct BulkIncident {
    /// The record.
    pub incident: Incident,
    /// Its duties.
    pub duties: Vec<IndexedDuty>,
}

impl Tx {
    /// Loads incidents of any organisation with their duties, without a history.
    ///
    /// # Errors
    /// [`crate::Error::Taken`] when an identifier is taken.
    pub async fn bulk_insert_incidents(&mut self, loaded: &[BulkIncident], at: Instant) -> Result<()> {
        for chunk in loaded.chunks(rows_at_once(8)) {
            let text = format!(
                "INSERT INTO incident
                   (organisation, id, revision, created_at, updated_at, open_duties, next_due, document)
                 VALUES {}",
                places(chunk.len(), 8)
            );
            let mut statement = assembled(text);
            let mut keys = Vec::with_capacity(chunk.len());
            for BulkIncident { incident, duties } in chunk {
                let spot = incidents::spot(incident.organisation, incident.id).at(incident.revision);
                let sealed = self.seal_only(spot, &[incident.organisation.into()], incident).await?;
                let open = duties.iter().filter(|duty| duty.open);
                statement = statement
                    .bind(incident.organisation)
                    .bind(incident.id)
                    .bind(incident.revision)
                    .bind(incident.created_at)
                    .bind(incident.updated_at)
                    .bind(i64::try_from(open.clone().count()).unwrap_or(i64::MAX))
                    .bind(open.filter_map(|duty| duty.due_at).min())
                    .bind(sealed.bytes);
                keys.push((spot, sealed.keys));
            }
            self.run(statement).await?;
            self.keep_keys(&keys).await?;
            let lines: Vec<(OrganisationId, IncidentId, &IndexedDuty)> = chunk
                .iter()
                .flat_map(|line| {
                    line.duties.iter().map(|duty| (line.incident.organisation, line.incident.id, duty))
                })
                .collect();
            self.insert_duties(&lines, at).await?;
        }
        Ok(())
    }

    /// Loads filings of any organisation; their incidents must be there.
    ///
    /// # Errors
    /// [`crate::Error::Taken`] when an identifier or a version is taken.
    pub async fn bulk_insert_filings(&mut self, loaded: &[Filing]) -> Result<()> {
        for chunk in loaded.chunks(rows_at_once(COLUMN_COUNT)) {
            let places = places(chunk.len(), COLUMN_COUNT);
            let mut statement = assembled(format!("INSERT INTO filing ({COLUMNS}) VALUES {places}"));
            let mut keys = Vec::with_capacity(chunk.len());
            for filing in chunk {
                let head = &filing.document.head;
                let sides = Sides { filer: head.from.organisation, recipient: head.to.organisation };
                let spot = filings::spot(sides.filer, head.filing);
                let sealed = self.seal_only(spot, &sides.holders(), &filing.document).await?;
                let reference = self.token("filing.reference", &head.reference)?;
                statement = bind_filing(statement, filing, reference, sealed.bytes);
                keys.push((spot, sealed.keys));
            }
            self.run(statement).await?;
            self.keep_keys(&keys).await?;
        }
        Ok(())
    }

    /// Lets the database look at its tables anew, so that it plans well after a bulk load.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when it does not.
    pub async fn analyse(&mut self) -> Result<()> {
        self.run(sql("ANALYZE")).await.map(drop)
    }
}
