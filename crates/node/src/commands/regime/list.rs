//! The laws with all their versions, and who signed them.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use regime::{
    Library, Pack,
    pack::{Confidence, Status},
};
use serde::Serialize;
use service::Clock;

use crate::{
    config::Regimes,
    laws,
    output::{Outcome, Output, table},
    packs,
};

#[derive(Serialize)]
struct Line {
    id: String,
    law: String,
    title: String,
    version: String,
    /// Whether it speaks for a case that is opened today.
    speaks: bool,
    status: String,
    confidence: Confidence,
    signer: String,
}

/// Lists every version of every pack.
///
/// # Errors
/// Laws that cannot be read.
pub fn list(regimes: &Regimes, output: Output) -> anyhow::Result<Outcome> {
    let (library, now) = (laws::library(regimes)?, Clock::System.now());
    let signers = signers(regimes)?;
    let today = TimeZone::UTC.to_datetime(now.timestamp()).date();
    let speaking = library.on(now);
    let lines: Vec<Line> = library.versions().map(|pack| line(pack, &speaking, &signers, today)).collect();
    output.print(&serde_json::json!({ "regimes": lines }), |_| {
        let rows: Vec<Vec<String>> = lines.iter().map(cells).collect();
        table(&["pack", "version", "status", "confidence", "signed by", "law"], &rows)
    })?;
    Ok(Outcome::Fine)
}

fn line(pack: &Pack, today: &Library, signers: &BTreeMap<(String, String), String>, day: Date) -> Line {
    let version = pack.version();
    let key = (pack.id().to_owned(), version.clone());
    let speaks = today.pack(pack.id()).is_some_and(|one| one.version() == version);
    Line {
        id: key.0.clone(),
        law: pack.law.law.clone(),
        title: pack.title("en"),
        speaks,
        status: status(pack, speaks, day),
        confidence: pack.law.confidence,
        signer: signers.get(&key).cloned().unwrap_or_else(|| "(in the program)".to_owned()),
        version,
    }
}

fn status(pack: &Pack, speaks: bool, day: Date) -> String {
    let law = &pack.law;
    match law.status {
        _ if !speaks && law.valid_from > day => format!("from {}", law.valid_from),
        _ if !speaks => "running cases only".to_owned(),
        Status::Proposed => "a bill".to_owned(),
        Status::NotTransposed => "not transposed".to_owned(),
        Status::InForce if law.valid_from > day => format!("from {}", law.valid_from),
        Status::InForce => match law.valid_until.filter(|until| *until < day) {
            Some(until) => format!("ended {until}"),
            None => "in force".to_owned(),
        },
    }
}

fn cells(line: &Line) -> Vec<String> {
    let confidence = match line.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    };
    [&line.id, &line.version, &line.status, confidence, &line.signer, &line.law]
        .map(|cell: &str| cell.to_owned())
        .to_vec()
}

/// By pack and version: who signed it, in words.
fn signers(regimes: &Regimes) -> anyhow::Result<BTreeMap<(String, String), String>> {
    let mut signers = BTreeMap::new();
    for place in packs::places(&regimes.folders)? {
        let pack = packs::Folder::read(&place)?;
        let Ok((id, version)) = pack.name() else { continue };
        signers.insert((id, version), packs::signer_in_words(&pack.verify(&regimes.publishers)));
    }
    Ok(signers)
}
