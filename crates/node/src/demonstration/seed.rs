//! Entering the demonstration, with the clock turned back to when each thing happened.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use model::{
    ApprovalChain, Caller, DutyKey, FilingId, Function, IncidentId, Instant, OrganisationId, Subject,
    approval::{ApprovalStep, Who},
};
use regime::Library;
use service::{
    Clock, NewOrganisation, NewUser, Service,
    view::{AcceptLink, AnswerIn, FileStage, KeepChain, OpenIncident, Respond, SaveAnswers, TellOthers},
};
use store::{Options, Store};
use vault::MasterKey;

use super::script::{self, Act, Approval, Organisation, Person, Script, Step, answer};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What was entered so far.
struct Stage {
    service: Service,
    start: Instant,
    organisations: BTreeMap<String, OrganisationId>,
    callers: BTreeMap<String, Caller>,
    incidents: BTreeMap<String, IncidentId>,
    /// By incident, duty and recipient.
    filings: BTreeMap<(String, DutyKey, OrganisationId), FilingId>,
}

/// Makes `database` and enters `script`, as if it had happened before `start`.
///
/// # Errors
/// Whatever a use case refuses, with the step.
pub async fn seed(
    database: &Path,
    key: MasterKey,
    library: Library,
    script: &Script,
    start: Instant,
) -> anyhow::Result<()> {
    let before = script.steps.first().map_or(Duration::ZERO, |step| step.ago).saturating_add(DAY);
    let clock = Clock::fixed(start.minus(before));
    let store = Store::open(&Options::sqlite(database), key).await?;
    store.migrate(clock.now()).await?;
    let service = Service::new(store.clone(), Arc::new(library), clock);
    let mut stage = Stage {
        service,
        start,
        organisations: BTreeMap::new(),
        callers: BTreeMap::new(),
        incidents: BTreeMap::new(),
        filings: BTreeMap::new(),
    };
    stage.enter(script).await?;
    store.close().await;
    Ok(())
}

impl Stage {
    async fn enter(&mut self, script: &Script) -> anyhow::Result<()> {
        for (name, organisation) in &script.organisations {
            let id = self.organisation(organisation).await.with_context(|| format!("organisation {name}"))?;
            self.organisations.insert(name.clone(), id);
        }
        for person in &script.people {
            self.person(person, script).await.with_context(|| format!("person {}", person.mail))?;
        }
        for (name, organisation) in &script.organisations {
            if let Some(approval) = &organisation.approval {
                self.approval(name, approval, script).await.with_context(|| format!("approval of {name}"))?;
            }
        }
        for step in &script.steps {
            self.step(step)
                .await
                .with_context(|| format!("{}: {} by {}", step.incident, step.act.name(), step.by))?;
        }
        self.service.chain_audit().await?;
        Ok(())
    }

    async fn organisation(&self, organisation: &Organisation) -> anyhow::Result<OrganisationId> {
        let Organisation { name, country, zone, roles, profile, .. } = organisation.clone();
        Ok(self.service.create_organisation(NewOrganisation { name, country, zone, roles, profile }).await?)
    }

    async fn person(&mut self, person: &Person, script: &Script) -> anyhow::Result<()> {
        let organisation = self.organisation_id(&person.organisation)?;
        let roles = script.organisations.get(&person.organisation).map(|one| one.roles.clone());
        let new = NewUser {
            organisation,
            name: person.name.clone(),
            mail: person.mail.clone(),
            functions: person.functions.clone(),
        };
        let invitation = self.service.invite_user(new).await?;
        self.service.accept_invitation(&invitation.token, person.password.clone()).await?;
        let caller = Caller {
            subject: Subject::User(invitation.user),
            name: person.name.clone(),
            organisation,
            roles: roles.unwrap_or_default(),
            functions: person.functions.clone(),
        };
        self.callers.insert(person.mail.clone(), caller);
        Ok(())
    }

    /// Keeps the chain of an organisation, as its administrator would.
    async fn approval(&self, name: &str, approval: &Approval, script: &Script) -> anyhow::Result<()> {
        let administrators = script.people.iter().filter(|person| {
            person.organisation == name && person.functions.contains(&Function::Administrator)
        });
        let administrator = administrators.map(|person| self.callers.get(&person.mail)).next().flatten();
        let steps =
            approval.steps.iter().map(|step| self.approval_step(step)).collect::<anyhow::Result<_>>()?;
        let chain = ApprovalChain {
            covers: approval.covers.clone(),
            steps,
            distinct: true,
            file_when_approved: approval.file_when_approved,
            ..ApprovalChain::default()
        };
        let caller = administrator.context("nobody there is an administrator")?;
        self.service.keep_approval_chain(caller, None, KeepChain { chain, replaces: None }).await?;
        Ok(())
    }

