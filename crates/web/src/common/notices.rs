//! What the caller was told, and when the organisation reminds people.

use axum::{Json, extract::State};
use model::NoticeId;
use serde::Deserialize;
use service::{
    Service,
    view::{NoticeList, ReadNotices, ReminderPlan, SaveReminderPlan},
};
use utoipa::IntoParams;

use crate::{
    door::{body::Input, query::Query, session::Signed},
    problem::Problem,
};

/// How many notices a page has when nothing is said.
const USUAL: u32 = 20;

/// Which page of the notices.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Continue before this one: the `next` of the page before.
    #[serde(default)]
    before: Option<NoticeId>,
    /// How many, 1 to 100; 20 when not said.
    #[serde(default)]
    limit: Option<u32>,
}

/// What the caller was told
///
/// The latest first, with the number of unread ones.
#[utoipa::path(
    get,
    path = "/api/v1/notices",
    tag = "common",
    params(Page),
    responses((status = 200, description = "A page of notices.", body = NoticeList))
)]
pub async fn list_notices(
    State(service): State<Service>,
    signed: Signed,
    Query(page): Query<Page>,
) -> Result<Json<NoticeList>, Problem> {
    Ok(Json(service.notices(&signed.caller, page.before, page.limit.unwrap_or(USUAL)).await?))
}

/// Mark notices as read
///
/// Those that are named, or all. Those of others are not touched.
#[utoipa::path(
    post,
    path = "/api/v1/notices/read",
    tag = "common",
    request_body = ReadNotices,
    responses((status = 200, description = "The first page of notices.", body = NoticeList))
)]
pub async fn read_notices(
    State(service): State<Service>,
    signed: Signed,
    Input(read): Input<ReadNotices>,
) -> Result<Json<NoticeList>, Problem> {
    Ok(Json(service.read_notices(&signed.caller, read).await?))
}

/// When, and whom, the organisation is reminded of its deadlines
#[utoipa::path(
    get,
    path = "/api/v1/reminders",
    tag = "common",
    responses((status = 200, description = "The ladder.", body = ReminderPlan))
)]
pub async fn read_reminders(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<ReminderPlan>, Problem> {
    Ok(Json(service.reminder_plan(&signed.caller).await?))
}

/// Put another ladder of reminders in place
#[utoipa::path(
    put,
    path = "/api/v1/reminders",
    tag = "common",
    request_body(content = SaveReminderPlan, example = json!({
        "base_revision": 0,
        "steps": [
            {"minutes": -240, "kind": "reminder", "to": [{"who": "function", "function": "reporter"}]},
            {"minutes": 60, "kind": "escalation", "to": [{"who": "function", "function": "administrator"}]}
        ]
    })),
    responses((status = 200, description = "The ladder as it stands now.", body = ReminderPlan))
)]
pub async fn save_reminders(
    State(service): State<Service>,
    signed: Signed,
    Input(save): Input<SaveReminderPlan>,
) -> Result<Json<ReminderPlan>, Problem> {
    Ok(Json(service.save_reminder_plan(&signed.caller, save).await?))
}
