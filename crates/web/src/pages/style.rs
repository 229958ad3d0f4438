//! The one stylesheet and the mark of the pages.

use axum::http::{HeaderName, header};

/// A file that changes only with the program.
type File = ([(HeaderName, &'static str); 2], &'static str);

/// For an hour: short enough that a new version of the program looks right the same day.
const KEEP: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=3600");

/// The stylesheet, light and dark, on paper too.
pub async fn sheet() -> File {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), KEEP], include_str!("../../templates/style.css"))
}

/// A bell tower.
pub async fn mark() -> File {
    ([(header::CONTENT_TYPE, "image/svg+xml"), KEEP], include_str!("../../templates/mark.svg"))
}