    fn approval_step(&self, step: &script::ApprovalStep) -> anyhow::Result<ApprovalStep> {
        let who = match (&step.organisation, step.function) {
            (Some(name), _) => Who::Organisation { organisation: self.organisation_id(name)? },
            (None, Some(function)) => Who::Function { function },
            (None, None) => anyhow::bail!("the step {:?} names nobody", step.name),
        };
        Ok(ApprovalStep { name: step.name.clone(), who, count: 1, deputies: None })
    }

    async fn step(&mut self, step: &Step) -> anyhow::Result<()> {
        let at = self.start.minus(step.ago);
        let clock = self.service.clock();
        clock.advance(at.since(clock.now()));
        let caller = self.callers.get(&step.by).context("nobody has this mail address")?.clone();
        match &step.act {
            Act::Open(answers) => self.open(step, &caller, answers).await,
            Act::Answer(answers) => self.answer(step, &caller, answers).await,
            Act::File { duty, to, late_reason } => {
                self.file(step, &caller, duty, (to, late_reason.clone())).await
            }
            Act::Tell { to, note } => {
                let told = TellOthers { organisations: vec![self.organisation_id(to)?], note: note.clone() };
                self.service.tell_others(&caller, self.incident(step)?, told, None).await?;
                Ok(())
            }
            Act::TakeUp { of, open } => self.take_up(step, &caller, (of, open)).await,
            Act::Acknowledge { duty } => {
                let filing = self.filing(step, &caller, duty)?;
                self.service.received_filing(&caller, filing).await?;
                self.service.acknowledge(&caller, filing).await?;
                Ok(())
            }
            Act::Respond { duty, text } => {
                let filing = self.filing(step, &caller, duty)?;
                self.service
                    .respond(&caller, filing, Respond { text: text.clone(), ..Respond::default() }, None)
                    .await?;
                Ok(())
            }
        }
    }

    async fn open(
        &mut self,
        step: &Step,
        caller: &Caller,
        answers: &BTreeMap<String, toml::Value>,
    ) -> anyhow::Result<()> {
        let answers = self.answers(answers)?;
        let view = self
            .service
            .open_incident(caller, OpenIncident { answers, ..OpenIncident::default() }, None)
            .await?;
        self.incidents.insert(step.incident.clone(), view.id);
        Ok(())
    }

    async fn answer(
        &self,
        step: &Step,
        caller: &Caller,
        answers: &BTreeMap<String, toml::Value>,
    ) -> anyhow::Result<()> {
        let incident = self.incident(step)?;
        let base_revision = self.service.incident(caller, incident).await?.revision;
        let save = SaveAnswers { answers: self.answers(answers)?, ..SaveAnswers::at(base_revision) };
        self.service.save_answers(caller, incident, save).await?;
        Ok(())
    }

    /// Opens an own incident for the one thing that the organisation was told and has not answered.
    async fn take_up(
        &mut self,
        step: &Step,
        caller: &Caller,
        (of, open): (&str, &BTreeMap<String, toml::Value>),
    ) -> anyhow::Result<()> {
        anyhow::ensure!(self.incidents.contains_key(of), "the incident {of:?} was not opened before");
        let waiting = self.service.links_waiting(caller).await?;
        let link = waiting.links.first().context("nobody told this organisation anything")?.id;
        let open = OpenIncident { answers: self.answers(open)?, ..OpenIncident::default() };
        let linked = self.service.accept_link(caller, link, AcceptLink { incident: None, open }).await?;
        let incident = linked.incident.context("the link has no incident")?;
        self.incidents.insert(step.incident.clone(), incident);
        Ok(())
    }

    async fn file(
        &mut self,
        step: &Step,
        caller: &Caller,
        duty: &DutyKey,
        (to, late_reason): (&str, Option<String>),
    ) -> anyhow::Result<()> {
        let incident = self.incident(step)?;
        let base_revision = self.service.incident(caller, incident).await?.revision;
        let recipient = self.organisation_id(to)?;
        let stage = FileStage { late_reason, ..FileStage::to(base_revision, recipient) };
        let filed = self.service.file_stage(caller, (incident, duty), stage, None).await?;
        self.filings.insert((step.incident.clone(), duty.clone(), recipient), filed.filing);
        Ok(())
    }

    fn answers(&self, answers: &BTreeMap<String, toml::Value>) -> anyhow::Result<BTreeMap<String, AnswerIn>> {
        answers
            .iter()
            .map(|(field, value)| {
                Ok((field.clone(), answer(value, self.start).with_context(|| field.clone())?))
            })
            .collect()
    }

    fn incident(&self, step: &Step) -> anyhow::Result<IncidentId> {
        self.incidents.get(&step.incident).copied().context("the incident was not opened before")
    }

    fn filing(&self, step: &Step, caller: &Caller, duty: &DutyKey) -> anyhow::Result<FilingId> {
        let key = (step.incident.clone(), duty.clone(), caller.organisation);
        self.filings.get(&key).copied().with_context(|| format!("{duty} was not filed with them before"))
    }

    fn organisation_id(&self, name: &str) -> anyhow::Result<OrganisationId> {
        self.organisations.get(name).copied().with_context(|| format!("there is no organisation {name:?}"))
    }
}
