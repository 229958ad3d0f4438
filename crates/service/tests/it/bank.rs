//! A bank that reports to its financial supervisor: the law that takes the place of another one, corrections that
//! move no deadline, and three stages in one filing.

use model::{Caller, DutyKey, DutyState, Function, IncidentId, OrganisationRole, Role, RoleScope};
use regime::Duty;
use serde_json::{Value, json};
use service::{
    Error, NewOrganisation,
    view::{FileStage, Filed, IncidentView},
};
use testkit::{Place, TestNode};

use crate::story::{hours, on_both, open, refusal, reporter, save};

on_both!(
    a_bank_reports_under_one_law_and_the_other_steps_back,
    a_correction_moves_no_deadline,
    three_stages_are_filed_in_one,
    what_was_never_major_is_taken_back,
);

async fn enter(node: &TestNode, name: &str, role: Role, profile: Value) -> Place {
    let profile = profile.as_object().unwrap().clone().into_iter().collect();
    let roles = vec![OrganisationRole {
        role,
        scope: RoleScope { country: Some("LU".parse().unwrap()), ..RoleScope::default() },
    }];
    let new = NewOrganisation {
        name: name.to_owned(),
        country: "LU".parse().unwrap(),
        zone: "Europe/Luxembourg".to_owned(),
        roles: roles.clone(),
        profile,
    };
    Place { id: node.service.create_organisation(new).await.unwrap(), name: name.to_owned(), roles }
}

/// A bank with an incident at its provider that it has just classified as major, and its supervisor.
struct Bank {
    supervisor: Place,
    reporter: Caller,
    incident: IncidentId,
}

impl Bank {
    async fn hit(node: &TestNode) -> Self {
        let profile = json!({
            "entity.sector": "banking", "entity.type": ["credit_institution"], "entity.class": "essential",
            "entity.financial_entity": true, "entity.size": "large", "entity.lei": "5299BANQUESURE000040",
            "entity.group_member": false,
        });
        let bank = enter(node, "Banque de la Sûre S.A.", Role::ReportingEntity, profile).await;
        let supervisor = enter(node, "Financial Supervision", Role::FinancialAuthority, json!({})).await;
        let reporter = reporter(node, &bank).await;
        let now = node.service.clock().now();
        let facts = json!({
            "title": "Online accounts are down", "aware_at": now, "classified_major_at": now,
            "own_reference": "BDS-2026-0017", "description": "The provider's storage failed.",
            "criteria_met": ["duration", "geography", "critical_services"], "discovery": "monitoring",
            "continuity_activated": true, "reporting_currency": "EUR", "critical_functions_affected": true,
            "had_downtime": true, "service_downtime": 10_800, "downtime_critical": true,
            "affected_countries": ["LU", "BE"], "second_contact_name": "Duty team",
            "second_contact_email": "duty@example.com", "second_contact_telephone": "+352 26 00 00 02",
            "contacts": [{
                "name": "Anne Weber", "part": "primary", "email": "anne.weber@example.com",
                "telephone": "+352 26 00 00 01",
            }],
        });
        let incident = open(node, &reporter, facts).await.id;
        Self { supervisor, reporter, incident }
    }

    async fn view(&self, node: &TestNode) -> IncidentView {
        node.service.incident(&self.reporter, self.incident).await.unwrap()
    }

    async fn file(&self, node: &TestNode, stage: &str) -> Result<Filed, Error> {
        let input = FileStage::to(self.view(node).await.revision, self.supervisor.id);
        let key: DutyKey = stage.parse().unwrap();
        node.service.file_stage(&self.reporter, (self.incident, &key), input, None).await
    }

    async fn answer(&self, node: &TestNode, fields: Value) {
        let revision = self.view(node).await.revision;
        node.service.save_answers(&self.reporter, self.incident, save(revision, fields)).await.unwrap();
    }

    async fn duty(&self, node: &TestNode, key: &str) -> Duty {
        let key: DutyKey = key.parse().unwrap();
        self.view(node).await.duties.into_iter().find(|duty| duty.key == key).unwrap()
    }
}

const INITIAL: &str = "dora.major_incident.initial_notification";
const INTERMEDIATE: &str = "dora.major_incident.intermediate_report";
const FINAL: &str = "dora.major_incident.final_report";

