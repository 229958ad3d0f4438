//! The organisation as its administrators keep it.

use model::{Caller, Country, Happening};
use policy::{Action, Scope, permit};
use regime::{Choice, Library};
use serde_json::Value;
use store::{Standing, Tx, UserState};

use crate::{
    Service,
    accounts::me::brief_of,
    error::{Error, Result},
    view::{ChangeOrganisation, OrganisationProfile},
};

impl Service {
    /// The caller's organisation with everything that the laws want to know of it.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn organisation_profile(&self, caller: &Caller) -> Result<OrganisationProfile> {
        let scope = permit(caller, Action::AdministerOrganisation)?;
        let mut tx = self.store.read().await?;
        self.profile_in(&mut tx, &scope).await
    }

    /// Changes the caller's organisation.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field; [`Error::Refused`] when the caller would require a
    /// second factor without having one.
    pub async fn change_own_organisation(
        &self,
        caller: &Caller,
        change: ChangeOrganisation,
    ) -> Result<OrganisationProfile> {
        let scope = permit(caller, Action::AdministerOrganisation)?;
        let mut tx = self.store.write().await?;
        tx.hold_organisation(&scope).await?;
        let id = scope.organisation();
        let mut organisation = tx.organisation(&scope, id).await?.ok_or(Error::NotFound("organisation"))?;
        let standing = tx.standing(&scope).await?;
        if let Some(required) = change.second_factor_required {
            if required && !standing.second_factor_required {
                has_second_factor(&mut tx, caller).await?;
            }
            tx.set_standing(&scope, Standing { second_factor_required: required, ..standing }).await?;
        }
        if let Some(name) = change.name {
            name.trim().clone_into(&mut organisation.name);
        }
        organisation.country = change.country.unwrap_or(organisation.country);
        organisation.zone = change.zone.unwrap_or(organisation.zone);
        organisation.profile.extend(change.profile);
        organisation.profile.retain(|_, value| !value.is_null());
        self.check_organisation(&organisation)?;
        check_country(&self.library, organisation.country)?;
        tx.update_organisation(&scope, &organisation, self.clock.now()).await?;
        self.happened(&mut tx, caller, Happening::OrganisationChanged).await?;
        let profile = self.profile_in(&mut tx, &scope).await?;
        tx.commit().await?;
        Ok(profile)
    }

    async fn profile_in(&self, tx: &mut Tx, scope: &Scope) -> Result<OrganisationProfile> {
        let id = scope.organisation();
        let organisation = tx.organisation(scope, id).await?.ok_or(Error::NotFound("organisation"))?;
        let with_factor = tx.users_with_second_factor(scope).await?;
        let users = tx.users(scope).await?;
        let without = users
            .iter()
            .filter(|user| user.state == UserState::Active && !with_factor.contains(&user.id))
            .count();
        Ok(OrganisationProfile {
            fields: regime::entity_fields(&self.library, &organisation.profile),
            organisation: brief_of(organisation),
            second_factor_required: tx.standing(scope).await?.second_factor_required,
            without_second_factor: without,
            countries: countries(&self.library),
        })
    }
}

/// Who requires it of others has it: nobody locks the organisation with a key not held.
async fn has_second_factor(tx: &mut Tx, caller: &Caller) -> Result<()> {
    let model::Subject::User(user) = caller.subject else {
        return Err(policy::Denied(Action::AdministerOrganisation).into());
    };
    match tx.second_factor(user, true).await? {
        Some(_) => Ok(()),
        None => Err(Error::Refused("set up your own second factor first; then require it of all".to_owned())),
    }
}

/// The countries of the vocabulary.
pub(crate) fn countries(library: &Library) -> Vec<Choice> {
    let Some(list) = library.vocabularies().list("countries") else { return Vec::new() };
    list.values
        .iter()
        .map(|value| Choice {
            id: value.id.clone(),
            label: value.label.clone(),
            help: String::new(),
            group: None,
            terms: vec![],
        })
        .collect()
}

/// A country is one of the vocabulary.
pub(crate) fn check_country(library: &Library, country: Country) -> Result<()> {
    let known = countries(library).iter().any(|choice| choice.id == country.to_string());
    if known {
        return Ok(());
    }
    Err(Error::invalid("country", "known_country", format!("{country} is no country of the vocabulary")))
}

/// The values that were given, without what is blank.
pub(crate) fn given(value: &Value) -> bool {
    !(value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()))
}
