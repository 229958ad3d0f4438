//! The words of a pattern (STIX 2.1: the published grammar).

use super::SyntaxError;

/// A word of a pattern. Texts are as they stand between their quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A keyword, a type or a property.
    Word(&'a str),
    Integer(&'a str),
    Float(&'a str),
    Text(&'a str),
    Timestamp(&'a str),
    Hex(&'a str),
    Binary(&'a str),
    Symbol(Symbol),
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    Dot,
    Colon,
    Asterisk,
}

/// Words that are never a type or a property without quotes.
pub const KEYWORDS: [&str; 19] = [
    "AND",
    "OR",
    "NOT",
    "FOLLOWEDBY",
    "LIKE",
    "MATCHES",
    "ISSUPERSET",
    "ISSUBSET",
    "EXISTS",
    "LAST",
    "IN",
    "START",
    "STOP",
    "SECONDS",
    "true",
    "false",
    "WITHIN",
    "REPEATS",
    "TIMES",
];

/// Cuts a pattern into words.
pub struct Tokens<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0 }
    }

    /// Behind the last word.
    pub const fn position(&self) -> usize {
        self.at
    }

    /// The place and the value of the next word.
    pub fn next(&mut self) -> Result<(usize, Token<'a>), SyntaxError> {
        self.space()?;
        let start = self.at;
        let token = match self.byte(0) {
            None => Token::End,
            Some(b'\'') => Token::Text(self.quoted(1)?),
            Some(b't') if self.byte(1) == Some(b'\'') => Token::Timestamp(self.quoted(2)?),
            Some(b'h') if self.byte(1) == Some(b'\'') => Token::Hex(self.quoted(2)?),
            Some(b'b') if self.byte(1) == Some(b'\'') => Token::Binary(self.quoted(2)?),
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => Token::Word(self.word()),
            Some(b'0'..=b'9' | b'+' | b'-' | b'.') => self.number_or_dot()?,
            Some(byte) => self.symbol(byte)?,
        };
        Ok((start, token))
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn fault(&self, offset: usize, message: impl Into<String>) -> SyntaxError {
        SyntaxError::syntax(self.text, offset, message.into())
    }

    /// Blanks and comments.
    fn space(&mut self) -> Result<(), SyntaxError> {
        loop {
            match (self.byte(0), self.byte(1)) {
                (Some(b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c), _) => self.at += 1,
                (Some(b'/'), Some(b'/')) => self.line_comment(),
                (Some(b'/'), Some(b'*')) => self.comment()?,
                (Some(0x80..), _) => match self.rest().chars().next().filter(|next| is_blank(*next)) {
                    Some(blank) => self.at += blank.len_utf8(),
                    None => return Ok(()),
                },
                _ => return Ok(()),
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn line_comment(&mut self) {
        let rest = self.rest();
        self.at += rest.find(['\r', '\n']).unwrap_or(rest.len());
    }

    fn comment(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let inner = self.text.get(self.at + 2..).unwrap_or_default();
        let Some(length) = inner.find("*/") else {
            return Err(self.fault(start, "this comment is not closed: write */ where it ends"));
        };
        self.at += length + 4;
        Ok(())
    }

    fn word(&mut self) -> &'a str {
        let start = self.at;
        while let Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-') = self.byte(0) {
            self.at += 1;
        }
        self.since(start)
    }

    /// What stands between quotes; `opening` bytes open it.
    fn quoted(&mut self, opening: usize) -> Result<&'a str, SyntaxError> {
        let start = self.at;
        self.at += opening;
        loop {
            match self.byte(0) {
                Some(b'\'') => {
                    let inner = self.text.get(start + opening..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(inner);
                }
                Some(b'\\') if matches!(self.byte(1), Some(b'\'' | b'\\')) => self.at += 2,
                Some(b'\\') => {
                    let message =
                        "a backslash in a string is written twice, \\\\, or stands before a quote, \\'";
                    return Err(self.fault(self.at, message));
                }
                Some(_) => self.at += 1,
                None => {
                    return Err(self.fault(start, "this quote is not closed: write ' where the value ends"));
                }
            }
        }
    }

    fn number_or_dot(&mut self) -> Result<Token<'a>, SyntaxError> {
        let start = self.at;
        if matches!(self.byte(0), Some(b'+' | b'-')) {
            self.at += 1;
        }
        let whole = self.digits();
        let is_float = self.byte(0) == Some(b'.') && matches!(self.byte(1), Some(b'0'..=b'9'));
        if is_float {
            self.at += 1;
            self.digits();
            return Ok(Token::Float(self.since(start)));
        }
        match (whole, self.byte(0)) {
            ("", Some(b'.')) if self.at == start => {
                self.at += 1;
                Ok(Token::Symbol(Symbol::Dot))
            }
            ("", _) => Err(self.fault(start, "a sign stands before the digits of a number, as in -5")),
            (digits, _) if digits.len() > 1 && digits.starts_with('0') => {
                Err(self.fault(start, "a whole number does not begin with 0: leave the zeros away"))
            }
            _ => Ok(Token::Integer(self.since(start))),
        }
    }

    fn digits(&mut self) -> &'a str {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte(0) {
            self.at += 1;
        }
        self.since(start)
    }

    fn symbol(&mut self, byte: u8) -> Result<Token<'a>, SyntaxError> {
        let (symbol, length) = match (byte, self.byte(1)) {
            (b'=', Some(b'=')) => (Symbol::Equal, 2),
            (b'=', _) => (Symbol::Equal, 1),
            (b'!', Some(b'=')) | (b'<', Some(b'>')) => (Symbol::NotEqual, 2),
            (b'<', Some(b'=')) => (Symbol::LessOrEqual, 2),
            (b'<', _) => (Symbol::Less, 1),
            (b'>', Some(b'=')) => (Symbol::GreaterOrEqual, 2),
            (b'>', _) => (Symbol::Greater, 1),
            (b'(', _) => (Symbol::OpenParenthesis, 1),
            (b')', _) => (Symbol::CloseParenthesis, 1),
            (b'[', _) => (Symbol::OpenBracket, 1),
            (b']', _) => (Symbol::CloseBracket, 1),
            (b',', _) => (Symbol::Comma, 1),
            (b':', _) => (Symbol::Colon, 1),
            (b'*', _) => (Symbol::Asterisk, 1),
            _ => return Err(self.stranger()),
        };
        self.at += length;
        Ok(Token::Symbol(symbol))
    }

    fn stranger(&self) -> SyntaxError {
        let found: String = self.rest().chars().take(1).collect();
        let found = crate::json::short(&found);
        let remedy = match found.as_str() {
            "\"" | "‘" | "’" | "`" => ": values stand in straight single quotes, '…'",
            "/" => ": a regular expression stands in single quotes, '…'",
            _ => ": values stand in quotes, '…'",
        };
        self.fault(self.at, format!("\"{found}\" has no meaning here{remedy}"))
    }
}

/// The blanks of the grammar beyond ASCII.
const fn is_blank(character: char) -> bool {
    matches!(
        character,
        '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}
