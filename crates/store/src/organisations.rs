//! Organisations: the sealed record, and their roles in the clear so that recipients are found by query.

use std::collections::BTreeMap;

use model::{Instant, Organisation, OrganisationId, Role};
use policy::{Scope, ScopeKind};
use vault::Holder;

use crate::{
    error::{Error, Result},
    sealed::{Spot, holder_uuid},
    statement::{Row, Statement, assembled, list, places, sql},
    store::{Tx, accounts_or},
};

const ACTIVE: &str = "active";
const DISABLED: &str = "disabled";

/// How an organisation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether its people and machines may work here, and filings reach it.
    pub active: bool,
    /// Whether its people sign in with a second factor only.
    pub second_factor_required: bool,
}

fn standing(row: &Row) -> Result<Standing> {
    let state: String = row.get("state")?;
    let active = match state.as_str() {
        ACTIVE => true,
        DISABLED => false,
        other => return Err(Error::Damaged(format!("organisation.state holds {other:?}"))),
    };
    Ok(Standing { active, second_factor_required: row.get("second_factor_required")? })
}

fn spot(id: OrganisationId) -> Spot {
    Spot::document("organisation", id.uuid(), Holder::Node)
}

impl Tx {
    /// Enters an organisation and makes its holder key. Nobody's scope is asked: there is nobody yet.
    ///
    /// # Errors
    /// [`Error::Taken`] when the identifier is taken.
    pub async fn insert_organisation(&mut self, organisation: &Organisation, at: Instant) -> Result<()> {
        self.ensure_holder(organisation.id.into(), at).await?;
        let document = self.seal(spot(organisation.id).at(1), &[Holder::Node], organisation).await?;
        self.run(
            sql("INSERT INTO organisation (id, country, revision, created_at, updated_at, document)
                 VALUES ($1, $2, 1, $3, $3, $4)")
            .bind(organisation.id)
            .bind(organisation.country.to_string())
            .bind(at)
            .bind(document),
        )
        .await?;
        self.insert_roles(organisation).await
    }

    /// Changes the name, the profile and the roles of the scope's organisation.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] for another organisation, [`Error::Taken`] when somebody else was quicker.
    pub async fn update_organisation(
        &mut self,
        scope: &Scope,
        organisation: &Organisation,
        at: Instant,
    ) -> Result<()> {
        if crate::store::accounts(scope) != Some(organisation.id) {
            return Err(Error::OutOfScope("this organisation"));
        }
        let row = self
            .row(sql("SELECT revision FROM organisation WHERE id = $1").bind(organisation.id))
            .await?
            .ok_or(Error::OutOfScope("this organisation"))?;
        let revision: i64 = row.get("revision")?;
        let document =
            self.reseal(spot(organisation.id).at(revision + 1), &[Holder::Node], organisation).await?;
        let changed = self
            .run(
                sql("UPDATE organisation SET country = $1, revision = $2, updated_at = $3, document = $4
                     WHERE id = $5 AND revision = $6")
                .bind(organisation.country.to_string())
                .bind(revision + 1)
                .bind(at)
                .bind(document)
                .bind(organisation.id)
                .bind(revision),
            )
            .await?;
        if changed == 0 {
            return Err(Error::Taken("the organisation".to_owned()));
        }
        self.run(sql("DELETE FROM organisation_role WHERE organisation = $1").bind(organisation.id)).await?;
        self.insert_roles(organisation).await
    }

    /// Holds the scope's organisation until this transaction ends: whoever else changes its people
    /// waits. False when there is none.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no accounts.
    pub async fn hold_organisation(&mut self, scope: &Scope) -> Result<bool> {
        let organisation = accounts_or(scope, "this organisation")?;
        // A write that changes nothing is a lock that both databases understand.
        let statement = sql("UPDATE organisation SET revision = revision WHERE id = $1");
        Ok(self.run(statement.bind(organisation)).await? > 0)
    }

    /// How the organisations of this node stand, by identifier.
    ///
    /// # Errors
    /// [`Error::Database`] when it cannot be read.
    pub async fn standings(&mut self, _scope: &Scope) -> Result<BTreeMap<OrganisationId, Standing>> {
        let rows = self.rows(sql("SELECT id, state, second_factor_required FROM organisation")).await?;
        rows.iter().map(|row| Ok((row.id("id", OrganisationId::from_uuid)?, standing(row)?))).collect()
    }

    /// How the scope's organisation stands.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no accounts.
    pub async fn standing(&mut self, scope: &Scope) -> Result<Standing> {
        let organisation = accounts_or(scope, "this organisation")?;
        let statement = sql("SELECT state, second_factor_required FROM organisation WHERE id = $1");
        let row =
            self.row(statement.bind(organisation)).await?.ok_or(Error::OutOfScope("this organisation"))?;
        standing(&row)
    }

    /// Sets how the scope's organisation stands.
    ///
    /// # Errors
    /// [`Error::OutOfScope`] when the scope opens no accounts.
    pub async fn set_standing(&mut self, scope: &Scope, standing: Standing) -> Result<()> {
        let organisation = accounts_or(scope, "this organisation")?;
        let statement = sql("UPDATE organisation SET state = $1, second_factor_required = $2 WHERE id = $3");
        let state = if standing.active { ACTIVE } else { DISABLED };
        self.run_one(
            statement.bind(state).bind(standing.second_factor_required).bind(organisation),
            "this organisation",
        )
        .await
    }

    async fn insert_roles(&mut self, organisation: &Organisation) -> Result<()> {
        if organisation.roles.is_empty() {
            return Ok(());
        }
        let text = format!(
            "INSERT INTO organisation_role (organisation, place, role, regime, sector, country, entity_class, desk)
             VALUES {}",
            places(organisation.roles.len(), 8)
        );
        let statement =
            (1_i64..).zip(&organisation.roles).fold(assembled(text), |statement, (place, held)| {
                statement
                    .bind(organisation.id)
                    .bind(place)
                    .bind(held.role.name())
                    .bind(held.scope.regime.clone())
                    .bind(held.scope.sector.clone())
                    .bind(held.scope.country.map(|country| country.to_string()))
                    .bind(held.scope.entity_class.clone())
                    .bind(held.scope.desk.clone())
            });
        self.run(statement).await.map(drop)
    }

    /// One organisation. The profile is given to its own people alone: for everybody else it is empty.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the record does not open.
    pub async fn organisation(&mut self, scope: &Scope, id: OrganisationId) -> Result<Option<Organisation>> {
        let mut found = self.organisations_where(scope, " WHERE o.id = $2", |s| s.bind(id)).await?;
        Ok(found.pop())
    }

    /// Every organisation of this node, oldest first, profiles as in [`Self::organisation`].
    ///
    /// # Errors
    /// [`Error::Sealed`] when a record does not open.
    pub async fn organisations(&mut self, scope: &Scope) -> Result<Vec<Organisation>> {
        self.organisations_where(scope, "", |statement| statement).await
    }

    /// The organisations that hold one of `roles` in any scope and are not disabled, oldest first.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a record does not open.
    pub async fn organisations_holding(
        &mut self,
        scope: &Scope,
        roles: &[Role],
    ) -> Result<Vec<Organisation>> {
        if roles.is_empty() {
            return Ok(Vec::new());
        }
        let condition = format!(
            " WHERE o.state = 'active' AND o.id IN (SELECT organisation FROM organisation_role WHERE role IN ({}))",
            list(2, roles.len())
        );
        self.organisations_where(scope, &condition, |s| s.bind_all(roles.iter().map(|role| role.name())))
            .await
    }

    async fn organisations_where(
        &mut self,
        scope: &Scope,
        condition: &str,
        bind: impl FnOnce(Statement) -> Statement,
    ) -> Result<Vec<Organisation>> {
        let text = format!(
            "SELECT o.id, o.revision, o.document, k.key_id, k.wrapped FROM organisation o
             JOIN data_key k ON k.place_table = 'organisation' AND k.place_row = o.id
               AND k.place_column = 'document' AND k.revision = o.revision AND k.holder = $1
             {condition} ORDER BY o.id"
        );
        let rows = self.rows(bind(assembled(text).bind(holder_uuid(Holder::Node)))).await?;
        let mut organisations = Vec::with_capacity(rows.len());
        for row in rows {
            organisations.push(self.open_organisation(&row, scope).await?);
        }
        Ok(organisations)
    }

    async fn open_organisation(&mut self, row: &Row, scope: &Scope) -> Result<Organisation> {
        let id = row.id("id", OrganisationId::from_uuid)?;
        let mut organisation: Organisation =
            self.open(row, spot(id).at(row.get("revision")?), Holder::Node).await?;
        let own = match scope.kind() {
            ScopeKind::Own | ScopeKind::Received | ScopeKind::Accounts | ScopeKind::Node => {
                scope.organisation() == id
            }
            ScopeKind::Directory
            | ScopeKind::Registrations
            | ScopeKind::Approvals
            | ScopeKind::ApprovalSeats => false,
        };
        if !own {
            organisation.profile.clear();
        }
        Ok(organisation)
    }
}
