//! Live updates and calendars as browsers and calendars ask for them.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::{Value, json};
use testkit::{Request, Session};

use crate::story::Story;

/// A browser that listens; it gives up when nothing comes for long.
struct Listener {
    lines: BufReader<TcpStream>,
}

impl Listener {
    fn open(address: SocketAddr, cookie: &str, last: Option<&str>) -> Self {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let last = last.map_or_else(String::new, |last| format!("last-event-id: {last}\r\n"));
        let head = format!(
            "GET /events HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncookie: {cookie}\r\n{last}\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        Self { lines: BufReader::new(stream) }
    }

    /// The next line that begins so; none when the stream has ended.
    fn next(&mut self, beginning: &str) -> Option<String> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.lines.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some(rest) = line.trim_end().strip_prefix(beginning) {
                return Some(rest.to_owned());
            }
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// Tells the listeners what happened until told to stop, as the loops of a node do.
fn pump(story: &Story) -> tokio::task::JoinHandle<()> {
    let service = story.node.service.clone();
    tokio::spawn(async move {
        loop {
            service.chain_audit().await.unwrap();
            service.tell_listeners().await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
}

fn cookie(session: &Session) -> String {
    session.cookie.clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_hears_what_happened_and_goes_on_where_it_lost_the_line() {
    let story = Story::begin().await;
    let address = story.node.listen().await;
    let pump = pump(&story);
    let mine = cookie(&story.reporter);
    let mut line = blocking(move || {
        let mut line = Listener::open(address, &mine, None);
        assert_eq!(line.next("HTTP/1.1 ").unwrap(), "200 OK");
        assert_eq!(line.next("content-type: ").unwrap(), "text/event-stream");
        line.next("retry: ").unwrap();
        line
    })
    .await;
    let incident = story.open().await;
    let (id, data) = blocking(move || {
        assert_eq!(line.next("event: ").unwrap(), "change");
        let mut parts = [line.next("").unwrap(), line.next("").unwrap()];
        parts.sort();
        (parts[1].clone(), parts[0].clone())
    })
    .await;
    let data: Value = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
    assert_eq!(data, json!({"kind": "incident", "incident": incident}), "and no answer");
    let last = id.strip_prefix("id: ").unwrap().to_owned();
    let second = story.open().await;
    let mine = cookie(&story.reporter);
    let found = blocking(move || {
        let mut line = Listener::open(address, &mine, Some(&last));
        loop {
            let data = line.next("data: ").unwrap();
            if data.contains(&second) {
                return true;
            }
        }
    })
    .await;
    assert!(found);
    pump.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stream_is_for_signed_in_people_and_ends_with_the_session() {
    let story = Story::begin().await;
    let address = story.node.listen().await;
    for stranger in ["", "beffroi=nobody"] {
        let first =
            blocking(move || Listener::open(address, stranger, None).next("HTTP/1.1 ").unwrap()).await;
        assert!(!first.starts_with("200"), "{first}");
    }
    let secret = story.node.client(&story.node.world.hospital, &[model::Function::Reporter]).await;
    let machine = story.node.call(Request::get("/events").bearer(&secret)).await;
    assert_ne!(machine.status, 200, "a machine asks when it wants to know");
    let mine = cookie(&story.reporter);
    let mut line = blocking(move || {
        let mut line = Listener::open(address, &mine, None);
        line.next("retry: ").unwrap();
        line
    })
    .await;
    let token = story.reporter.cookie.trim_start_matches("beffroi=").to_owned();
    story.node.service.sign_out(&token).await.unwrap();
    let ended = blocking(move || line.next("data: ").is_none()).await;
    assert!(ended, "within one heartbeat");
}

#[tokio::test]
async fn a_calendar_reads_its_feed_and_nobody_else_does() {
    let story = Story::begin().await;
    story.open().await;
    let make = Request::post("/api/v1/calendar").json(&json!({}));
    let made = story.report(make, 200).await;
    let path = made["path"].as_str().unwrap();
    let feed = story.node.call(Request::get(path)).await;
    assert_eq!(feed.status, 200);
    assert_eq!(feed.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert!(
        feed.text().starts_with("BEGIN:VCALENDAR\r\n") && !feed.text().contains("anary"),
        "{}",
        feed.text()
    );
    let mark = feed.header("etag").unwrap();
    let same = story.node.call(Request::get(path).header("if-none-match", mark)).await;
    assert_eq!((same.status, same.body.len()), (304, 0));
    let nobody = story.node.call(Request::get("/calendar/nobody")).await;
    for wrong in [&path.replace(".ics", ""), "/calendar/.ics", "/calendar/%00.ics", &path.to_lowercase()] {
        let answer = story.node.call(Request::get(wrong)).await;
        assert_eq!(answer.status, 404, "{wrong}");
        assert_eq!(answer.header("content-type"), nobody.header("content-type"));
    }
    story.report(Request::new("DELETE", "/api/v1/calendar"), 200).await;
    assert_eq!(story.node.call(Request::get(path)).await.status, 404);
}
