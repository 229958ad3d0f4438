//! Vetting: an officer of the country's CSIRT or competent authority accepts, refuses or asks.

use model::{
    Caller, Function, Happening, Instant, KeyId, Organisation, OrganisationId, OrganisationRole, Party,
    RegistrationId, Role, RoleScope,
};
use policy::{Action, Scope, for_node, permit};
use serde_json::Value;
use store::{Registration, RegistrationState as State, RegistrationWord, Tx};
use vault::SigningKey;

use super::register::{OPEN, words};
use crate::{
    Service,
    accounts::NewUser,
    administration::invite,
    audit, chance,
    error::{Error, Result},
    notices::{self, Address},
    view::{
        RegistrationDuplicate, RegistrationFact, RegistrationMessage, RegistrationState, RegistrationView,
        RegistrationWords, Registrations,
    },
};

/// What is the same of the same organisation.
const IDENTIFIERS: [&str; 3] = ["entity.national_number", "entity.vat", "entity.lei"];

impl Service {
    /// The registrations of the countries that the caller's organisation answers for.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn registrations(&self, caller: &Caller) -> Result<Registrations> {
        let scope = permit(caller, Action::VetRegistrations)?;
        let mut tx = self.store.read().await?;
        let all = tx.registrations(&scope, self.clock.now()).await?;
        let entered = entered(&mut tx).await?;
        let views = all.iter().map(|one| self.registration_view(one, &all, &entered)).collect();
        Ok(Registrations { registrations: views })
    }

    /// One registration.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::NotFound`].
    pub async fn registration(&self, caller: &Caller, id: RegistrationId) -> Result<RegistrationView> {
        let scope = permit(caller, Action::VetRegistrations)?;
        let mut tx = self.store.read().await?;
        let registration = tx.registration(&scope, id).await?.ok_or(Error::NotFound("registration"))?;
        let all = tx.registrations(&scope, self.clock.now()).await?;
        let entered = entered(&mut tx).await?;
        Ok(self.registration_view(&registration, &all, &entered))
    }

    /// Accepts: the organisation is entered as one that reports, and its contact is invited.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Refused`] when it was decided before, or the address has an
    /// account by now.
    pub async fn accept_registration(&self, caller: &Caller, id: RegistrationId) -> Result<RegistrationView> {
        let (mut tx, mut registration) = self.waiting(caller, id).await?;
        let now = self.clock.now();
        let form = &registration.form;
        if tx.account(&form.mail).await?.is_some() {
            return Err(Error::Refused(
                "the contact's address has an account on this node by now; ask for another contact"
                    .to_owned(),
            ));
        }
        let organisation = Organisation {
            id: OrganisationId::new(now, chance::for_id()),
            name: form.name.clone(),
            country: registration.country,
            zone: form.zone.clone(),
            roles: vec![OrganisationRole { role: Role::ReportingEntity, scope: RoleScope::default() }],
            profile: form.profile.clone(),
        };
        self.check_organisation(&organisation)?;
        let key = SigningKey::generate(KeyId::new(now, chance::for_id()))
            .map_err(|error| Error::Internal(error.to_string()))?;
        let owner = Party { organisation: organisation.id, name: organisation.name.clone() };
        tx.insert_organisation(&organisation, now).await?;
        let scope = for_node(organisation.id);
        tx.insert_signing_key(&scope, &key, &key.published(&owner, now)).await?;
        // Who registered a small entity is often its only person: keeps it, and reports.
        let contact = NewUser {
            organisation: organisation.id,
            name: form.contact.clone(),
            mail: form.mail.clone(),
            functions: vec![Function::Administrator, Function::Reporter],
        };
        invite(&mut tx, &scope, contact, now).await?;
        audit::node_event(&mut tx, Some(organisation.id), Happening::OrganisationCreated, now).await?;
        registration.state = State::Accepted;
        self.decided(tx, caller, registration, Happening::RegistrationAccepted { registration: id }).await
    }

    /// Refuses with a reason, which whoever registers gets by mail.
    ///
    /// # Errors
    /// As [`Self::accept_registration`]; [`Error::Invalid`] without a reason.
    pub async fn refuse_registration(
        &self,
        caller: &Caller,
        id: RegistrationId,
        reason: RegistrationWords,
    ) -> Result<RegistrationView> {
        let text = words(&reason.text)?;
        let (mut tx, mut registration) = self.waiting(caller, id).await?;
        let mail = format!(
            "Your registration of {} was refused by {}:\n\n{text}\n\nYou can register again with what was missing.",
            registration.form.name,
            own_name(&mut tx, caller).await?
        );
        post(&mut tx, &registration, "Your registration was refused", &mail, self.clock.now()).await?;
        registration.state = State::Refused;
        registration.form.words.push(self.word(caller, text));
        self.decided(tx, caller, registration, Happening::RegistrationRefused { registration: id }).await
    }

    /// Asks something; the mail holds a link by which it is answered.
    ///
    /// # Errors
    /// As [`Self::refuse_registration`].
    pub async fn ask_registration(
        &self,
        caller: &Caller,
        id: RegistrationId,
        question: RegistrationWords,
    ) -> Result<RegistrationView> {
        let text = words(&question.text)?;
        let (mut tx, mut registration) = self.waiting(caller, id).await?;
        let now = self.clock.now();
        let token = chance::secret();
        let mail = format!(
            "{} asks about your registration of {}:\n\n{text}\n\nAnswer here, once:\n\n{{address}}/register/{token}",
            own_name(&mut tx, caller).await?,
            registration.form.name
        );
        post(&mut tx, &registration, "A question about your registration", &mail, now).await?;
        registration.state = State::Asked;
        registration.expires_at = now.plus(OPEN);
        registration.form.words.push(self.word(caller, text));
        if !tx.update_registration(&registration, Some(&token), now).await? {
            return Err(Error::Busy);
        }
        self.happened(&mut tx, caller, Happening::RegistrationQuestioned { registration: id }).await?;
        tx.commit().await?;
        self.registration(caller, id).await
    }

    /// A registration that still waits, and the transaction to decide it in.
    async fn waiting(&self, caller: &Caller, id: RegistrationId) -> Result<(Tx, Registration)> {
        let scope = permit(caller, Action::VetRegistrations)?;
        let mut tx = self.store.write().await?;
        let registration = tx.registration(&scope, id).await?.ok_or(Error::NotFound("registration"))?;
        match registration.state {
            State::Open | State::Asked => Ok((tx, registration)),
            State::Unconfirmed => Err(Error::NotFound("registration")),
            State::Accepted => Err(Error::Refused("this registration was accepted already".to_owned())),
            State::Refused => Err(Error::Refused("this registration was refused already".to_owned())),
        }
    }

    async fn decided(
        &self,
        mut tx: Tx,
        caller: &Caller,
        registration: Registration,
        happening: Happening,
    ) -> Result<RegistrationView> {
        // Two officers at once: the second finds another revision and changes nothing.
        if !tx.update_registration(&registration, None, self.clock.now()).await? {
            return Err(Error::Busy);
        }
        self.happened(&mut tx, caller, happening).await?;
        tx.commit().await?;
        self.registration(caller, registration.id).await
    }

    fn word(&self, caller: &Caller, text: String) -> RegistrationWord {
        RegistrationWord { at: self.clock.now(), by: caller.name.clone(), text }
    }

    fn registration_view(
        &self,
        registration: &Registration,
        all: &[Registration],
        entered: &[Organisation],
    ) -> RegistrationView {
        let form = &registration.form;
        let facts = form.profile.iter().map(|(field, value)| RegistrationFact {
            label: self.library.vocabularies().label(field),
            text: regime::value_text(&self.library, field, value, &form.zone),
        });
        let words = form.words.iter().map(|word| RegistrationMessage {
            at: word.at,
            by: word.by.clone(),
            text: word.text.clone(),
        });
        RegistrationView {
            id: registration.id,
            state: match registration.state {
                State::Unconfirmed | State::Open => RegistrationState::Open,
                State::Asked => RegistrationState::Asked,
                State::Accepted => RegistrationState::Accepted,
                State::Refused => RegistrationState::Refused,
            },
            name: form.name.clone(),
            country: registration.country,
            zone: form.zone.clone(),
            facts: facts.collect(),
            contact: form.contact.clone(),
            mail: form.mail.clone(),
            created_at: registration.created_at,
            updated_at: registration.updated_at,
            expires_at: registration.expires_at,
            words: words.collect(),
            duplicates: self.duplicates(registration, all, entered),
        }
    }

    /// What looks like the same organisation. Of an accepted one, itself is no duplicate.
    fn duplicates(
        &self,
        registration: &Registration,
        all: &[Registration],
        entered: &[Organisation],
    ) -> Vec<RegistrationDuplicate> {
        if registration.state == State::Accepted {
            return Vec::new();
        }
        let form = &registration.form;
        let same = |name: &str, profile: &std::collections::BTreeMap<String, Value>| -> Vec<String> {
            let mut same = Vec::new();
            if plain(name) == plain(&form.name) {
                same.push("Name".to_owned());
            }
            for field in IDENTIFIERS {
                let own = form.profile.get(field).and_then(Value::as_str).map(plain);
                if own.is_some() && own == profile.get(field).and_then(Value::as_str).map(plain) {
                    same.push(self.library.vocabularies().label(field));
                }
            }
            same
        };
        let organisations = entered.iter().map(|one| RegistrationDuplicate {
            organisation: Some(one.id),
            name: one.name.clone(),
            same: same(&one.name, &one.profile),
        });
        let others = all.iter().filter(|one| one.id != registration.id && one.state != State::Accepted);
        let registrations = others.map(|one| RegistrationDuplicate {
            organisation: None,
            name: one.form.name.clone(),
            same: same(&one.form.name, &one.form.profile),
        });
        organisations.chain(registrations).filter(|duplicate| !duplicate.same.is_empty()).collect()
    }
}

/// The organisations of the node with what identifies them: only whether it is the same is told.
async fn entered(tx: &mut Tx) -> Result<Vec<Organisation>> {
    let nobody = for_node(OrganisationId::from_uuid(uuid::Uuid::nil()));
    let mut organisations = Vec::new();
    for brief in tx.organisations(&nobody).await? {
        let scope: Scope = for_node(brief.id);
        organisations.extend(tx.organisation(&scope, brief.id).await?);
    }
    Ok(organisations)
}

async fn own_name(tx: &mut Tx, caller: &Caller) -> Result<String> {
    let scope = for_node(caller.organisation);
    Ok(tx.organisation(&scope, caller.organisation).await?.map_or_else(String::new, |one| one.name))
}

async fn post(
    tx: &mut Tx,
    registration: &Registration,
    subject: &str,
    text: &str,
    now: Instant,
) -> Result<()> {
    let to = Address { name: registration.form.contact.clone(), mail: registration.form.mail.clone() };
    notices::post(tx, &to, (subject, text), &chance::secret(), now).await
}

/// A name or number as it is compared: letters and digits in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
