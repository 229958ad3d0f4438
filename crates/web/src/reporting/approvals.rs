//! Requests for approval, for those who ask and for those who approve.

use axum::{Json, extract::State, http::StatusCode};
use model::{ApprovalId, DutyKey, IncidentId};
use service::{
    Service,
    view::{
        ApprovalList, ApprovalView, AskApproval, DecideApproval, Filed, IncidentApprovals, OverrideStage,
        RemarkApproval,
    },
};

use crate::{
    door::{body::Input, idempotency::IdempotencyKey, path::Path, session::Signed},
    problem::Problem,
};

/// What waits for one's approval
///
/// Then the other requests that one can see, newest first: those of the own organisation, and for an approver
/// those of others in whose chain the organisation stands.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/approvals",
    tag = "approvals",
    responses((status = 200, description = "The requests.", body = ApprovalList))
)]
pub async fn list_approvals(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<ApprovalList>, Problem> {
    Ok(Json(service.approvals(&signed.caller).await?))
}

/// One request for approval
///
/// The frozen copy of what each recipient would get, what changed, the steps, and what was said.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/approvals/{id}",
    tag = "approvals",
    params(("id" = ApprovalId, Path, description = "The request.")),
    responses((status = 200, description = "The request.", body = ApprovalView))
)]
pub async fn read_approval(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<ApprovalId>,
) -> Result<Json<ApprovalView>, Problem> {
    Ok(Json(service.approval(&signed.caller, id).await?))
}

/// Approve it or send it back
///
/// Only persons decide, and each counts once. What was changed since is withdrawn instead.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/approvals/{id}/decide",
    tag = "approvals",
    params(
        ("id" = ApprovalId, Path, description = "The request."),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeat decides nothing twice.")
    ),
    request_body(content = DecideApproval, example = json!({"verdict": "approved"})),
    responses((status = 200, description = "The request as it stands since.", body = ApprovalView))
)]
pub async fn decide_approval(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Path(id): Path<ApprovalId>,
    Input(decide): Input<DecideApproval>,
) -> Result<Json<ApprovalView>, Problem> {
    Ok(Json(service.decide_approval(&signed.caller, id, decide, key.as_deref()).await?))
}

/// Ask or answer something about a request
#[utoipa::path(
    post,
    path = "/api/reporting/v1/approvals/{id}/remark",
    tag = "approvals",
    params(
        ("id" = ApprovalId, Path, description = "The request."),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeat says nothing twice.")
    ),
    request_body(content = RemarkApproval, example = json!({"text": "Is the number of patients final?"})),
    responses((status = 200, description = "The request with the remark.", body = ApprovalView))
)]
pub async fn remark_approval(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Path(id): Path<ApprovalId>,
    Input(remark): Input<RemarkApproval>,
) -> Result<Json<ApprovalView>, Problem> {
    Ok(Json(service.remark_approval(&signed.caller, id, remark, key.as_deref()).await?))
}

/// Take a request back
#[utoipa::path(
    post,
    path = "/api/reporting/v1/approvals/{id}/withdraw",
    tag = "approvals",
    params(("id" = ApprovalId, Path, description = "The request.")),
    responses((status = 200, description = "The request, withdrawn.", body = ApprovalView))
)]
pub async fn withdraw_approval(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<ApprovalId>,
) -> Result<Json<ApprovalView>, Problem> {
    Ok(Json(service.withdraw_approval(&signed.caller, id).await?))
}

/// The approvals of an incident
///
/// Which of its duties need one, what was asked for, and what left without.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/approvals",
    tag = "approvals",
    params(("id" = IncidentId, Path, description = "The incident.")),
    responses((status = 200, description = "The approvals.", body = IncidentApprovals))
)]
pub async fn incident_approvals(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
) -> Result<Json<IncidentApprovals>, Problem> {
    Ok(Json(service.incident_approvals(&signed.caller, id).await?))
}

/// Ask for the approval of a stage
///
/// For all its recipients: what each would get is frozen, and an edit that changes it withdraws the approval.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/approval",
    tag = "approvals",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = DutyKey, Path, description = "The duty, `pack.track.stage`."),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeat asks nothing twice.")
    ),
    request_body(content = AskApproval, example = json!({"base_revision": 2, "note": "The numbers are final."})),
    responses((status = 201, description = "Asked.", body = ApprovalView))
)]
pub async fn ask_approval(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Path((id, duty)): Path<(IncidentId, DutyKey)>,
    Input(ask): Input<AskApproval>,
) -> Result<(StatusCode, Json<ApprovalView>), Problem> {
    let view = service.ask_approval(&signed.caller, (id, &duty), ask, key.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// File in an emergency without the approval that is wanted
///
/// Where the chain lets the caller, who must be a person, and with a reason. It leaves a mark that nothing
/// removes; all approvers and administrators are told.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/override",
    tag = "approvals",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = DutyKey, Path, description = "The duty, `pack.track.stage`."),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeat files nothing again.")
    ),
    request_body(content = OverrideStage, example = json!({
        "base_revision": 2,
        "recipient": "0195d2a4-5c00-7000-8000-000000000001",
        "reason": "Both approvers are on a flight and the deadline is in ten minutes."
    })),
    responses((status = 201, description = "Filed; quote the reference.", body = Filed))
)]
pub async fn override_stage(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Path((id, duty)): Path<(IncidentId, DutyKey)>,
    Input(input): Input<OverrideStage>,
) -> Result<(StatusCode, Json<Filed>), Problem> {
    let filed = service.override_stage(&signed.caller, (id, &duty), input, key.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(filed)))
}
