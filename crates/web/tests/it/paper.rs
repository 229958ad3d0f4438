//! Papers as browsers get them.

use testkit::Request;

use crate::story::{EARLY_WARNING, Story};

#[tokio::test]
async fn a_paper_is_a_pdf_that_browsers_keep_under_its_reference() {
    let story = Story::begin().await;
    let incident = story.open().await;
    let draft = format!("/api/reporting/v1/incidents/{incident}/duties/{EARLY_WARNING}/preview.pdf");
    let csirt = story.node.world.csirt.id;
    for path in [draft.clone(), format!("{draft}?recipient={csirt}")] {
        let answer = story.node.call(Request::get(&path).session(&story.reporter)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let name = format!("attachment; filename=\"draft-{EARLY_WARNING}.pdf\"");
        assert_eq!(answer.header("content-disposition"), Some(name.as_str()));
    }
    for wrong in ["?recipient=nobody", "?recipient=", "?whose=mine"] {
        let answer = story.node.call(Request::get(&format!("{draft}{wrong}")).session(&story.reporter)).await;
        assert_eq!(answer.status, 422, "{wrong}: {}", answer.text());
    }
    let filed = story.file(&incident).await;
    for (kind, file) in [("filing", "paper"), ("receipt", "receipt")] {
        let path = format!("/api/v1/filings/{}/{file}.pdf", filed.filing);
        for side in [&story.reporter, &story.officer] {
            let answer = story.node.call(Request::get(&path).session(side)).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert!(answer.text().starts_with("%PDF-1.7"));
            assert_eq!(answer.header("content-type"), Some("application/pdf"));
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            let name = format!("attachment; filename=\"{kind}-{}.pdf\"", filed.reference);
            assert_eq!(answer.header("content-disposition"), Some(name.as_str()));
        }
        assert_eq!(story.node.call(Request::get(&path)).await.status, 401);
    }
}

#[tokio::test]
async fn the_receipt_page_names_the_paper_and_the_command() {
    let story = Story::begin().await;
    let filed = story.file(&story.open().await).await;
    let receipt = story.report(Request::get(&format!("/api/v1/filings/{}/receipt", filed.filing)), 200).await;
    let digest = receipt["receipt"]["paper_sha256"].as_str().unwrap();
    let page = Request::get(&format!("/receipts/{}", filed.filing)).session(&story.reporter);
    let page = story.node.call(page).await.text();
    assert!(page.contains(digest), "{page}");
    assert!(page.contains(&format!("--paper filing-{}.pdf", filed.reference)), "{page}");
    assert!(page.contains(&format!("/api/v1/filings/{}/receipt.pdf", filed.filing)), "{page}");
}
