//! A stream of documents, cut without reading them: one object, a list of objects, one object per line,
//! objects one after the other. Never more than one document is held; of a bundle, whose objects are the items
//! of one of its members, never more than one object and what is around them.

use std::collections::VecDeque;

use super::parse::plain;
use crate::Limits;

/// The bytes of one document of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its number in the stream, from 0.
    pub index: usize,
    /// The line of the stream on which it begins, from 1.
    pub line: usize,
    /// Its bytes; empty when it was larger than the limit and was passed over.
    pub bytes: Vec<u8>,
    /// Whether it was passed over.
    pub too_large: bool,
    /// What it is to the document that it was cut from.
    pub part: Part,
}

/// What a piece is to its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The document itself.
    Whole,
    /// The item of this number of the member that was opened.
    Item(usize),
    /// What is around the items, with an empty list in their place; it comes after them.
    Frame,
}

/// Cuts a stream into documents.
#[derive(Debug)]
pub struct Splitter {
    most: usize,
    state: State,
    open: Vec<u8>,
    /// The last byte that is no space.
    last: u8,
    depth: usize,
    line: usize,
    begun: usize,
    count: usize,
    in_list: bool,
    listed: bool,
    too_large: bool,
    /// Whether every document so far stood on one line.
    one_per_line: bool,
    ready: VecDeque<Piece>,
    /// The member whose list is cut into its items, in quotes.
    opens: Option<&'static [u8]>,
    frame: Option<Frame>,
    /// Whether the open document had its items cut out.
    framed: bool,
}

/// The document around a list that is being cut.
#[derive(Debug)]
struct Frame {
    open: Vec<u8>,
    begun: usize,
    depth: usize,
    in_list: bool,
    too_large: bool,
    items: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between documents.
    Between,
    /// Within an object, outside its texts.
    Inside,
    /// Within a text of an object.
    Text,
    /// Behind a backslash in a text.
    Escape,
    /// Within something that is no object, up to the end of the line.
    Other,
}

impl Splitter {
    /// For documents up to `limits.bytes`.
    #[must_use]
    pub const fn new(limits: &Limits) -> Self {
        Self::with(limits, None)
    }

    /// For bundles of any size: the list in the member of this name, in quotes, is cut into its items.
    #[must_use]
    pub const fn opening(limits: &Limits, member: &'static [u8]) -> Self {
        Self::with(limits, Some(member))
    }

    const fn with(limits: &Limits, opens: Option<&'static [u8]>) -> Self {
        Self {
            most: limits.bytes,
            state: State::Between,
            open: Vec::new(),
            last: 0,
            depth: 0,
            line: 1,
            begun: 1,
            count: 0,
            in_list: false,
            listed: false,
            too_large: false,
            one_per_line: true,
            ready: VecDeque::new(),
            opens,
            frame: None,
            framed: false,
        }
    }

