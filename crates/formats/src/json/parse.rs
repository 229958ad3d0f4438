//! Bytes to JSON. RFC 8259 to the letter; nesting and number of values are bounded.

use std::borrow::Cow;

use thiserror::Error;

use super::{Json, Member};
use crate::Limits;

/// Why a text is not JSON, or not JSON that we read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {what}")]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// In bytes, counted from 1.
    pub column: usize,
    /// What stands there, and what should.
    pub what: &'static str,
}

/// Reads one JSON text.
///
/// # Errors
/// The first place where the bytes are not JSON, or exceed the limits.
pub fn parse<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Json<'a>, Fault> {
    if bytes.len() > limits.bytes {
        return Err(Fault { line: 1, column: 1, what: "the document is larger than the limit allows" });
    }
    let mut parser = Parser::of(bytes, limits)?;
    let result = parser.whole(Parser::value);
    result.map_err(|what| fault(bytes, parser.at, what))
}

/// Walks through one JSON text of any size; the walk says what is built.
pub(super) fn walk<'a, T>(
    bytes: &'a [u8],
    limits: &Limits,
    walk: impl FnOnce(&mut Parser<'a>) -> Step<T>,
) -> Result<T, Fault> {
    let mut parser = Parser::of(bytes, limits)?;
    let result = parser.whole(walk);
    result.map_err(|what| fault(bytes, parser.at, what))
}

fn fault(bytes: &[u8], at: usize, what: &'static str) -> Fault {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    Fault { line, column, what }
}

pub(super) type Step<T> = Result<T, &'static str>;

#[derive(Debug)]
pub(super) struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    values: usize,
}

