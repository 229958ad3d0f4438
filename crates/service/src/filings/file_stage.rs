//! File a stage: freeze, sign, deliver, and hold the receipt, in one transaction.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{
    Caller, DutyKey, DutyState, FiledAnswer, FilingHead, FilingId, Function, Happening, IncidentId, Instant,
    Marking, NoticeKind, Organisation, OrganisationId, Party, filing::FILING_FORMAT,
};
use policy::{Action, Scope, for_node, permit};
use regime::{Library, Submission};
use serde::Serialize;
use serde_json::Value;
use store::{Facets, Filing, FilingMark, Tx};
use vault::SigningKey;

use super::{
    prepare::{Prepared, RecipientCopy},
    sign::{signed_filing, signed_receipt},
};
use crate::{
    Service, approvals, chance,
    error::{Error, Result},
    fail,
    idempotency::Repeat,
    incidents::{project::project_duties, situation::Situation},
    notices::{self, Audience, Tell},
    view::{FileStage, Filed},
};

/// The field of the vocabulary that says why a filing is late.
const LATE_REASON: &str = "late_reason";
/// The field of the entity's profile that says its sector.
const SECTOR: &str = "entity.sector";
/// The longest reason, in characters.
const LONGEST_REASON: usize = 4000;

/// To so many organisations a stage goes in one act.
const MOST_RECIPIENTS: usize = 20;

impl Service {
    /// Files the stage `key` of the incident to one recipient or, in the same act, to several: all
    /// of them get their copy, or nobody. A repeat with the same `idempotency` key files nothing new
    /// and gets the same receipts; filing a stage again to a recipient with another key makes its
    /// next version there.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is missing or wrong; [`Error::Refused`] when the duty does not
    /// stand; [`Error::Conflict`] when the record has changed since the caller's preview.
    pub async fn file_stage(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        input: FileStage,
        idempotency: Option<&str>,
    ) -> Result<Filed> {
        let scope = permit(caller, Action::FileStage)?;
        let act = Act { input, idempotency, leave: Leave::Approval };
        self.file_with(caller, &scope, (id, key), act).await
    }

    /// Files with the leave at hand: what the approval chain wants, or an emergency.
    pub(crate) async fn file_with(
        &self,
        caller: &Caller,
        scope: &Scope,
        (id, key): (IncidentId, &DutyKey),
        act: Act<'_>,
    ) -> Result<Filed> {
        let Act { input, idempotency, leave } = act;
        let mut tx = self.store.write().await?;
        let repeat = Repeat::of((caller, scope), "file_stage", idempotency, &(id, key, &input, &leave))?;
        // Held before the question whether this is a repeat: a repeat that comes at the same
        // moment waits here, and then finds the answer.
        let incident = tx.hold_incident(scope, id).await?.ok_or(Error::NotFound("incident"))?;
        if let Some(filed) = repeat.answer(&mut tx).await? {
            return Ok(filed);
        }
        if incident.revision != input.base_revision {
            return Err(Error::Conflict { revision: incident.revision, conflicts: vec![] });
        }
        let now = self.clock.now();
        let situation = Situation::read(&mut tx, scope, incident).await?;
        let laws = self.laws(&situation.incident);
        let prepared = Prepared::of(&laws, &situation, key, now)?;
        let digest = approvals::digest(&prepared)?;
        let prepared = fileable(&laws, prepared, &input)?;
        let pass = match &leave {
            Leave::Approval => approvals::gate(&mut tx, scope, (id, key), &digest, &input).await?,
            Leave::Emergency(_) => {
                approvals::emergency(&mut tx, (caller, scope), (id, key), &digest, &input).await?
            }
        };
        let filed = self.freeze(&mut tx, (caller, scope), situation, Stage { prepared, now }).await?;
        let filings: Vec<FilingId> =
            std::iter::once(&filed).chain(&filed.others).map(|filed| filed.filing).collect();
        let recipients = std::iter::once(input.recipient).chain(input.also.iter().copied());
        let sent: Vec<_> = recipients.zip(filings.iter().copied()).collect();
        approvals::used(&mut tx, scope, (id, key), (pass, &sent), now).await?;
        if let Leave::Emergency(reason) = &leave {
            self.mark_override(&mut tx, (caller, scope), (id, key), (reason, &filings)).await?;
        }
        repeat.remember(&mut tx, &filed, now).await?;
        fail::point("file_stage.before_commit");
        tx.commit().await?;
        fail::point("file_stage.after_commit");
        Ok(filed)
    }

