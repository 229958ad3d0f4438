//! The front end, embedded from `ui/dist`; every address that is not ours is one of its pages.

use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use tower_http::compression::CompressionLayer;

use crate::{pages, problem::Problem};

/// What `npm run build` leaves. Without it the node still serves the API and its own pages.
#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Built;

/// The front end. Only its files are compressed: an answer of the API can hold a secret beside
/// words that somebody else chose, and its length would tell (BREACH).
pub fn served() -> Router {
    Router::new().fallback(serve).layer(CompressionLayer::new())
}

async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Problem::of_status(StatusCode::NOT_FOUND).into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        let allow = [(header::ALLOW, HeaderValue::from_static("GET, HEAD"))];
        return (allow, Problem::of_status(StatusCode::METHOD_NOT_ALLOWED)).into_response();
    }
    match (Built::get(path), Built::get("index.html")) {
        (Some(file), _) => answer(path, &file, &headers),
        (None, _) if path.starts_with("assets/") => Problem::of_status(StatusCode::NOT_FOUND).into_response(),
        (None, Some(index)) => answer("index.html", &index, &headers),
        (None, None) => pages::without_ui(),
    }
}

fn answer(path: &str, file: &EmbeddedFile, asked: &HeaderMap) -> Response {
    let tag = entity_tag(&file.metadata.sha256_hash());
    // The build names files below assets/ by their content; every other name can change its content.
    let keep = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers: [(HeaderName, String); 3] = [
        (header::CONTENT_TYPE, file.metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::ETAG, tag.clone()),
    ];
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, file.data.to_vec()).into_response()
}

fn entity_tag(digest: &[u8]) -> String {
    let digits: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}
