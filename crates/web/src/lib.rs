//! The inward doors: the reporting API, the authority API, the common API, the pages that need no
//! script, and the embedded front end.
//!
//! A door establishes who calls, reads the request within bounds, calls one use case of `service`
//! and writes down the answer. It decides nothing: permission is asked in the use case, a law is
//! read in `regime`, and one place (`problem`) turns a refusal into HTTP. Nothing here opens a
//! transaction, reads configuration, tells the time or calls another machine. A log line names the
//! pattern of an address, never the address itself: links can be secrets.

mod admin;
mod authority;
mod common;
mod door;
mod openapi;
mod pages;
mod problem;
mod reporting;
mod ui;

use axum::{Router, extract::FromRef, middleware};
use service::Service;

use door::{headers, limits, watch};

pub use door::strict_json::{Flaw, read as read_strict_json};
pub use openapi::{document, document_json};

/// What the node tells the doors about the world outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether browsers reach the node over TLS: cookies are then `Secure` with the prefix `__Host-`.
    pub secure_cookies: bool,
    /// Under which address people reach the node (`https://beffroi.example.eu`), for texts.
    pub public_address: String,
    /// Whether a proxy in front of the node tells the caller's address in `X-Forwarded-For`.
    pub trust_proxy: bool,
}

/// What every door has at hand.
#[derive(Clone)]
pub(crate) struct App {
    pub service: Service,
    pub settings: Settings,
}

impl FromRef<App> for Service {
    fn from_ref(app: &App) -> Self {
        app.service.clone()
    }
}

/// The public listener: every door of the node.
///
/// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: attempts to sign in are
/// counted by the caller's address.
pub fn router(service: Service, settings: Settings) -> Router {
    let app = App { service, settings };
    let (api, document) = openapi::doors().split_for_parts();
    Router::new()
        .merge(api)
        .merge(openapi::served(&document))
        .merge(common::undescribed())
        .merge(pages::doors())
        .fallback_service(ui::served())
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(limits::time())
        .layer(middleware::from_fn_with_state(limits::Room::default(), limits::crowd))
        .layer(limits::body())
        .layer(limits::panics())
        .layer(middleware::from_fn_with_state(app.clone(), watch::watch))
        .layer(middleware::from_fn_with_state(app.clone(), headers::add))
        .with_state(app)
}
