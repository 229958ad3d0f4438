//! The description of the API (OpenAPI 3.1), from which the front end's client is generated.

use std::sync::Arc;

use axum::{Router, http::header, routing::get};
use utoipa::{
    Modify, OpenApi as _,
    openapi::{
        ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder,
        path::Operation,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    App, admin, authority, common,
    problem::{MEDIA_TYPE, ProblemDocument},
    reporting,
};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Beffroi",
        description = "Report an incident once, to every authority that must know, in time. Instants are RFC 3339 \
                       with an offset; identifiers are UUIDs; every refusal is a problem document (RFC 9457). \
                       An object of another organisation answers like one that does not exist.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ProblemDocument)),
    security(("session" = []), ("client" = [])),
    tags(
        (name = "reporting", description = "For those who report: incidents, duties, filings."),
        (name = "authority", description = "For authorities: the inbox, and what is done with a filing."),
        (name = "admin", description = "For those who keep an organisation or the node: people, clients, roles."),
        (name = "approvals", description = "For those who approve: what waits, the chain, and what left without."),
        (name = "common", description = "For both sides: who one is, the directory, signed documents."),
        (name = "health", description = "For whoever watches the node.")
    ),
    modifiers(&Schemes)
)]
struct Description;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        let session = ApiKeyValue::with_description(
            "beffroi",
            "The session of a signed-in person; named __Host-beffroi over TLS. A change also carries X-CSRF-Token.",
        );
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
        let client = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "The secret of a machine client: 256 random bits, shown once when it was made.",
            ))
            .build();
        components.add_security_scheme("client", SecurityScheme::Http(client));
    }
}

/// Every door of the API, with its description.
pub fn doors() -> OpenApiRouter<App> {
    let mut doors = OpenApiRouter::with_openapi(Description::openapi())
        .merge(common::doors())
        .merge(reporting::doors())
        .merge(authority::doors())
        .merge(admin::doors());
    add_refusals(doors.get_openapi_mut());
    doors
}

/// The description of the API.
#[must_use]
pub fn document() -> OpenApi {
    doors().into_openapi()
}

/// The description as the committed file `ui/openapi.json` holds it.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn document_json() -> serde_json::Result<String> {
    document().to_pretty_json().map(|text| text + "\n")
}

/// `GET /api/openapi.json`.
pub fn served(document: &OpenApi) -> Router<App> {
    let text: Arc<str> = document.to_pretty_json().unwrap_or_default().into();
    let answer = move || {
        let text = Arc::clone(&text);
        async move { ([(header::CONTENT_TYPE, "application/json")], text.to_string()) }
    };
    Router::new().route("/api/openapi.json", get(answer))
}

/// Each operation can be refused, and every refusal looks the same.
fn add_refusals(document: &mut OpenApi) {
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.patch, &mut item.put, &mut item.delete]
            .into_iter()
            .flatten();
        operations.for_each(add_refusal);
    }
}

fn add_refusal(operation: &mut Operation) {
    let schema = RefOr::Ref(Ref::from_schema_name("ProblemDocument"));
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let refusal =
        ResponseBuilder::new().description("Refused; nothing was changed.").content(MEDIA_TYPE, content);
    operation.responses.responses.insert("default".to_owned(), RefOr::T(refusal.build()));
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The front end's types are generated from the committed file: it is never older than the doors.
    #[test]
    fn the_committed_description_is_fresh() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/openapi.json");
        let fresh = document_json().unwrap();
        if std::env::var_os("BEFFROI_UPDATE").is_some() {
            std::fs::write(&path, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == fresh,
            "ui/openapi.json is stale: run `BEFFROI_UPDATE=1 cargo test -p web openapi`"
        );
    }

    #[test]
    fn each_operation_has_words_and_can_be_refused() {
        let document = serde_json::to_value(document()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                assert!(operation["summary"].is_string(), "{method} {path} has no summary");
                assert!(operation["operationId"].is_string(), "{method} {path} has no name");
                assert!(operation["responses"]["default"].is_object(), "{method} {path} cannot be refused");
            }
        }
        assert_eq!(document["openapi"], "3.1.0");
    }
}
