//! `beffroi validate`: is a document as its standard says?

use std::{
    fmt::Write as _,
    fs::File,
    io::{IsTerminal, Read, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use formats::{
    Finding, Format, Limits, Profile, Severity, Splitter,
    idmef::{self, Version},
    sniff,
};
use serde::Serialize;

use crate::output::{Outcome, Output, Unreadable};

/// Check documents against their standard: IDMEFv2 alerts, one or millions.
#[derive(Debug, Args)]
pub struct Validate {
    /// The format: `idmefv2`, or `idmefv2:2.D.V08` for one version whatever the alert says; by default it is
    /// told from the content.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Whose word counts where a standard and its published schema differ.
    #[arg(long, value_enum, default_value = "text")]
    pub profile: Whose,
    /// Warnings too end with 1.
    #[arg(long)]
    pub strict: bool,
    /// Documents; a list of them, or one per line, may be as long as it likes. `-` reads the standard input.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// Whose word counts.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Whose {
    /// What the standard says.
    Text,
    /// What the published schema accepts.
    Schema,
}

/// What is listed of one file.
const MOST: usize = 1_000;

/// The answer for one file.
#[derive(Debug, Serialize)]
struct Answer {
    file: String,
    format: &'static str,
    /// The version of the documents, if they are all of one.
    version: Option<String>,
    valid: bool,
    /// How many documents the file holds, and how many of them are not valid.
    documents: usize,
    invalid: usize,
    findings: Vec<Finding>,
    /// How many findings are not listed.
    unlisted: usize,
    #[serde(skip)]
    worst: Option<Severity>,
}

impl Validate {
    /// Prints the findings of each file; fine when there is no error.
    ///
    /// # Errors
    /// Files that cannot be read, and formats that this program does not check.
    pub fn run(self, output: Output) -> anyhow::Result<Outcome> {
        let (format, version) = self.wish()?;
        let profile = match self.profile {
            Whose::Text => Profile::Text,
            Whose::Schema => Profile::Schema,
        };
        let options = idmef::Options { profile, version, limits: Limits::default() };
        let mut outcome = Outcome::Fine;
        for file in &self.files {
            let answer = check_file(file, format, &options)?;
            print(&answer, output)?;
            let tolerated = if self.strict { Severity::Note } else { Severity::Warning };
            if answer.worst > Some(tolerated) {
                outcome = Outcome::Found;
            }
        }
        Ok(outcome)
    }

    fn wish(&self) -> anyhow::Result<(Option<Format>, Option<Version>)> {
        let Some(wish) = &self.format else { return Ok((None, None)) };
        let (name, version) =
            wish.split_once(':').map_or((wish.as_str(), None), |(name, rest)| (name, Some(rest)));
        let format = Format::parse(name)
            .with_context(|| Unreadable(format!("there is no format \"{name}\": idmefv2 is one")))?;
        let Some(text) = version else { return Ok((Some(format), None)) };
        let version = Version::parse(text).with_context(|| {
            let all: Vec<&str> = Version::ALL.iter().map(|version| version.text()).collect();
            Unreadable(format!("idmefv2 has no version \"{text}\"; there are {}", all.join(", ")))
        })?;
        Ok((Some(format), Some(version)))
    }
}

fn check_file(file: &Path, wish: Option<Format>, options: &idmef::Options) -> anyhow::Result<Answer> {
    let name = file.display().to_string();
    let mut stream = Stream::open(file)?;
    let mut splitter = Splitter::new(&options.limits);
    let mut answer = Answer {
        file: name.clone(),
        format: Format::Idmefv2.name(),
        version: None,
        valid: true,
        documents: 0,
        invalid: 0,
        findings: Vec::new(),
        unlisted: 0,
        worst: None,
    };
    let mut format = wish;
    let mut first: Option<formats::Piece> = None;
    loop {
        let bytes = stream.next()?;
        if format.is_none() {
            format = Some(known(sniff(bytes), bytes, &name)?);
        }
        if let Some(other) = format.filter(|format| *format != Format::Idmefv2) {
            return Err(Unreadable(format!(
                "{name} is {}, which this program does not check yet",
                other.name()
            ))
            .into());
        }
        let ended = bytes.is_empty();
        if ended {
            splitter.finish();
        } else {
            splitter.push(bytes);
        }
        for piece in splitter.by_ref() {
            // Whether there is more than one is known only with the next.
            match first.take() {
                None if answer.documents == 0 => first = Some(piece),
                None => answer.add(&piece, false, options),
                Some(alone) => {
                    answer.add(&alone, false, options);
                    answer.add(&piece, false, options);
                }
            }
        }
        if ended {
            break;
        }
    }
    if let Some(alone) = first {
        answer.add(&alone, !splitter.is_list(), options);
    }
    stream.done();
    if answer.documents == 0 {
        return Err(Unreadable(format!("{name} holds no document")).into());
    }
    Ok(answer)
}

fn known(format: Option<Format>, bytes: &[u8], name: &str) -> anyhow::Result<Format> {
    let looks_like_json =
        bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| b"{[".contains(byte));
    match format {
        Some(format) => Ok(format),
        // JSON that says nothing of itself is checked as the one format that we check, and told what it lacks.
        None if looks_like_json => Ok(Format::Idmefv2),
        None => {
            Err(Unreadable(format!("{name} is in no format that this program knows; name it with --format"))
                .into())
        }
    }
}

impl Answer {
    /// Checks one document of the file.
    fn add(&mut self, piece: &formats::Piece, single: bool, options: &idmef::Options) {
        let place = if single { String::new() } else { format!("/{}", piece.index) };
        let report = idmef::check_bytes(&piece.bytes, options);
        let mut valid = report.is_valid();
        if piece.too_large {
            valid = false;
            self.list(Finding {
                severity: Severity::Error,
                rule: "json.size",
                pointer: place,
                message: format!(
                    "line {}: more than {} bytes are not read",
                    piece.line, options.limits.bytes
                ),
                source: "limit of this program",
            });
        } else {
            for finding in report.findings {
                let pointer = format!("{place}{}", finding.pointer);
                let message = match (finding.rule, single) {
                    ("json.syntax", false) => format!("from line {}: {}", piece.line, finding.message),
                    _ => finding.message,
                };
                self.list(Finding { pointer, message, ..finding });
            }
            self.unlisted += report.unlisted;
        }
        if self.documents == 0 {
            self.version.clone_from(&report.version);
        } else if self.version != report.version {
            self.version = None;
        }
        self.documents += 1;
        self.invalid += usize::from(!valid);
        self.valid &= valid;
    }

    fn list(&mut self, finding: Finding) {
        self.worst = self.worst.max(Some(finding.severity));
        if self.findings.len() < MOST {
            self.findings.push(finding);
        } else {
            self.unlisted += 1;
        }
    }
}

/// One line of JSON per file, or words.
fn print(answer: &Answer, output: Output) -> anyhow::Result<()> {
    let text = match output {
        Output::Json => serde_json::to_string(answer)? + "\n",
        Output::Words => in_words(answer),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("cannot write to the standard output")
}

fn in_words(answer: &Answer) -> String {
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        for finding in answer.findings.iter().filter(|finding| finding.severity == severity) {
            let place = if finding.pointer.is_empty() { "/" } else { &finding.pointer };
            let _fits = writeln!(text, "  {:<7} {place}  {}", word(severity), finding.message);
            let _fits = writeln!(text, "          {} ({})", finding.rule, finding.source);
        }
    }
    if answer.unlisted > 0 {
        let _fits = writeln!(text, "  and {} findings more", answer.unlisted);
    }
    let count = |severity| answer.findings.iter().filter(|finding| finding.severity == severity).count();
    let version = answer.version.as_deref().unwrap_or("several versions");
    let verdict = match (answer.valid, answer.documents) {
        (true, 1) => "valid".to_owned(),
        (true, documents) => format!("{documents} alerts, all valid"),
        (false, 1) => "not valid".to_owned(),
        (false, documents) => format!("{} of {documents} alerts not valid", answer.invalid),
    };
    let tally: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
            .into_iter()
            .map(|(severity, name)| (count(severity), name))
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| format!("{count} {name}{}", if count == 1 { "" } else { "s" }))
            .collect();
    let tally = if tally.is_empty() { String::new() } else { format!(" ({})", tally.join(", ")) };
    format!("{}: {verdict}, {} {version}{tally}\n{text}", answer.file, answer.format)
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A file or the standard input, part by part, with a line of progress on a terminal when it takes long.
pub struct Stream {
    name: String,
    source: Box<dyn Read>,
    part: Vec<u8>,
    read: u64,
    whole: Option<u64>,
    begun: Instant,
    shown: Instant,
    visible: bool,
}

impl Stream {
    /// Opens it.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn open(file: &Path) -> anyhow::Result<Self> {
        let name = file.display().to_string();
        let cannot = || Unreadable(format!("cannot read {name}"));
        let (source, whole): (Box<dyn Read>, _) = if file == Path::new("-") {
            (Box::new(std::io::stdin()), None)
        } else {
            let opened = File::open(file).with_context(cannot)?;
            let whole = opened.metadata().ok().filter(std::fs::Metadata::is_file).map(|about| about.len());
            (Box::new(opened), whole)
        };
        let now = Instant::now();
        Ok(Self {
            name,
            source,
            part: vec![0; 256 << 10],
            read: 0,
            whole,
            begun: now,
            shown: now,
            visible: false,
        })
    }

    /// The next bytes; none at the end.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn next(&mut self) -> anyhow::Result<&[u8]> {
        let mut length = 0;
        // A pipe gives what it has; whole parts tell the format.
        while let Some(room) = self.part.get_mut(length..).filter(|room| !room.is_empty()) {
            let more =
                self.source.read(room).with_context(|| Unreadable(format!("cannot read {}", self.name)))?;
            if more == 0 {
                break;
            }
            length += more;
        }
        self.read += length as u64;
        self.show();
        Ok(self.part.get(..length).unwrap_or_default())
    }

    fn show(&mut self) {
        let is_late = self.begun.elapsed() > Duration::from_secs(1);
        if !is_late || self.shown.elapsed() < Duration::from_millis(200) || !std::io::stderr().is_terminal() {
            return;
        }
        self.shown = Instant::now();
        self.visible = true;
        let megabytes = self.read >> 20;
        let share = self.whole.and_then(|whole| (self.read * 40).checked_div(whole)).map(|filled| {
            let filled = usize::try_from(filled).unwrap_or(40).min(40);
            format!(" [{}{}]", "#".repeat(filled), ".".repeat(40 - filled))
        });
        let _closed =
            write!(std::io::stderr(), "\r{} {megabytes} MiB{}\x1b[K", self.name, share.unwrap_or_default());
    }

    /// Wipes the line of progress.
    pub fn done(&self) {
        if self.visible {
            let _closed = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