    /// Takes the next bytes of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((first, others)) = rest.split_first() {
            // Most of a document is texts: what ends none is taken at once.
            let run = if self.state == State::Text { plain(rest).unwrap_or(rest.len()) } else { 0 };
            if let Some((run, others)) = rest.split_at_checked(run).filter(|(run, _)| !run.is_empty()) {
                self.keep_run(run);
                rest = others;
            } else {
                self.step(*first);
                rest = others;
            }
        }
    }

    /// The stream ends here: what is open becomes a piece.
    pub fn finish(&mut self) {
        if self.state != State::Between {
            self.close();
        }
        if self.frame.is_some() {
            self.leave_frame();
            self.close();
        }
    }

    /// Whether the documents are, or were, the items of a list.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        self.listed
    }

    fn step(&mut self, byte: u8) {
        match self.state {
            State::Between => self.between(byte),
            State::Inside => self.inside(byte),
            State::Text => match byte {
                b'"' => self.keep(byte, State::Inside),
                b'\\' => self.keep(byte, State::Escape),
                // No text of JSON holds a line break: this document is broken, the next line is whole.
                b'\n' => self.close(),
                _ => self.keep(byte, State::Text),
            },
            State::Escape => match byte {
                b'\n' => self.close(),
                _ => self.keep(byte, State::Text),
            },
            State::Other => match byte {
                b'\n' => self.close(),
                b',' | b']' if self.in_list => {
                    self.close();
                    self.between(byte);
                }
                _ => self.keep(byte, State::Other),
            },
        }
        if byte == b'\n' {
            self.line += 1;
        }
    }

    fn between(&mut self, byte: u8) {
        match byte {
            // The byte order mark, and the separator of JSON text sequences (RFC 7464).
            b' ' | b'\t' | b'\r' | b'\n' | 0x1e | 0xef | 0xbb | 0xbf => {}
            b'[' if !self.in_list => (self.in_list, self.listed) = (true, true),
            b']' if self.frame.is_some() => {
                self.leave_frame();
                self.inside(byte);
            }
            b']' if self.in_list => self.in_list = false,
            b',' if self.in_list => {}
            b'{' | b'[' => {
                self.begun = self.line;
                self.depth = 1;
                self.keep(byte, State::Inside);
            }
            b'"' => {
                self.begun = self.line;
                self.depth = 0;
                self.keep(byte, State::Text);
            }
            _ => {
                self.begun = self.line;
                self.keep(byte, State::Other);
            }
        }
    }

    fn inside(&mut self, byte: u8) {
        if self.depth == 0 {
            // A text alone ended.
            self.close();
            self.between(byte);
            return;
        }
        match byte {
            // No object of JSON begins behind anything else: the one before was left open.
            b'{' if !matches!(self.last, b'[' | b',' | b':') || self.begins_a_line() => {
                // What was left open says nothing of the lines of the others.
                let one_per_line = self.one_per_line;
                self.close();
                self.one_per_line = one_per_line;
                self.between(byte);
            }
            b'[' if self.opens_items() => self.enter_frame(byte),
            b'{' | b'[' => {
                self.depth += 1;
                self.keep(byte, State::Inside);
            }
            b'}' | b']' => {
                self.depth -= 1;
                self.keep(byte, State::Inside);
                if self.depth == 0 {
                    self.close();
                }
            }
            b'"' => self.keep(byte, State::Text),
            _ => self.keep(byte, State::Inside),
        }
    }

    /// Whether the list that begins here is the member whose items are pieces of their own.
    fn opens_items(&self) -> bool {
        let Some(member) = self.opens.filter(|_| self.depth == 1 && self.last == b':') else { return false };
        let before = self.open.trim_ascii_end();
        let name = before.strip_suffix(b":").map(<[u8]>::trim_ascii_end);
        self.frame.is_none() && name.is_some_and(|name| name.ends_with(member))
    }

    fn enter_frame(&mut self, byte: u8) {
        self.depth += 1;
        self.keep(byte, State::Between);
        self.frame = Some(Frame {
            open: std::mem::take(&mut self.open),
            begun: self.begun,
            depth: self.depth,
            in_list: std::mem::replace(&mut self.in_list, true),
            too_large: std::mem::take(&mut self.too_large),
            items: 0,
        });
    }

    /// Back to the document around the items.
    fn leave_frame(&mut self) {
        let Some(frame) = self.frame.take() else { return };
        (self.open, self.begun, self.depth) = (frame.open, frame.begun, frame.depth);
        (self.in_list, self.too_large) = (frame.in_list, frame.too_large);
        self.state = State::Inside;
        self.last = b'[';
        self.framed = true;
    }

    /// Whether an object at the beginning of a line is the next of a stream that has one per line: then the
    /// one before was left open.
    fn begins_a_line(&self) -> bool {
        !self.in_list && self.one_per_line && self.count > 0 && self.open.last() == Some(&b'\n')
    }

    fn keep(&mut self, byte: u8, next: State) {
        self.state = next;
        if !byte.is_ascii_whitespace() {
            self.last = byte;
        }
        if self.open.len() < self.most {
            self.open.push(byte);
        } else {
            self.too_large = true;
        }
    }

    /// Keeps a part of a text.
    fn keep_run(&mut self, run: &[u8]) {
        let room = self.most.saturating_sub(self.open.len());
        self.too_large |= run.len() > room;
        self.open.extend_from_slice(run.get(..room).unwrap_or(run));
    }

    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        let bytes = if self.too_large { Vec::new() } else { open };
        let (line, too_large) = (self.begun, self.too_large);
        let part = match &mut self.frame {
            Some(frame) => {
                frame.items += 1;
                Part::Item(frame.items - 1)
            }
            None if std::mem::take(&mut self.framed) => Part::Frame,
            None => Part::Whole,
        };
        self.ready.push_back(Piece { index: self.count, line, bytes, too_large, part });
        if !matches!(part, Part::Item(_)) {
            self.count += 1;
            self.one_per_line &= self.begun == self.line;
        }
        self.too_large = false;
        self.state = State::Between;
    }
}

