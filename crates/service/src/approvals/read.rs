//! Read requests for approval.

use std::collections::BTreeMap;

use model::{
    ApprovalId, Caller, FilingId, IncidentId, OrganisationId, UserId,
    approval::{Emergency, Hindrance, Person, turn},
};
use policy::{Action, Scope, for_node, permit};
use store::{ApprovalOverride, Tx};

use super::{
    decide::{scopes, seen},
    freeze::changes,
    gate::{chain_for, chain_of},
    remark::{may_be_taken_back, may_speak},
    view::{Named, Read, copies},
};
use crate::{
    Service,
    error::{Error, Result},
    inform::person,
    view::{
        ApprovalList, ApprovalSummary, ApprovalView, ChangesSinceLook, IncidentApprovals, OverrideView,
        ValueChange,
    },
};

/// How many requests the list holds.
const MOST: u32 = 200;

impl Service {
    /// The requests that the caller can see: of the own organisation, and for an approver those of others in
    /// whose chain the organisation has a seat.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn approvals(&self, caller: &Caller) -> Result<ApprovalList> {
        let mut tx = self.store.read().await?;
        let mut found: BTreeMap<ApprovalId, ApprovalSummary> = BTreeMap::new();
        for scope in scopes(caller)? {
            for request in tx.approvals(&scope, MOST).await? {
                let id = request.id;
                if found.contains_key(&id) {
                    continue;
                }
                let read = Read::of(request, tx.approval_entries(&scope, id).await?);
                found.insert(id, read.summary(caller, self.hindrance(caller, &read).is_none()));
            }
        }
        let mut approvals: Vec<ApprovalSummary> = found.into_values().collect();
        approvals.sort_by_key(|one| (!one.waits_for_me, std::cmp::Reverse((one.asked_at, one.id))));
        let waiting = approvals.iter().filter(|one| one.waits_for_me).count();
        let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
        Ok(ApprovalList { waiting, approvals, now: self.clock.now() })
    }

    /// One request, as those who approve see it. That somebody whose decision counts looked at it is noted.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn approval(&self, caller: &Caller, id: ApprovalId) -> Result<ApprovalView> {
        let mut tx = self.store.read().await?;
        let (scope, request) = seen(&mut tx, caller, id).await?;
        let entries = tx.approval_entries(&scope, id).await?;
        let read = Read::of(request, entries);
        let view = self.approval_view(&mut tx, (caller, &scope), &read).await?;
        drop(tx);
        if read.is_pending()
            && person(caller).is_some()
            && read.looked_at(caller.subject).is_none()
            && self.hindrance(caller, &read).is_none()
        {
            self.note_look(caller, id).await?;
        }
        Ok(view)
    }

    /// The approvals of one incident, for those who report.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn incident_approvals(&self, caller: &Caller, id: IncidentId) -> Result<IncidentApprovals> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let chain = chain_of(&mut tx, &scope, id).await?;
        let duties = tx.duties_of(&scope, id).await?;
        let covered =
            duties.into_keys().filter(|key| chain.as_ref().is_some_and(|kept| kept.chain.covers(key)));
        let covered = covered.collect();
        let mut requests = Vec::new();
        for request in tx.approvals_of(&scope, id).await? {
            let entries = tx.approval_entries(&scope, request.id).await?;
            let read = Read::of(request, entries);
            requests.push(read.summary(caller, self.hindrance(caller, &read).is_none()));
        }
        let overrides = tx.overrides(&scope, Some(id)).await?;
        Ok(IncidentApprovals {
            covered,
            own_chain: chain.as_ref().is_some_and(|kept| kept.incident.is_some()),
            requests,
            overrides: overrides.into_iter().map(|mark| self.override_view(mark)).collect(),
            may_override: chain.is_some_and(|kept| {
                permit(caller, Action::OverrideApproval).is_ok()
                    && kept.chain.emergency.lets(&caller.functions)
            }),
            now: self.clock.now(),
        })
    }

    /// Why the caller cannot decide now; nothing when they can.
    pub(super) fn hindrance(&self, caller: &Caller, read: &Read) -> Option<Hindrance> {
        let Some(user) = person(caller) else { return Some(Hindrance::NotInChain) };
        let decider = Person { user, organisation: caller.organisation, functions: caller.functions.clone() };
        let frozen = &read.request.frozen;
        let turn = turn((&frozen.chain, &frozen.opening), &read.decisions, &decider, self.clock.now());
        match turn {
            Err(hindrance) => Some(hindrance),
            Ok(_) if !read.is_pending() => Some(Hindrance::Over),
            Ok(_) => None,
        }
    }

    async fn approval_view(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        read: &Read,
    ) -> Result<ApprovalView> {
        let names = Names::read(tx, caller, read).await?;
        let named = |one: Named| names.of(&one);
        let request = &read.request;
        let own = request.organisation == caller.organisation;
        let hindrance = self.hindrance(caller, read);
        let aside = if own { self.aside(tx, read).await? } else { Aside::default() };
        let frozen = &request.frozen;
        Ok(ApprovalView {
            summary: read.summary(caller, hindrance.is_none()),
            article: frozen.article.clone(),
            note: frozen.note.clone(),
            copies: copies(&self.library, &frozen.copies),
            late_reason: frozen.late_reason.clone(),
            digest: frozen.digest.clone(),
            changes: aside.changes,
            since_look: self.since_look(tx, (caller, scope), read).await?,
            steps: read.steps(&named),
            in_order: frozen.chain.in_order,
            file_when_approved: frozen.chain.file_when_approved,
            chain_changed: aside.chain_changed,
            entries: read.thread(&named),
            hindrance: hindrance.map(|hindrance| hindrance.to_string()),
            may_override: read.is_pending()
                && permit(caller, Action::OverrideApproval).is_ok()
                && aside.emergency.lets(&caller.functions),
            may_withdraw: own && may_be_taken_back(caller, request.state),
            may_remark: may_speak(caller),
            filings: aside.filings,
            now: self.clock.now(),
        })
    }

    /// What only the own organisation sees of a request.
    async fn aside(&self, tx: &mut Tx, read: &Read) -> Result<Aside> {
        let request = &read.request;
        let owner = for_node(request.organisation);
        let stands = chain_for(tx, &owner, request.incident, &request.duty).await?;
        let uses = tx.approval_uses(&owner, request.id).await?;
        let changes = tx.approval_changes(&owner, request.id).await?;
        let changes = changes.into_iter().map(|change| ValueChange {
            field: change.field,
            label: change.label,
            before: change.before,
            after: change.after,
        });
        Ok(Aside {
            chain_changed: stands.as_ref().is_none_or(|kept| kept.chain != request.frozen.chain),
            // Where nothing is wanted any more, nothing is an emergency.
            emergency: stands.map_or(Emergency::Forbidden, |kept| kept.chain.emergency),
            filings: uses.into_iter().map(|(_, filing)| filing).collect(),
            changes: changes.collect(),
        })
    }

    /// What changed since the caller looked at the last request before this one.
    async fn since_look(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        read: &Read,
    ) -> Result<Option<ChangesSinceLook>> {
        let request = &read.request;
        // Newest first.
        for earlier in tx.approvals_of(scope, request.incident).await? {
            if earlier.duty != request.duty || earlier.version >= request.version {
                continue;
            }
            let entries = tx.approval_entries(scope, earlier.id).await?;
            let earlier = Read::of(earlier, entries);
            if let Some(looked_at) = earlier.looked_at(caller.subject) {
                let (before, after) = (&earlier.request.frozen.copies, &request.frozen.copies);
                let changes = changes(&self.library, before, after);
                return Ok(Some(ChangesSinceLook { version: earlier.request.version, looked_at, changes }));
            }
        }
        Ok(None)
    }

    /// A filing without approval, as people see it.
    pub(super) fn override_view(&self, mark: ApprovalOverride) -> OverrideView {
        let title = self.library.pack(&mark.duty.pack).map_or_else(
            || mark.duty.to_string(),
            |pack| format!("{}: {}", pack.law.law, pack.text("en", &format!("stage-{}", mark.duty.stage))),
        );
        OverrideView {
            incident: mark.incident,
            filing: mark.filing,
            duty: mark.duty,
            title,
            at: mark.at,
            by: mark.by.name,
            reason: mark.reason,
        }
    }
}

