//! Entities that want to take part: sealed under the node's key until an officer of their country
//! decides. What they write belongs to no organisation yet.

use std::collections::BTreeMap;

use model::{Country, Instant, RegistrationId};
use policy::{Scope, ScopeKind};
use serde::{Deserialize, Serialize};
use vault::Holder;

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{Row, Statement, assembled, sql},
    store::Tx,
};

/// How far a registration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegistrationState {
    /// The mail address is not confirmed yet: nobody is shown it.
    Unconfirmed,
    /// It waits for an officer.
    Open,
    /// It waits for an answer to the officer's question.
    Asked,
    /// The organisation was entered.
    Accepted,
    /// An officer refused it.
    Refused,
}

impl RegistrationState {
    const ALL: [Self; 5] = [Self::Unconfirmed, Self::Open, Self::Asked, Self::Accepted, Self::Refused];

    const fn name(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Open => "open",
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }

    fn read(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| Error::Damaged(format!("registration.state holds {text:?}")))
    }
}

/// A word between the officer and whoever registers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationWord {
    /// When.
    pub at: Instant,
    /// Who, as the other side is told.
    pub by: String,
    /// What.
    pub text: String,
}

/// What was written into the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegistrationForm {
    /// The name of the organisation.
    pub name: String,
    /// Its IANA time zone.
    pub zone: String,
    /// Values of the vocabulary `entity-fields`.
    pub profile: BTreeMap<String, serde_json::Value>,
    /// The name of the contact.
    pub contact: String,
    /// The contact's mail address.
    pub mail: String,
    /// Questions, answers, the reason of a refusal.
    pub words: Vec<RegistrationWord>,
}

/// A registration.
#[derive(Clone, Debug, PartialEq)]
pub struct Registration {
    /// The identifier.
    pub id: RegistrationId,
    /// The Member State.
    pub country: Country,
    /// How far it is.
    pub state: RegistrationState,
    /// Counts its changes.
    pub revision: i64,
    /// When the form came.
    pub created_at: Instant,
    /// When something was last done with it.
    pub updated_at: Instant,
    /// When it is forgotten.
    pub expires_at: Instant,
    /// What was written.
    pub form: RegistrationForm,
}

fn spot(id: RegistrationId) -> Spot {
    Spot::document("registration", id.uuid(), Holder::Node)
}

const SELECT: &str = "SELECT r.id, r.country, r.state, r.revision, r.created_at, r.updated_at, r.expires_at,
       r.document, k.key_id, k.wrapped
  FROM registration r
  JOIN data_key k ON k.place_table = 'registration' AND k.place_row = r.id
   AND k.place_column = 'document' AND k.revision = r.revision AND k.holder = $1";

/// The countries for which the scope's organisation is CSIRT or competent authority.
const VETTED: &str = " AND r.state <> 'unconfirmed' AND r.country IN
   (SELECT country FROM organisation_role WHERE organisation = $2 AND role IN ('csirt', 'competent_authority'))";

