//! `beffroi convert`: from one format to another, with every loss named.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use formats::{Format, Json, Limits, Loss, Piece, Reading, Splitter, idea, idmef, parse, sniff};
use serde_json::json;

use super::stream::Stream;
use crate::output::{Outcome, Output, Unreadable};

/// Bring alerts to another format: IDMEFv2 of any version, or IDEA, to IDMEFv2 of draft 08.
///
/// The result goes to the standard output, one alert per line when there are several; what did not come over
/// as it was goes to the standard error.
#[derive(Debug, Args)]
pub struct Convert {
    /// The format to bring it to: `idmefv2`.
    #[arg(long, value_name = "FORMAT")]
    pub to: String,
    /// The format that it is in: `idmefv2` or `idea`; by default it is told from the content.
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// The document; a list, or one per line, may be as long as it likes. `-` reads the standard input.
    #[arg(default_value = "-")]
    pub file: PathBuf,
}

impl Convert {
    /// Prints the result and the losses; found is a document that could not be read.
    ///
    /// # Errors
    /// Files that cannot be read, and ways that this program does not know.
    pub fn run(self, output: Output) -> anyhow::Result<Outcome> {
        let unknown = |name: &str| {
            Unreadable(format!("there is no way from or to \"{name}\" yet: idmefv2 and idea lead to idmefv2"))
        };
        if Format::parse(&self.to) != Some(Format::Idmefv2) {
            return Err(unknown(&self.to).into());
        }
        let from = match &self.from {
            None => None,
            Some(name) => Some(Format::parse(name).with_context(|| unknown(name))?),
        };
        let mut conversion = Conversion::of(&self.file, from)?;
        conversion.run()?;
        conversion.finish(output)
    }
}

struct Conversion {
    name: String,
    stream: Stream,
    format: Option<Format>,
    splitter: Splitter,
    limits: Limits,
    /// The first document, kept until it is known whether there is another.
    first: Option<Piece>,
    seen: usize,
    unread: usize,
    losses: Vec<Loss>,
    unlisted: usize,
}

/// So many losses are listed.
const MOST: usize = 10_000;

impl Conversion {
    fn of(file: &Path, format: Option<Format>) -> anyhow::Result<Self> {
        let limits = Limits::default();
        Ok(Self {
            name: file.display().to_string(),
            stream: Stream::open(file)?,
            format,
            splitter: Splitter::new(&limits),
            limits,
            first: None,
            seen: 0,
            unread: 0,
            losses: Vec::new(),
            unlisted: 0,
        })
    }

    fn run(&mut self) -> anyhow::Result<()> {
        loop {
            let bytes = self.stream.next()?;
            if self.format.is_none() {
                self.format = sniff(bytes);
            }
            let ended = bytes.is_empty();
            if ended {
                self.splitter.finish()
            } else {
                self.splitter.push(bytes)
            }
            match self.format {
                Some(Format::Idmefv2 | Format::Idea) => {}
                Some(other) => {
                    return Err(Unreadable(format!(
                        "{} is {}: this program cannot convert it yet",
                        self.name,
                        other.name()
                    ))
                    .into());
                }
                None => {
                    return Err(Unreadable(format!(
                        "{} is in no format that this program knows; name it with --from",
                        self.name
                    ))
                    .into());
                }
            }
            while let Some(piece) = self.splitter.next() {
                self.seen += 1;
                match self.first.take() {
                    None if self.seen == 1 => self.first = Some(piece),
                    None => self.convert(&piece, false)?,
                    Some(first) => {
                        self.convert(&first, false)?;
                        self.convert(&piece, false)?;
                    }
                }
            }
            if ended {
                break;
            }
        }
        if let Some(alone) = self.first.take() {
            let single = !self.splitter.is_list();
            self.convert(&alone, single)?;
        }
        self.stream.done();
        Ok(())
    }

    fn convert(&mut self, piece: &Piece, single: bool) -> anyhow::Result<()> {
        let place = if single { String::new() } else { format!("/{}", piece.index) };
        let read: fn(Json<'static>) -> Reading<idmef::Alert> = match self.format {
            Some(Format::Idea) => idea::to_idmef,
            Some(Format::Idmefv2 | Format::Stix | Format::Misp | Format::Cacao | Format::Csaf) | None => {
                idmef::read_value
            }
        };
        let reading = match parse(&piece.bytes, &self.limits) {
            Ok(value) => read(value.into_owned()),
            Err(fault) => {
                let why = if piece.too_large {
                    format!("more than {} bytes are not read", self.limits.bytes)
                } else {
                    format!("this is not JSON: {fault}")
                };
                Reading {
                    items: Vec::new(),
                    losses: vec![Loss {
                        pointer: String::new(),
                        what: format!("the document from line {}", piece.line),
                        why,
                    }],
                }
            }
        };
        self.unread += usize::from(reading.items.is_empty());
        let mut whole = Reading::default();
        whole.append(&place, reading);
        let mut out = std::io::stdout().lock();
        for alert in &whole.items {
            let written = if single { writeln!(out, "{alert:#}") } else { writeln!(out, "{alert}") };
            written.context("cannot write to the standard output")?;
        }
        for loss in whole.losses {
            if self.losses.len() < MOST {
                self.losses.push(loss);
            } else {
                self.unlisted += 1;
            }
        }
        Ok(())
    }

    fn finish(&self, output: Output) -> anyhow::Result<Outcome> {
        if self.seen == 0 {
            return Err(Unreadable(format!("{} holds no document", self.name)).into());
        }
        let mut text = match output {
            Output::Json => json!({ "losses": self.losses, "unlisted": self.unlisted }).to_string() + "\n",
            Output::Words => self
                .losses
                .iter()
                .map(|loss| format!("{}  {}: {}\n", loss.pointer, loss.what, loss.why))
                .collect(),
        };
        if output == Output::Words && self.unlisted > 0 {
            text += &format!("and {} losses more\n", self.unlisted);
        }
        let _closed = std::io::stderr().lock().write_all(text.as_bytes());
        Ok(if self.unread > 0 { Outcome::Found } else { Outcome::Fine })
    }
}
