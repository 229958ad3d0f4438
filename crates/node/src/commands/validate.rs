//! `beffroi validate`: is a document as its standard says?

use std::{
    fmt::Write as _,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use formats::{
    CheckOptions, Checker, Finding, Format, Limits, Part, Piece, Profile, Report, Severity, idmef::Version,
    misp::Templates, sniff,
};
use serde::Serialize;
use service::Clock;

use super::stream::Stream;
use crate::output::{Outcome, Output, Unreadable};

/// Check documents against their standard: IDMEFv2, STIX 2.1, MISP, CACAO 2.0, CSAF; one or millions.
#[derive(Debug, Args)]
pub struct Validate {
    /// The format: `idmefv2`, or `idmefv2:2.D.V08` for one version whatever the alert says, or `stix2.1`; by
    /// default it is told from the content.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Whose word counts where a standard and its published schema differ.
    #[arg(long, value_enum, default_value = "text")]
    pub profile: Whose,
    /// Warnings too end with 1.
    #[arg(long)]
    pub strict: bool,
    /// Leave out what these rules find: `stix.302.extref-hashes`, or `stix.2` for all that begin so. Errors
    /// are never left out.
    #[arg(long, value_name = "RULE")]
    pub without: Vec<String>,
    /// For events of MISP: a folder of object templates (`*.json`, as in `NAME/definition.json`) to go by.
    #[arg(long, value_name = "FOLDER")]
    pub templates: Option<PathBuf>,
    /// Documents; a bundle, a list, or one per line, may be as long as it likes. `-` reads the standard input.
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

/// So many findings of one rule are shown in words.
const ALIKE: usize = 5;

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
    /// Whether there are documents of several versions.
    #[serde(skip)]
    mixed: bool,
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
        let now_ms = Some(Clock::System.now().micros() / 1_000);
        let options = CheckOptions { profile, idmef: version, limits: Limits::default(), now_ms };
        let mut templates = Templates::default();
        if let Some(folder) = &self.templates {
            read_templates(folder, &mut templates)?;
            if templates.is_empty() {
                return Err(Unreadable(format!("{} holds no object template", folder.display())).into());
            }
        }
        let mut outcome = Outcome::Fine;
        for file in &self.files {
            let checker = |format: Format| {
                Checker::new(format, options).map(|checker| checker.with_templates(templates.clone()))
            };
            let answer = self.check_file(Stream::open(file)?, format, checker)?;
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
            .with_context(|| Unreadable(format!("there is no format \"{name}\": there are {}", names())))?;
        let Some(text) = version else { return Ok((Some(format), None)) };
        let version = Version::parse(text).with_context(|| {
            let all: Vec<&str> = Version::ALL.iter().map(|version| version.text()).collect();
            Unreadable(format!("idmefv2 has no version \"{text}\"; there are {}", all.join(", ")))
        })?;
        Ok((Some(format), Some(version)))
    }

    fn check_file(
        &self,
        mut stream: Stream,
        wish: Option<Format>,
        checker: impl Fn(Format) -> Option<Checker>,
    ) -> anyhow::Result<Answer> {
        let beginning = stream.next()?.to_vec();
        let format = match wish {
            Some(format) => format,
            None => known(&beginning, stream.name())?,
        };
        let mut checker = checker(format).with_context(|| {
            Unreadable(format!("{} is {}, which this program does not check", stream.name(), format.name()))
        })?;
        let mut splitter = checker.splitter();
        let mut answer = Answer::of(stream.name(), format);
        splitter.push(&beginning);
        // Whether a document stands alone is known only when there is no other.
        let mut alone: Option<(Piece, Report)> = None;
        loop {
            let bytes = stream.next()?;
            let ended = bytes.is_empty();
            if ended {
                splitter.finish();
            } else {
                splitter.push(bytes);
            }
            for piece in splitter.by_ref() {
                let report = checker.check(&piece);
                let in_first = piece.index == 0;
                if in_first && piece.part == Part::Whole {
                    alone = Some((piece, report));
                    continue;
                }
                if let Some((first, report)) = alone.take() {
                    self.add(&mut answer, &first, report, false);
                }
                self.add(&mut answer, &piece, report, in_first);
            }
            if ended {
                break;
            }
        }
        if let Some((piece, report)) = alone {
            self.add(&mut answer, &piece, report, !splitter.is_list());
        }
        stream.done();
        if answer.documents == 0 && answer.findings.is_empty() {
            return Err(Unreadable(format!("{} holds no document", answer.file)).into());
        }
        Ok(answer)
    }

    /// Adds what was found in one piece, without what was not asked for.
    fn add(&self, answer: &mut Answer, piece: &Piece, mut report: Report, single: bool) {
        let unwanted = |finding: &Finding| {
            finding.severity != Severity::Error
                && self.without.iter().any(|rule| finding.rule.starts_with(rule))
        };
        report.findings.retain(|finding| !unwanted(finding));
        answer.add(piece, report, single);
    }
}

/// All templates below a folder. Other JSON files lie beside them and are passed over.
fn read_templates(folder: &Path, templates: &mut Templates) -> anyhow::Result<()> {
    let cannot = || Unreadable(format!("cannot read {}", folder.display()));
    for entry in std::fs::read_dir(folder).with_context(cannot)? {
        let path = entry.with_context(cannot)?.path();
        if path.is_dir() {
            read_templates(&path, templates)?;
        } else if path.extension().is_some_and(|end| end == "json") {
            for document in Stream::open(&path)?.documents(&Limits::default())? {
                let _no_template = templates.add(&document);
            }
        }
    }
    Ok(())
}

fn names() -> String {
    Format::ALL.map(Format::name).join(", ")
}

fn known(beginning: &[u8], name: &str) -> anyhow::Result<Format> {
    let first = beginning.iter().find(|byte| !byte.is_ascii_whitespace());
    match sniff(beginning) {
        Some(format) => Ok(format),
        // JSON that says nothing of itself is checked as an alert, and told what it lacks.
        None if first.is_some_and(|byte| b"{[".contains(byte)) => Ok(Format::Idmefv2),
        None => {
            Err(Unreadable(format!("{name} is in no format that this program knows; name it with --format"))
                .into())
        }
    }
}

impl Answer {
    fn of(file: &str, format: Format) -> Self {
        Self {
            file: file.to_owned(),
            format: format.name(),
            version: None,
            valid: true,
            documents: 0,
            invalid: 0,
            findings: Vec::new(),
            unlisted: 0,
            worst: None,
            mixed: false,
        }
    }

    /// Adds what was found in one piece; a single document needs no number before its pointers.
    fn add(&mut self, piece: &Piece, report: Report, single: bool) {
        let place = if single { String::new() } else { format!("/{}", piece.index) };
        let valid = report.is_valid();
        for finding in report.findings {
            let pointer = format!("{place}{}", finding.pointer);
            let message = match (finding.rule, single && piece.part == Part::Whole) {
                ("json.syntax", false) => format!("from line {}: {}", piece.line, finding.message),
                _ => finding.message,
            };
            self.list(Finding { pointer, message, ..finding });
        }
        self.unlisted += report.unlisted;
        self.valid &= valid;
        // What is around the objects of a bundle is no object.
        if piece.part == Part::Frame {
            return;
        }
        if self.documents == 0 {
            self.version.clone_from(&report.version);
        } else if self.version != report.version {
            self.version = None;
            self.mixed = true;
        }
        self.documents += 1;
        self.invalid += usize::from(!valid);
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
        let mut rules: Vec<&str> = Vec::new();
        for finding in answer.findings.iter().filter(|finding| finding.severity == severity) {
            let before = rules.iter().filter(|rule| **rule == finding.rule).count();
            rules.push(finding.rule);
            if before >= ALIKE {
                continue;
            }
            let place = if finding.pointer.is_empty() { "/" } else { &finding.pointer };
            let _fits = writeln!(text, "  {:<7} {place}  {}", word(severity), finding.message);
            let _fits = writeln!(text, "          {} ({})", finding.rule, finding.source);
        }
        rules.sort_unstable();
        for alike in rules.chunk_by(|one, next| one == next).filter(|alike| alike.len() > ALIKE) {
            let rule = alike.first().copied().unwrap_or_default();
            let _fits = writeln!(text, "  and {} times more {rule}", alike.len() - ALIKE);
        }
    }
    if answer.unlisted > 0 {
        let _fits = writeln!(text, "  and {} findings more", answer.unlisted);
    }
    let count = |severity| answer.findings.iter().filter(|finding| finding.severity == severity).count();
    let version = match &answer.version {
        Some(version) => format!(" {version}"),
        None if answer.mixed => " of several versions".to_owned(),
        None => String::new(),
    };
    let what = if answer.format == Format::Stix.name() { "objects" } else { "documents" };
    let verdict = match (answer.valid, answer.documents) {
        (true, 1) => "valid".to_owned(),
        (true, documents) => format!("{documents} {what}, all valid"),
        (false, 0 | 1) => "not valid".to_owned(),
        (false, documents) => format!("{} of {documents} {what} not valid", answer.invalid),
    };
    let tally: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
            .into_iter()
            .map(|(severity, name)| (count(severity), name))
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| format!("{count} {name}{}", if count == 1 { "" } else { "s" }))
            .collect();
    let tally = if tally.is_empty() { String::new() } else { format!(" ({})", tally.join(", ")) };
    format!("{}: {verdict}, {}{version}{tally}\n{text}", answer.file, answer.format)
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