/// The documents that are whole so far.
impl Iterator for Splitter {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(stream: &[u8], at_once: usize) -> Vec<String> {
        let mut splitter = Splitter::new(&Limits { bytes: 40, ..Limits::default() });
        let mut found = Vec::new();
        for part in stream.chunks(at_once) {
            splitter.push(part);
            found.extend(splitter.by_ref());
        }
        splitter.finish();
        found.extend(splitter);
        found
            .into_iter()
            .map(|piece| format!("{} {}", piece.line, String::from_utf8_lossy(&piece.bytes)))
            .collect()
    }

    #[test]
    fn streams_of_all_shapes_are_cut() {
        for at_once in [1, 2, 7, 1000] {
            assert_eq!(
                pieces(b"{\"a\":\"}\\\"\"}\n{\"b\":[{}]}", at_once),
                ["1 {\"a\":\"}\\\"\"}", "2 {\"b\":[{}]}"]
            );
            assert_eq!(
                pieces(b" [ {\"a\":1},\n 7, {\"b\":2} ] ", at_once),
                ["1 {\"a\":1}", "2 7", "2 {\"b\":2}"]
            );
            assert_eq!(pieces(b"[[1,[2]],\"a,]\",{}]", at_once), ["1 [1,[2]]", "1 \"a,]\"", "1 {}"]);
            assert_eq!(pieces(b"\xef\xbb\xbf{}{}\x1e{}", at_once), ["1 {}", "1 {}", "1 {}"]);
            assert_eq!(pieces(b"", at_once), [""; 0]);
        }
    }

    #[test]
    fn a_broken_line_does_not_take_the_next_one_with_it() {
        let stream = b"{\"a\":\"open\n{\"b\":2}\nhello\n{\"c\":3\n{\"d\":\n{\"e\":5}";
        let expected =
            ["1 {\"a\":\"open", "2 {\"b\":2}", "3 hello", "4 {\"c\":3\n", "5 {\"d\":\n", "6 {\"e\":5}"];
        assert_eq!(pieces(stream, 5), expected);
    }

    #[test]
    fn a_bundle_is_cut_into_its_objects() {
        let stream = b"{\"type\":\"bundle\", \"objects\" : [{\"a\":[{}]},\n7,{\"objects\":[1]}],\"id\":\"x\"}\n{\"b\":2}{\"objects\":{}}";
        for at_once in [1, 3, 1000] {
            let mut splitter = Splitter::opening(&Limits::default(), b"\"objects\"");
            stream.chunks(at_once).for_each(|part| splitter.push(part));
            splitter.finish();
            let found: Vec<String> = splitter
                .map(|piece| {
                    format!("{} {:?} {}", piece.index, piece.part, String::from_utf8_lossy(&piece.bytes))
                })
                .collect();
            assert_eq!(
                found,
                [
                    "0 Item(0) {\"a\":[{}]}",
                    "0 Item(1) 7",
                    "0 Item(2) {\"objects\":[1]}",
                    "0 Frame {\"type\":\"bundle\", \"objects\" : [],\"id\":\"x\"}",
                    "1 Whole {\"b\":2}",
                    "2 Whole {\"objects\":{}}",
                ]
            );
        }
    }

    #[test]
    fn a_bundle_that_breaks_off_keeps_what_came() {
        let mut splitter = Splitter::opening(&Limits::default(), b"\"objects\"");
        splitter.push(b"{\"objects\":[{\"a\":1},{\"b\":");
        splitter.finish();
        let parts: Vec<Part> = splitter.map(|piece| piece.part).collect();
        assert_eq!(parts, [Part::Item(0), Part::Item(1), Part::Frame]);
    }

    #[test]
    fn what_is_too_large_is_passed_over() {
        let stream = format!("{{\"a\":\"{}\"}}\n{{\"b\":2}}", "x".repeat(100));
        assert_eq!(pieces(stream.as_bytes(), 64), ["1 ", "2 {\"b\":2}"]);
    }
}
