//! A file or the standard input, read part by part.

use std::{
    fs::File,
    io::{IsTerminal, Read, Write},
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Context;
use formats::{Json, Limits, Piece, Splitter, parse};

use crate::output::Unreadable;

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

    /// For documents that are looked at whole, bundles too: up to 256 MiB each.
    pub fn whole() -> Limits {
        Limits { bytes: 256 << 20, values: 64_000_000, ..Limits::default() }
    }

    /// All documents at once.
    ///
    /// # Errors
    /// [`Unreadable`], with the line of what is no JSON.
    pub fn documents(mut self, limits: &Limits) -> anyhow::Result<Vec<Json<'static>>> {
        let mut splitter = Splitter::new(limits);
        loop {
            let bytes = self.next()?;
            if bytes.is_empty() {
                break;
            }
            splitter.push(bytes);
        }
        splitter.finish();
        self.done();
        let read = |piece: Piece| {
            let document = if piece.too_large {
                Err(format!("more than {} bytes are not read", limits.bytes))
            } else {
                parse(&piece.bytes, limits).map(Json::into_owned).map_err(|fault| fault.to_string())
            };
            document
                .map_err(|why| Unreadable(format!("{}, from line {}: {why}", self.name, piece.line)).into())
        };
        splitter.map(read).collect()
    }

    /// Its name, for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Wipes the line of progress.
    pub fn done(&self) {
        if self.visible {
            let _closed = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
