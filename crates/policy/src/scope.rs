//! A permission one can hold.

use model::{Caller, OrganisationId, Subject};

use crate::Action;

/// Which rows a permission opens. Only [`permit`] and [`for_node`] make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    organisation: OrganisationId,
    kind: ScopeKind,
}

/// The kinds of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeKind {
    /// Rows that the organisation owns: its incidents, what it filed.
    Own,
    /// Rows that the organisation received: filings addressed to it.
    Received,
    /// What everyone with an account may know: organisations, roles, published keys.
    Directory,
    /// The accounts, the machine clients and the profile of one organisation, never its records.
    Accounts,
    /// The registrations of the countries for which the organisation is CSIRT or competent authority.
    Registrations,
    /// The approval chains of the organisation and the requests for approval of its filings.
    Approvals,
    /// The requests for approval, also of others, in whose chain the organisation has a seat.
    ApprovalSeats,
    /// Everything of one organisation, for the node itself: set-up by command, clocks, audit.
    Node,
}

/// The caller may not do that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("your functions in your organisation do not include {}; ask its administrator", .0.words())]
pub struct Denied(pub Action);

impl Scope {
    /// Whose rows.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Which of them.
    #[must_use]
    pub const fn kind(&self) -> ScopeKind {
        self.kind
    }
}

/// The permission of `caller` to take `action`, as a scope over its own organisation's rows.
///
/// # Errors
/// [`Denied`] when the table of actions does not give it.
pub fn permit(caller: &Caller, action: Action) -> Result<Scope, Denied> {
    let rule = action.rule();
    let machine = matches!(caller.subject, Subject::Client(_));
    let may = rule.organisation.holds(caller)
        && rule.functions.iter().any(|function| caller.has(*function))
        && !(machine && action.wants_a_person());
    if may { Ok(Scope { organisation: caller.organisation, kind: rule.opens }) } else { Err(Denied(action)) }
}

/// The permission of an operator to keep the accounts, the roles and the profile of `organisation`.
///
/// # Errors
/// [`Denied`] when the caller does not keep the node.
pub fn permit_over(caller: &Caller, organisation: OrganisationId) -> Result<Scope, Denied> {
    permit(caller, Action::AdministerNode)?;
    Ok(Scope { organisation, kind: ScopeKind::Accounts })
}

/// The permission to count what `desk` received, for a summary of its State that the caller's organisation owes: that
/// the law names both is for the caller of this function to see to, and nothing but numbers may leave.
///
/// # Errors
/// [`Denied`] when the table of actions does not give it.
pub fn permit_to_count(caller: &Caller, desk: OrganisationId) -> Result<Scope, Denied> {
    let own = permit(caller, Action::CountReceivedFilings)?;
    Ok(Scope { organisation: desk, ..own })
}

/// The scope of the node's own work on `organisation`'s rows: set-up from the command line,
/// reconcilers, audit. No door that a caller can reach may use it.
#[must_use]
pub const fn for_node(organisation: OrganisationId) -> Scope {
    Scope { organisation, kind: ScopeKind::Node }
}

#[cfg(test)]
mod tests {
    use model::{Country, Function, Instant, OrganisationRole, Role, RoleScope, Subject, UserId};

    use super::*;

    fn caller(role: Role, function: Function) -> Caller {
        let at = Instant::MIN;
        let scope = RoleScope { country: "LU".parse::<Country>().ok(), ..RoleScope::default() };
        Caller {
            subject: Subject::User(UserId::new(at, [1; 10])),
            name: "Ada".to_owned(),
            organisation: OrganisationId::new(at, [2; 10]),
            roles: vec![OrganisationRole { role, scope }],
            functions: vec![function],
        }
    }

