//! The organisations of the node, as its operator keeps them.

use std::collections::BTreeMap;

use model::{Caller, Function, Happening, Organisation, OrganisationId, Role};
use policy::{Action, permit, permit_over};
use regime::Choice;
use store::{Standing, UserState};

use super::{people::invite, profile::countries};
use crate::{
    NewOrganisation, Service,
    accounts::{NewUser, me::brief_of},
    error::{Error, Result},
    view::{EnterOrganisation, GiveRoles, InviteAdministrator, NodeOrganisation, NodeOrganisations},
};

impl Service {
    /// Every organisation of the node.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn node_organisations(&self, caller: &Caller) -> Result<NodeOrganisations> {
        let scope = permit(caller, Action::AdministerNode)?;
        let mut tx = self.store.read().await?;
        let standings = tx.standings(&scope).await?;
        let mut organisations = Vec::new();
        for organisation in tx.organisations(&scope).await? {
            let users = tx.users(&permit_over(caller, organisation.id)?).await?;
            let active = || users.iter().filter(|user| user.state == UserState::Active);
            organisations.push(NodeOrganisation {
                active: standings.get(&organisation.id).is_some_and(|standing| standing.active),
                people: active().count(),
                administrators: active()
                    .filter(|user| user.functions.contains(&Function::Administrator))
                    .count(),
                organisation: brief_of(organisation),
            });
        }
        Ok(NodeOrganisations {
            organisations,
            roles: Role::ALL.to_vec(),
            regimes: self.library.packs().iter().map(|pack| choice(pack.id(), &pack.law.law)).collect(),
            sectors: self.sectors(),
            countries: countries(&self.library),
        })
    }

    /// Enters an organisation with its keys.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::Invalid`] naming the field.
    pub async fn enter_organisation(
        &self,
        caller: &Caller,
        new: EnterOrganisation,
    ) -> Result<NodeOrganisations> {
        permit(caller, Action::AdministerNode)?;
        self.create_organisation(NewOrganisation {
            name: new.name,
            country: new.country,
            zone: new.zone,
            roles: new.roles,
            profile: BTreeMap::new(),
        })
        .await?;
        self.node_organisations(caller).await
    }

    /// Gives an organisation exactly these roles.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::NotFound`]; [`Error::Invalid`] naming the field.
    pub async fn give_roles(
        &self,
        caller: &Caller,
        id: OrganisationId,
        given: GiveRoles,
    ) -> Result<NodeOrganisations> {
        let scope = permit_over(caller, id)?;
        let mut tx = self.store.write().await?;
        let organisation = tx.organisation(&scope, id).await?.ok_or(Error::NotFound("organisation"))?;
        let mut roles = Vec::new();
        for role in given.roles {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        let organisation = Organisation { roles, ..organisation };
        self.check_organisation(&organisation)?;
        tx.update_organisation(&scope, &organisation, self.clock.now()).await?;
        self.happened(&mut tx, caller, Happening::OrganisationChanged).await?;
        tx.commit().await?;
        self.node_organisations(caller).await
    }

    /// Lets the people and machines of an organisation work here, or no longer. What was filed
    /// stays where it is.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::NotFound`]; [`Error::Refused`] for the operator's own.
    pub async fn let_organisation_work(
        &self,
        caller: &Caller,
        id: OrganisationId,
        active: bool,
    ) -> Result<NodeOrganisations> {
        let scope = permit_over(caller, id)?;
        if id == caller.organisation && !active {
            return Err(Error::Refused(
                "this is your own organisation; nobody could enable it again from these pages".to_owned(),
            ));
        }
        let mut tx = self.store.write().await?;
        tx.organisation(&scope, id).await?.ok_or(Error::NotFound("organisation"))?;
        let standing = tx.standing(&scope).await?;
        tx.set_standing(&scope, Standing { active, ..standing }).await?;
        if !active {
            for user in tx.users(&scope).await? {
                tx.delete_sessions_of(&scope, user.id, None).await?;
            }
        }
        let happening = if active { Happening::OrganisationEnabled } else { Happening::OrganisationDisabled };
        self.node_did(&mut tx, Some(id), happening).await?;
        tx.commit().await?;
        self.node_organisations(caller).await
    }

    /// Invites an administrator of any organisation, by mail.
    ///
    /// # Errors
    /// As [`Self::invite_person`], and [`Error::NotFound`].
    pub async fn invite_administrator(
        &self,
        caller: &Caller,
        id: OrganisationId,
        new: InviteAdministrator,
    ) -> Result<NodeOrganisations> {
        let scope = permit_over(caller, id)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        tx.organisation(&scope, id).await?.ok_or(Error::NotFound("organisation"))?;
        let new = NewUser {
            organisation: id,
            name: new.name,
            mail: new.mail,
            functions: vec![Function::Administrator],
        };
        invite(&mut tx, &scope, new, now).await?;
        self.node_did(&mut tx, Some(id), Happening::UserInvited).await?;
        tx.commit().await?;
        self.node_organisations(caller).await
    }

    /// The sectors in which a role can hold.
    fn sectors(&self) -> Vec<Choice> {
        let vocabularies = self.library.vocabularies();
        vocabularies.field("entity.sector").map_or_else(Vec::new, |field| vocabularies.choices(field))
    }
}

fn choice(id: &str, label: &str) -> Choice {
    Choice { id: id.to_owned(), label: label.to_owned(), help: String::new(), group: None, terms: vec![] }
}
