//! `beffroi doctor`: check configuration, database, keys, clock and audit chain.

use std::time::Duration;

use model::Instant;
use serde::Serialize;
use serde_json::json;
use service::Clock;
use store::Store;

use crate::{
    commands::audit,
    config::{Config, refuse_plain},
    laws, master_key, open,
    output::{Outcome, Output},
};

/// More rows than the worker leaves behind in ten seconds are an alarm only when they are that old.
const CHAINED_WITHIN: Duration = Duration::from_secs(10);

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Fine,
    Warning,
    Error,
}

/// One check.
#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    state: State,
    /// What was found, and the remedy when it is not fine.
    message: String,
}

impl Check {
    fn of(name: &'static str, result: anyhow::Result<String>) -> Self {
        match result {
            Ok(message) => Self { name, state: State::Fine, message },
            Err(error) => Self { name, state: State::Error, message: format!("{error:#}") },
        }
    }
}

/// Runs every check that can be run and prints them all.
///
/// # Errors
/// When the result cannot be printed.
pub async fn run(config: &Config, output: Output) -> anyhow::Result<Outcome> {
    let mut checks = vec![
        Check::of("listen", listen(config)),
        Check::of(
            "laws",
            laws::library(&config.regimes).map(|library| {
                let names: Vec<&str> = library.packs().iter().map(|pack| pack.id()).collect();
                names.join(", ")
            }),
        ),
        signatures(config),
        Check::of("clock", clock(Clock::System.now())),
        Check::of("master key", master_key::find(config).map(|key| format!("key {}", key.id()))),
    ];
    match open::store(config).await {
        Ok(store) => checks.extend(of_store(config, &store).await),
        Err(error) => checks.push(Check::of("database", Err(error))),
    }
    output.print(&json!({ "checks": checks }), |_| in_words(&checks))?;
    let found = checks.iter().any(|check| check.state == State::Error);
    Ok(if found { Outcome::Found } else { Outcome::Fine })
}

fn in_words(checks: &[Check]) -> String {
    checks
        .iter()
        .map(|check| {
            let mark = match check.state {
                State::Fine => "fine",
                State::Warning => "WARNING",
                State::Error => "ERROR",
            };
            format!("{mark:<8} {}: {}\n", check.name, check.message)
        })
        .collect()
}

fn signatures(config: &Config) -> Check {
    let name = "signatures of laws";
    let regimes = &config.regimes;
    if regimes.folders.is_empty() {
        let message = "there are only the laws of the program".to_owned();
        return Check { name, state: State::Fine, message };
    }
    let doubts = regimes.folders.iter().map(|folder| laws::doubts(regimes, folder));
    match doubts.collect::<anyhow::Result<Vec<_>>>() {
        Ok(doubts) if doubts.iter().all(Vec::is_empty) => Check {
            name,
            state: State::Fine,
            message: "every pack in the folders is signed by a publisher".to_owned(),
        },
        Ok(doubts) => Check {
            name,
            state: State::Warning,
            message: format!(
                "{}; deadlines come from these files: sign them (`beffroi regime sign`) and name the publisher \
                 under [regimes] publishers",
                doubts.concat().join("; ")
            ),
        },
        Err(error) => Check::of(name, Err(error)),
    }
}

fn listen(config: &Config) -> anyhow::Result<String> {
    refuse_plain(&config.listen, &config.tls)?;
    Ok(format!("{}, reached as {}", config.listen.address, config.public_address()))
}

/// A clock before the making of this program is wrong for certain.
fn clock(now: Instant) -> anyhow::Result<String> {
    let made: Instant = "2026-01-01T00:00:00Z".parse()?;
    anyhow::ensure!(now >= made, "the machine's clock says {now}; set it (NTP), or every deadline is wrong");
    Ok(format!("{now}"))
}

async fn of_store(config: &Config, store: &Store) -> Vec<Check> {
    let before = Clock::System.now().minus(CHAINED_WITHIN);
    vec![
        Check::of("database", Ok(format!("{}, its keys open with the master key", config.database.words()))),
        Check::of("durable writes", durable(store).await),
        Check::of("audit chain", audit::verified(store).await),
        unchained(store, before).await,
        Check::of("clocks", clocks(store).await),
        jobs(store).await,
        mail(config).await,
    ]
}

