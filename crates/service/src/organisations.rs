//! Organisations, their roles, and the keys that speak for them.

use std::collections::BTreeMap;

use model::{
    Caller, Country, Happening, KeyId, Organisation, OrganisationId, OrganisationRole, Party, Role, RoleScope,
};
use policy::{Action, Scope, for_node, permit};
use regime::{Problem, vocabulary::Field};
use serde_json::Value;
use vault::SigningKey;

use crate::{
    Service,
    accounts::me::brief_of,
    chance,
    error::{Error, Result},
    view::{OrganisationBrief, RegimeSummary, TrustedKeys},
};

/// An organisation to be entered.
pub struct NewOrganisation {
    /// The name, 1 to 200 characters.
    pub name: String,
    /// The Member State.
    pub country: Country,
    /// The IANA time zone.
    pub zone: String,
    /// The roles.
    pub roles: Vec<OrganisationRole>,
    /// Values of the vocabulary `entity-fields`.
    pub profile: BTreeMap<String, Value>,
}

/// A change to an organisation.
#[derive(Default)]
pub struct OrganisationChange {
    /// Roles to be given.
    pub add_roles: Vec<OrganisationRole>,
    /// Roles to be taken, by role and scope.
    pub remove_roles: Vec<OrganisationRole>,
    /// Profile values to be set; `null` removes one.
    pub profile: BTreeMap<String, Value>,
}

impl Service {
    /// Enters an organisation with its sealing key and its signing key.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field and the rule.
    pub async fn create_organisation(&self, new: NewOrganisation) -> Result<OrganisationId> {
        let now = self.clock.now();
        let organisation = Organisation {
            id: OrganisationId::new(now, chance::for_id()),
            name: new.name.trim().to_owned(),
            country: new.country,
            zone: new.zone,
            roles: new.roles,
            profile: new.profile,
        };
        self.check_organisation(&organisation)?;
        let key = SigningKey::generate(KeyId::new(now, chance::for_id()))
            .map_err(|error| Error::Internal(error.to_string()))?;
        let owner = Party { organisation: organisation.id, name: organisation.name.clone() };
        let mut tx = self.store.write().await?;
        tx.insert_organisation(&organisation, now).await?;
        tx.insert_signing_key(&for_node(organisation.id), &key, &key.published(&owner, now)).await?;
        self.node_did(&mut tx, Some(organisation.id), Happening::OrganisationCreated).await?;
        tx.commit().await?;
        Ok(organisation.id)
    }

    /// Changes roles and profile of an organisation.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] naming the field and the rule.
    pub async fn change_organisation(&self, id: OrganisationId, change: OrganisationChange) -> Result<()> {
        let mut tx = self.store.write().await?;
        let scope = for_node(id);
        let mut organisation = tx.organisation(&scope, id).await?.ok_or(Error::NotFound("organisation"))?;
        organisation.roles.retain(|role| !change.remove_roles.contains(role));
        for role in change.add_roles {
            if !organisation.roles.contains(&role) {
                organisation.roles.push(role);
            }
        }
        organisation.profile.extend(change.profile);
        organisation.profile.retain(|_, value| !value.is_null());
        self.check_organisation(&organisation)?;
        tx.update_organisation(&scope, &organisation, self.clock.now()).await?;
        self.node_did(&mut tx, Some(id), Happening::OrganisationChanged).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Every organisation of this node, without its profile, for the command line.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn organisations(&self) -> Result<Vec<Organisation>> {
        let mut tx = self.store.read().await?;
        Ok(tx.organisations(&nobody()).await?)
    }

    /// Names and roles of the organisations that the caller has to do with: the authorities, the
    /// providers, and the own. An authority, a provider and who keeps the node see every one.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn directory(&self, caller: &Caller) -> Result<Vec<OrganisationBrief>> {
        let scope = permit(caller, Action::ReadDirectory)?;
        let mut tx = self.store.read().await?;
        let standings = tx.standings(&scope).await?;
        let organisations = tx.organisations(&scope).await?.into_iter();
        let active = organisations.filter(|one| {
            standings.get(&one.id).is_some_and(|standing| standing.active) || one.id == caller.organisation
        });
        Ok(active.filter(|one| sees(caller, one)).map(brief_of).collect())
    }

