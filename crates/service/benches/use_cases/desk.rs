//! The inbox of an authority with a filing for every incident that is not open.

use service::view::{FilingState, InboxQuery};
use testkit::{LivedIn, load_filings, look_anew};

use crate::{file::Ready, measure::Durations};

/// So many filings of each organisation wait for a response.
const WAITING: usize = 500;

/// Pages of the inbox: the first, one filtered, and one after the other.
pub async fn measure(node: &LivedIn, operations: usize) {
    let begun = std::time::Instant::now();
    let mut loaded = 0;
    for reporter in &node.reporters {
        // The first organisation has filed for its newest already.
        let oldest = *reporter.open.first().expect("an open incident");
        let ready = Ready::of(&node.service, &reporter.caller, oldest).await;
        let first = ready.file().await.filing;
        load_filings(&node.service, (&reporter.caller, first), &reporter.closed, WAITING).await;
        loaded += reporter.closed.len();
    }
    look_anew(&node.service).await;
    println!("{loaded} filings loaded in {:.0?}", begun.elapsed());
    let all = InboxQuery::default();
    pages(node, &all, operations, "inbox, first page of 50").await;
    let waiting = InboxQuery { state: Some(FilingState::Filed), ..InboxQuery::default() };
    pages(node, &waiting, operations, "inbox, what waits, first page of 50").await;
    let sector = InboxQuery { sector: Some("health".to_owned()), ..InboxQuery::default() };
    pages(node, &sector, operations, "inbox, one sector, first page of 50").await;
    let rare =
        InboxQuery { sector: Some("health".to_owned()), cross_border: Some(true), ..InboxQuery::default() };
    pages(node, &rare, operations / 10, "inbox, a filter that nothing fulfils").await;
    turn_pages(node, operations).await;
}

async fn pages(node: &LivedIn, query: &InboxQuery, operations: usize, name: &str) {
    let mut durations = Durations::default();
    for _ in 0..operations {
        durations.time(node.service.inbox(&node.officer, query)).await.expect("the inbox is listed");
    }
    durations.print(name);
}

async fn turn_pages(node: &LivedIn, operations: usize) {
    let mut durations = Durations::default();
    let mut query = InboxQuery::default();
    for _ in 0..operations {
        let page = durations.time(node.service.inbox(&node.officer, &query)).await.expect("the next page");
        query.after = page.next;
    }
    durations.print("inbox, page after page of 50");
}