impl<'a> Parser<'a> {
    fn of(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                return Err(fault(bytes, error.valid_up_to(), "this byte is not UTF-8 (RFC 8259, 8.1)"));
            }
        };
        let at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let depth = limits.depth.min(Limits::DEEPEST);
        Ok(Parser { text, bytes, at, depth, values: limits.values })
    }

    fn whole<T>(&mut self, inner: impl FnOnce(&mut Self) -> Step<T>) -> Step<T> {
        let value = inner(self)?;
        self.space();
        if self.at < self.bytes.len() { Err("nothing may follow the document") } else { Ok(value) }
    }

    /// What `inner` takes, as it stands in the document.
    pub(super) fn taken(&mut self, inner: impl FnOnce(&mut Self) -> Step<()>) -> Step<&'a [u8]> {
        self.space();
        let start = self.at;
        inner(self)?;
        Ok(self.bytes.get(start..self.at).unwrap_or_default())
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    pub(super) fn value(&mut self) -> Step<Json<'a>> {
        self.space();
        let Some(left) = self.values.checked_sub(1) else {
            return Err("the document has more values than the limit allows");
        };
        self.values = left;
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                self.string().map(Json::Text)
            }
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'-' | b'0'..=b'9') => self.number().map(|digits| Json::Number(Cow::Borrowed(digits))),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(_) => Err("a value is expected: text, number, list, object, true, false or null"),
            None => Err("the document ends where a value is expected"),
        }
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Step<Json<'a>> {
        if self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.at += word.len();
            return Ok(value);
        }
        Err("a value is expected: text, number, list, object, true, false or null")
    }

    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Step<T>) -> Step<T> {
        let Some(left) = self.depth.checked_sub(1) else {
            return Err("lists and objects are nested deeper than the limit allows");
        };
        self.depth = left;
        self.at += 1;
        let value = inner(self)?;
        self.depth += 1;
        Ok(value)
    }

    fn list(&mut self) -> Step<Json<'a>> {
        let mut items = Vec::new();
        self.items(|parser| {
            items.push(parser.value()?);
            Ok(())
        })?;
        Ok(Json::List(items))
    }

    fn object(&mut self) -> Step<Json<'a>> {
        let mut members = Vec::new();
        self.members(|parser, name| {
            members.push(Member { name, value: parser.value()? });
            Ok(())
        })?;
        Ok(Json::Object(members))
    }

    /// From behind the opening bracket to behind the closing one; `item` must take each value.
    fn items(&mut self, mut item: impl FnMut(&mut Self) -> Step<()>) -> Step<()> {
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(_) => return Err("a comma or the end of the list is expected"),
                None => return Err("the document ends within a list"),
            }
        }
    }

    /// From behind the opening brace to behind the closing one; `member` must take each value.
    fn members(&mut self, mut member: impl FnMut(&mut Self, Cow<'a, str>) -> Step<()>) -> Step<()> {
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err("the name of a member is expected, in quotes");
            }
            self.at += 1;
            let name = self.string()?;
            self.space();
            if self.peek() != Some(b':') {
                return Err("a colon is expected after the name of a member");
            }
            self.at += 1;
            member(self, name)?;
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(_) => return Err("a comma or the end of the object is expected"),
                None => return Err("the document ends within an object"),
            }
        }
    }

    /// A text, its quote being next.
    pub(super) fn text(&mut self) -> Step<Cow<'a, str>> {
        self.at += 1;
        self.string()
    }

    /// A list whose bracket is next.
    pub(super) fn nested_items(&mut self, item: impl FnMut(&mut Self) -> Step<()>) -> Step<()> {
        self.nested(|parser| parser.items(item))
    }

    /// An object whose brace is next.
    pub(super) fn nested_members(
        &mut self,
        member: impl FnMut(&mut Self, Cow<'a, str>) -> Step<()>,
    ) -> Step<()> {
        self.nested(|parser| parser.members(member))
    }

    /// Passes over a value: the same rules, and nothing is built.
    pub(super) fn skip(&mut self) -> Step<()> {
        self.space();
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                self.skip_string()
            }
            Some(b'{') => self.nested_members(|parser, _| parser.skip()),
            Some(b'[') => self.nested_items(Self::skip),
            Some(_) | None => self.value().map(|_| ()),
        }
    }

    fn skip_string(&mut self) -> Step<()> {
        loop {
            self.run()?;
            if self.peek() == Some(b'"') {
                self.at += 1;
                return Ok(());
            }
            self.at += 1;
            self.escape()?;
        }
    }

    fn number(&mut self) -> Step<&'a str> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            Some(_) | None => return Err("a digit is expected"),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.some_digits()?;
        }
        self.text.get(start..self.at).ok_or("a number is expected")
    }

    fn some_digits(&mut self) -> Step<()> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err("a digit is expected");
        }
        self.digits();
        Ok(())
    }

    fn digits(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
    }

    /// From behind the opening quote to behind the closing one.
    fn string(&mut self) -> Step<Cow<'a, str>> {
        let start = self.at;
        self.run()?;
        let plain = self.text.get(start..self.at).unwrap_or_default();
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        let mut whole = plain.to_owned();
        while self.peek() == Some(b'\\') {
            self.at += 1;
            whole.push(self.escape()?);
            let start = self.at;
            self.run()?;
            whole.push_str(self.text.get(start..self.at).unwrap_or_default());
        }
        self.at += 1;
        Ok(Cow::Owned(whole))
    }

    /// To the next quote or backslash.
    fn run(&mut self) -> Step<()> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some(length) = plain(rest) else {
            self.at = self.bytes.len();
            return Err("the document ends within a text");
        };
        self.at += length;
        match self.peek() {
            Some(0..=0x1f) => Err("a control character in a text must be escaped"),
            Some(_) | None => Ok(()),
        }
    }

    fn escape(&mut self) -> Step<char> {
        let byte = self.peek();
        self.at += 1;
        match byte {
            Some(b'"') => Ok('"'),
            Some(b'\\') => Ok('\\'),
            Some(b'/') => Ok('/'),
            Some(b'b') => Ok('\u{8}'),
            Some(b'f') => Ok('\u{c}'),
            Some(b'n') => Ok('\n'),
            Some(b'r') => Ok('\r'),
            Some(b't') => Ok('\t'),
            Some(b'u') => self.unicode(),
            Some(_) | None => Err("this escape does not exist (RFC 8259, 7)"),
        }
    }

    fn unicode(&mut self) -> Step<char> {
        let first = self.four()?;
        let code = match first {
            0xd800..=0xdbff => {
                if self.bytes.get(self.at..self.at + 2) != Some(b"\\u") {
                    return Err("half of a surrogate pair stands alone");
                }
                self.at += 2;
                let second = self.four()?;
                if !(0xdc00..=0xdfff).contains(&second) {
                    return Err("half of a surrogate pair stands alone");
                }
                0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            other => other,
        };
        char::from_u32(code).ok_or("half of a surrogate pair stands alone")
    }

    fn four(&mut self) -> Step<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            code = code * 16 + digit.ok_or("four hexadecimal digits are expected")?;
            self.at += 1;
        }
        Ok(code)
    }
}