    /// The published signing keys of the organisations that the caller has to do with: enough to
    /// verify every document that the caller can hold.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn published_keys(&self, caller: &Caller) -> Result<TrustedKeys> {
        let scope = permit(caller, Action::ReadDirectory)?;
        let mut tx = self.store.read().await?;
        let organisations = tx.organisations(&scope).await?;
        let mut keys = tx.published_keys(&scope).await?;
        keys.retain(|key| organisations.iter().any(|one| one.id == key.organisation && sees(caller, one)));
        Ok(TrustedKeys { keys })
    }

    /// All published signing keys, also the ended ones, for the command line.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn trusted_keys(&self) -> Result<TrustedKeys> {
        let mut tx = self.store.read().await?;
        Ok(TrustedKeys { keys: tx.published_keys(&nobody()).await? })
    }

    /// The laws that this node knows.
    #[must_use]
    pub fn regimes(&self) -> Vec<RegimeSummary> {
        self.library
            .packs()
            .iter()
            .map(|pack| RegimeSummary {
                id: pack.id().to_owned(),
                law: pack.law.law.clone(),
                title: pack.title("en"),
                version: pack.version(),
            })
            .collect()
    }

    pub(crate) fn check_organisation(&self, organisation: &Organisation) -> Result<()> {
        if !(1..=200).contains(&organisation.name.chars().count()) {
            return Err(Error::invalid("name", "length", "an organisation's name has 1 to 200 characters"));
        }
        if regime::clock::zone(&organisation.zone).is_err() {
            let message = format!(
                "a zone is a name of the IANA time zone database, for example Europe/Luxembourg, got {:?}",
                organisation.zone
            );
            return Err(Error::invalid("zone", "known_zone", message));
        }
        let problems: Vec<_> = organisation
            .profile
            .iter()
            .filter_map(|(field, value)| self.profile_problem(field, value))
            .collect();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        organisation.roles.iter().try_for_each(|role| self.check_scope(&role.scope))
    }

    fn profile_problem(&self, field: &str, value: &Value) -> Option<Problem> {
        if self.library.vocabularies().field(field).is_some_and(Field::is_of_entity) {
            return regime::check_answer(&self.library, field, value).err();
        }
        let message = format!(
            "there is no entity field {field:?}; the fields are listed in vocabularies/entity-fields.toml"
        );
        let pointer = format!("/profile/{field}");
        Some(Problem { field: field.to_owned(), pointer, rule: "unknown_field".to_owned(), message })
    }

    fn check_scope(&self, scope: &RoleScope) -> Result<()> {
        match &scope.regime {
            Some(pack) if self.library.pack(pack).is_none() => Err(Error::invalid(
                "regime",
                "known_pack",
                format!("no pack {pack:?} is loaded; see `beffroi regime list`"),
            )),
            _ => Ok(()),
        }
    }
}

/// Whether the caller has to do with an organisation: names of others are nobody's business. An
/// entity sees the providers that act for entities, and such a provider the entities: each must be
/// able to tell the other of an incident.
fn sees(caller: &Caller, organisation: &Organisation) -> bool {
    let authority = |roles: &[OrganisationRole]| roles.iter().any(|held| held.role.is_authority());
    let provider = |roles: &[OrganisationRole]| roles.iter().any(|held| held.role == Role::ManagedProvider);
    organisation.id == caller.organisation
        || authority(&organisation.roles)
        || authority(&caller.roles)
        || provider(&organisation.roles)
        || provider(&caller.roles)
        || permit(caller, Action::AdministerNode).is_ok()
}

/// The scope of no organisation's rows: for what is public on this node.
fn nobody() -> Scope {
    for_node(OrganisationId::from_uuid(uuid::Uuid::nil()))
}
