//! What would be filed now: the same for the preview and for the filing itself, so that the
//! recipient sees exactly what the preview showed.

use std::collections::{BTreeMap, BTreeSet};

use model::{DutyKey, DutyState, FiledAnswer, Incident, Instant, Marks, OrganisationId, Role};
use regime::{Duty, FormView, Library, Missing, Problem, Recipient, Screen, Withheld};

use crate::{
    error::{Error, Result},
    incidents::{mark_incident::marks_of, situation::Situation},
};

/// Groups of a filing: group, field, answer.
pub(crate) type Content = BTreeMap<String, BTreeMap<String, FiledAnswer>>;

/// What one recipient would get: what the law lets its role see, and nothing else.
pub(crate) struct RecipientCopy {
    /// Who.
    pub to: OrganisationId,
    /// Under which role.
    pub role: Role,
    /// Why it is this role.
    pub why: String,
    /// What would be filed.
    pub content: Content,
    /// What it does not get.
    pub withheld: Vec<Withheld>,
    /// Under which article it gets a copy for information, where it does not handle the report.
    pub for_information: Option<String>,
}

/// A stage ready to be looked at, perhaps to be filed.
pub(crate) struct Prepared {
    /// The duty as it stands.
    pub duty: Duty,
    /// What each recipient would get.
    pub copies: Vec<RecipientCopy>,
    /// Who else gets a copy, for information, whoever of the recipients it is filed to.
    pub informed: Vec<RecipientCopy>,
    /// What the first role that it goes to would get, while no organisation of this node holds it: many
    /// recipients take reports elsewhere.
    pub unaddressed: Content,
    /// How the report and its groups are marked.
    pub marks: Marks,
    /// Required and not answered.
    pub missing: Vec<Missing>,
    /// What must be mended first.
    pub problems: Vec<Problem>,
    /// Whether the instant has passed.
    pub late: bool,
}

impl Prepared {
    /// Works out the stage `key` of `situation` at `now`.
    pub(crate) fn of(library: &Library, situation: &Situation, key: &DutyKey, now: Instant) -> Result<Self> {
        let duty = situation
            .duties(library, now)
            .into_iter()
            .find(|duty| duty.key == *key)
            .ok_or(Error::NotFound("duty"))?;
        let FormView { missing, mut problems, sections, .. } =
            regime::form(library, &situation.case, key, Screen::Full, "en").ok_or(Error::NotFound("duty"))?;
        let fields = sections.into_iter().flat_map(|section| section.fields);
        let required = fields.filter(|field| field.required).map(|field| field.field).collect();
        problems.extend(regime::plausibility(library, &situation.case, now));
        let copies = copies_of(library, situation, (key, &duty.recipients), &required);
        let around = (&situation.case, &*situation.directory);
        let mut informed =
            copies_of(library, situation, (key, &regime::copies(library, around, key, now)), &required);
        for copy in &mut informed {
            copy.for_information = Some(copy.why.clone());
        }
        let unaddressed =
            if copies.is_empty() { unaddressed(library, situation, key, &required) } else { Content::new() };
        let late =
            duty.submissions.is_empty() && duty.due.as_ref().is_some_and(|due| due.at < now && !duty.soft);
        Ok(Self {
            duty,
            copies,
            informed,
            unaddressed,
            marks: marks_of(&situation.incident),
            missing,
            problems,
            late,
        })
    }

    /// The copy of a recipient, or of the first one; nothing while there is no recipient.
    pub(crate) fn copy_for(&self, recipient: Option<OrganisationId>) -> Result<Option<&RecipientCopy>> {
        let Some(wanted) = recipient else { return Ok(self.copies.first()) };
        let found = self.copies.iter().find(|copy| copy.to == wanted);
        found.map(Some).ok_or_else(|| {
            let rule = "the recipient must be one of those that the preview names";
            Error::invalid("recipient", "one_of_the_recipients", rule)
        })
    }

    /// What a recipient, or the first one, would get; while there is none, what the stage asks.
    pub(crate) fn content_for(&self, recipient: Option<OrganisationId>) -> Result<&Content> {
        Ok(self.copy_for(recipient)?.map_or(&self.unaddressed, |copy| &copy.content))
    }

