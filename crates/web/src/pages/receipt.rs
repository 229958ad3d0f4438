//! The printable receipt.

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use jiff::tz::TimeZone;
use model::{
    Caller, DutyKey, FiledAnswer, FilingId, Instant, KeyId, OrganisationId, ReceiptDocument,
    taxonomy::with_terms,
};
use regime::{Library, clock::local_words};
use service::Service;

use super::page;
use crate::{
    App,
    door::{path::Path, session},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "receipt.html")]
struct Page {
    filing: FilingId,
    reference: String,
    law: String,
    stage: String,
    article: String,
    version: u32,
    from: String,
    to: String,
    received_at: When,
    due_at: Option<When>,
    late: bool,
    digest: String,
    /// Absent when the paper was not typeset when it was filed.
    paper: Option<String>,
    recipient_key: Key,
    filer_key: Key,
    groups: Vec<Group>,
    withheld: Vec<String>,
    /// Where people reach the node that keeps the original.
    address: String,
    /// Where the filing is shown with its messages.
    portal: &'static str,
}

/// An instant exactly, and in the words of the reader's zone.
struct When {
    exact: String,
    words: String,
}

struct Key {
    id: KeyId,
    /// Absent when the key is not among the published ones.
    fingerprint: Option<String>,
}

struct Group {
    title: String,
    lines: Vec<Line>,
}

struct Line {
    label: String,
    text: String,
    estimated: bool,
}

/// Shows the receipt of a filing to its sender and its recipient.
pub async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(filing): Path<FilingId>,
) -> Result<Response, Problem> {
    let caller = session::person(&headers, &app).await?.caller;
    let document = app.service.receipt(&caller, filing).await?;
    let zone = zone_of(&app.service, &caller).await?;
    let keys = app.service.trusted_keys().await?.keys;
    let key = |id: KeyId| Key {
        id,
        fingerprint: keys.iter().find(|key| key.key == id).map(|key| key.fingerprint.clone()),
    };
    let recipient_key = key(document.signature.key);
    let filer_key = key(document.filing.signature.key);
    let when = |at: Instant| When { exact: at.to_string(), words: local_words(at, &zone) };
    let receipt = &document.receipt;
    let (stage, article) = stage_words(&laws_of(app.service.library(), &document), &receipt.duty);
    Ok(page(&Page {
        filing,
        reference: receipt.reference.clone(),
        law: law_name(&app.service, &receipt.duty),
        stage,
        article,
        version: receipt.version,
        from: receipt.from.name.clone(),
        to: receipt.to.name.clone(),
        received_at: when(receipt.received_at),
        due_at: receipt.due_at.map(when),
        late: receipt.due_at.is_some_and(|due| receipt.received_at > due),
        digest: receipt.filing_digest.clone(),
        paper: receipt.paper_sha256.clone(),
        recipient_key,
        filer_key,
        groups: groups_of(app.service.library(), &document),
        withheld: withheld_of(app.service.library(), &document),
        address: app.settings.public_address.clone(),
        portal: portal_of(caller.organisation, &document),
    }))
}

async fn zone_of(service: &Service, caller: &Caller) -> Result<TimeZone, Problem> {
    let me = service.me(caller, None).await?;
    Ok(TimeZone::get(&me.organisation.zone).unwrap_or(TimeZone::UTC))
}

fn law_name(service: &Service, duty: &DutyKey) -> String {
    let known = service.regimes().into_iter().find(|regime| regime.id == duty.pack);
    known.map_or_else(|| duty.pack.clone(), |regime| regime.law)
}

/// The laws with the pack in the version under which it was filed, where that is still here.
fn laws_of(library: &Library, document: &ReceiptDocument) -> Library {
    let head = &document.filing.head;
    library.with(&head.duty.pack, &head.pack_version).unwrap_or_else(|| library.clone())
}

/// The stage in words and its article; a stage of a pack that is gone keeps its name.
fn stage_words(library: &Library, duty: &DutyKey) -> (String, String) {
    let pack = library.pack(&duty.pack);
    let title = pack.and_then(|pack| pack.find_text("en", &format!("stage-{}", duty.stage)));
    let article =
        pack.and_then(|pack| pack.stage(&duty.track, &duty.stage)).map(|(_, stage)| stage.article.clone());
    (title.unwrap_or_else(|| duty.to_string()), article.unwrap_or_default())
}

/// The disclosed groups and their lines, both in the order of the vocabulary.
fn groups_of(library: &Library, document: &ReceiptDocument) -> Vec<Group> {
    let words = library.vocabularies();
    let mut groups: Vec<_> = document.filing.disclosures.iter().collect();
    groups.sort_by_key(|(group, _)| {
        words.groups().iter().position(|known| known.id == **group).unwrap_or(usize::MAX)
    });
    groups
        .into_iter()
        .map(|(group, disclosure)| {
            let mut lines: Vec<_> = disclosure.content.iter().collect();
            lines.sort_by_key(|(field, _)| {
                words.fields().position(|known| known.id == **field).unwrap_or(usize::MAX)
            });
            Group {
                title: group_title(library, group),
                lines: lines.into_iter().map(|(_, answer)| line_of(answer)).collect(),
            }
        })
        .collect()
}

fn line_of(answer: &FiledAnswer) -> Line {
    Line {
        label: answer.label.clone(),
        text: with_terms(&answer.text, &answer.terms),
        estimated: answer.estimated,
    }
}

/// The groups that were signed and are not in this copy.
fn withheld_of(library: &Library, document: &ReceiptDocument) -> Vec<String> {
    let shown = &document.filing.disclosures;
    document
        .filing
        .head
        .groups
        .keys()
        .filter(|group| !shown.contains_key(*group))
        .map(|group| group_title(library, group))
        .collect()
}

fn group_title(library: &Library, group: &str) -> String {
    library.vocabularies().group_label(group)
}

fn portal_of(organisation: OrganisationId, document: &ReceiptDocument) -> &'static str {
    if document.receipt.from.organisation == organisation { "report" } else { "authority" }
}
