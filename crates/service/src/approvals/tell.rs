//! Who is told what about an approval: what, until when, where; never an answer of the report.

use model::{
    ApprovalState, ApprovalVerdict, Function, Instant, NoticeKind, OrganisationId, UserId,
    approval::{Decision, StepState, Who, standing},
};
use store::{ApprovalAct, ApprovalEntry, ApprovalRequest, Tx};

use super::cast::Cast;
use crate::{
    error::Result,
    notices::{Audience, Tell, tell},
};

/// The decisions among what was done.
pub(super) fn decisions(entries: &[ApprovalEntry]) -> Vec<Decision> {
    entries
        .iter()
        .filter_map(|entry| match (&entry.act, entry.by.subject) {
            (ApprovalAct::Decided { step, verdict }, model::Subject::User(by)) => {
                Some(Decision { step: *step, by, at: entry.at, verdict: *verdict })
            }
            (ApprovalAct::Decided { .. }, model::Subject::Client(_))
            | (ApprovalAct::Looked | ApprovalAct::Remarked | ApprovalAct::Withdrew, _) => None,
        })
        .collect()
}

/// The page of a request.
fn page(request: &ApprovalRequest) -> String {
    format!("/report/approvals/{}", request.id)
}

/// The filing in words: `NIS2: Early warning of Hospital of the North`.
fn name(request: &ApprovalRequest) -> String {
    let frozen = &request.frozen;
    format!("{}: {} of {}", frozen.law, frozen.stage_title, frozen.from.name)
}

fn until(request: &ApprovalRequest) -> String {
    request.frozen.due_at.map_or_else(String::new, |due| format!(" The law wants it by {due}."))
}

/// Those who can act at the open steps, by organisation: people of the own one, approvers of others.
async fn awaited(
    tx: &mut Tx,
    request: &ApprovalRequest,
    entries: &[ApprovalEntry],
    now: Instant,
) -> Result<Vec<(OrganisationId, Audience)>> {
    let (chain, opening) = (&request.frozen.chain, &request.frozen.opening);
    let stands = standing(chain, opening, &decisions(entries));
    let cast = Cast::of(tx, request.organisation, chain).await?;
    let mut own: Vec<UserId> = vec![];
    let mut audiences = vec![];
    for (step, standing) in chain.steps.iter().zip(&stands.steps) {
        if standing.state != StepState::Open {
            continue;
        }
        let deputies_may = standing.deputies_from.is_some_and(|from| from <= now);
        let deputies = step.deputies.iter().filter(|_| deputies_may).map(|deputies| &deputies.who);
        for who in std::iter::once(&step.who).chain(deputies) {
            match who {
                Who::Organisation { organisation } => {
                    audiences.push((*organisation, Audience::Functions(vec![Function::Approver])));
                }
                Who::Function { .. } | Who::People { .. } => {
                    own.extend(cast.meant(who).map(|user| user.id));
                }
            }
        }
    }
    own.sort_unstable();
    own.dedup();
    let barred = [opening.requester, opening.editor];
    let done: Vec<UserId> = stands.steps.iter().flat_map(|step| step.approved.iter().copied()).collect();
    own.retain(|user| !chain.distinct || !(barred.contains(&Some(*user)) || done.contains(user)));
    audiences.push((request.organisation, Audience::Users(own)));
    Ok(audiences)
}

/// Everybody who was asked or acted, and whoever asked.
async fn concerned(tx: &mut Tx, request: &ApprovalRequest) -> Result<Vec<(OrganisationId, Audience)>> {
    let chain = &request.frozen.chain;
    let cast = Cast::of(tx, request.organisation, chain).await?;
    let mut own: Vec<UserId> = cast.seats(chain, &[]).into_iter().flat_map(|(_, people)| people).collect();
    let ours: Vec<UserId> = cast.own().iter().map(|user| user.id).collect();
    own.retain(|user| ours.contains(user));
    own.extend(request.frozen.opening.requester);
    own.sort_unstable();
    own.dedup();
    let mut audiences = vec![(request.organisation, Audience::Users(own))];
    audiences.extend(chain.others().map(|other| (other, Audience::Functions(vec![Function::Approver]))));
    Ok(audiences)
}

async fn tell_all(
    tx: &mut Tx,
    audiences: Vec<(OrganisationId, Audience)>,
    what: (NoticeKind, &str, &str),
    (link, key): (&str, &str),
    now: Instant,
) -> Result<()> {
    let (kind, subject, text) = what;
    for (organisation, audience) in audiences {
        let said = Tell {
            kind,
            subject: subject.to_owned(),
            text: text.to_owned(),
            link: link.to_owned(),
            key: key.to_owned(),
        };
        tell(tx, organisation, &audience, said, now).await?;
    }
    Ok(())
}

/// Asks those whose turn it is; each is asked once.
pub(super) async fn asked(
    tx: &mut Tx,
    request: &ApprovalRequest,
    entries: &[ApprovalEntry],
    now: Instant,
) -> Result<()> {
    let audiences = awaited(tx, request, entries, now).await?;
    let subject = format!("Your approval is wanted: {}", name(request));
    let text = format!(
        "{} asks you to approve what is to be filed.{} Look at what each recipient would get, then approve it or \
         send it back with a remark.",
        request.frozen.by.name,
        until(request)
    );
    let key = format!("approval {} asked", request.id);
    let what = (NoticeKind::ApprovalAsked, subject.as_str(), text.as_str());
    tell_all(tx, audiences, what, (&page(request), &key), now).await
}

