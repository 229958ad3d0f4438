//! A filing with everything around it, for either side.

use model::{Caller, DutyKey, FilingHead, FilingId, Instant, Party};
use policy::{Action, Scope, permit};
use regime::{
    Library,
    export::{Heading, heading},
};
use store::{Filing, FilingState as Stored, Tx};

use super::groups::{changes_between, groups_of};
use crate::{
    Service,
    error::{Error, Result},
    view::{
        FiledGroup, FilingList, FilingState, FilingSummary, FilingVersion, FilingView, Message, ReadMark,
        Requestable, ValueChange,
    },
};

impl Service {
    /// The filings that the organisation sent, newest first.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn sent_filings(&self, caller: &Caller) -> Result<FilingList> {
        let scope = permit(caller, Action::ReadSentFilings)?;
        let mut tx = self.store.read().await?;
        let filings = tx.sent_filings(&scope, None, 200).await?;
        Ok(FilingList { filings: filings.iter().map(|filing| summary_of(&self.library, filing)).collect() })
    }

    /// A filing that the organisation sent.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn sent_filing(&self, caller: &Caller, id: FilingId) -> Result<FilingView> {
        let scope = permit(caller, Action::ReadSentFilings)?;
        let mut tx = self.store.read().await?;
        let filing = tx.filing(&scope, id).await?.ok_or(Error::NotFound("filing"))?;
        view_of(&self.library, &mut tx, (&scope, self.clock.now()), filing).await
    }
}

/// The view of `filing`, which lies in `scope`.
pub(crate) async fn view_of(
    library: &Library,
    tx: &mut Tx,
    (scope, now): (&Scope, Instant),
    filing: Filing,
) -> Result<FilingView> {
    let id = filing.document.head.filing;
    let around = tx.filings_of_incident(scope, filing.document.head.incident).await?;
    let groups = groups_of(library, &filing.document.disclosures);
    let changes = changes_against_before(library, &around, &filing, &groups);
    let messages = tx.messages(scope, id).await?;
    let reads = tx.read_marks(scope, id).await?;
    let receipt = tx.receipt_id(scope, id).await?.ok_or(Error::NotFound("receipt"))?;
    let head = &filing.document.head;
    let titles = heading(&as_filed(library, head), &head.duty);
    Ok(FilingView {
        id,
        reference: head.reference.clone(),
        incident: head.incident,
        law: titles.law,
        stage_title: titles.stage,
        article: titles.article,
        version: head.version,
        corrects: head.corrects,
        filed_at: head.filed_at,
        due_at: head.due_at,
        late: is_late(&filing),
        for_information: head.for_information.clone(),
        from: head.from.clone(),
        to: head.to.clone(),
        state: state_of(filing.state),
        acknowledged_at: filing.acknowledged_at,
        answered_at: filing.answered_at,
        response_due_at: filing.response_due_at,
        changes,
        messages: messages
            .into_iter()
            .map(|message| message_of(head.from.clone(), head.to.clone(), message))
            .collect(),
        reads: reads.into_iter().map(read_mark_of).collect(),
        receipt,
        versions: versions_of(&around, head),
        marking: head.marking,
        requestable: requestable(&as_filed(library, head), &head.duty),
        groups,
        duty: head.duty.clone(),
        now,
    })
}

/// What changed against the version that it corrects, else against the stage filed before to the
/// same recipient.
fn changes_against_before(
    library: &Library,
    around: &[Filing],
    filing: &Filing,
    groups: &[FiledGroup],
) -> Vec<ValueChange> {
    let head = &filing.document.head;
    let corrected = around.iter().find(|other| Some(other.document.head.filing) == head.corrects);
    let before = corrected.or_else(|| {
        let order = |head: &FilingHead| (head.filed_at, head.filing);
        let earlier = around.iter().filter(|other| {
            other.document.head.to.organisation == head.to.organisation
                && other.document.head.duty != head.duty
                && order(&other.document.head) < order(head)
        });
        earlier.max_by_key(|other| order(&other.document.head))
    });
    before.map_or_else(Vec::new, |before| {
        changes_between(&groups_of(library, &before.document.disclosures), groups)
    })
}

fn versions_of(around: &[Filing], head: &FilingHead) -> Vec<FilingVersion> {
    let mut versions: Vec<FilingVersion> = around
        .iter()
        .map(|other| &other.document.head)
        .filter(|other| other.duty == head.duty && other.to.organisation == head.to.organisation)
        .map(version_of)
        .collect();
    versions.sort_by_key(|version| version.version);
    versions
}

pub(crate) fn version_of(head: &FilingHead) -> FilingVersion {
    FilingVersion { filing: head.filing, version: head.version, filed_at: head.filed_at }
}

fn message_of(from: Party, to: Party, message: store::Message) -> Message {
    let sender = if message.sender == from.organisation { from } else { to };
    Message {
        at: message.at,
        from: sender,
        by: message.by.name,
        text: message.text,
        marking: message.marking,
    }
}

fn read_mark_of(read: store::ReadMark) -> ReadMark {
    ReadMark { by: read.by.name, organisation: read.reader, at: read.at }
}

pub(crate) fn summary_of(library: &Library, filing: &Filing) -> FilingSummary {
    let head = &filing.document.head;
    let titles = heading(&as_filed(library, head), &head.duty);
    FilingSummary {
        id: head.filing,
        reference: head.reference.clone(),
        incident: head.incident,
        duty: head.duty.clone(),
        law: titles.law,
        stage_title: titles.stage,
        version: head.version,
        filed_at: head.filed_at,
        to: head.to.clone(),
        state: state_of(filing.state),
    }
}

/// The laws with the pack of a filing in the version under which it was filed, where that is still here.
pub(crate) fn as_filed(library: &Library, head: &FilingHead) -> Library {
    library.with(&head.duty.pack, &head.pack_version).unwrap_or_else(|| library.clone())
}

/// The stages of the same track that an authority may ask for.
pub(crate) fn requestable(library: &Library, duty: &DutyKey) -> Vec<Requestable> {
    let stages = library.pack(&duty.pack).into_iter().flat_map(|pack| pack.stages());
    stages
        .filter(|(track, stage)| track.id == duty.track && stage.may_be_requested())
        .map(|(_, stage)| DutyKey { stage: stage.id.clone(), ..duty.clone() })
        .map(|duty| {
            let Heading { stage, article, .. } = heading(library, &duty);
            Requestable { duty, title: stage, article }
        })
        .collect()
}

pub(crate) fn is_late(filing: &Filing) -> bool {
    let head = &filing.document.head;
    head.version == 1 && head.due_at.is_some_and(|due| head.filed_at > due)
}

pub(crate) const fn state_of(state: Stored) -> FilingState {
    match state {
        Stored::Filed => FilingState::Filed,
        Stored::Acknowledged => FilingState::Acknowledged,
        Stored::Answered => FilingState::Answered,
    }
}
