//! Telling people something: a line in the page for each, and a mail. Never twice under the same key.
//!
//! What is told is written in the transaction of the change that it follows; the mail leaves later. A
//! notice never holds an answer of a report: it says what, until when, and where to look.

use model::{
    DomainEvent, DutyKey, EventId, Function, Happening, IncidentId, Instant, NoticeId, NoticeKind,
    OrganisationId, UserId,
};
use serde::{Deserialize, Serialize};
use store::{JobKind, NewJob, NewNotice, NoticeText, Tx, User, UserState};

use crate::{chance, error::Result};

/// How many mails may wait for one address: whoever asks for more gets none, so that nobody's mailbox is
/// used as a weapon.
const MOST_WAITING: i64 = 100;

/// Who is told.
pub(crate) enum Audience {
    /// These people, of whatever organisation.
    Users(Vec<UserId>),
    /// Everybody of the organisation with one of these functions.
    Functions(Vec<Function>),
}

/// What is told.
pub(crate) struct Tell {
    /// What it is about.
    pub kind: NoticeKind,
    /// One line.
    pub subject: String,
    /// What happened, what it means, what to do next; no answer of a report.
    pub text: String,
    /// Where to do it: a path in our pages (`/report/...`).
    pub link: String,
    /// Each person is told once under this key.
    pub key: String,
}

/// An address that may have no account.
pub(crate) struct Address {
    /// Whose it is.
    pub name: String,
    /// The address.
    pub mail: String,
}

/// As long as what does a mail still make sense: a reminder of a stage that was filed meanwhile does not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct While {
    /// Whose duty.
    pub organisation: OrganisationId,
    /// Of which incident.
    pub incident: IncidentId,
    /// Which.
    pub duty: DutyKey,
    /// It is open, and due at this instant.
    pub due_at: Instant,
}

/// What a mail job holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub(crate) enum MailJob {
    /// To a person with an account, wherever the account's mail goes when the mail leaves.
    Person {
        /// The person.
        user: UserId,
        /// What is told.
        text: NoticeText,
        /// As long as what.
        #[serde(rename = "while")]
        still: Option<While>,
    },
    /// To an address.
    Address {
        /// Whose.
        name: String,
        /// The address.
        mail: String,
        /// One line.
        subject: String,
        /// The words; `{address}` stands for the public address of the node.
        text: String,
    },
    /// A link to a new password, if the address has an account by the time the mail leaves: whoever
    /// asked for it learns nothing, and the link rests in no queue.
    Reset {
        /// The address.
        mail: String,
    },
}

/// Tells people something: a line in the page for each, and a mail. Never twice under the same key.
pub(crate) async fn tell(
    tx: &mut Tx,
    organisation: OrganisationId,
    audience: &Audience,
    tell: Tell,
    now: Instant,
) -> Result<()> {
    tell_while(tx, (organisation, audience), tell, None, now).await
}

/// As [`tell`]; the mail is dropped when `still` no longer holds at the time it would leave.
pub(crate) async fn tell_while(
    tx: &mut Tx,
    (organisation, audience): (OrganisationId, &Audience),
    tell: Tell,
    still: Option<While>,
    now: Instant,
) -> Result<()> {
    let people = match audience {
        Audience::Users(people) => people.clone(),
        Audience::Functions(functions) => tx.people_with(organisation, functions).await?,
    };
    let Tell { kind, subject, text, link, key } = tell;
    let text = NoticeText { kind, subject, text, link };
    let mut told = Vec::new();
    for id in people {
        let Some(person) = tx.person(id).await?.filter(|person| person.state != UserState::Disabled) else {
            continue;
        };
        let notice = NewNotice {
            id: NoticeId::new(now, chance::for_id()),
            organisation: person.organisation,
            user: id,
            key: &key,
            at: now,
            text: &text,
        };
        if tx.insert_notice(&notice).await? {
            enqueue_for(
                tx,
                &person,
                MailJob::Person { user: id, text: text.clone(), still: still.clone() },
                now,
            )
            .await?;
            told.push((person.organisation, id));
        }
    }
    note(tx, kind, &told, now).await
}

/// One event for each organisation whose people were told: live pages and the audit read it.
async fn note(tx: &mut Tx, kind: NoticeKind, told: &[(OrganisationId, UserId)], now: Instant) -> Result<()> {
    let mut organisations: Vec<OrganisationId> = told.iter().map(|(organisation, _)| *organisation).collect();
    organisations.sort_unstable();
    organisations.dedup();
    for organisation in organisations {
        let users = told.iter().filter(|(of, _)| *of == organisation).map(|(_, user)| *user).collect();
        let event = DomainEvent {
            id: EventId::new(now, chance::for_id()),
            at: now,
            organisation: Some(organisation),
            by: None,
            happening: Happening::PeopleTold { notice: kind, users },
        };
        tx.append_event(&event).await?;
    }
    Ok(())
}

/// A mail to an address that may have no account. Never twice under the same key.
pub(crate) async fn post(
    tx: &mut Tx,
    to: &Address,
    (subject, text): (&str, &str),
    key: &str,
    now: Instant,
) -> Result<()> {
    let payload = MailJob::Address {
        name: to.name.clone(),
        mail: to.mail.clone(),
        subject: subject.to_owned(),
        text: text.to_owned(),
    };
    enqueue(tx, (None, &to.mail), Some(key.to_owned()), &payload, now).await
}

/// A link to a new password, to whoever has the address.
pub(crate) async fn post_reset(tx: &mut Tx, mail: &str, now: Instant) -> Result<()> {
    enqueue(tx, (None, mail), None, &MailJob::Reset { mail: mail.to_owned() }, now).await
}

async fn enqueue_for(tx: &mut Tx, person: &User, payload: MailJob, now: Instant) -> Result<()> {
    enqueue(tx, (Some(person.organisation), &person.profile.mail), None, &payload, now).await
}

/// Writes the job, unless the queue, or the queue of this address, is full: the change that the mail
/// follows is worth more than the mail.
async fn enqueue(
    tx: &mut Tx,
    (organisation, address): (Option<OrganisationId>, &str),
    unique: Option<String>,
    payload: &MailJob,
    now: Instant,
) -> Result<()> {
    let (waiting, _) = tx.jobs_to(address, now).await?;
    if waiting >= MOST_WAITING {
        tracing::warn!(waiting, "a mail is not written: too many wait for the same address");
        return Ok(());
    }
    let job = NewJob {
        kind: JobKind::Mail,
        organisation,
        created_at: now,
        run_at: now,
        unique,
        address: Some(address.to_owned()),
        payload: serde_json::to_value(payload)?,
    };
    match tx.enqueue(&job).await {
        Ok(_written) => Ok(()),
        Err(store::Error::QueueFull) => {
            tracing::error!("a mail is not written: the queue of jobs is full");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