/// Reminds those whose turn it is; once per rung of the ladder.
pub(super) async fn reminded(
    tx: &mut Tx,
    request: &ApprovalRequest,
    entries: &[ApprovalEntry],
    (rung, words): (&str, &str),
    now: Instant,
) -> Result<()> {
    let audiences = awaited(tx, request, entries, now).await?;
    let subject = format!("Still waiting for your approval: {}", name(request));
    let text = format!("{words}{} Nothing is filed without your approval.", until(request));
    let key = format!("approval {} reminder {rung}", request.id);
    let what = (NoticeKind::Reminder, subject.as_str(), text.as_str());
    tell_all(tx, audiences, what, (&page(request), &key), now).await
}

/// Tells whoever asked what was decided.
pub(super) async fn decided(
    tx: &mut Tx,
    request: &ApprovalRequest,
    (by, verdict, state): (&str, ApprovalVerdict, ApprovalState),
    now: Instant,
) -> Result<()> {
    let asker = Audience::Users(request.frozen.opening.requester.into_iter().collect());
    let (subject, text) = match (verdict, state) {
        (ApprovalVerdict::Returned, _) => (
            format!("Sent back: {}", name(request)),
            format!("{by} sent it back with a remark. Mend it and ask again.{}", until(request)),
        ),
        (ApprovalVerdict::Approved, ApprovalState::Approved | ApprovalState::Filed) => (
            format!("Approved: {}", name(request)),
            format!("{by} gave the last approval. It can be filed as it is.{}", until(request)),
        ),
        (
            ApprovalVerdict::Approved,
            ApprovalState::Pending | ApprovalState::Returned | ApprovalState::Withdrawn,
        ) => (
            format!("One approval more: {}", name(request)),
            format!("{by} approved it; further approvals are wanted.{}", until(request)),
        ),
    };
    let key = format!("approval {} decided {by} {now}", request.id);
    let what = (NoticeKind::ApprovalDecided, subject.as_str(), text.as_str());
    tell_all(tx, vec![(request.organisation, asker)], what, (&page(request), &key), now).await
}

/// Tells everybody concerned that a request no longer stands.
pub(super) async fn withdrawn(
    tx: &mut Tx,
    request: &ApprovalRequest,
    by: Option<&str>,
    now: Instant,
) -> Result<()> {
    let audiences = concerned(tx, request).await?;
    let subject = format!("No longer to be approved: {}", name(request));
    let why = by.map_or_else(
        || "What would be filed has changed since.".to_owned(),
        |by| format!("{by} changed what would be filed, or took the request back."),
    );
    let text = format!(
        "{why} Approvals that were given no longer count; a new request will come when it is asked \
         for again."
    );
    let key = format!("approval {} withdrawn", request.id);
    let what = (NoticeKind::ApprovalWithdrawn, subject.as_str(), text.as_str());
    tell_all(tx, audiences, what, (&page(request), &key), now).await
}

/// Tells those in the conversation that something was asked or answered.
pub(super) async fn remarked(
    tx: &mut Tx,
    request: &ApprovalRequest,
    (by, entry): (&str, model::ApprovalId),
    now: Instant,
) -> Result<()> {
    let audiences = concerned(tx, request).await?;
    let subject = format!("A remark on an approval: {}", name(request));
    let text = format!("{by} asked or answered something.{}", until(request));
    let key = format!("approval {} remark {entry}", request.id);
    let what = (NoticeKind::Message, subject.as_str(), text.as_str());
    tell_all(tx, audiences, what, (&page(request), &key), now).await
}

/// Tells whoever asked that what was approved could not be filed by itself.
pub(super) async fn not_filed(tx: &mut Tx, request: &ApprovalRequest, why: &str, now: Instant) -> Result<()> {
    let asker = Audience::Users(request.frozen.opening.requester.into_iter().collect());
    let subject = format!("Approved, but not filed: {}", name(request));
    let text = format!(
        "It was to be filed with the last approval and was not: {why}. File it yourself.{}",
        until(request)
    );
    let key = format!("approval {} not filed", request.id);
    let what = (NoticeKind::ApprovalDecided, subject.as_str(), text.as_str());
    tell_all(tx, vec![(request.organisation, asker)], what, (&page(request), &key), now).await
}

/// Tells every approver and administrator that something left without approval.
pub(super) async fn overridden(
    tx: &mut Tx,
    organisation: OrganisationId,
    (title, by, filing): (&str, &str, model::FilingId),
    now: Instant,
) -> Result<()> {
    let everybody = Audience::Functions(vec![Function::Approver, Function::Administrator]);
    let subject = format!("Filed without approval: {title}");
    let text = format!(
        "{by} filed it in an emergency without the approvals that your chain wants. The reason stands beside the \
         filing and stays there."
    );
    let key = format!("override {filing}");
    let what = (NoticeKind::OverrideUsed, subject.as_str(), text.as_str());
    let link = "/report/approvals";
    tell_all(tx, vec![(organisation, everybody)], what, (link, &key), now).await
}