/// How many bytes stand before the first quote, backslash or control character, if there is one. Eight bytes
/// are looked at together: a lane that borrows has such a byte in it, or one above it has.
pub(super) fn plain(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let (chunks, _) = bytes.as_chunks::<8>();
    let mut at = 0;
    for chunk in chunks {
        let word = u64::from_ne_bytes(*chunk);
        let quote = word ^ (ONES * 0x22);
        let backslash = word ^ (ONES * 0x5c);
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        if found & HIGH != 0 {
            break;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).map(|more| at + more)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<Json<'_>, Fault> {
        parse(text.as_bytes(), &Limits::default())
    }

    #[test]
    fn digits_and_order_are_kept() {
        let text = r#"{"b":1.10,"a":[1e400,-0],"b":"\u00e9\ud83d\ude00\/"}"#;
        assert_eq!(read(text).unwrap().to_string(), r#"{"b":1.10,"a":[1e400,-0],"b":"é😀/"}"#);
    }

    #[test]
    fn faults_name_their_place() {
        let fault = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            fault("{\n  \"a\" 1}"),
            "line 2, column 7: a colon is expected after the name of a member"
        );
        assert_eq!(fault("[01]"), "line 1, column 3: a comma or the end of the list is expected");
        assert_eq!(fault("\"\\ud800\""), "line 1, column 8: half of a surrogate pair stands alone");
        assert_eq!(fault(""), "line 1, column 1: the document ends where a value is expected");
        assert_eq!(fault("{} {}"), "line 1, column 4: nothing may follow the document");
        let broken = parse(b"\"\xff\"", &Limits::default()).unwrap_err();
        assert_eq!(broken.to_string(), "line 1, column 2: this byte is not UTF-8 (RFC 8259, 8.1)");
    }

    #[test]
    fn depth_size_and_count_are_bounded() {
        let deep = "[".repeat(100_000);
        assert!(read(&deep).unwrap_err().what.contains("deeper"));
        let nested = format!("{}{}", "[".repeat(64), "]".repeat(64));
        assert!(read(&nested).is_ok());
        let bold = Limits { depth: usize::MAX, ..Limits::default() };
        assert!(parse(deep.as_bytes(), &bold).unwrap_err().what.contains("deeper"));
        let few = Limits { values: 3, bytes: 10, ..Limits::default() };
        assert!(parse(b"[1,2,3]", &few).unwrap_err().what.contains("more values"));
        assert!(parse(b"[1,2,3,4,5,6]", &few).unwrap_err().what.contains("larger"));
    }

    fn as_serde(value: &Json<'_>) -> serde_json::Value {
        serde_json::from_str(&value.to_string()).unwrap()
    }

    proptest! {
        /// Whatever the bytes: the same verdict and the same value as serde_json.
        #[test]
        fn agrees_with_another_parser(text in r#"[\[\]{}",:\\/0-9a-fnrtu.eE+\- \n]{0,24}"#) {
            match (read(&text), serde_json::from_str::<serde_json::Value>(&text)) {
                (Ok(own), Ok(other)) => prop_assert_eq!(as_serde(&own), other),
                (Err(_), Err(_)) => {}
                // A number that no double holds is JSON; the other parser does not take it.
                (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("out of range"), "{}: {}", text, error),
                (Err(fault), Ok(_)) => prop_assert!(false, "{}: {}", text, fault),
            }
        }

        #[test]
        fn what_is_written_is_read_again(text in "\\PC{0,40}") {
            let value = Json::text(text.as_str());
            let written = value.to_string();
            prop_assert_eq!(read(&written).unwrap(), value);
        }
    }
}
