//! `beffroi convert`: from one format to another, with every loss named.

mod report;

use std::{fmt::Write as _, io::Write, path::PathBuf};

use anyhow::Context;
use clap::Args;
use formats::{
    ConvertOptions, ConvertTo, Converter, Format, Loss, Piece, Reading, Splitter, incident, sniff,
};
use model::DutyKey;
use serde_json::json;

use super::stream::Stream;
use crate::{
    config::Config,
    laws,
    output::{Outcome, Output, Unreadable},
};

/// Bring documents to another format: alerts, threat information, events, playbooks, advisories, incidents to reports.
///
/// An incident (as `beffroi duties` takes it) becomes the report of one stage in the formats that its law brings, and
/// a report that was filed elsewhere becomes an incident.
///
/// The result goes to the standard output, one document per line when there are several; what did not come
/// over as it was goes to the standard error. `--ways` lists what leads where.
#[derive(Debug, Args)]
pub struct Convert {
    /// The format to bring it to: `idmefv2`, `stix2.1`, `misp`, `cacao`, `cve`, `dot`, `mermaid`, `incident`; for
    /// incidents also `report`, `csv`, `mail`, `pdf`, `odt`, `docx` and those that laws bring.
    #[arg(long, value_name = "FORMAT", required_unless_present = "ways")]
    pub to: Option<String>,
    /// The format that it is in; by default it is told from the content.
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// Playbooks go out without the secrets in their authentication objects.
    #[arg(long)]
    pub strip_secrets: bool,
    /// For CVE records: the UUID of the organisation that assigns the numbers, and its short name behind a
    /// comma if it has one.
    #[arg(long, value_name = "UUID[,NAME]")]
    pub assigner: Option<String>,
    /// For incident records: what `beffroi duties --json` said of them, to travel with the record.
    #[arg(long, value_name = "FILE")]
    pub duties: Option<PathBuf>,
    /// For reports: the stage, `PACK.TRACK.STAGE`; by default the last one that could be filed.
    #[arg(long, value_name = "DUTY")]
    pub duty: Option<DutyKey>,
    /// List the formats that lead to each other.
    #[arg(long)]
    pub ways: bool,
    /// The document; a list, or one per line, may be as long as it likes. `-` reads the standard input.
    #[arg(default_value = "-")]
    pub file: PathBuf,
}

impl Convert {
    /// Prints the result and the losses; found is a document that could not be read.
    ///
    /// # Errors
    /// Files that cannot be read, and ways that this program does not know.
    pub fn run(self, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        if self.ways {
            return list_ways(config, output);
        }
        let wish = self.to.as_deref().unwrap_or_default();
        if let Some(done) = self.report(wish, config, output)? {
            return Ok(done);
        }
        let to = ConvertTo::parse(full(wish)).with_context(|| no_way(wish))?;
        let from = match &self.from {
            None => None,
            Some(name) => Some(Format::parse(full(name)).with_context(|| no_way(name))?),
        };
        let mut stream = Stream::open(&self.file)?;
        let beginning = stream.next()?.to_vec();
        let from = from.or_else(|| sniff(&beginning)).with_context(|| {
            Unreadable(format!(
                "{} is in no format that this program knows; name it with --from",
                stream.name()
            ))
        })?;
        let converter = Converter::new(from, to, self.options()?).with_context(|| {
            Unreadable(format!(
                "there is no way from {} to {}; convert --ways lists them",
                from.name(),
                to.name()
            ))
        })?;
        let mut conversion =
            Conversion { converter, first: None, seen: 0, unread: 0, losses: Vec::new(), unlisted: 0 };
        conversion.run(&mut stream, &beginning)?;
        if conversion.seen == 0 {
            return Err(Unreadable(format!("{} holds no document", stream.name())).into());
        }
        Ok(conversion.finish(output))
    }