/// What stands beside a request.
struct Aside {
    /// Whether the chain was changed since.
    chain_changed: bool,
    /// Whom the chain in force lets file without approval.
    emergency: Emergency,
    /// The filings that used it.
    filings: Vec<FilingId>,
    /// What changed since the filing before.
    changes: Vec<ValueChange>,
}

impl Default for Aside {
    /// Another organisation sees nothing of it and may do nothing beside deciding.
    fn default() -> Self {
        Self { chain_changed: false, emergency: Emergency::Forbidden, filings: vec![], changes: vec![] }
    }
}

/// The names that a request needs.
struct Names {
    people: BTreeMap<UserId, String>,
    organisations: BTreeMap<OrganisationId, String>,
}

impl Names {
    async fn read(tx: &mut Tx, caller: &Caller, read: &Read) -> Result<Self> {
        let directory = permit(caller, Action::ReadDirectory)?;
        let request = &read.request;
        let wanted = read.entries.iter().map(|entry| entry.organisation);
        let mut organisations = BTreeMap::new();
        for id in wanted.chain(request.frozen.chain.others()).chain([request.organisation]) {
            if let Some(organisation) = tx.organisation(&directory, id).await? {
                organisations.insert(id, organisation.name);
            }
        }
        // Another organisation learns that people are named, not who.
        let mut people = BTreeMap::new();
        if request.organisation == caller.organisation {
            let users = tx.users(&for_node(request.organisation)).await?;
            people.extend(users.into_iter().map(|user| (user.id, user.profile.name)));
        }
        Ok(Self { people, organisations })
    }

    fn of(&self, one: &Named) -> String {
        match one {
            Named::Person(user) => {
                self.people.get(user).cloned().unwrap_or_else(|| "a named person".to_owned())
            }
            Named::Organisation(id) => self.organisations.get(id).cloned().unwrap_or_default(),
        }
    }
}