    /// Freezes each copy, and brings the duties up to date once.
    async fn freeze(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        mut situation: Situation,
        mut stage: Stage,
    ) -> Result<Filed> {
        let key = stage.prepared.duty.key.clone();
        let incident = situation.incident.id;
        let copies = std::mem::take(&mut stage.prepared.copies);
        let before = tx.filing_marks(scope, incident).await?;
        let mut heads = Vec::with_capacity(copies.len());
        for copy in &copies {
            heads.push(head_of(tx, caller, (incident, copy), (&stage, &before)).await?);
        }
        // A duty is filed anew when one of the recipients gets it for the first time; copies for information file nothing.
        let corrects =
            heads.iter().filter(|head| head.for_information.is_none()).all(|head| head.version > 1);
        let submission = Submission { duty: key.clone(), at: stage.now, acknowledged: false, corrects };
        situation.case.submissions.push(submission);
        let response_due_at = self.response_due_at(&situation, &key, stage.now);
        let mut filed = Vec::with_capacity(copies.len());
        for (copy, head) in copies.into_iter().zip(heads) {
            let (filing, facets) = (head.filing, facets_of(&situation, &copy));
            let recipient = key_of(tx, copy.to, stage.now).await?;
            let own = key_of(tx, caller.organisation, stage.now).await?;
            let document = signed_filing(head, copy.content, &stage.prepared.marks, &own)?;
            let paper = self.typeset(tx, scope, &document).await?;
            let paper_sha256 = paper.as_deref().map(vault::paper_digest);
            let anchor = Some(audit_anchor(tx).await?);
            let receipt = signed_receipt(document.clone(), anchor, paper_sha256, &recipient)?;
            filed.push(Filed {
                filing,
                reference: document.head.reference.clone(),
                receipt: receipt.receipt.receipt,
                filed_at: stage.now,
                others: Vec::new(),
            });
            let response_due_at = response_due_at.filter(|_| copy.for_information.is_none());
            if copy.for_information.is_some() {
                tell_informed(tx, &document.head).await?;
            }
            tx.insert_filing(scope, &Filing::new(document, facets, response_due_at)).await?;
            tx.insert_receipt(scope, &receipt).await?;
            if let Some(pdf) = paper {
                tx.insert_paper(scope, filing, &pdf).await?;
            }
            self.happened(tx, caller, Happening::StageFiled { incident, filing, duty: key.clone() }).await?;
        }
        let duties = situation.duties(&self.laws(&situation.incident), stage.now);
        project_duties(tx, scope, &situation.incident, &duties, (Some(&caller.actor()), stage.now)).await?;
        let mut filed = filed.into_iter();
        let first = filed.next().ok_or(Error::NotFound("recipient"))?;
        Ok(Filed { others: filed.collect(), ..first })
    }

    /// Until when the law wants a response of who receives the stage filed `now`.
    fn response_due_at(&self, situation: &Situation, key: &DutyKey, now: Instant) -> Option<Instant> {
        regime::authority_duties(&self.laws(&situation.incident), &situation.case, &situation.directory, now)
            .into_iter()
            .filter(|duty| duty.key.pack == key.pack && duty.state != DutyState::NotApplicable)
            .filter_map(|duty| duty.due)
            .filter(|due| due.anchor_at == now)
            .map(|due| due.at)
            .min()
    }
}

/// What lets a filing leave.
#[derive(Debug, Serialize)]
pub(crate) enum Leave {
    /// The approval that its chain wants, where it wants one.
    Approval,
    /// Nothing but the reason of somebody whom the chain lets.
    Emergency(String),
}

/// One act of filing.
pub(crate) struct Act<'a> {
    /// What is handed in.
    pub input: FileStage,
    /// The caller's key for repeats.
    pub idempotency: Option<&'a str>,
    /// What lets it leave.
    pub leave: Leave,
}

/// The stage that is being filed.
struct Stage {
    prepared: Prepared,
    now: Instant,
}

/// What the desk may filter a copy by: nothing that the copy itself does not tell.
fn facets_of(situation: &Situation, copy: &RecipientCopy) -> Facets {
    let told = |field: &str| {
        let answer = copy.content.values().find_map(|group| group.get(field));
        answer.and_then(|answer| answer.value.clone())
    };
    let text = |value: Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_owned);
    let withheld = copy.withheld.iter().any(|part| part.fields.iter().any(|field| field == SECTOR));
    let sector = (!withheld).then(|| situation.case.entity.get(SECTOR).cloned()).flatten();
    Facets {
        sector: text(sector),
        severity: text(told("severity")),
        cross_border: told("cross_border").as_ref().and_then(Value::as_bool),
    }
}

