//! Incidents of two organisations that belong together: what one told the other. Both hold the words,
//! and each finds only the identifier of its own incident.

use model::{IncidentId, Instant, LinkId, OrganisationId};
use policy::Scope;
use serde::{Deserialize, Serialize};
use vault::Holder;

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{Row, Statement, assembled, sql},
    store::{Tx, own, own_or},
};

/// How far a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// The other organisation was told and has not answered.
    Told,
    /// It keeps an incident of its own for it.
    Linked,
    /// It says that it does not concern it.
    Declined,
    /// One of the two took it back.
    Ended,
}

impl LinkState {
    const ALL: [Self; 4] = [Self::Told, Self::Linked, Self::Declined, Self::Ended];

    const fn name(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Linked => "linked",
            Self::Declined => "declined",
            Self::Ended => "ended",
        }
    }

    fn read(text: &str) -> Result<Self> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|state| state.name() == text);
        found.ok_or_else(|| Error::Damaged(format!("incident_link.state holds {text:?}")))
    }
}

/// What both sides read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkWords {
    /// What was told.
    pub note: String,
    /// Why it was declined or taken back.
    pub answer: Option<String>,
}

/// A link as the scope's organisation sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentLink {
    /// The identifier.
    pub id: LinkId,
    /// Whether the scope's organisation told the other, and was not told by it.
    pub told_by_us: bool,
    /// The other organisation.
    pub other: OrganisationId,
    /// The incident of the scope's organisation, where it has one.
    pub own_incident: Option<IncidentId>,
    /// How far it is.
    pub state: LinkState,
    /// Counts the changes.
    pub revision: i64,
    /// When it was told.
    pub at: Instant,
    /// When it last changed.
    pub changed_at: Instant,
    /// The words.
    pub words: LinkWords,
}

impl IncidentLink {
    fn spot(&self, own: OrganisationId) -> Spot {
        let teller = if self.told_by_us { own } else { self.other };
        Spot::document("incident_link", self.id.uuid(), teller.into()).at(self.revision)
    }

    fn holders(&self, own: OrganisationId) -> [Holder; 2] {
        [own.into(), self.other.into()]
    }
}

/// The links of one organisation; the key of its words joined.
const SELECT: &str = "SELECT l.id, l.organisation, l.incident, l.told, l.told_incident, l.state, l.revision,
       l.at, l.changed_at, l.document, k.key_id, k.wrapped
  FROM incident_link l
  JOIN data_key k ON k.place_table = 'incident_link' AND k.place_row = l.id
   AND k.place_column = 'document' AND k.revision = l.revision AND k.holder = $1";

impl Tx {
    /// Keeps what the scope's organisation told another about an incident of its own.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when it is not told by us or there is no such incident in the organisation.
    pub async fn insert_link(&mut self, scope: &Scope, link: &IncidentLink) -> Result<()> {
        let organisation = own_or(scope, "what this organisation tells")?;
        if !link.told_by_us {
            return Err(Error::OutOfScope("what another organisation tells"));
        }
        let document = self.seal(link.spot(organisation), &link.holders(organisation), &link.words).await?;
        let statement = sql("INSERT INTO incident_link
               (organisation, id, incident, told, told_incident, state, revision, at, changed_at, document)
             SELECT i.organisation, $1, i.id, $2, NULL, $3, $4, $5, $6, $7
               FROM incident i WHERE i.organisation = $8 AND i.id = $9")
        .bind(link.id)
        .bind(link.other)
        .bind(link.state.name())
        .bind(link.revision)
        .bind(link.at)
        .bind(link.changed_at)
        .bind(document)
        .bind(organisation)
        .bind(link.own_incident);
        self.run_one(statement, "this incident").await
    }

    /// Puts the state, the words and, on the side that was told, the own incident of a link in place
    /// when it stands at the revision before; false when somebody else was quicker.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no incident of an organisation.
    pub async fn change_link(&mut self, scope: &Scope, link: &IncidentLink) -> Result<bool> {
        let organisation = own_or(scope, "the links of this organisation")?;
        let document = self.reseal(link.spot(organisation), &link.holders(organisation), &link.words).await?;
        let text = if link.told_by_us {
            "UPDATE incident_link SET state = $1, revision = $2, changed_at = $3, document = $4
              WHERE id = $5 AND organisation = $6 AND revision = $7"
        } else {
            "UPDATE incident_link SET state = $1, revision = $2, changed_at = $3, document = $4,
                    told_incident = $8
              WHERE id = $5 AND told = $6 AND revision = $7"
        };
        let statement = sql(text)
            .bind(link.state.name())
            .bind(link.revision)
            .bind(link.changed_at)
            .bind(document)
            .bind(link.id)
            .bind(organisation)
            .bind(link.revision - 1);
        let statement = if link.told_by_us { statement } else { statement.bind(link.own_incident) };
        Ok(self.run(statement).await? > 0)
    }

    /// One link of the scope's organisation, whichever side it is on.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn link(&mut self, scope: &Scope, id: LinkId) -> Result<Option<IncidentLink>> {
        let found = self.links_where(scope, "l.id = $3", |statement| statement.bind(id)).await?;
        Ok(found.into_iter().next())
    }

    /// The links of an incident of the scope's organisation, oldest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn links_of(&mut self, scope: &Scope, incident: IncidentId) -> Result<Vec<IncidentLink>> {
        let of_incident =
            "((l.organisation = $2 AND l.incident = $3) OR (l.told = $2 AND l.told_incident = $3))";
        self.links_where(scope, of_incident, |statement| statement.bind(incident)).await
    }

    /// What others told the scope's organisation and it has not answered, oldest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn links_waiting(&mut self, scope: &Scope) -> Result<Vec<IncidentLink>> {
        let waiting = "l.told = $2 AND l.state = $3";
        self.links_where(scope, waiting, |statement| statement.bind(LinkState::Told.name())).await
    }

    async fn links_where(
        &mut self,
        scope: &Scope,
        condition: &str,
        bind: impl FnOnce(Statement) -> Statement,
    ) -> Result<Vec<IncidentLink>> {
        let Some(organisation) = own(scope) else { return Ok(Vec::new()) };
        let text = format!(
            "{SELECT} WHERE (l.organisation = $2 OR l.told = $2) AND {condition} ORDER BY l.at, l.id LIMIT 500"
        );
        let statement = assembled(text).bind(holder_uuid(organisation.into())).bind(organisation);
        let rows = self.rows(bind(statement)).await?;
        let mut links = Vec::with_capacity(rows.len());
        for row in rows {
            links.push(self.open_link(&row, organisation).await?);
        }
        Ok(links)
    }

    async fn open_link(&mut self, row: &Row, own: OrganisationId) -> Result<IncidentLink> {
        let teller = row.id("organisation", OrganisationId::from_uuid)?;
        let told_by_us = teller == own;
        let told_incident: Option<uuid::Uuid> = row.get("told_incident")?;
        let link = IncidentLink {
            id: row.id("id", LinkId::from_uuid)?,
            told_by_us,
            other: if told_by_us { row.id("told", OrganisationId::from_uuid)? } else { teller },
            own_incident: if told_by_us {
                Some(row.id("incident", IncidentId::from_uuid)?)
            } else {
                told_incident.map(IncidentId::from_uuid)
            },
            state: LinkState::read(&row.get::<String>("state")?)?,
            revision: row.get("revision")?,
            at: row.instant("at")?,
            changed_at: row.instant("changed_at")?,
            words: LinkWords::default(),
        };
        let words = self.open(row, link.spot(own), own.into()).await?;
        Ok(IncidentLink { words, ..link })
    }
}
