//! Who could approve: the people of the organisation, and the approvers of the others in a chain.

use std::collections::BTreeMap;

use model::{
    ApprovalChain, Function, OrganisationId, UserId,
    approval::{ApprovalStep, Person, Who},
};
use policy::for_node;
use store::{Tx, User, UserState};

use crate::error::Result;

/// Everybody who could stand in a chain of `owner`. Who is invited will be able to; who is disabled is not.
pub(super) struct Cast {
    owner: OrganisationId,
    own: Vec<User>,
    others: BTreeMap<OrganisationId, Vec<User>>,
}

impl Cast {
    /// Reads the people of `owner` and the approvers of the other organisations of `chain`.
    pub(super) async fn of(tx: &mut Tx, owner: OrganisationId, chain: &ApprovalChain) -> Result<Self> {
        let own = able(tx, owner).await?;
        let mut others = BTreeMap::new();
        for other in chain.others() {
            others.insert(other, able(tx, other).await?);
        }
        Ok(Self { owner, own, others })
    }

    /// The people of the organisation.
    pub(super) fn own(&self) -> &[User] {
        &self.own
    }

    /// The people of the organisation who can ask for an approval.
    pub(super) fn askers(&self) -> impl Iterator<Item = UserId> {
        let asks = |user: &&User| user.functions.contains(&Function::Reporter);
        self.own.iter().filter(asks).map(|user| user.id)
    }

    /// Who is meant by `who`.
    pub(super) fn meant(&self, who: &Who) -> impl Iterator<Item = &User> {
        let everybody = self.own.iter().chain(self.others.values().flatten());
        everybody.filter(|user| who.means(&person(user), self.owner))
    }

    /// How many each step wants, and who could: also its deputies, but none of `barred`.
    pub(super) fn seats(&self, chain: &ApprovalChain, barred: &[UserId]) -> Vec<(u32, Vec<UserId>)> {
        chain.steps.iter().map(|step| (step.count, self.seat(step, barred))).collect()
    }

    fn seat(&self, step: &ApprovalStep, barred: &[UserId]) -> Vec<UserId> {
        let deputies = step.deputies.iter().flat_map(|deputies| self.meant(&deputies.who));
        let mut people: Vec<UserId> = self.meant(&step.who).chain(deputies).map(|user| user.id).collect();
        people.sort_unstable();
        people.dedup();
        people.retain(|user| !barred.contains(user));
        people
    }
}

async fn able(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<User>> {
    let mut users = tx.users(&for_node(organisation)).await?;
    users.retain(|user| user.state != UserState::Disabled);
    Ok(users)
}

/// A user as a chain looks at them.
pub(super) fn person(user: &User) -> Person {
    Person { user: user.id, organisation: user.organisation, functions: user.functions.clone() }
}