/// The copies that may be filed to the wanted recipients now, in the order in which they are named.
fn fileable(library: &Library, mut prepared: Prepared, input: &FileStage) -> Result<Prepared> {
    if let Some(obstacle) = prepared.obstacle() {
        return Err(Error::Refused(obstacle));
    }
    let complaints = prepared.complaints();
    if !complaints.is_empty() {
        return Err(Error::Invalid(complaints));
    }
    if input.also.len() >= MOST_RECIPIENTS {
        let message = format!("one act files to at most {MOST_RECIPIENTS} recipients");
        return Err(Error::invalid("also", "length", message));
    }
    let mut copies = Vec::new();
    for (field, wanted) in
        [("recipient", &input.recipient)].into_iter().chain(input.also.iter().map(|one| ("also", one)))
    {
        let found = prepared.copies.iter().position(|copy| copy.to == *wanted).ok_or_else(|| {
            let message = "each recipient must be one of those that the preview names, and is named once";
            Error::invalid(field, "one_of_the_recipients", message)
        })?;
        copies.push(prepared.copies.swap_remove(found));
    }
    let informed = std::mem::take(&mut prepared.informed).into_iter();
    let not_yet = informed.filter(|informed| copies.iter().all(|copy| copy.to != informed.to));
    let informed: Vec<_> = not_yet.collect();
    copies.extend(informed);
    prepared.copies = copies;
    let field = library.vocabularies().field(LATE_REASON);
    if let (true, Some(field)) = (prepared.late, field) {
        let (number, article) = regime::place_of(library, &prepared.duty.key, LATE_REASON);
        for copy in &mut prepared.copies {
            let group = copy.content.entry(field.group.clone()).or_default();
            if input.late_reason.is_some() || !group.contains_key(LATE_REASON) {
                let (number, article) = (number.clone(), article.clone());
                let reason = FiledAnswer { number, article, ..late_reason(input, &field.label)? };
                group.insert(LATE_REASON.to_owned(), reason);
            }
        }
    }
    Ok(prepared)
}

fn late_reason(input: &FileStage, label: &str) -> Result<FiledAnswer> {
    let reason = input.late_reason.as_deref().map(str::trim).unwrap_or_default();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        let message = format!("the deadline has passed: say why in 1 to {LONGEST_REASON} characters");
        return Err(Error::invalid("late_reason", "required_when_late", message));
    }
    if let Some(character) = regime::hidden_character(reason) {
        let message = format!("a reason holds no control character, got U+{:04X}", u32::from(character));
        return Err(Error::invalid("late_reason", "control_character", message));
    }
    Ok(FiledAnswer {
        label: label.to_owned(),
        value: Some(Value::String(reason.to_owned())),
        text: reason.to_owned(),
        ..FiledAnswer::default()
    })
}

/// The head of a copy, before its groups are disclosed and marked.
async fn head_of(
    tx: &mut Tx,
    caller: &Caller,
    (incident, copy): (IncidentId, &RecipientCopy),
    (stage, before): (&Stage, &[FilingMark]),
) -> Result<FilingHead> {
    let directory = permit(caller, Action::ReadDirectory)?;
    let from =
        tx.organisation(&directory, caller.organisation).await?.ok_or(Error::NotFound("organisation"))?;
    let recipient = copy.to;
    let to = tx.organisation(&directory, recipient).await?.ok_or(Error::NotFound("recipient"))?;
    let duty = &stage.prepared.duty;
    let before = before
        .iter()
        .filter(|filing| filing.duty == duty.key && filing.recipient == recipient)
        .max_by_key(|filing| filing.version);
    Ok(FilingHead {
        format: FILING_FORMAT.to_owned(),
        filing: FilingId::new(stage.now, chance::for_id()),
        reference: chance::reference(),
        version: before.map_or(1, |before| before.version.saturating_add(1)),
        corrects: before.map(|before| before.filing),
        incident,
        duty: duty.key.clone(),
        pack_version: duty.pack_version.clone(),
        filed_at: stage.now,
        // Nothing is due to those who are only informed.
        due_at: duty.due.as_ref().map(|due| due.at).filter(|_| copy.for_information.is_none()),
        for_information: copy.for_information.clone(),
        from: party_of(&from),
        to: party_of(&to),
        marking: Marking::default(),
        groups: BTreeMap::new(),
    })
}

/// Tells the officers of an organisation of a copy that it gets for information; no answer of the report stands in it.
async fn tell_informed(tx: &mut Tx, head: &FilingHead) -> Result<()> {
    let why = head.for_information.as_deref().unwrap_or_default();
    let tell = Tell {
        kind: NoticeKind::Message,
        subject: format!("{why}: a report of {}", head.from.name),
        text: format!(
            "{} filed a report of which your organisation gets a copy ({why}). Another authority handles it.",
            head.from.name
        ),
        link: format!("/authority/filings/{}", head.filing),
        key: format!("copy:{}", head.filing),
    };
    let officers = Audience::Functions(vec![Function::Officer]);
    notices::tell(tx, head.to.organisation, &officers, tell, head.filed_at).await
}

/// The key by which an organisation of this node signs now. The node signs for the recipient too:
/// docs/decisions/0002.
pub(crate) async fn key_of(tx: &mut Tx, organisation: OrganisationId, now: Instant) -> Result<SigningKey> {
    let key = tx.signing_key(&for_node(organisation), now).await?;
    key.ok_or_else(|| {
        Error::Refused(
            "an organisation of this filing has no valid signing key; ask the node's administrator"
                .to_owned(),
        )
    })
}

/// The head of the audit chain, base64url: a receipt anchors it with an outsider.
async fn audit_anchor(tx: &mut Tx) -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(tx.audit_head().await?.chain))
}

fn party_of(organisation: &Organisation) -> Party {
    Party { organisation: organisation.id, name: organisation.name.clone() }
}
