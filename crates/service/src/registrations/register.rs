//! Registering: the form, the link in the mail, the answer to an officer's question.
//!
//! Whoever sends the form is answered the same whatever is known of the address or the name: the
//! node looks them up only for whoever holds the link, or vets.

use std::{collections::BTreeMap, time::Duration};

use model::{
    Country, Function, Happening, Instant, NoticeKind, Organisation, OrganisationId, RegistrationId, Role,
};
use policy::for_node;
use regime::Choice;
use serde_json::Value;
use store::{Registration, RegistrationForm, RegistrationState, RegistrationWord, Tx};

use crate::{
    Service,
    accounts::{NewUser, invite_user, sign_in::normal_mail},
    administration::{countries, given},
    allowance::{self, Allowance},
    audit, chance,
    error::{Error, Result},
    notices::{self, Address, Audience, Tell},
};

/// How long the link that confirms an address is good for.
const UNCONFIRMED: Duration = Duration::from_secs(24 * 3600);
/// How long an officer has, and how long one has to answer a question.
pub(super) const OPEN: Duration = Duration::from_secs(60 * 24 * 3600);
/// So many wait at most; who comes then is asked to come later.
const MOST_WAITING: i64 = 1000;
/// Forms from one source within an hour.
const PER_SOURCE: Allowance = Allowance { most: 10, within: Duration::from_secs(3600) };
/// Forms for one address within a day; who sends more gets the same answer and no mail.
const PER_ADDRESS: Allowance = Allowance { most: 3, within: Duration::from_secs(24 * 3600) };
/// Answers by one link.
const LONGEST: usize = 2000;

/// What the public form asks of an organisation.
const ASKED: [&str; 5] =
    ["entity.sector", "entity.type", "entity.national_number", "entity.vat", "entity.lei"];

/// A form as it came.
#[derive(Clone, Debug, Default)]
pub struct NewRegistration {
    /// The name of the organisation.
    pub name: String,
    /// Its Member State.
    pub country: String,
    /// The contact's name.
    pub contact: String,
    /// The contact's mail address.
    pub mail: String,
    /// Answers by field of the vocabulary `entity-fields`, as text.
    pub answers: BTreeMap<String, String>,
}

/// What a link of a registration leads to.
pub struct RegistrationLink {
    /// The name of the organisation.
    pub name: String,
    /// The contact.
    pub contact: String,
    /// The address.
    pub mail: String,
    /// The officer's question; absent when the link confirms the address.
    pub question: Option<String>,
}

