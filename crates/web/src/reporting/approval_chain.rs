//! The approval chain of the organisation, and of one of its incidents.

use axum::{Json, extract::State};
use model::IncidentId;
use service::{
    Service,
    view::{ApprovalChainView, KeepChain},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// The approval chain of the organisation
///
/// With the people and stages that it can name, and the filings that left without approval.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/approval-chain",
    tag = "approvals",
    responses((status = 200, description = "The chain.", body = ApprovalChainView))
)]
pub async fn read_approval_chain(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<ApprovalChainView>, Problem> {
    Ok(Json(service.approval_chain(&signed.caller, None).await?))
}

/// Set the approval chain of the organisation
///
/// For requests to come; running ones keep the chain they began with.
#[utoipa::path(
    put,
    path = "/api/reporting/v1/approval-chain",
    tag = "approvals",
    request_body(content = KeepChain, example = json!({
        "chain": {
            "covers": ["*"],
            "exempts": ["*.*.early_warning"],
            "steps": [{"name": "Four eyes", "who": {"kind": "function", "function": "approver"}, "count": 2}]
        }
    })),
    responses((status = 200, description = "The chain.", body = ApprovalChainView))
)]
pub async fn keep_approval_chain(
    State(service): State<Service>,
    signed: Signed,
    Input(keep): Input<KeepChain>,
) -> Result<Json<ApprovalChainView>, Problem> {
    Ok(Json(service.keep_approval_chain(&signed.caller, None, keep).await?))
}

/// Take the approval chain of the organisation away
#[utoipa::path(
    delete,
    path = "/api/reporting/v1/approval-chain",
    tag = "approvals",
    responses((status = 200, description = "What is left.", body = ApprovalChainView))
)]
pub async fn remove_approval_chain(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<ApprovalChainView>, Problem> {
    Ok(Json(service.remove_approval_chain(&signed.caller, None).await?))
}

/// The approval chain of one incident
///
/// In the place of the organisation's; absent when the incident has none of its own.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/approval-chain",
    tag = "approvals",
    params(("id" = IncidentId, Path, description = "The incident.")),
    responses((status = 200, description = "The chain.", body = ApprovalChainView))
)]
pub async fn read_incident_chain(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
) -> Result<Json<ApprovalChainView>, Problem> {
    Ok(Json(service.approval_chain(&signed.caller, Some(id)).await?))
}

/// Set the approval chain of one incident
#[utoipa::path(
    put,
    path = "/api/reporting/v1/incidents/{id}/approval-chain",
    tag = "approvals",
    params(("id" = IncidentId, Path, description = "The incident.")),
    request_body(content = KeepChain),
    responses((status = 200, description = "The chain.", body = ApprovalChainView))
)]
pub async fn keep_incident_chain(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
    Input(keep): Input<KeepChain>,
) -> Result<Json<ApprovalChainView>, Problem> {
    Ok(Json(service.keep_approval_chain(&signed.caller, Some(id), keep).await?))
}

/// Take the approval chain of one incident away
///
/// The organisation's holds for it again.
#[utoipa::path(
    delete,
    path = "/api/reporting/v1/incidents/{id}/approval-chain",
    tag = "approvals",
    params(("id" = IncidentId, Path, description = "The incident.")),
    responses((status = 200, description = "What is left.", body = ApprovalChainView))
)]
pub async fn remove_incident_chain(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
) -> Result<Json<ApprovalChainView>, Problem> {
    Ok(Json(service.remove_approval_chain(&signed.caller, Some(id)).await?))
}