impl Tx {
    /// Enters a registration with the secret of its link. Nobody's scope is asked: nobody is
    /// known yet.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn insert_registration(&mut self, registration: &Registration, token: &str) -> Result<()> {
        let spot = spot(registration.id).at(registration.revision);
        let document = self.seal(spot, &[Holder::Node], &registration.form).await?;
        let token = self.token("registration.token", token)?;
        self.run(
            sql("INSERT INTO registration
                   (id, token, country, state, revision, created_at, updated_at, expires_at, document)
                 VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)")
            .bind(registration.id)
            .bind(token)
            .bind(registration.country.to_string())
            .bind(registration.state.name())
            .bind(registration.revision)
            .bind(registration.created_at)
            .bind(registration.expires_at)
            .bind(document),
        )
        .await
        .map(drop)
    }

    /// The registration behind a link, while it is good: whoever holds it wrote it.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn registration_by_token(&mut self, token: &str, now: Instant) -> Result<Option<Registration>> {
        let text = format!("{SELECT} WHERE r.token = $2 AND r.expires_at > $3");
        let token = self.token("registration.token", token)?;
        self.registration_where(assembled(text).bind(holder_uuid(Holder::Node)).bind(token).bind(now)).await
    }

    /// A registration that the scope's organisation vets.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it does not open.
    pub async fn registration(&mut self, scope: &Scope, id: RegistrationId) -> Result<Option<Registration>> {
        if scope.kind() != ScopeKind::Registrations {
            return Ok(None);
        }
        let text = format!("{SELECT} WHERE r.id = $3{VETTED}");
        let statement = assembled(text).bind(holder_uuid(Holder::Node)).bind(scope.organisation()).bind(id);
        self.registration_where(statement).await
    }

    /// The registrations that the scope's organisation vets, newest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when one does not open.
    pub async fn registrations(&mut self, scope: &Scope, now: Instant) -> Result<Vec<Registration>> {
        if scope.kind() != ScopeKind::Registrations {
            return Ok(Vec::new());
        }
        let text =
            format!("{SELECT} WHERE r.expires_at > $3{VETTED} ORDER BY r.created_at DESC, r.id LIMIT 500");
        let statement = assembled(text).bind(holder_uuid(Holder::Node)).bind(scope.organisation()).bind(now);
        let mut registrations = Vec::new();
        for row in self.rows(statement).await? {
            registrations.push(self.open_registration(&row).await?);
        }
        Ok(registrations)
    }

    /// How many registrations nobody has decided yet.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be counted.
    pub async fn undecided_registrations(&mut self, now: Instant) -> Result<i64> {
        let statement = sql("SELECT COUNT(*) AS waiting FROM registration
                              WHERE state IN ('unconfirmed', 'open', 'asked') AND expires_at > $1");
        self.row(statement.bind(now)).await?.map_or(Ok(0), |row| row.get("waiting"))
    }

    /// Writes a registration's next revision, with the secret of a new link or with none; false
    /// when somebody else was quicker.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be written.
    pub async fn update_registration(
        &mut self,
        registration: &Registration,
        token: Option<&str>,
        at: Instant,
    ) -> Result<bool> {
        let next = registration.revision + 1;
        let token = token.map(|token| self.token("registration.token", token)).transpose()?;
        // The row first: whoever comes second finds another revision and writes nothing.
        let held = sql("UPDATE registration SET revision = $1 WHERE id = $2 AND revision = $3");
        if self.run(held.bind(next).bind(registration.id).bind(registration.revision)).await? == 0 {
            return Ok(false);
        }
        let document =
            self.reseal(spot(registration.id).at(next), &[Holder::Node], &registration.form).await?;
        self.run(
            sql("UPDATE registration SET token = $1, state = $2, updated_at = $3, expires_at = $4, document = $5
                 WHERE id = $6")
            .bind(token)
            .bind(registration.state.name())
            .bind(at)
            .bind(registration.expires_at)
            .bind(document)
            .bind(registration.id),
        )
        .await?;
        Ok(true)
    }

    /// Forgets the registrations that have ended, with their keys; how many there were.
    ///
    /// # Errors
    /// [`Error::Database`] when they cannot be deleted.
    pub async fn prune_registrations(&mut self, now: Instant) -> Result<u64> {
        self.run(
            sql("DELETE FROM data_key WHERE place_table = 'registration' AND place_row IN
                   (SELECT id FROM registration WHERE expires_at <= $1)")
            .bind(now),
        )
        .await?;
        self.run(sql("DELETE FROM registration WHERE expires_at <= $1").bind(now)).await
    }

    async fn registration_where(&mut self, statement: Statement) -> Result<Option<Registration>> {
        match self.row(statement).await? {
            Some(row) => Ok(Some(self.open_registration(&row).await?)),
            None => Ok(None),
        }
    }

    async fn open_registration(&mut self, row: &Row) -> Result<Registration> {
        let id = row.id("id", RegistrationId::from_uuid)?;
        let revision = row.get("revision")?;
        Ok(Registration {
            id,
            country: row.word("country")?,
            state: RegistrationState::read(&row.get::<String>("state")?)?,
            revision,
            created_at: row.instant("created_at")?,
            updated_at: row.instant("updated_at")?,
            expires_at: row.instant("expires_at")?,
            form: self.open(row, spot(id).at(revision), Holder::Node).await?,
        })
    }
}
