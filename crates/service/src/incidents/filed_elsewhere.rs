//! What was filed without Beffroi: noted, so that its clocks are right, and taken back when it was a mistake.

use model::{Actor, Answer, Caller, DutyKey, FiledElsewhere, Happening, Incident, IncidentId, Instant, Way};
use policy::{Action, permit};
use regime::Library;
use store::FieldChange;

use super::{
    change::{Changed, line},
    situation::Situation,
    view::incident_view,
};
use crate::{
    Service,
    error::{Error, Result},
    filings::prepare::Prepared,
    said::{LONGEST, said, said_if_any},
    view::{IncidentView, NoteFiledElsewhere, TakeBackFiledElsewhere},
};

/// How the history names it; the duty follows.
pub(crate) const ELSEWHERE: &str = "elsewhere.";
/// The longest name of a recipient and the longest reference, in characters.
const LONGEST_NAME: usize = 200;
/// So much is noted of one record at most.
const MOST: usize = 200;

impl Service {
    /// Notes that a stage was filed without Beffroi. Noting the same again changes nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is missing or wrong; [`Error::Refused`] when the duty does not stand;
    /// [`Error::Conflict`] when the record has changed since the caller's revision; [`Error::NotFound`].
    pub async fn note_filed_elsewhere(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        input: NoteFiledElsewhere,
    ) -> Result<IncidentView> {
        let scope = permit(caller, Action::FileStage)?;
        let now = self.clock.now();
        let by = caller.actor();
        let mut tx = self.store.write().await?;
        let stands = tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let filed = checked(input.clone(), (key, &by), (now, stands.revision + 1))?;
        let situation = Situation::read(&mut tx, &scope, stands).await?;
        let laws = self.laws(&situation.incident);
        if situation.incident.elsewhere.iter().any(|known| is_same(known, &filed)) {
            return Ok(incident_view(&laws, &situation, now));
        }
        if let Some(obstacle) = Prepared::of(&laws, &situation, key, now)?.obstacle() {
            return Err(Error::Refused(obstacle));
        }
        let stands = at_revision(situation.incident, input.base_revision)?;
        if stands.elsewhere.len() >= MOST {
            return Err(Error::Refused(format!("one record notes at most {MOST} such filings")));
        }
        let after = Some(line(&filed.words(), filed.revision, (&by, now)));
        let fields = vec![field_change(key, (None, after), None)];
        let elsewhere = [stands.elsewhere.clone(), vec![filed]].concat();
        let changed = Changed::of(Incident { elsewhere, ..stands }, fields, (&by, now));
        let happening = Happening::FiledElsewhere { incident: id, duty: key.clone() };
        self.keep_change(tx, (caller, &scope), changed, happening).await
    }

    /// Takes back that a stage was filed without Beffroi; the history keeps what was said, and why it was not so.
    ///
    /// # Errors
    /// As [`Self::note_filed_elsewhere`].
    pub async fn take_back_filed_elsewhere(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        input: TakeBackFiledElsewhere,
    ) -> Result<IncidentView> {
        let scope = permit(caller, Action::FileStage)?;
        let reason = said("reason", &input.reason, 1..=LONGEST)?;
        let (now, by) = (self.clock.now(), caller.actor());
        let mut tx = self.store.write().await?;
        let stands = tx.hold_incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let is_it = |known: &&FiledElsewhere| known.duty == *key && known.at == input.at;
        let known = stands.elsewhere.iter().find(is_it).cloned();
        let known = known.ok_or(Error::NotFound("what was filed elsewhere"))?;
        let stands = at_revision(stands, input.base_revision)?;
        let before = Some(line(&known.words(), known.revision, (&known.by, known.noted_at)));
        let fields = vec![field_change(key, (before, None), Some(reason))];
        let elsewhere = stands.elsewhere.iter().filter(|one| **one != known).cloned().collect();
        let changed = Changed::of(Incident { elsewhere, ..stands }, fields, (&by, now));
        let happening = Happening::FiledElsewhereTakenBack { incident: id, duty: key.clone() };
        self.keep_change(tx, (caller, &scope), changed, happening).await
    }
}

/// How the history calls it.
pub(super) fn label(library: &Library, duty: &str) -> String {
    let Ok(duty) = duty.parse::<DutyKey>() else { return duty.to_owned() };
    let heading = regime::export::heading(library, &duty);
    format!("Filed without Beffroi: {}, {}", heading.law, heading.stage)
}

fn field_change(
    key: &DutyKey,
    (before, after): (Option<Answer>, Option<Answer>),
    reason: Option<String>,
) -> FieldChange {
    FieldChange { field: format!("{ELSEWHERE}{key}"), before, after, reason }
}

/// The record, while it stands as the caller saw it.
fn at_revision(stands: Incident, seen: i64) -> Result<Incident> {
    if stands.revision == seen {
        Ok(stands)
    } else {
        Err(Error::Conflict { revision: stands.revision, conflicts: vec![] })
    }
}

/// Whether both say the same, whoever noted it when.
fn is_same(known: &FiledElsewhere, filed: &FiledElsewhere) -> bool {
    let FiledElsewhere { by, noted_at, revision, .. } = known.clone();
    *known == FiledElsewhere { by, noted_at, revision, ..filed.clone() }
}

fn checked(
    input: NoteFiledElsewhere,
    (key, by): (&DutyKey, &Actor),
    (now, revision): (Instant, i64),
) -> Result<FiledElsewhere> {
    if input.at > now {
        let rule = "what was filed lies in the past: the instant is after now";
        return Err(Error::invalid("at", "past", rule));
    }
    let note = said_if_any("note", input.note.as_deref(), LONGEST)?;
    if input.way == Way::Other && note.is_none() {
        return Err(Error::invalid("note", "required", "say which way it was filed"));
    }
    let proof =
        input.proof_sha256.map(|digest| digest.trim().to_lowercase()).filter(|digest| !digest.is_empty());
    let is_digest =
        |digest: &String| digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    if proof.as_ref().is_some_and(|digest| !is_digest(digest)) {
        let rule = "a SHA-256 digest is 64 hexadecimal digits";
        return Err(Error::invalid("proof_sha256", "sha256", rule));
    }
    Ok(FiledElsewhere {
        duty: key.clone(),
        at: input.at,
        to: said("to", &input.to, 1..=LONGEST_NAME)?,
        way: input.way,
        reference: said_if_any("reference", input.reference.as_deref(), LONGEST_NAME)?,
        proof_sha256: proof,
        note,
        by: by.clone(),
        noted_at: now,
        revision,
    })
}
