//! Filings: frozen documents that both sides hold, with what happened to them since.

use model::{DutyKey, FilingDocument, FilingId, IncidentId, Instant, OrganisationId};
use policy::Scope;
use vault::Holder;

use crate::{
    error::{Error, Result},
    sealed::Spot,
    statement::{Row, Statement, assembled, sql},
    store::{SIDES, Tx, own, side},
};

/// How far a filing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilingState {
    /// Filed, and the receipt signed.
    Filed,
    /// An officer acknowledged it.
    Acknowledged,
    /// The authority responded.
    Answered,
}

impl FilingState {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Acknowledged => "acknowledged",
            Self::Answered => "answered",
        }
    }

    pub(crate) fn read(text: &str) -> Result<Self> {
        [Self::Filed, Self::Acknowledged, Self::Answered]
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| Error::Damaged(format!("filing.state holds {text:?}")))
    }
}

/// The coarse facts by which the desk filters its inbox; they stand in the clear.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// The sector of the entity, of the vocabulary `sectors`.
    pub sector: Option<String>,
    /// The severity as it was filed.
    pub severity: Option<String>,
    /// Whether there is cross-border impact, as it was filed.
    pub cross_border: Option<bool>,
}

/// A filing with what happened to it since.
#[derive(Clone, Debug, PartialEq)]
pub struct Filing {
    /// What was filed: identifier, duty, version, parties and instants stand in its head.
    pub document: FilingDocument,
    /// What the inbox filters by.
    pub facets: Facets,
    /// Until when the law wants a response of the recipient.
    pub response_due_at: Option<Instant>,
    /// How far it is.
    pub state: FilingState,
    /// When the recipient first opened it.
    pub first_read_at: Option<Instant>,
    /// When an officer acknowledged it.
    pub acknowledged_at: Option<Instant>,
    /// When the authority responded.
    pub answered_at: Option<Instant>,
}

impl Filing {
    /// A filing at the moment it is filed.
    #[must_use]
    pub const fn new(document: FilingDocument, facets: Facets, response_due_at: Option<Instant>) -> Self {
        Self {
            document,
            facets,
            response_due_at,
            state: FilingState::Filed,
            first_read_at: None,
            acknowledged_at: None,
            answered_at: None,
        }
    }
}

/// What of a filing stands in the clear: enough for clocks and version lists, without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingMark {
    /// The filing.
    pub filing: FilingId,
    /// The incident.
    pub incident: IncidentId,
    /// To whom.
    pub recipient: OrganisationId,
    /// Which stage of which law.
    pub duty: DutyKey,
    /// The version of the stage.
    pub version: u32,
    /// When it was filed.
    pub filed_at: Instant,
    /// How far it is.
    pub state: FilingState,
    /// Whether it is a copy for information, which files nothing.
    pub for_information: bool,
}

/// Both sides of a filing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sides {
    pub filer: OrganisationId,
    pub recipient: OrganisationId,
}

impl Sides {
    /// Who can open what is said about the filing.
    pub(crate) fn holders(self) -> Vec<Holder> {
        let mut holders = vec![self.filer.into(), self.recipient.into()];
        holders.dedup();
        holders
    }
}

pub(crate) fn spot(filer: OrganisationId, id: FilingId) -> Spot {
    Spot::document("filing", id.uuid(), filer.into())
}

/// The columns of a filing; a subquery gives the rows, so that pages stay cheap.
pub(crate) const OPENED: &str = "SELECT f.id, f.organisation, f.response_due_at, f.state, f.first_read_at,
       f.acknowledged_at, f.answered_at, f.sector, f.severity, f.cross_border, f.urgency, f.recency,
       f.document, k.key_id, k.wrapped
  FROM page f
  LEFT JOIN data_key k ON k.place_table = 'filing' AND k.place_row = f.id
   AND k.place_column = 'document' AND k.revision = 0 AND k.holder = $1";

/// The names of the columns in the order of [`bind_filing`].
pub(crate) const COLUMNS: &str =
    "organisation, id, recipient, incident, pack, track, stage, version, reference,
       filed_at, due_at, response_due_at, state, first_read_at, acknowledged_at, answered_at,
       sector, severity, cross_border, for_information, urgency, recency, document";

/// How many columns those are.
pub(crate) const COLUMN_COUNT: usize = 23;

