//! One's own account: second factor, password, sessions. For people; machine clients have none.

use axum::{Json, extract::State, http::StatusCode};
use model::SessionId;
use service::{
    Proof, Service,
    view::{
        AccountSecurity, ChangePassword, ConfirmSecondFactor, OwnerProof, RecoveryCodes, SecondFactorSetup,
    },
};

use crate::{
    door::{body::Input, path::Path, session::Signed, source::Origin},
    problem::Problem,
};

fn proof(given: OwnerProof) -> Proof {
    Proof { password: given.password, code: given.code }
}

/// How the own account is protected
#[utoipa::path(
    get,
    path = "/api/v1/account",
    tag = "common",
    responses((status = 200, description = "Second factor and sessions.", body = AccountSecurity))
)]
pub async fn read_account(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<AccountSecurity>, Problem> {
    Ok(Json(service.account_security(&signed.caller, signed.session).await?))
}

/// Set a second factor up
///
/// Makes a secret for an authenticator; it holds once a code confirms it. With one in use this is
/// the way to renew it.
#[utoipa::path(
    post,
    path = "/api/v1/account/second-factor",
    tag = "common",
    request_body(content = OwnerProof, example = json!({ "password": "four words of your own" })),
    responses((status = 200, description = "What the authenticator is to read.", body = SecondFactorSetup))
)]
pub async fn set_up_second_factor(
    State(service): State<Service>,
    signed: Signed,
    Origin(from): Origin,
    Input(given): Input<OwnerProof>,
) -> Result<Json<SecondFactorSetup>, Problem> {
    Ok(Json(service.set_up_second_factor(&signed.caller, proof(given), &from).await?))
}

/// Confirm the second factor
///
/// The recovery codes are in this answer and nowhere else. Other sessions end.
#[utoipa::path(
    post,
    path = "/api/v1/account/second-factor/confirm",
    tag = "common",
    request_body(content = ConfirmSecondFactor, example = json!({ "code": "123456" })),
    responses((status = 200, description = "The recovery codes.", body = RecoveryCodes))
)]
pub async fn confirm_second_factor(
    State(service): State<Service>,
    signed: Signed,
    Input(given): Input<ConfirmSecondFactor>,
) -> Result<Json<RecoveryCodes>, Problem> {
    Ok(Json(service.confirm_second_factor(&signed.caller, signed.session, &given.code).await?))
}

/// Remove the second factor
#[utoipa::path(
    post,
    path = "/api/v1/account/second-factor/remove",
    tag = "common",
    request_body(content = OwnerProof, example = json!({ "password": "four words of your own", "code": "123456" })),
    responses((status = 204, description = "It is removed."))
)]
pub async fn remove_second_factor(
    State(service): State<Service>,
    signed: Signed,
    Origin(from): Origin,
    Input(given): Input<OwnerProof>,
) -> Result<StatusCode, Problem> {
    service.remove_second_factor(&signed.caller, proof(given), &from).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make new recovery codes
///
/// The old ones are worth nothing from now on.
#[utoipa::path(
    post,
    path = "/api/v1/account/recovery-codes",
    tag = "common",
    request_body(content = OwnerProof, example = json!({ "password": "four words of your own", "code": "123456" })),
    responses((status = 200, description = "The recovery codes.", body = RecoveryCodes))
)]
pub async fn renew_recovery_codes(
    State(service): State<Service>,
    signed: Signed,
    Origin(from): Origin,
    Input(given): Input<OwnerProof>,
) -> Result<Json<RecoveryCodes>, Problem> {
    Ok(Json(service.renew_recovery_codes(&signed.caller, proof(given), &from).await?))
}

/// Change the own password
///
/// Other sessions end.
#[utoipa::path(
    post,
    path = "/api/v1/account/password",
    tag = "common",
    request_body(content = ChangePassword, example = json!({
        "password": "four words of your own", "new_password": "five other words of mine"
    })),
    responses((status = 204, description = "It is changed."))
)]
pub async fn change_password(
    State(service): State<Service>,
    signed: Signed,
    Origin(from): Origin,
    Input(change): Input<ChangePassword>,
) -> Result<StatusCode, Problem> {
    let proof = Proof { password: change.password, code: change.code };
    service.change_password(&signed.caller, signed.session, (proof, change.new_password), &from).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End one of the own sessions
#[utoipa::path(
    post,
    path = "/api/v1/account/sessions/{id}/end",
    tag = "common",
    params(("id" = SessionId, Path, description = "The session.")),
    responses((status = 204, description = "It has ended."))
)]
pub async fn end_session(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    service.end_session(&signed.caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End the other sessions of the own account
#[utoipa::path(
    post,
    path = "/api/v1/account/sessions/end-others",
    tag = "common",
    responses((status = 204, description = "They have ended."))
)]
pub async fn end_other_sessions(
    State(service): State<Service>,
    signed: Signed,
) -> Result<StatusCode, Problem> {
    service.end_other_sessions(&signed.caller, signed.session).await?;
    Ok(StatusCode::NO_CONTENT)
}
