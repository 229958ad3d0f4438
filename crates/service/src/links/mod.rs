//! Incidents of two organisations that belong together: a bank and its provider, a provider and its
//! customers. Each keeps its own record, its own clocks and its own filings.

mod answer_link;
mod read_links;
mod tell_others;

use model::{Function, LinkId, NoticeKind, OrganisationId};
use policy::{Action, permit};
use store::{IncidentLink, Tx};

use crate::{
    error::{Error, Result},
    notices::{Audience, Tell, tell},
};

/// The longest note or reason, in characters.
const LONGEST_NOTE: usize = 2000;

/// A note or a reason as it is kept.
fn checked<'a>(field: &str, text: &'a str) -> Result<&'a str> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_NOTE {
        let message = format!("write 1 to {LONGEST_NOTE} characters");
        return Err(Error::invalid(field, "length", message));
    }
    if let Some(character) = regime::hidden_character(text) {
        let message = format!("this holds no control character, got U+{:04X}", u32::from(character));
        return Err(Error::invalid(field, "control_character", message));
    }
    Ok(text)
}

/// The name of the caller's organisation.
async fn own_name(tx: &mut Tx, caller: &model::Caller) -> Result<String> {
    let directory = permit(caller, Action::ReadDirectory)?;
    let own = tx.organisation(&directory, caller.organisation).await?;
    Ok(own.ok_or(Error::NotFound("organisation"))?.name)
}

/// Lets the reporters of `organisation` know. The notice holds no word of the note: it is read after
/// signing in.
async fn notify(
    tx: &mut Tx,
    organisation: OrganisationId,
    (subject, text): (String, String),
    (id, link): (LinkId, &IncidentLink),
) -> Result<()> {
    let audience = Audience::Functions(vec![Function::Reporter]);
    let told = Tell {
        kind: NoticeKind::LinkedIncident,
        subject,
        text,
        link: "/report/links".to_owned(),
        key: format!("link {id} {}", link.revision),
    };
    tell(tx, organisation, &audience, told, link.changed_at).await
}
