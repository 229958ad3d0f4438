//! What a request may cost: 30 seconds, 1 MiB, and a place among those under way.

use std::{any::Any, sync::Arc, time::Duration};

use axum::{
    extract::{DefaultBodyLimit, Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::sync::Semaphore;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

use super::body::LARGEST;
use crate::problem::Problem;

/// How long a request may take.
const LONGEST: Duration = Duration::from_secs(30);
/// How many requests may be under way at once; one more is asked to come again.
const MOST: usize = 1024;

/// Gives up a request that takes too long.
pub fn time() -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST)
}

/// Bounds the body, of forms and JSON alike.
pub fn body() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST)
}

/// Turns a panic into a fault of ours with a number.
pub fn panics() -> CatchPanicLayer<fn(Box<dyn Any + Send + 'static>) -> Response> {
    CatchPanicLayer::custom(panicked as fn(Box<dyn Any + Send + 'static>) -> Response)
}

fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Problem::fault(format!("a handler panicked: {}", words.unwrap_or("without words"))).into_response()
}

/// The places for requests under way.
#[derive(Clone)]
pub struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MOST)))
    }
}

/// Takes a place for the request, or asks the caller to come again: nothing queues without bound.
pub async fn crowd(State(room): State<Room>, request: Request, next: Next) -> Response {
    match room.0.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => Problem::busy(format!("{MOST} requests are under way already; try again in a second"))
            .into_response(),
    }
}
