//! The outermost layer: gives each request a number, writes down each refusal, and logs one
//! sentence per request.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use crate::{App, pages, problem::Problem};

static COUNT: AtomicU64 = AtomicU64::new(1);

/// What the answer depends on besides the handler.
struct Asked {
    number: String,
    method: Method,
    /// The pattern of the address, never the address: it can hold the secret of a link.
    pattern: String,
    /// Where to come back to after signing in.
    place: String,
    for_machines: bool,
}

/// Watches one request.
pub async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = app.service.clock().now();
    let asked = asked(&request, began.micros());
    let mut response = next.run(request).await;
    if asked.method == Method::OPTIONS && response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response = allowed(&response);
    }
    let response = written(&asked, response);
    let millis = app.service.clock().now().since(began).as_millis();
    tracing::info!(
        request = asked.number,
        "{} {} answered {} in {millis} ms",
        asked.method,
        asked.pattern,
        response.status().as_u16()
    );
    response
}

fn asked(request: &Request, micros: i64) -> Asked {
    let path = request.uri().path();
    let pattern = request.extensions().get::<MatchedPath>().map_or("(another address)", MatchedPath::as_str);
    Asked {
        number: format!("{micros:x}-{:x}", COUNT.fetch_add(1, Ordering::Relaxed)),
        method: request.method().clone(),
        pattern: pattern.to_owned(),
        place: request.uri().path_and_query().map_or(path, |place| place.as_str()).to_owned(),
        for_machines: path == "/api" || path.starts_with("/api/") || path == "/healthz" || path == "/readyz",
    }
}

/// `OPTIONS` of a known address: which methods it takes. Nothing is shared with other origins.
fn allowed(response: &Response) -> Response {
    let mut answer = StatusCode::NO_CONTENT.into_response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allow.clone());
    }
    for (name, value) in response.headers().iter().filter(|(name, _)| *name != header::CONTENT_LENGTH) {
        answer.headers_mut().insert(name.clone(), value.clone());
    }
    answer
}

/// The answer with its refusal, if it is one, written as JSON or as a page.
fn written(asked: &Asked, mut response: Response) -> Response {
    let problem = response.extensions_mut().remove::<Problem>().or_else(|| bare(&response));
    if let Some(problem) = problem {
        if let Some(cause) = problem.cause() {
            tracing::error!(request = asked.number, "{} {} failed: {cause}", asked.method, asked.pattern);
        }
        let mut answer = in_words(asked, &problem);
        for (name, value) in response.headers() {
            if *name != header::CONTENT_LENGTH && *name != header::CONTENT_TYPE {
                answer.headers_mut().append(name.clone(), value.clone());
            }
        }
        response = answer;
    }
    if let Ok(number) = HeaderValue::from_str(&asked.number) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), number);
    }
    response
}

/// A refusal of somebody else's layer, which has a status and nothing else to say.
fn bare(response: &Response) -> Option<Problem> {
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    let says = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let ours = says.is_some_and(|says| says.starts_with("text/html") || says.contains("json"));
    (refused && !ours).then(|| Problem::of_status(status))
}

fn in_words(asked: &Asked, problem: &Problem) -> Response {
    if asked.for_machines {
        return problem.as_json(&asked.number);
    }
    if problem.status() == StatusCode::UNAUTHORIZED {
        return Redirect::to(&pages::sign_in_address(&asked.place)).into_response();
    }
    let mut page = pages::refusal(problem, &asked.number);
    problem.add_headers(&mut page);
    page
}