impl Service {
    /// What the public form offers: the countries for which somebody here vets, and the fields.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn registration_form(&self) -> Result<(Vec<Choice>, Vec<regime::FieldView>)> {
        let mut tx = self.store.read().await?;
        let holders = registries(&mut tx).await?;
        let mut countries = countries(&self.library);
        countries
            .retain(|choice| choice.id.parse().is_ok_and(|country| registry_of(&holders, country).is_some()));
        let fields = regime::entity_fields(&self.library, &BTreeMap::new());
        let asked =
            ASKED.iter().filter_map(|id| fields.iter().find(|field| field.field == *id).cloned()).collect();
        Ok((countries, asked))
    }

    /// Takes a form and mails the link that confirms the address.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the fields, whatever is known of the address;
    /// [`Error::Throttled`] when the source sends too many; [`Error::Busy`] when too many wait.
    pub async fn register(&self, new: NewRegistration, source: &str) -> Result<()> {
        let mut tx = self.store.read().await?;
        let holders = registries(&mut tx).await?;
        drop(tx);
        let (country, form) = self.read_form(new, &holders)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        allowance::insist(&mut tx, &format!("registrations from {source}"), PER_SOURCE, now).await?;
        if tx.undecided_registrations(now).await? >= MOST_WAITING {
            return Err(Error::Busy);
        }
        if allowance::allows(&mut tx, &format!("registrations of {}", form.mail), PER_ADDRESS, now).await? {
            let token = chance::secret();
            let text = format!(
                "Somebody, probably you, wants to register {} to report incidents with Beffroi. Confirm your address within \
                 24 hours:\n\n{{address}}/register/{token}\n\nIf it was not you, do nothing: nothing happens without you.",
                form.name
            );
            let to = Address { name: form.contact.clone(), mail: form.mail.clone() };
            let registration = Registration {
                id: RegistrationId::new(now, chance::for_id()),
                country,
                state: RegistrationState::Unconfirmed,
                revision: 1,
                created_at: now,
                updated_at: now,
                expires_at: now.plus(UNCONFIRMED),
                form,
            };
            tx.insert_registration(&registration, &token).await?;
            notices::post(&mut tx, &to, ("Confirm your address", &text), &chance::secret(), now).await?;
        }
        Ok(tx.commit().await?)
    }

    /// What a link leads to.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it never was, is used, or has ended: the three look the same.
    pub async fn registration_link(&self, token: &str) -> Result<RegistrationLink> {
        let mut tx = self.store.read().await?;
        let registration = linked(&mut tx, token, self.clock.now()).await?;
        let question = match registration.state {
            RegistrationState::Asked => registration.form.words.last().map(|word| word.text.clone()),
            RegistrationState::Unconfirmed
            | RegistrationState::Open
            | RegistrationState::Accepted
            | RegistrationState::Refused => None,
        };
        let RegistrationForm { name, contact, mail, .. } = registration.form;
        Ok(RegistrationLink { name, contact, mail, question })
    }

    /// Follows a link: the address is confirmed, or the officer's question answered. The officers
    /// of the country are told.
    ///
    /// # Errors
    /// [`Error::NotFound`] as above; [`Error::Refused`] when the address has an account already,
    /// which only its owner is told; [`Error::Invalid`] for an empty answer.
    pub async fn follow_registration(&self, token: &str, answer: &str) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let mut registration = linked(&mut tx, token, now).await?;
        let id = registration.id;
        let happening = match registration.state {
            RegistrationState::Unconfirmed => {
                if tx.account(&registration.form.mail).await?.is_some() {
                    return Err(Error::Refused(format!(
                        "the address {} has an account on this node already: sign in with it, or register with another",
                        registration.form.mail
                    )));
                }
                Happening::RegistrationConfirmed { registration: id }
            }
            RegistrationState::Asked => {
                let text = words(answer)?;
                let by = registration.form.contact.clone();
                registration.form.words.push(RegistrationWord { at: now, by, text });
                Happening::RegistrationAnswered { registration: id }
            }
            RegistrationState::Open | RegistrationState::Accepted | RegistrationState::Refused => {
                return Err(Error::NotFound("registration"));
            }
        };
        registration.state = RegistrationState::Open;
        registration.expires_at = now.plus(OPEN);
        if !tx.update_registration(&registration, None, now).await? {
            return Err(Error::NotFound("registration"));
        }
        audit::node_event(&mut tx, None, happening, now).await?;
        tell_officers(&mut tx, &registration, now).await?;
        Ok(tx.commit().await?)
    }

    /// The form in the words of the domain, or everything that is to be mended.
    fn read_form(
        &self,
        new: NewRegistration,
        holders: &[Organisation],
    ) -> Result<(Country, RegistrationForm)> {
        let mut problems = Vec::new();
        let mut note = |result: Result<()>| {
            if let Err(Error::Invalid(found)) = result {
                problems.extend(found);
            }
        };
        let country: Option<Country> = new.country.trim().parse().ok();
        let registry = country.and_then(|country| registry_of(holders, country));
        if registry.is_none() {
            note(Err(Error::invalid("country", "choice", "choose the country from the list")));
        }
        let mail = normal_mail(&new.mail);
        let contact = new.contact.trim().to_owned();
        let name = new.name.trim().to_owned();
        note(named(&name, "name", "the name of the organisation has 1 to 200 characters"));
        note(named(&contact, "contact", "your name has 1 to 200 characters"));
        let person = NewUser {
            organisation: OrganisationId::from_uuid(uuid::Uuid::nil()),
            name: "-".to_owned(),
            mail: mail.clone(),
            functions: vec![Function::Administrator],
        };
        note(invite_user::check(&person, &mail));
        let mut profile = BTreeMap::new();
        for (field, text) in new.answers {
            let Some(value) = self.value_of(&field, text.trim()) else { continue };
            note(
                regime::check_answer(&self.library, &field, &value)
                    .map_err(|problem| Error::Invalid(vec![problem])),
            );
            profile.insert(field, value);
        }
        if !profile.contains_key("entity.sector") {
            note(Err(Error::invalid("entity.sector", "required", "choose the sector of your main activity")));
        }
        let (Some(country), Some(registry), true) = (country, registry, problems.is_empty()) else {
            return Err(Error::Invalid(problems));
        };
        // Who registers works where the registry does; an administrator can change it.
        let zone = registry.zone.clone();
        Ok((country, RegistrationForm { name, zone, profile, contact, mail, words: Vec::new() }))
    }

    /// The value of an answer that came as text; none for a blank one and for what is not asked.
    fn value_of(&self, field: &str, text: &str) -> Option<Value> {
        let value = Value::String(text.to_owned());
        if !ASKED.contains(&field) || !given(&value) {
            return None;
        }
        let field = self.library.vocabularies().field(field)?;
        Some(match field.kind {
            regime::FieldKind::Choices => Value::Array(vec![value]),
            regime::FieldKind::Text
            | regime::FieldKind::LongText
            | regime::FieldKind::Boolean
            | regime::FieldKind::Choice
            | regime::FieldKind::Integer
            | regime::FieldKind::Decimal
            | regime::FieldKind::Money
            | regime::FieldKind::Instant
            | regime::FieldKind::Duration
            | regime::FieldKind::Records => value,
        })
    }
}

