//! LIKE and MATCHES, on texts and on bytes. Texts are compared in normal form C of Unicode.

use std::{borrow::Cow, fmt::Write as _};

use regex::{Regex, RegexBuilder, bytes};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// How much memory one regular expression may take, compiled and while it runs.
const SIZE: usize = 1 << 20;
/// How much is tried; most are small.
const SIZES: [usize; 4] = [1 << 14, 1 << 16, 1 << 18, SIZE];

/// The regular expression of a MATCHES: found anywhere in the value.
#[derive(Debug)]
pub(super) struct Expression {
    regex: Regex,
    /// No more than so many bytes.
    size: usize,
}

/// The same for bytes: `.` and `\xd4` are a byte each.
#[derive(Debug)]
pub(super) struct ByteExpression(Option<bytes::Regex>);

/// The text with signs for anything of a LIKE: the whole value.
#[derive(Debug)]
pub(super) enum Like {
    /// Nothing but `%`: what stands before the first, between, and behind the last.
    Parts { first: String, between: Vec<String>, last: Option<String> },
    /// With `_`.
    Expression(Regex),
}

/// Why a regular expression is not matched.
#[derive(Debug)]
pub(super) enum Unfit {
    /// It asks for what cannot be answered in linear time.
    Feature,
    /// It would take more memory than we give.
    Size,
    /// It is none.
    Syntax(String),
}

impl Unfit {
    pub fn of(fault: &regex::Error) -> Self {
        if matches!(fault, regex::Error::CompiledTooBig(_)) {
            return Self::Size;
        }
        let fault = fault.to_string();
        if fault.contains("look-around") || fault.contains("backreferences") {
            return Self::Feature;
        }
        let reason = fault.lines().last().unwrap_or_default();
        Self::Syntax(reason.trim_start_matches("error: ").to_owned())
    }
}

pub(super) fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

impl Expression {
    pub fn new(expression: &str) -> Result<Self, regex::Error> {
        let expression = nfc(expression);
        let built = |size| RegexBuilder::new(&expression).size_limit(size).dfa_size_limit(SIZE).build();
        for size in SIZES {
            match built(size) {
                Err(regex::Error::CompiledTooBig(_)) if size < SIZE => {}
                built => return built.map(|regex| Self { regex, size }),
            }
        }
        Err(regex::Error::CompiledTooBig(SIZE))
    }

    pub fn is_in(&self, text: &str) -> bool {
        self.regex.is_match(&nfc(text))
    }

    /// How much memory it takes, in bytes and at most.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// As it was written, in normal form C.
    pub fn as_str(&self) -> &str {
        self.regex.as_str()
    }
}

impl ByteExpression {
    /// Characters above 255 are found in no bytes.
    pub fn new(expression: &str) -> Result<Self, regex::Error> {
        let mut escaped = String::with_capacity(expression.len());
        for character in nfc(expression).chars() {
            match u32::from(character) {
                0..=127 => escaped.push(character),
                code @ 128..=255 => {
                    let _infallible = write!(escaped, "\\x{code:02x}");
                }
                _ => return Ok(Self(None)),
            }
        }
        let built =
            bytes::RegexBuilder::new(&escaped).unicode(false).size_limit(SIZE).dfa_size_limit(SIZE).build();
        built.map(|built| Self(Some(built)))
    }

    pub fn is_in(&self, bytes: &[u8]) -> bool {
        self.0.as_ref().is_some_and(|expression| expression.is_match(bytes))
    }
}

impl Like {
    pub fn new(pattern: &str) -> Result<Self, regex::Error> {
        let pattern = nfc(pattern);
        if pattern.contains('_') {
            let mut expression = String::from("(?s)\\A");
            let mut buffer = [0; 4];
            for character in pattern.chars() {
                match character {
                    '%' => expression.push_str(".*"),
                    '_' => expression.push('.'),
                    other => expression.push_str(&regex::escape(other.encode_utf8(&mut buffer))),
                }
            }
            expression.push_str("\\z");
            return RegexBuilder::new(&expression)
                .size_limit(SIZE)
                .dfa_size_limit(SIZE)
                .build()
                .map(Self::Expression);
        }
        let mut parts: Vec<String> = pattern.split('%').map(str::to_owned).collect();
        let last = if parts.len() > 1 { parts.pop() } else { None };
        let mut parts = parts.into_iter();
        let first = parts.next().unwrap_or_default();
        Ok(Self::Parts { first, between: parts.filter(|part| !part.is_empty()).collect(), last })
    }

    pub fn is(&self, text: &str) -> bool {
        let text = nfc(text);
        let (first, between, last) = match self {
            Self::Expression(expression) => return expression.is_match(&text),
            Self::Parts { first, last: None, .. } => return *first == *text,
            Self::Parts { first, between, last: Some(last) } => (first, between, last),
        };
        let Some(mut rest) =
            text.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()))
        else {
            return false;
        };
        between.iter().all(|part| match rest.split_once(part.as_str()) {
            Some((_, behind)) => {
                rest = behind;
                true
            }
            None => false,
        })
    }

    /// The longest text that every value that fits has in it.
    pub fn longest(&self) -> Option<&str> {
        match self {
            Self::Parts { first, between, last } => {
                let parts = between.iter().chain(last);
                parts.chain([first]).max_by_key(|part| part.len()).map(String::as_str)
            }
            Self::Expression(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_is_about_the_whole_text() {
        let like = |pattern: &str, text: &str| Like::new(pattern).unwrap().is(text);
        for (pattern, text, is_like) in [
            ("hello", "hello", true),
            ("hello", "hello!", false),
            ("he%", "hello", true),
            ("he%", "ahello", false),
            ("%lo", "hello", true),
            ("%ell%", "hello", true),
            ("h%l%l%o", "hello", true),
            ("h%l%l%l%o", "hello", false),
            ("he%lo", "helo", true),
            ("hel%lo", "helo", false),
            ("%", "", true),
            ("", "", true),
            ("", "x", false),
            ("he__o", "hello", true),
            ("he_o", "hello", false),
            ("_", "é", true),
            ("_", "e\u{301}", true),
            ("%a.c%", "abc", false),
            ("%x", "line\nx", true),
            ("_%x", "\nx", true),
            ("\u{e9}%", "e\u{301}t\u{e9}", true),
        ] {
            assert_eq!(like(pattern, text), is_like, "{text} LIKE {pattern}");
        }
    }

    #[test]
    fn expressions_are_sought_in_texts_and_in_bytes() {
        assert!(Expression::new("l+").unwrap().is_in("hello"));
        assert!(Expression::new(r".+\@example\.com$").unwrap().is_in("mail@example.com"));
        assert!(Expression::new("(?=x)").is_err());
        assert!(Expression::new("(a{1000}){1000}").is_err());
        assert!(ByteExpression::new(r"\xd4\xc3.\xa1").unwrap().is_in(b"\xd4\xc3\xb2\xa1\x02"));
        assert!(ByteExpression::new("é").unwrap().is_in(b"caf\xe9"));
        assert!(!ByteExpression::new("ă").unwrap().is_in("ă".as_bytes()));
    }
}