async fn durable(store: &Store) -> anyhow::Result<String> {
    let settings = store.read().await?.durability().await?;
    let words = |(name, value): &(String, String)| format!("{name}={value}");
    let weak: Vec<String> = settings.iter().filter(|(name, value)| is_weak(name, value)).map(words).collect();
    anyhow::ensure!(
        weak.is_empty(),
        "{}: what the node acknowledges can be lost when the power fails; set {} in the database",
        weak.join(", "),
        DURABLE.map(|(name, wanted)| format!("{name}={}", wanted.join(" or "))).join(", ")
    );
    Ok(settings.iter().map(words).collect::<Vec<_>>().join(", "))
}

/// What the settings must be, of either database; a receipt is handed out only for what has reached the disk.
const DURABLE: [(&str, &[&str]); 4] = [
    ("synchronous", &["2", "3"]),
    ("synchronous_commit", &["on", "remote_apply"]),
    ("fsync", &["on"]),
    ("full_page_writes", &["on"]),
];

fn is_weak(name: &str, value: &str) -> bool {
    DURABLE.iter().any(|(known, wanted)| *known == name && !wanted.contains(&value))
}

async fn unchained(store: &Store, before: Instant) -> Check {
    let name = "audit rows waiting";
    match unchained_before(store, before).await {
        Ok(0) => Check { name, state: State::Fine, message: "none older than ten seconds".to_owned() },
        Ok(rows) => Check {
            name,
            state: State::Warning,
            message: format!(
                "{rows} rows wait for their link in the chain; is a node serving this database?"
            ),
        },
        Err(error) => Check::of(name, Err(error)),
    }
}

/// How far the clocks of this machine and of the database may lie apart.
const CLOCKS_AGREE: Duration = Duration::from_secs(2);

async fn clocks(store: &Store) -> anyhow::Result<String> {
    let (ours, theirs) = (Clock::System.now(), store.read().await?.server_clock().await?);
    let Some(theirs) = theirs else {
        return Ok("the database is a file, with this machine's clock".to_owned());
    };
    let apart = ours.since(theirs).max(theirs.since(ours));
    anyhow::ensure!(
        apart <= CLOCKS_AGREE,
        "this machine's clock and the database's are {:.1} seconds apart; set both by NTP",
        apart.as_secs_f64()
    );
    Ok("this machine's and the database's agree".to_owned())
}

/// Mails leave within seconds: those that wait for long tell that no worker carries them out.
const BEHIND: Duration = Duration::from_secs(600);

async fn jobs(store: &Store) -> Check {
    let (name, now) = ("jobs", Clock::System.now());
    let queue = async { store.read().await?.queue(now).await };
    match queue.await {
        Ok(queue) => {
            let late = queue.behind_since.is_some_and(|since| now.since(since) > BEHIND);
            let mut message = format!("{} wait, {} were put aside", queue.waiting, queue.dead);
            if late {
                message += "; the first waits for more than ten minutes: does a worker run, does the mail server answer?";
            }
            let state = if late || queue.dead > 0 { State::Warning } else { State::Fine };
            Check { name, state, message }
        }
        Err(error) => Check::of(name, Err(error.into())),
    }
}

async fn mail(config: &Config) -> Check {
    let name = "mail";
    match config.mail.post(config.public_address()) {
        Ok(Some(post)) => {
            Check::of(name, post.check().await.map(|()| post.server().to_owned()).map_err(Into::into))
        }
        Ok(None) => Check {
            name,
            state: State::Fine,
            message: "no mail server is configured: people are told in their pages only; set mail.server"
                .to_owned(),
        },
        Err(error) => Check::of(name, Err(error)),
    }
}

async fn unchained_before(store: &Store, before: Instant) -> anyhow::Result<i64> {
    Ok(store.read().await?.unchained_events(before).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_lose_receipts_are_weak() {
        for (name, value) in [("synchronous", "1"), ("synchronous_commit", "off"), ("fsync", "off")] {
            assert!(is_weak(name, value), "{name}={value}");
        }
        for (name, value) in [("synchronous", "2"), ("synchronous_commit", "on"), ("journal_mode", "wal")] {
            assert!(!is_weak(name, value), "{name}={value}");
        }
    }

    #[test]
    fn a_clock_in_the_past_is_an_error() {
        assert!(clock(Instant::MIN).unwrap_err().to_string().contains("NTP"));
        clock("2026-03-06T15:30:00Z".parse().unwrap()).unwrap();
    }
}