async fn a_bank_reports_under_one_law_and_the_other_steps_back(node: TestNode) {
    let bank = Bank::hit(&node).await;
    let now = node.service.clock().now();
    let initial = bank.duty(&node, INITIAL).await;
    assert_eq!((initial.state, initial.due.unwrap().at), (DutyState::Due, now.plus(hours(4))));
    let displaced = bank.duty(&node, "nis2.mandatory.early_warning").await;
    assert_eq!(displaced.state, DutyState::Displaced);
    let words = refusal(bank.file(&node, "nis2.mandatory.early_warning").await);
    assert!(words.contains("does not apply"), "{words}");
    let filed = bank.file(&node, INITIAL).await.unwrap();
    let officer = node.person(&bank.supervisor, &[Function::Officer]).await;
    let seen = node.service.received_filing(&officer, filed.filing).await.unwrap();
    let document = serde_json::to_string(&seen).unwrap();
    for part in ["Banque de la Sûre S.A.", "5299BANQUESURE000040", "initial_notification", "\"2.5\""] {
        assert!(document.contains(part), "{part}");
    }
}

async fn a_correction_moves_no_deadline(node: TestNode) {
    let bank = Bank::hit(&node).await;
    let filed_at = bank.file(&node, INITIAL).await.unwrap().filed_at;
    node.service.clock().advance(hours(2));
    bank.answer(&node, json!({ "description": "Two controllers of the provider's storage failed." })).await;
    bank.file(&node, INITIAL).await.unwrap();
    assert_eq!(bank.duty(&node, INITIAL).await.submissions.len(), 2);
    assert_eq!(bank.duty(&node, INTERMEDIATE).await.due.unwrap().at, filed_at.plus(hours(72)));
}

async fn three_stages_are_filed_in_one(node: TestNode) {
    let bank = Bank::hit(&node).await;
    node.service.clock().advance(hours(2));
    let now = node.service.clock().now();
    let known = json!({
        "occurred_at": bank.duty(&node, INITIAL).await.due.unwrap().anchor_at, "ongoing": false,
        "recovered_at": now, "clients_affected": 42_000, "clients_affected_percent": 14,
        "counterparts_affected": 0, "counterparts_affected_percent": 0,
        "figures_basis": ["clients_actual", "counterparts_none", "transactions_none"], "transactions_hit": false,
        "client_interests_affected": "no", "reputational_effects": [], "incident_duration": 12_600,
        "duration_basis": "actual", "impact_kinds_abroad": ["clients"], "affected_properties": [],
        "cross_border_description": "Clients of the branch in Belgium.", "affected_services": "Online accounts.",
        "incident_types": ["system_failure"], "business_processes": "Account information.",
        "infrastructure_affected": "no", "other_authorities": ["none"], "temporary_measures": false,
    });
    bank.answer(&node, known).await;
    let last = json!({
        "root_causes": ["system_failure"], "root_causes_detailed": ["system_capacity"],
        "root_cause_description": "Two controllers failed.", "lessons": "A second provider.",
        "root_cause_addressed_at": now, "handled_at": now, "resolution_date_difference": "It does not differ.",
        "economic_impact_details": "Not reached.", "costs_losses": { "amount": 64_000, "currency": "EUR" },
        "financial_recoveries": { "amount": 0, "currency": "EUR" },
    });
    bank.answer(&node, last).await;
    bank.file(&node, FINAL).await.unwrap();
    node.service.clock().advance(hours(24 * 60));
    for stage in [INITIAL, INTERMEDIATE, FINAL] {
        let duty = bank.duty(&node, stage).await;
        assert_eq!((duty.state, duty.submissions), (DutyState::Filed, vec![now]), "{stage}");
    }
}

async fn what_was_never_major_is_taken_back(node: TestNode) {
    let bank = Bank::hit(&node).await;
    bank.file(&node, INITIAL).await.unwrap();
    node.service.clock().advance(hours(20));
    let key = "dora.reclassified.reclassification";
    bank.answer(&node, json!({ "never_major": true })).await;
    let words = refusal(bank.file(&node, key).await);
    assert!(words.contains("does not apply"), "a threshold is met: {words}");
    let minor = json!({
        "critical_functions_affected": false, "supervised_services_affected": false, "unauthorised_access": false,
        "recurrences": 1,
        "other_information": "The accounts that failed were a test system; no client was affected.",
    });
    bank.answer(&node, minor).await;
    bank.file(&node, key).await.unwrap();
    node.service.clock().advance(hours(24 * 60));
    assert_eq!(bank.duty(&node, INITIAL).await.state, DutyState::Filed);
    for stage in [INTERMEDIATE, FINAL] {
        assert_eq!(bank.duty(&node, stage).await.state, DutyState::Withdrawn, "{stage}");
    }
    assert!(refusal(bank.file(&node, INTERMEDIATE).await).contains("withdrawn"));
}
