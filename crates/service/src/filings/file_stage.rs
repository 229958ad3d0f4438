//! File a stage: freeze, sign, deliver, and hold the receipt, in one transaction.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{
    Caller, DutyKey, DutyState, FiledAnswer, FilingDocument, FilingHead, FilingId, Happening, IncidentId,
    Instant, Organisation, OrganisationId, Party, filing::FILING_FORMAT,
};
use policy::{Action, Scope, for_node, permit};
use regime::{Duty, Library, Submission};
use serde_json::Value;
use store::{Facets, Filing, Tx};
use vault::SigningKey;

use super::{
    prepare::{Content, Prepared},
    sign::{signed_filing, signed_receipt},
};
use crate::{
    Service, chance,
    error::{Error, Result},
    fail,
    idempotency::Repeat,
    incidents::{project::project_duties, situation::Situation},
    view::{FileStage, Filed},
};

/// The field of the vocabulary that says why a filing is late.
const LATE_REASON: &str = "late_reason";
/// The longest reason, in characters.
const LONGEST_REASON: usize = 4000;

impl Service {
    /// Files the stage `key` of the incident to one recipient. A repeat with the same
    /// `idempotency` key files nothing new and gets the same receipt; filing a stage again with
    /// another key makes its next version.
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
        let mut tx = self.store.write().await?;
        let repeat = Repeat::of((caller, &scope), "file_stage", idempotency, &(id, key, &input))?;
        // Held before the question whether this is a repeat: a repeat that comes at the same
        // moment waits here, and then finds the answer.
        let incident = tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        if let Some(filed) = repeat.answer(&mut tx).await? {
            return Ok(filed);
        }
        if incident.revision != input.base_revision {
            return Err(Error::Conflict { revision: incident.revision, conflicts: vec![] });
        }
        let now = self.clock.now();
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        let prepared = Prepared::of(&self.library, &situation, key, now)?;
        let (duty, content) = fileable(&self.library, prepared, &input)?;
        let filed = self
            .freeze(&mut tx, (caller, &scope), situation, Stage { key, duty, input: &input, content, now })
            .await?;
        repeat.remember(&mut tx, &filed, now).await?;
        fail::point("file_stage.before_commit");
        tx.commit().await?;
        fail::point("file_stage.after_commit");
        Ok(filed)
    }

    async fn freeze(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        mut situation: Situation,
        stage: Stage<'_>,
    ) -> Result<Filed> {
        let Stage { key, now, .. } = stage;
        let head = head_of(tx, (caller, scope), situation.incident.id, &stage).await?;
        let filing = head.filing;
        let recipient = stage.input.recipient;
        let document = signed_filing(head, stage.content, &key_of(tx, caller.organisation, now).await?)?;
        let receipt = signed_receipt(
            document.clone(),
            Some(audit_anchor(tx).await?),
            &key_of(tx, recipient, now).await?,
        )?;
        let filed = Filed {
            filing,
            reference: document.head.reference.clone(),
            receipt: receipt.receipt.receipt,
            filed_at: now,
        };
        situation.case.submissions.push(Submission { duty: key.clone(), at: now, acknowledged: false });
        let row = self.row_of(document, &situation, now);
        tx.insert_filing(scope, &row).await?;
        tx.insert_receipt(scope, &receipt).await?;
        let duties = situation.duties(&self.library, now);
        project_duties(tx, scope, &situation.incident, &duties, (Some(&caller.actor()), now)).await?;
        let happening = Happening::StageFiled { incident: situation.incident.id, filing, duty: key.clone() };
        self.happened(tx, caller, happening).await?;
        Ok(filed)
    }

    fn row_of(&self, document: FilingDocument, situation: &Situation, now: Instant) -> Filing {
        let pack = &document.head.duty.pack;
        let response_due_at =
            regime::authority_duties(&self.library, &situation.case, &situation.directory, now)
                .into_iter()
                .filter(|duty| duty.key.pack == *pack && duty.state != DutyState::NotApplicable)
                .filter_map(|duty| duty.due)
                .filter(|due| due.anchor_at == now)
                .map(|due| due.at)
                .min();
        let text = |field: &str| situation.incident.text(field).map(str::to_owned);
        let facets = Facets {
            sector: situation.case.entity.get("entity.sector").and_then(Value::as_str).map(str::to_owned),
            severity: text("severity"),
            cross_border: situation.incident.value("cross_border").and_then(Value::as_bool),
        };
        Filing::new(document, facets, response_due_at)
    }
}

/// The stage that is being filed.
struct Stage<'a> {
    key: &'a DutyKey,
    duty: Duty,
    input: &'a FileStage,
    content: Content,
    now: Instant,
}

/// The duty and the content that may be filed to the wanted recipient now.
fn fileable(library: &Library, prepared: Prepared, input: &FileStage) -> Result<(Duty, Content)> {
    if let Some(obstacle) = prepared.obstacle() {
        return Err(Error::Refused(obstacle));
    }
    let complaints = prepared.complaints();
    if !complaints.is_empty() {
        return Err(Error::Invalid(complaints));
    }
    if !prepared.recipients.contains(&input.recipient) {
        return Err(Error::invalid(
            "recipient",
            "one_of_the_recipients",
            "the recipient must be one of those that the preview names",
        ));
    }
    let mut content = prepared.content;
    let field = library.vocabularies().field(LATE_REASON);
    if let (true, Some(field)) = (prepared.late, field) {
        let group = content.entry(field.group.clone()).or_default();
        if input.late_reason.is_some() || !group.contains_key(LATE_REASON) {
            group.insert(LATE_REASON.to_owned(), late_reason(input, &field.label)?);
        }
    }
    Ok((prepared.duty, content))
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
        estimated: false,
    })
}

/// The head of the filing, before its groups are disclosed.
async fn head_of(
    tx: &mut Tx,
    (caller, scope): (&Caller, &Scope),
    incident: IncidentId,
    stage: &Stage<'_>,
) -> Result<FilingHead> {
    let directory = permit(caller, Action::ReadDirectory)?;
    let from =
        tx.organisation(&directory, caller.organisation).await?.ok_or(Error::NotFound("organisation"))?;
    let to = tx.organisation(&directory, stage.input.recipient).await?.ok_or(Error::NotFound("recipient"))?;
    let before = tx
        .filing_marks(scope, incident)
        .await?
        .into_iter()
        .filter(|filing| filing.duty == *stage.key && filing.recipient == stage.input.recipient)
        .max_by_key(|filing| filing.version);
    Ok(FilingHead {
        format: FILING_FORMAT.to_owned(),
        filing: FilingId::new(stage.now, chance::for_id()),
        reference: chance::reference(),
        version: before.as_ref().map_or(1, |before| before.version.saturating_add(1)),
        corrects: before.map(|before| before.filing),
        incident,
        duty: stage.key.clone(),
        pack_version: stage.duty.pack_version.clone(),
        filed_at: stage.now,
        due_at: stage.duty.due.as_ref().map(|due| due.at),
        from: party_of(&from),
        to: party_of(&to),
        groups: BTreeMap::new(),
    })
}

/// The key by which an organisation of this node signs now. The node signs for the recipient too:
/// docs/decisions/0002.
async fn key_of(tx: &mut Tx, organisation: OrganisationId, now: Instant) -> Result<SigningKey> {
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
