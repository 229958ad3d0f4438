//! Keep the approval chain of the organisation, or of one of its incidents.

use model::{ApprovalId, Caller, Happening, IncidentId, OrganisationId, Party};
use policy::{Action, for_node, permit};
use regime::{Library, Problem};
use store::{KeptChain, Tx};

use super::{cast::Cast, check::check};
use crate::{
    Service, chance,
    error::{Error, Result},
    view::{ApprovalChainView, ChainPerson, ChainStage, KeepChain},
};

impl Service {
    /// The chain of the organisation, or of one of its incidents, with all that is needed to change it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for another organisation's incident.
    pub async fn approval_chain(
        &self,
        caller: &Caller,
        incident: Option<IncidentId>,
    ) -> Result<ApprovalChainView> {
        permit(caller, Action::KeepApprovalChain)?;
        let mut tx = self.store.read().await?;
        own_incident(&mut tx, caller, incident).await?;
        self.chain_view(&mut tx, caller, incident).await
    }

    /// Sets the chain of the organisation, or of one of its incidents, for requests to come. Running ones keep
    /// the chain they began with.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a chain that nobody could fulfil, each problem with its place;
    /// [`Error::Refused`] when somebody else changed it since.
    pub async fn keep_approval_chain(
        &self,
        caller: &Caller,
        incident: Option<IncidentId>,
        keep: KeepChain,
    ) -> Result<ApprovalChainView> {
        let scope = permit(caller, Action::KeepApprovalChain)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        own_incident(&mut tx, caller, incident).await?;
        let stands = tx.approval_chain(&scope, incident).await?;
        let id = stands.as_ref().map(|kept| kept.id);
        if stands.is_some_and(|kept| kept.chain == keep.chain) {
            // Nothing to change: a repeat of what was done.
            return self.chain_view(&mut tx, caller, incident).await;
        }
        if id != keep.replaces {
            return Err(Error::Refused(
                "somebody else changed this chain meanwhile; nothing was overwritten: load it again"
                    .to_owned(),
            ));
        }
        let problems = self.problems_of(&mut tx, caller, &keep).await?;
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let kept =
            KeptChain { id: ApprovalId::new(now, chance::for_id()), incident, at: now, chain: keep.chain };
        tx.set_approval_chain(&scope, &kept).await?;
        self.happened(&mut tx, caller, Happening::ApprovalChainSet { incident, removed: false }).await?;
        let view = self.chain_view(&mut tx, caller, incident).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// Takes the chain of the organisation, or of one of its incidents, away; again is no harm.
    ///
    /// # Errors
    /// [`Error::NotFound`] for another organisation's incident.
    pub async fn remove_approval_chain(
        &self,
        caller: &Caller,
        incident: Option<IncidentId>,
    ) -> Result<ApprovalChainView> {
        let scope = permit(caller, Action::KeepApprovalChain)?;
        let mut tx = self.store.write().await?;
        own_incident(&mut tx, caller, incident).await?;
        if tx.remove_approval_chain(&scope, incident).await? {
            self.happened(&mut tx, caller, Happening::ApprovalChainSet { incident, removed: true }).await?;
        }
        let view = self.chain_view(&mut tx, caller, incident).await?;
        tx.commit().await?;
        Ok(view)
    }

    async fn problems_of(&self, tx: &mut Tx, caller: &Caller, keep: &KeepChain) -> Result<Vec<Problem>> {
        let directory = permit(caller, Action::ReadDirectory)?;
        let known: Vec<OrganisationId> =
            tx.organisations(&directory).await?.into_iter().map(|organisation| organisation.id).collect();
        let cast = Cast::of(tx, caller.organisation, &keep.chain).await?;
        Ok(check(&self.library, &keep.chain, (caller.organisation, &cast, &known)))
    }

    async fn chain_view(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        incident: Option<IncidentId>,
    ) -> Result<ApprovalChainView> {
        let scope = permit(caller, Action::KeepApprovalChain)?;
        let directory = permit(caller, Action::ReadDirectory)?;
        let kept = tx.approval_chain(&scope, incident).await?;
        let cast = Cast::of(tx, caller.organisation, &model::ApprovalChain::default()).await?;
        let person = |user: &store::User| ChainPerson {
            id: user.id,
            name: user.profile.name.clone(),
            functions: user.functions.clone(),
        };
        let organisations = tx.organisations(&directory).await?;
        let others = organisations.into_iter().filter(|one| one.id != caller.organisation);
        let overrides = tx.overrides(&scope, incident).await?;
        Ok(ApprovalChainView {
            incident,
            id: kept.as_ref().map(|kept| kept.id),
            set_at: kept.as_ref().map(|kept| kept.at),
            chain: kept.map(|kept| kept.chain),
            people: cast.own().iter().map(person).collect(),
            organisations: others.map(|one| Party { organisation: one.id, name: one.name }).collect(),
            stages: stages(&self.library),
            overrides: overrides.into_iter().map(|mark| self.override_view(mark)).collect(),
        })
    }
}

/// Every stage of every law that this node knows.
fn stages(library: &Library) -> Vec<ChainStage> {
    let of_pack = |pack: &regime::Pack| {
        let stage = |(track, stage): (&regime::pack::Track, &regime::pack::Stage)| ChainStage {
            duty: model::DutyKey {
                pack: pack.id().to_owned(),
                track: track.id.clone(),
                stage: stage.id.clone(),
            },
            law: pack.law.law.clone(),
            title: pack.text("en", &format!("stage-{}", stage.id)),
        };
        pack.stages().map(stage).collect::<Vec<_>>()
    };
    library.packs().iter().flat_map(|pack| of_pack(pack)).collect()
}

/// An administrator does not read incidents: only whether there is one is looked at.
async fn own_incident(tx: &mut Tx, caller: &Caller, incident: Option<IncidentId>) -> Result<()> {
    let Some(id) = incident else { return Ok(()) };
    let found = tx.incident(&for_node(caller.organisation), id).await?;
    found.map(drop).ok_or(Error::NotFound("incident"))
}