    /// Reports: they need the laws, which other conversions do not.
    fn report(&self, wish: &str, config: &Config, output: Output) -> anyhow::Result<Option<Outcome>> {
        let from = self.from.as_deref();
        let known = |name: &str| ConvertTo::parse(full(name)).is_some();
        let out = !known(wish) && from.is_none_or(|from| from == "incident");
        let back = wish == "incident" && from.is_some_and(|from| !known(from));
        if !out && !back {
            return Ok(None);
        }
        let library = laws::library(&config.regimes)?;
        match from {
            Some(from) if back && report::is_format(&library, from) => {
                report::read(&library, (&self.file, from), output).map(Some)
            }
            _ if out && report::is_format(&library, wish) => {
                report::write(&library, (&self.file, wish), self.duty.as_ref(), output).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn options(&self) -> anyhow::Result<ConvertOptions> {
        let mut duties = Vec::new();
        if let Some(file) = &self.duties {
            for document in Stream::open(file)?.documents(&Stream::whole())? {
                let reading = incident::duties(&document);
                if let Some(loss) = reading.losses.first() {
                    let (place, why) = (&loss.pointer, &loss.why);
                    return Err(Unreadable(format!("{}: {place} {why}", file.display())).into());
                }
                duties.extend(reading.items);
            }
        }
        let assigner = self.assigner.as_deref().map(|text| match text.split_once(',') {
            Some((uuid, name)) => (uuid.to_owned(), Some(name.to_owned())),
            None => (text.to_owned(), None),
        });
        Ok(ConvertOptions { limits: Stream::whole(), strip_secrets: self.strip_secrets, duties, assigner })
    }
}

fn list_ways(config: &Config, output: Output) -> anyhow::Result<Outcome> {
    let library = laws::library(&config.regimes)?;
    let known = Converter::ways().map(|(from, to)| (from.name().to_owned(), to.name().to_owned()));
    let all: Vec<(String, String)> = known.chain(report::ways(&library)).collect();
    let ways: Vec<_> = all.iter().map(|(from, to)| json!({"from": from, "to": to})).collect();
    output.print(&ways, |_| all.iter().map(|(from, to)| format!("{from} -> {to}\n")).collect())?;
    Ok(Outcome::Fine)
}

/// The name of a format where its version goes without saying.
fn full(name: &str) -> &str {
    if name == "stix" { "stix2.1" } else { name }
}

fn no_way(name: &str) -> Unreadable {
    Unreadable(format!("there is no format \"{name}\"; convert --ways lists what leads where"))
}

/// So many losses are listed.
const MOST: usize = 10_000;

struct Conversion {
    converter: Converter,
    /// The first document, kept until it is known whether there is another.
    first: Option<Piece>,
    seen: usize,
    unread: usize,
    losses: Vec<Loss>,
    unlisted: usize,
}

impl Conversion {
    fn run(&mut self, stream: &mut Stream, beginning: &[u8]) -> anyhow::Result<()> {
        let mut splitter = Splitter::new(&Stream::whole());
        splitter.push(beginning);
        loop {
            let bytes = stream.next()?;
            let ended = bytes.is_empty();
            if ended {
                splitter.finish();
            } else {
                splitter.push(bytes);
            }
            for piece in splitter.by_ref() {
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
            self.convert(&alone, !splitter.is_list())?;
        }
        stream.done();
        Ok(())
    }

    fn convert(&mut self, piece: &Piece, single: bool) -> anyhow::Result<()> {
        let place = if single { String::new() } else { format!("/{}", piece.index) };
        let reading = self.converter.convert(piece);
        self.unread += usize::from(reading.items.is_empty());
        let mut whole = Reading::default();
        whole.append(&place, reading);
        let in_lines = single && whole.items.len() == 1;
        let mut out = std::io::stdout().lock();
        for item in &whole.items {
            let written = if in_lines { writeln!(out, "{item:#}") } else { writeln!(out, "{item}") };
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

    fn finish(&self, output: Output) -> Outcome {
        let mut text = String::new();
        match output {
            Output::Json => {
                text = json!({ "losses": self.losses, "unlisted": self.unlisted }).to_string() + "\n"
            }
            Output::Words => {
                for loss in &self.losses {
                    let _fits = writeln!(text, "{}  {}: {}", loss.pointer, loss.what, loss.why);
                }
                if self.unlisted > 0 {
                    let _fits = writeln!(text, "and {} losses more", self.unlisted);
                }
            }
        }
        let _closed = std::io::stderr().lock().write_all(text.as_bytes());
        if self.unread > 0 { Outcome::Found } else { Outcome::Fine }
    }
}