pub(crate) fn bind_filing(
    statement: Statement,
    filing: &Filing,
    reference: [u8; 32],
    sealed: Vec<u8>,
) -> Statement {
    let head = &filing.document.head;
    let waits = if filing.answered_at.is_none() { filing.response_due_at } else { None };
    statement
        .bind(head.from.organisation)
        .bind(head.filing)
        .bind(head.to.organisation)
        .bind(head.incident)
        .bind(head.duty.pack.as_str())
        .bind(head.duty.track.as_str())
        .bind(head.duty.stage.as_str())
        .bind(i64::from(head.version))
        .bind(reference)
        .bind(head.filed_at)
        .bind(head.due_at)
        .bind(filing.response_due_at)
        .bind(filing.state.name())
        .bind(filing.first_read_at)
        .bind(filing.acknowledged_at)
        .bind(filing.answered_at)
        .bind(filing.facets.sector.clone())
        .bind(filing.facets.severity.clone())
        .bind(filing.facets.cross_border)
        .bind(Some(head.for_information.is_some()))
        .bind(waits.map_or(i64::MAX, Instant::micros))
        .bind(-head.filed_at.micros())
        .bind(sealed)
}

impl Tx {
    /// Keeps a filing of the scope's organisation. Filer and recipient hold it from then on.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when another organisation files; [`Error::Taken`] when this version
    /// of the stage was filed to this recipient already.
    pub async fn insert_filing(&mut self, scope: &Scope, filing: &Filing) -> Result<()> {
        let head = &filing.document.head;
        if own(scope) != Some(head.from.organisation) {
            return Err(Error::OutOfScope("the filings of this organisation"));
        }
        let sides = Sides { filer: head.from.organisation, recipient: head.to.organisation };
        let sealed = self.seal(spot(sides.filer, head.filing), &sides.holders(), &filing.document).await?;
        let reference = self.token("filing.reference", &head.reference)?;
        let places = crate::statement::places(1, COLUMN_COUNT);
        let statement = assembled(format!("INSERT INTO filing ({COLUMNS}) VALUES {places}"));
        self.run(bind_filing(statement, filing, reference, sealed)).await.map(drop)
    }

