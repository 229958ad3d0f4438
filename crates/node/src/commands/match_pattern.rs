//! `beffroi match`: was this observed?

use std::{fmt::Write as _, path::PathBuf};

use anyhow::Context;
use clap::Args;
use formats::{
    Json, Limits, Profile, Severity,
    stix::pattern::{Engine, Matcher, Observations, Pattern, Vocabulary},
};
use serde::Serialize;

use super::stream::Stream;
use crate::output::{Outcome, Output, Unreadable};

/// Look for STIX patterns in observed data: one pattern, or all indicators of a bundle at once.
///
/// It ends with 0 whether something matched or not, and with 2 when the pattern or the file cannot be read.
#[derive(Debug, Args)]
pub struct MatchPattern {
    /// The pattern, as in `[ipv4-addr:value = '198.51.100.7']`.
    #[arg(
        long,
        value_name = "PATTERN",
        required_unless_present = "indicators",
        conflicts_with = "indicators"
    )]
    pub pattern: Option<String>,
    /// A bundle whose indicators are all looked for; those that cannot be are named.
    #[arg(long, value_name = "FILE")]
    pub indicators: Option<PathBuf>,
    /// Observed data: a bundle, a list, or one per line. `-` reads the standard input.
    #[arg(default_value = "-")]
    pub file: PathBuf,
}

/// The answer for one pattern.
#[derive(Debug, Serialize)]
struct One<'a> {
    matched: bool,
    /// The observed data that is bound together; there may be other such.
    bindings: Vec<&'a str>,
}

/// The answer for many.
#[derive(Debug, Serialize)]
struct Many<'a> {
    matched: bool,
    indicators: usize,
    hits: Vec<Hit<'a>>,
    /// Indicators that could not be looked for.
    refused: Vec<Refused>,
}

#[derive(Debug, Serialize)]
struct Hit<'a> {
    indicator: &'a str,
    bindings: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Refused {
    indicator: String,
    why: String,
}

impl MatchPattern {
    /// Prints what matched.
    ///
    /// # Errors
    /// Files that cannot be read, and patterns that cannot be matched.
    pub fn run(self, output: Output) -> anyhow::Result<Outcome> {
        let documents = Stream::open(&self.file)?.documents(&Stream::whole())?;
        let mut observations = Observations::new();
        documents.iter().for_each(|document| observations.add(document));
        for left in observations.left_out() {
            eprintln!("{}: left out, {}", left.id, left.why);
        }
        match (&self.pattern, &self.indicators) {
            (Some(pattern), _) => one(pattern, &observations, output)?,
            (None, Some(file)) => {
                let bundles = Stream::open(file)?.documents(&Stream::whole())?;
                many(&bundles, &observations, output)?;
            }
            (None, None) => {
                return Err(Unreadable("name a --pattern or a file of --indicators".to_owned()).into());
            }
        }
        Ok(Outcome::Fine)
    }
}

/// A pattern that can be matched, and what is odd about it.
fn ready(text: &str) -> Result<(Matcher, Vec<String>), String> {
    let pattern = Pattern::parse(text, &Limits::default()).map_err(|error| error.to_string())?;
    let mut odd = Vec::new();
    for found in pattern.check(&Vocabulary::default(), Profile::Text) {
        let message = format!("column {}: {} ({})", found.span.start + 1, found.message, found.rule);
        match found.severity {
            Severity::Error => return Err(message),
            Severity::Warning => odd.push(message),
            Severity::Note => {}
        }
    }
    let matcher = Matcher::new(&pattern).map_err(|error| error.to_string())?;
    Ok((matcher, odd))
}

fn one(text: &str, observations: &Observations<'_>, output: Output) -> anyhow::Result<()> {
    let (matcher, odd) =
        ready(text).map_err(|why| Unreadable(format!("the pattern cannot be matched: {why}")))?;
    odd.iter().for_each(|message| eprintln!("{message}"));
    let found = matcher.matches(observations, Matcher::WORK).context("the pattern takes too much work")?;
    let answer = One {
        matched: found.is_some(),
        bindings: found.map(|found| found.ids(observations)).unwrap_or_default(),
    };
    output.print(&answer, |answer| match answer.matched {
        true => format!("matched: {}", answer.bindings.join(", ")),
        false => "no match".to_owned(),
    })
}

fn many(bundles: &[Json<'_>], observations: &Observations<'_>, output: Output) -> anyhow::Result<()> {
    let (mut ids, mut matchers, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    let objects = bundles.iter().flat_map(|bundle| {
        let inner = bundle.get("objects").and_then(Json::as_list);
        inner.unwrap_or(std::slice::from_ref(bundle))
    });
    for indicator in objects {
        let text = |name: &str| indicator.get(name).and_then(Json::as_text);
        if text("type") != Some("indicator") {
            continue;
        }
        let id = text("id").unwrap_or_default();
        let ready = match (text("pattern_type"), text("pattern")) {
            (Some("stix"), Some(pattern)) => ready(pattern),
            (kind, _) => Err(format!("it is a pattern of {}", kind.unwrap_or("no type"))),
        };
        match ready {
            Ok((matcher, _)) => {
                ids.push(id);
                matchers.push(matcher);
            }
            Err(why) => refused.push(Refused { indicator: id.to_owned(), why }),
        }
    }
    let engine = Engine::of(matchers).map_err(|(place, why)| {
        Unreadable(format!("{}: {why}", ids.get(place).copied().unwrap_or_default()))
    })?;
    let evaluation = engine.evaluate(observations, Engine::WORK);
    let id = |place: usize| ids.get(place).copied().unwrap_or_default();
    refused.extend(
        evaluation.undecided.iter().map(|place| Refused {
            indicator: id(*place).to_owned(),
            why: "it takes too much work".to_owned(),
        }),
    );
    let hits: Vec<Hit<'_>> = evaluation
        .hits
        .iter()
        .map(|hit| Hit { indicator: id(hit.pattern), bindings: hit.found.ids(observations) })
        .collect();
    let answer = Many { matched: !hits.is_empty(), indicators: engine.len(), hits, refused };
    output.print(&answer, in_words)
}

fn in_words(answer: &Many<'_>) -> String {
    let mut text = String::new();
    for hit in &answer.hits {
        let _fits = writeln!(text, "{} matched {}", hit.indicator, hit.bindings.join(", "));
    }
    for refused in &answer.refused {
        let _fits = writeln!(text, "{} cannot be looked for: {}", refused.indicator, refused.why);
    }
    let all = answer.indicators + answer.refused.len();
    let hits = if answer.hits.len() == 1 { "hit" } else { "hits" };
    text + &format!("{} of {all} indicators looked for, {} {hits}", answer.indicators, answer.hits.len())
}