    #[test]
    fn the_table_reads_as_people_expect() {
        let mut table = String::new();
        for action in Action::ALL {
            for role in [Role::ReportingEntity, Role::Csirt] {
                let who: Vec<_> = Function::ALL
                    .iter()
                    .filter(|function| permit(&caller(role, **function), *action).is_ok())
                    .map(|function| function.name())
                    .collect();
                table += format!("{action:?} @ {role}: {}", who.join(" ")).trim_end();
                table.push('\n');
            }
        }
        insta::assert_snapshot!(table, @"
        ReadDirectory @ reporting_entity: administrator reporter officer auditor approver operator
        ReadDirectory @ csirt: administrator reporter officer auditor approver operator
        ReadIncidents @ reporting_entity: reporter auditor
        ReadIncidents @ csirt: reporter auditor
        WriteIncidents @ reporting_entity: reporter
        WriteIncidents @ csirt: reporter
        FileStage @ reporting_entity: reporter
        FileStage @ csirt: reporter
        ReadSentFilings @ reporting_entity: reporter auditor
        ReadSentFilings @ csirt: reporter auditor
        ReadReceivedFilings @ reporting_entity:
        ReadReceivedFilings @ csirt: officer auditor
        CountReceivedFilings @ reporting_entity:
        CountReceivedFilings @ csirt: officer auditor
        HandleReceivedFilings @ reporting_entity:
        HandleReceivedFilings @ csirt: officer
        AdministerOrganisation @ reporting_entity: administrator
        AdministerOrganisation @ csirt: administrator
        ReadNotices @ reporting_entity: administrator reporter officer auditor approver operator
        ReadNotices @ csirt: administrator reporter officer auditor approver operator
        KeepReminders @ reporting_entity: administrator
        KeepReminders @ csirt: administrator
        ReadTaxonomy @ reporting_entity: administrator reporter officer auditor approver operator
        ReadTaxonomy @ csirt: administrator reporter officer auditor approver operator
        KeepTaxonomy @ reporting_entity: administrator
        KeepTaxonomy @ csirt: administrator
        KeepOwnAccount @ reporting_entity: administrator reporter officer auditor approver operator
        KeepOwnAccount @ csirt: administrator reporter officer auditor approver operator
        AdministerNode @ reporting_entity: operator
        AdministerNode @ csirt: operator
        VetRegistrations @ reporting_entity:
        VetRegistrations @ csirt: officer
        ReadApprovals @ reporting_entity: administrator reporter auditor approver
        ReadApprovals @ csirt: administrator reporter auditor approver
        DecideApprovals @ reporting_entity: approver
        DecideApprovals @ csirt: approver
        KeepApprovalChain @ reporting_entity: administrator
        KeepApprovalChain @ csirt: administrator
        OverrideApproval @ reporting_entity: administrator reporter approver
        OverrideApproval @ csirt: administrator reporter approver
        LiftHolds @ reporting_entity: reporter
        LiftHolds @ csirt: reporter
        EraseIncidents @ reporting_entity: reporter
        EraseIncidents @ csirt: reporter
        ReadReadiness @ reporting_entity: administrator reporter auditor approver
        ReadReadiness @ csirt: administrator reporter auditor approver
        KeepReadiness @ reporting_entity: administrator reporter
        KeepReadiness @ csirt: administrator reporter
        ");
    }

    #[test]
    fn a_machine_approves_nothing() {
        let ada = Caller { functions: Function::ALL.to_vec(), ..caller(Role::Csirt, Function::Officer) };
        let subject = Subject::Client(model::ClientId::new(Instant::MIN, [3; 10]));
        let machine = Caller { subject, ..ada.clone() };
        let only_people: Vec<_> = Action::ALL
            .iter()
            .filter(|action| permit(&ada, **action).is_ok() && permit(&machine, **action).is_err())
            .collect();
        assert_eq!(
            only_people,
            [
                &Action::DecideApprovals,
                &Action::OverrideApproval,
                &Action::LiftHolds,
                &Action::EraseIncidents
            ]
        );
    }

    #[test]
    fn a_scope_names_the_callers_own_organisation() {
        let ada = caller(Role::Csirt, Function::Officer);
        let scope = permit(&ada, Action::ReadReceivedFilings).unwrap();
        assert_eq!(scope.organisation(), ada.organisation);
        assert_eq!(scope.kind(), ScopeKind::Received);
    }
}
