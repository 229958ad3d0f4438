//! The headers of every answer, whatever it is.

use testkit::{Request, TestNode};

const PLACES: [(&str, &str); 12] = [
    ("GET", "/"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("GET", "/report/incidents/7"),
    ("GET", "/assets/missing.js"),
    ("GET", "/pages/style.css"),
    ("GET", "/api/v1/me"),
    ("GET", "/api/nothing"),
    ("DELETE", "/api/v1/me"),
    ("GET", "/api/openapi.json"),
    ("GET", "/healthz"),
    ("GET", "/invitation/never"),
];

#[tokio::test]
async fn every_answer_is_guarded() {
    let node = TestNode::sqlite().await;
    for (method, path) in PLACES {
        let answer = node.call(Request::new(method, path)).await;
        let policy =
            answer.header("content-security-policy").unwrap_or_else(|| panic!("{method} {path}: no policy"));
        for part in ["default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'"]
        {
            assert!(policy.contains(part), "{method} {path}: {policy}");
        }
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{method} {path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{method} {path}");
        assert_eq!(answer.header("strict-transport-security"), None, "{method} {path}: not over plain HTTP");
        assert!(answer.header("x-request-id").is_some(), "{method} {path}");
        if path.starts_with("/api/") {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{method} {path}");
        }
        let text = answer.text();
        for script in text.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').unwrap();
            assert!(
                tag.contains(" src=\"/") && rest.starts_with("</script>"),
                "{path}: a script in the page: {text}"
            );
        }
        let twice = answer.headers.iter().filter(|(name, _)| name == "content-type").count();
        assert!(twice <= 1, "{method} {path}: {:?}", answer.headers);
    }
}

#[tokio::test]
async fn over_tls_cookies_and_transport_are_bound() {
    let node = TestNode::sqlite().await;
    let settings = web::Settings {
        secure_cookies: true,
        public_address: "https://node.example".to_owned(),
        trust_proxy: true,
    };
    let router = web::router(node.service.clone(), settings);
    let request = axum::http::Request::builder().uri("/login").body(axum::body::Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
    let header = |name: &str| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
    assert!(header("strict-transport-security").starts_with("max-age=63072000"));
    let cookie = header("set-cookie");
    assert!(cookie.starts_with("__Host-beffroi-form=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(cookie.contains("Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
}

#[tokio::test]
async fn methods_are_answered_as_http_says() {
    let node = TestNode::sqlite().await;
    let head = node.call(Request::new("HEAD", "/healthz")).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    let options = node.call(Request::new("OPTIONS", "/api/reporting/v1/incidents")).await;
    assert_eq!((options.status, options.header("allow")), (204, Some("GET,HEAD,POST")));
    assert_eq!(options.header("access-control-allow-origin"), None, "nothing is shared with other origins");
    let refused = node.call(Request::new("DELETE", "/api/reporting/v1/incidents")).await;
    assert_eq!(refused.header("allow"), Some("GET,HEAD,POST"));
    assert_eq!(refused.expect(405)["type"], "urn:beffroi:problem:method");
    let trace = node.call(Request::new("TRACE", "/login")).await;
    assert_eq!(trace.status, 405);
    let pages = node.call(Request::new("DELETE", "/somewhere")).await;
    assert_eq!((pages.status, pages.header("allow")), (405, Some("GET, HEAD")));
}

#[tokio::test]
async fn an_address_that_is_none_is_a_problem_below_api_and_a_page_elsewhere() {
    let node = TestNode::sqlite().await;
    for path in ["/api", "/api/", "/api/v1", "/api/v2/me", "/api/../login", "/api/%2e%2e/login"] {
        let answer = node.call(Request::get(path)).await;
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        assert_eq!(answer.expect(404)["type"], "urn:beffroi:problem:not_found", "{path}");
    }
    let page = node.call(Request::get("/report/incidents/7")).await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    let asset = node.call(Request::get("/assets/missing.js")).await;
    assert_eq!(asset.status, 404);
}
