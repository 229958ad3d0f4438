//! The deadlines of one person for a calendar.

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use service::{
    Service,
    view::{CalendarFeed, MakeCalendarFeed},
};

use crate::{
    App,
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// The caller's calendar feed
///
/// Its secret is told only when the feed is made.
#[utoipa::path(
    get,
    path = "/api/v1/calendar",
    tag = "common",
    responses((status = 200, description = "Whether there is one.", body = CalendarFeed))
)]
pub async fn read_calendar_feed(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<CalendarFeed>, Problem> {
    Ok(Json(service.calendar_feed(&signed.caller).await?))
}

/// Make a calendar feed
///
/// An older one of the caller ends. Whoever knows the path reads the deadlines.
#[utoipa::path(
    post,
    path = "/api/v1/calendar",
    tag = "common",
    request_body = MakeCalendarFeed,
    responses((status = 200, description = "The feed with its path.", body = CalendarFeed))
)]
pub async fn make_calendar_feed(
    State(service): State<Service>,
    signed: Signed,
    Input(make): Input<MakeCalendarFeed>,
) -> Result<Json<CalendarFeed>, Problem> {
    Ok(Json(service.make_calendar_feed(&signed.caller, make).await?))
}

/// End the caller's calendar feed
///
/// Again is no harm.
#[utoipa::path(
    delete,
    path = "/api/v1/calendar",
    tag = "common",
    responses((status = 200, description = "There is none any more.", body = CalendarFeed))
)]
pub async fn end_calendar_feed(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<CalendarFeed>, Problem> {
    Ok(Json(service.end_calendar_feed(&signed.caller).await?))
}

/// The feed itself. Its address is a secret and not part of the described API.
pub fn feed() -> Router<App> {
    Router::new().route("/calendar/{name}", get(read_feed))
}

async fn read_feed(
    State(app): State<App>,
    headers: HeaderMap,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    // A name of another form is looked up as well, as one that nobody has: both take the same time.
    let token = name.strip_suffix(".ics").filter(|token| token.len() == 43).unwrap_or("");
    let calendar = app.service.calendar(token, &app.settings.public_address).await?;
    let mark = format!("\"{}\"", calendar.mark);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known
        .is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == mark));
    let kept = [(header::ETAG, mark), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if same {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"deadlines.ics\""),
    ];
    Ok((kept, kind, calendar.text).into_response())
}