/// Tells every officer who vets registrations of that country.
async fn tell_officers(tx: &mut Tx, registration: &Registration, now: Instant) -> Result<()> {
    let holders = registries(tx).await?;
    for holder in holders.iter().filter(|holder| vets(holder, registration.country)) {
        let tell = Tell {
            kind: NoticeKind::Registration,
            subject: "A registration waits for you".to_owned(),
            text: "An organisation of your country wants to report with Beffroi. See whether it is what it says, and \
                   accept it, refuse it or ask."
                .to_owned(),
            link: "/authority/registrations".to_owned(),
            key: format!("registration {} {}", registration.id, registration.revision),
        };
        notices::tell(tx, holder.id, &Audience::Functions(vec![Function::Officer]), tell, now).await?;
    }
    Ok(())
}

/// The CSIRTs and competent authorities of the node.
async fn registries(tx: &mut Tx) -> Result<Vec<Organisation>> {
    let nobody = for_node(OrganisationId::from_uuid(uuid::Uuid::nil()));
    Ok(tx.organisations_holding(&nobody, &[Role::Csirt, Role::CompetentAuthority]).await?)
}

fn registry_of(holders: &[Organisation], country: Country) -> Option<&Organisation> {
    holders.iter().find(|holder| vets(holder, country))
}

/// Whether the organisation answers for the entities of `country`.
pub(super) fn vets(organisation: &Organisation, country: Country) -> bool {
    organisation.roles.iter().any(|held| {
        matches!(held.role, Role::Csirt | Role::CompetentAuthority) && held.scope.country == Some(country)
    })
}

/// The text of a question, an answer or a reason.
pub(super) fn words(text: &str) -> Result<String> {
    let text = text.trim();
    if (1..=LONGEST).contains(&text.chars().count()) {
        return Ok(text.to_owned());
    }
    Err(Error::invalid("text", "length", format!("write 1 to {LONGEST} characters")))
}

fn named(text: &str, field: &str, message: &str) -> Result<()> {
    let hidden = text.chars().any(char::is_control) || regime::hidden_character(text).is_some();
    if (1..=200).contains(&text.chars().count()) && !hidden {
        return Ok(());
    }
    Err(Error::invalid(field, "length", message))
}

async fn linked(tx: &mut Tx, token: &str, now: Instant) -> Result<Registration> {
    tx.registration_by_token(token, now).await?.ok_or(Error::NotFound("registration"))
}