    /// Why it cannot be filed at all, in words, whatever is answered.
    pub(crate) fn obstacle(&self) -> Option<String> {
        match self.duty.state {
            DutyState::NotApplicable | DutyState::Displaced => Some(format!(
                "{} {} does not apply to this incident: {}",
                self.duty.law, self.duty.article, self.duty.reasons.rule
            )),
            DutyState::Undecided if !self.duty.voluntary => Some(format!(
                "whether {} {} applies is not decided yet; answer first: {}",
                self.duty.law,
                self.duty.article,
                words(&self.duty.missing)
            )),
            DutyState::Withdrawn | DutyState::Waived => Some("this duty was withdrawn or waived".to_owned()),
            DutyState::Undecided
            | DutyState::Due
            | DutyState::Drafted
            | DutyState::InApproval
            | DutyState::Filed
            | DutyState::Acknowledged
            | DutyState::Late => None,
        }
    }

    /// Whether it can be filed as it stands.
    pub(crate) fn is_ready(&self) -> bool {
        self.missing.is_empty()
            && self.problems.is_empty()
            && self.obstacle().is_none()
            && !self.copies.is_empty()
    }

    /// What is missing or wrong, as problems of the record.
    pub(crate) fn complaints(&self) -> Vec<Problem> {
        let missing = self.missing.iter().map(|missing| Problem {
            field: missing.field.clone(),
            pointer: format!("/answers/{}", missing.field),
            rule: "required".to_owned(),
            message: format!(
                "{:?} is required for this stage; \"unknown yet\" is an answer where the law allows it",
                missing.label
            ),
        });
        let problems = self
            .problems
            .iter()
            .cloned()
            .map(|problem| Problem { pointer: format!("/answers{}", problem.pointer), ..problem });
        missing.chain(problems).collect()
    }
}

fn words(missing: &[Missing]) -> String {
    missing.iter().map(|missing| missing.label.as_str()).collect::<Vec<_>>().join("; ")
}

/// One copy for each organisation, under the first role by which it receives.
fn copies_of(
    library: &Library,
    situation: &Situation,
    (key, recipients): (&DutyKey, &[Recipient]),
    required: &BTreeSet<String>,
) -> Vec<RecipientCopy> {
    let mut copies: Vec<RecipientCopy> = Vec::new();
    for recipient in recipients {
        for one in &recipient.organisations {
            if copies.iter().any(|copy| copy.to == one.id) {
                continue;
            }
            let (case, role) = (&situation.case, recipient.role);
            let content = regime::content(library, case, key, "en", role);
            copies.push(RecipientCopy {
                to: one.id,
                role,
                why: recipient.why.clone(),
                content: as_answered(content, &situation.incident, required),
                withheld: withheld_answers(
                    regime::withheld(library, case, key, "en", role),
                    situation,
                    required,
                ),
                for_information: None,
            });
        }
    }
    copies
}

fn unaddressed(
    library: &Library,
    situation: &Situation,
    key: &DutyKey,
    required: &BTreeSet<String>,
) -> Content {
    let role = regime::first_role(library, key);
    let content = role.map(|role| regime::content(library, &situation.case, key, "en", role));
    as_answered(content.unwrap_or_default(), &situation.incident, required)
}

/// What is withheld of that which would be filed: not of questions that nobody answered.
fn withheld_answers(
    withheld: Vec<Withheld>,
    situation: &Situation,
    required: &BTreeSet<String>,
) -> Vec<Withheld> {
    let filed = |field: &String| situation.incident.answers.contains_key(field) || required.contains(field);
    withheld.into_iter().filter(|part| part.fields.iter().any(filed)).collect()
}

/// The content as the record answers it: "unknown yet" is filed where somebody said so or the
/// stage requires the field, not where nobody was asked; estimates keep their mark.
fn as_answered(mut content: Content, incident: &Incident, required: &BTreeSet<String>) -> Content {
    for group in content.values_mut() {
        // What the profile or the stage itself says has a value without an answer of the record.
        group.retain(|field, answer| {
            answer.value.is_some() || incident.answers.contains_key(field) || required.contains(field)
        });
        for (field, answer) in group {
            answer.estimated = incident.answers.get(field).is_some_and(|given| given.estimated);
            answer.terms = incident.answers.get(field).map(|given| given.terms.clone()).unwrap_or_default();
            answer.earlier = incident.earlier.get(field).cloned().unwrap_or_default();
        }
    }
    content.retain(|_, group| !group.is_empty());
    content
}