    /// One filing that the scope's organisation sent or received, as the scope says.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn filing(&mut self, scope: &Scope, id: FilingId) -> Result<Option<Filing>> {
        let mut found = self.filings_where(scope, "f.id = $3", "f.id", |s| s.bind(id)).await?;
        Ok(found.pop())
    }

    /// The filing behind a reference, if the scope opens it.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn filing_by_reference(&mut self, scope: &Scope, reference: &str) -> Result<Option<Filing>> {
        let token = self.token("filing.reference", reference)?;
        let mut found = self.filings_where(scope, "f.reference = $3", "f.id", |s| s.bind(token)).await?;
        Ok(found.pop())
    }

    /// The filings of an incident that the scope opens, oldest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn filings_of_incident(&mut self, scope: &Scope, incident: IncidentId) -> Result<Vec<Filing>> {
        self.filings_where(scope, "f.incident = $3", "f.filed_at, f.id", |s| s.bind(incident)).await
    }

    /// A page of the filings that the scope's organisation sent, newest first, after the one with
    /// which the page before ended.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn sent_filings(
        &mut self,
        scope: &Scope,
        after: Option<FilingId>,
        limit: u32,
    ) -> Result<Vec<Filing>> {
        if own(scope).is_none() {
            return Ok(Vec::new());
        }
        let after = after.map_or(uuid::Uuid::max(), FilingId::uuid);
        let condition = format!("f.organisation = $2 AND f.id < $3 ORDER BY f.id DESC LIMIT {limit}");
        self.filings_where(scope, &condition, "f.id DESC", |s| s.bind(after)).await
    }

    /// What stands in the clear of the filings of an incident that the scope opens, oldest first.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be read.
    pub async fn filing_marks(&mut self, scope: &Scope, incident: IncidentId) -> Result<Vec<FilingMark>> {
        let text = format!(
            "SELECT f.id, f.incident, f.recipient, f.pack, f.track, f.stage, f.version, f.filed_at, f.state,
                    f.for_information
               FROM filing f WHERE f.incident = $1 AND {} ORDER BY f.filed_at, f.id",
            side(scope, SIDES)
        );
        let rows = self.rows(assembled(text).bind(incident).bind(scope.organisation())).await?;
        rows.iter().map(mark).collect()
    }

    /// Acknowledges a filing that the scope's organisation received; false when that was done before.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when it received no such filing.
    pub async fn acknowledge_filing(&mut self, scope: &Scope, id: FilingId, at: Instant) -> Result<bool> {
        self.received(scope, id).await?;
        let statement = sql("UPDATE filing SET state = 'acknowledged', acknowledged_at = $1
                             WHERE id = $2 AND state = 'filed'");
        Ok(self.run(statement.bind(at).bind(id)).await? > 0)
    }

    /// Notes that the scope's organisation responded to a filing that it received, which also
    /// acknowledges it; false when it had responded before.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when it received no such filing.
    pub async fn answer_filing(&mut self, scope: &Scope, id: FilingId, at: Instant) -> Result<bool> {
        self.received(scope, id).await?;
        let statement = sql("UPDATE filing SET state = 'answered', answered_at = $1, urgency = $2,
                                    acknowledged_at = COALESCE(acknowledged_at, $1)
                             WHERE id = $3 AND answered_at IS NULL");
        Ok(self.run(statement.bind(at).bind(i64::MAX).bind(id)).await? > 0)
    }

    /// Lets another organisation read a filing that the scope opens: a grant of the key, the
    /// document stays as it is. False when the scope opens no such filing.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the key cannot be wrapped.
    pub async fn grant_filing(&mut self, scope: &Scope, id: FilingId, to: OrganisationId) -> Result<bool> {
        match self.sides(scope, id).await? {
            Some(sides) => self.grant(spot(sides.filer, id), scope.organisation().into(), to.into()).await,
            None => Ok(false),
        }
    }

    /// Both sides of a filing that the scope opens.
    pub(crate) async fn sides(&mut self, scope: &Scope, id: FilingId) -> Result<Option<Sides>> {
        let text = format!(
            "SELECT f.organisation, f.recipient FROM filing f WHERE f.id = $1 AND {}",
            side(scope, SIDES)
        );
        let row = self.row(assembled(text).bind(id).bind(scope.organisation())).await?;
        row.map(|row| {
            Ok(Sides {
                filer: row.id("organisation", OrganisationId::from_uuid)?,
                recipient: row.id("recipient", OrganisationId::from_uuid)?,
            })
        })
        .transpose()
    }

    /// Both sides of a filing that the scope's organisation received.
    pub(crate) async fn received(&mut self, scope: &Scope, id: FilingId) -> Result<Sides> {
        let sides = self.sides(scope, id).await?.ok_or(Error::OutOfScope("this filing"))?;
        if sides.recipient == scope.organisation() {
            Ok(sides)
        } else {
            Err(Error::OutOfScope("this filing"))
        }
    }

    async fn filings_where(
        &mut self,
        scope: &Scope,
        condition: &str,
        order: &str,
        bind: impl FnOnce(Statement) -> Statement,
    ) -> Result<Vec<Filing>> {
        let text = format!(
            "WITH page AS (SELECT f.* FROM filing f WHERE {} AND {condition}) {OPENED} ORDER BY {order}",
            side(scope, SIDES)
        );
        let organisation = scope.organisation();
        let rows = self.rows(bind(assembled(text).bind(organisation).bind(organisation))).await?;
        let mut filings = Vec::with_capacity(rows.len());
        for row in rows {
            filings.extend(self.open_filing(&row, organisation).await?);
        }
        Ok(filings)
    }

    /// The filing of a row; nothing when it was erased for this reader.
    pub(crate) async fn open_filing(&mut self, row: &Row, reader: OrganisationId) -> Result<Option<Filing>> {
        if row.get::<Option<uuid::Uuid>>("key_id")?.is_none() {
            return Ok(None);
        }
        let filer = row.id("organisation", OrganisationId::from_uuid)?;
        let spot = spot(filer, row.id("id", FilingId::from_uuid)?);
        Ok(Some(Filing {
            document: self.open(row, spot, reader.into()).await?,
            facets: Facets {
                sector: row.get("sector")?,
                severity: row.get("severity")?,
                cross_border: row.get("cross_border")?,
            },
            response_due_at: row.maybe_instant("response_due_at")?,
            state: FilingState::read(&row.get::<String>("state")?)?,
            first_read_at: row.maybe_instant("first_read_at")?,
            acknowledged_at: row.maybe_instant("acknowledged_at")?,
            answered_at: row.maybe_instant("answered_at")?,
        }))
    }
}

fn mark(row: &Row) -> Result<FilingMark> {
    let version: i64 = row.get("version")?;
    Ok(FilingMark {
        filing: row.id("id", FilingId::from_uuid)?,
        incident: row.id("incident", IncidentId::from_uuid)?,
        recipient: row.id("recipient", OrganisationId::from_uuid)?,
        duty: row.duty()?,
        version: u32::try_from(version)
            .map_err(|_| Error::Damaged(format!("filing.version holds {version}")))?,
        filed_at: row.instant("filed_at")?,
        state: FilingState::read(&row.get::<String>("state")?)?,
        for_information: row.get("for_information")?,
    })
}
