//! Whether a law applies: by numbers, by a person's decision, not at all, or only voluntarily.

use model::{DutyState, Happening};
use policy::for_node;
use regime::Trace;
use serde_json::json;
use testkit::{Place, TestNode};

use crate::story::{duty, file, on_both, open, refusal, reporter, save, stage, try_to_file};

on_both!(
    a_cloud_providers_loss_decides_without_its_turnover,
    that_nothing_is_owed_is_a_record_too,
    a_near_miss_may_be_reported,
);

/// The parts that decided, one per line, with the values compared.
fn decisive(trace: &Trace, depth: usize, lines: &mut Vec<String>) {
    if trace.verdict == regime::Verdict::Yes && depth < 12 {
        if let Some(compared) = &trace.compared {
            let article = trace.article.as_deref().unwrap_or("");
            lines.push(format!("{:?} {article}: {compared}", trace.verdict));
        }
        trace.parts.iter().for_each(|part| decisive(part, depth + 1, lines));
    }
}

/// The states that the audit has kept for the stage `name`, in the order of [`DutyState`]: what one
/// turn of the chain finds it puts in the order of time, and here time stands still.
pub async fn decisions(node: &TestNode, place: &Place, name: &str) -> Vec<DutyState> {
    node.service.chain_audit().await.unwrap();
    let mut tx = node.service.store().read().await.unwrap();
    let events = tx.events(&for_node(place.id), 0, 1000).await.unwrap();
    let mut states: Vec<DutyState> = events
        .into_iter()
        .filter_map(|chained| match chained.event.happening {
            Happening::DutyDecided { duty, state, .. } if duty == stage(name) => Some(state),
            _ => None,
        })
        .collect();
    states.sort();
    states
}

async fn a_cloud_providers_loss_decides_without_its_turnover(node: TestNode) {
    let cloud = &node.world.cloud;
    let forget = service::OrganisationChange {
        profile: [("entity.turnover_eur".to_owned(), serde_json::Value::Null)].into(),
        ..Default::default()
    };
    node.service.change_organisation(cloud.id, forget).await.unwrap();
    let grace = reporter(&node, cloud).await;
    let small = json!({
        "title": "Storage nodes lose data",
        "aware_significant_at": "2026-03-06T15:30:00Z",
        "financial_loss": {"amount": 400_000, "currency": "EUR"},
    });
    let view = open(&node, &grace, small).await;
    assert_eq!(duty(&view, "early_warning").state, DutyState::Undecided);

    // 600,000 exceeds 500,000: whatever the turnover is, the lower of both is exceeded.
    let large = json!({"financial_loss": {"amount": 600_000, "currency": "EUR"}});
    let view = node.service.save_answers(&grace, view.id, save(view.revision, large)).await.unwrap();
    let early_warning = duty(&view, "early_warning");
    assert_eq!(early_warning.state, DutyState::Due);
    let mut lines = Vec::new();
    decisive(&early_warning.reasons, 0, &mut lines);
    insta::allow_duplicates! {
        insta::assert_snapshot!(lines.join("\n"), @"
        Yes Art. 3: Essential entity
        Yes Art. 6(5), (6): Incident (assumed while nobody says otherwise)
        Yes Reg. 2024/2690, Art. 1: Cloud computing service provider
        Yes Reg. 2024/2690, Art. 3(1)(a): 600,000 EUR > 500,000 EUR
        Yes : 600,000 EUR > 500,000 EUR
        ");
    }
    assert_eq!(decisions(&node, cloud, "early_warning").await, [DutyState::Undecided, DutyState::Due]);
    file(&node, &grace, view.id, "early_warning").await;
}

async fn that_nothing_is_owed_is_a_record_too(node: TestNode) {
    let hospital = &node.world.hospital;
    let ada = reporter(&node, hospital).await;
    let view = open(
        &node,
        &ada,
        json!({
            "title": "A receptionist clicked on a link",
            "significance_decision": "not_significant",
            "significance_reason": "The mail filter had removed the payload.",
        }),
    )
    .await;
    let early_warning = duty(&view, "early_warning");
    assert_eq!(early_warning.state, DutyState::NotApplicable);
    assert_eq!(early_warning.due, None);
    insta::allow_duplicates! {
        insta::assert_snapshot!(early_warning.reasons.rule, @"Early warning is not owed");
    }
    assert_eq!(decisions(&node, hospital, "early_warning").await, [DutyState::NotApplicable]);
    let refused = refusal(try_to_file(&node, &ada, view.id, "early_warning").await);
    insta::allow_duplicates! {
        insta::assert_snapshot!(refused, @"NIS2 Art. 23(4)(a) does not apply to this incident: Early warning is not owed");
    }
}

async fn a_near_miss_may_be_reported(node: TestNode) {
    let ada = reporter(&node, &node.world.hospital).await;
    let near_miss = json!({"title": "An attack that the firewall stopped", "report_kind": "near_miss"});
    let view = open(&node, &ada, near_miss).await;
    assert_eq!(duty(&view, "early_warning").state, DutyState::NotApplicable);
    assert!(duty(&view, "voluntary_notification").voluntary);
    assert_eq!(node.service.open_duties(&ada).await.unwrap().duties.len(), 0);
    let filed = file(&node, &ada, view.id, "voluntary_notification").await;
    let kept = node.service.sent_filing(&ada, filed.filing).await.unwrap();
    assert_eq!((kept.due_at, kept.late), (None, false));
}
