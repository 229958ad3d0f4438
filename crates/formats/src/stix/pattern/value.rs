//! Values of properties, and what of a pattern they are compared with (STIX 2.1, 9.6).

use std::cmp::Ordering;

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::{
    Instant,
    ast::{Literal, Path, Step},
    hash,
};
use crate::Json;

/// What the texts of a property stand for, told by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// Themselves.
    Plain,
    /// Hexadecimal digits of a hash, in any case.
    Hash,
    /// Bytes in hexadecimal digits: the name ends in `_hex`.
    Hex,
    /// Bytes in Base64: the name ends in `_bin`.
    Base64,
}

/// A literal, made ready for values of one form.
#[derive(Clone, Debug)]
pub(super) enum Want {
    Number(Number),
    Text(Box<str>),
    Boolean(bool),
    Instant(Instant),
    Bytes(Vec<u8>),
    /// A text with characters above 255, to be compared with bytes: nothing is equal to it.
    Nothing,
}

/// A number of JSON, or of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    Integer(i64),
    Float(f64),
}

impl Form {
    pub fn of(path: &Path) -> Self {
        let last = path.steps.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) | Step::Any => None,
        });
        match last {
            Some(key) if key.ends_with("_hex") => Self::Hex,
            Some(key) if key.ends_with("_bin") => Self::Base64,
            _ if hash::is_hexadecimal(path) => Self::Hash,
            _ => Self::Plain,
        }
    }

    /// The bytes that a text of this form stands for; none when it stands for none.
    pub fn bytes(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Plain | Self::Hash => latin(text),
            Self::Hex => hex(text),
            Self::Base64 => BASE64_STANDARD.decode(text).ok(),
        }
    }

    /// Whether texts of this form are bytes.
    pub const fn is_binary(self) -> bool {
        match self {
            Self::Plain | Self::Hash => false,
            Self::Hex | Self::Base64 => true,
        }
    }
}

impl Want {
    pub fn new(literal: &Literal, form: Form) -> Self {
        match literal {
            Literal::Integer(number) => Self::Number(Number::Integer(*number)),
            Literal::Float(number) => Self::Number(Number::Float(*number)),
            Literal::Text(text) if form.is_binary() => latin(text).map_or(Self::Nothing, Self::Bytes),
            Literal::Text(text) if form == Form::Hash => Self::Text(text.to_ascii_lowercase().into()),
            Literal::Text(text) => Self::Text(text.as_str().into()),
            Literal::Boolean(truth) => Self::Boolean(*truth),
            Literal::Timestamp(timestamp) => Self::Instant(timestamp.instant()),
            Literal::Hex(bytes) | Literal::Binary(bytes) => Self::Bytes(bytes.clone()),
        }
    }

    /// Whether the value is this; never when they are of different kinds.
    pub fn equals(&self, value: &Json<'_>, form: Form) -> bool {
        match (self, value) {
            (Self::Text(want), Json::Text(text)) if form == Form::Hash => want.eq_ignore_ascii_case(text),
            (Self::Text(want), Json::Text(text)) => **want == **text,
            (Self::Boolean(want), Json::Bool(truth)) => want == truth,
            _ => self.order(value, form) == Some(Ordering::Equal),
        }
    }

    /// How the value stands to this; none when they are of different kinds.
    pub fn order(&self, value: &Json<'_>, form: Form) -> Option<Ordering> {
        match (self, value) {
            (Self::Number(want), Json::Number(digits)) => {
                Number::parse(digits).map(|number| number.order(*want))
            }
            (Self::Text(want), Json::Text(text)) if form == Form::Hash => {
                Some(text.to_ascii_lowercase().as_str().cmp(want))
            }
            // The order of UTF-8 is that of the characters.
            (Self::Text(want), Json::Text(text)) => Some((**text).cmp(want)),
            (Self::Bytes(want), Json::Text(text)) => form.bytes(text).map(|bytes| bytes.cmp(want)),
            (Self::Instant(want), Json::Text(text)) => Instant::parse(text).map(|instant| instant.cmp(want)),
            (
                Self::Number(_)
                | Self::Text(_)
                | Self::Bytes(_)
                | Self::Instant(_)
                | Self::Boolean(_)
                | Self::Nothing,
                _,
            ) => None,
        }
    }
}

impl Number {
    pub fn parse(digits: &str) -> Option<Self> {
        if let Ok(number) = digits.parse() {
            return Some(Self::Integer(number));
        }
        digits.parse().ok().map(Self::Float)
    }

    /// The whole number that it is equal to.
    pub fn whole(self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(number),
            Self::Float(number) => {
                let whole = number as i64;
                (mixed(whole, number) == Ordering::Equal).then_some(whole)
            }
        }
    }

    /// Exact: a whole number is not rounded to be compared.
    pub fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => one.cmp(&other),
            (Self::Float(one), Self::Float(other)) => (one + 0.0).total_cmp(&(other + 0.0)),
            (Self::Integer(one), Self::Float(other)) => mixed(one, other),
            (Self::Float(one), Self::Integer(other)) => mixed(other, one).reverse(),
        }
    }
}

fn mixed(whole: i64, float: f64) -> Ordering {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if float >= BEYOND {
        return Ordering::Less;
    }
    if float < -BEYOND {
        return Ordering::Greater;
    }
    whole.cmp(&(float.trunc() as i64)).then_with(|| 0.0_f64.total_cmp(&(float.fract() + 0.0)))
}

/// The bytes of characters up to 255 (9.6: how text and bytes are compared).
fn latin(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect()
}

/// The bytes of pairs of hexadecimal digits.
pub(super) fn hex(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(one: &str, other: &str) -> Ordering {
        Number::parse(one).unwrap().order(Number::parse(other).unwrap())
    }

    #[test]
    fn numbers_are_compared_exactly() {
        assert_eq!(order("12", "12.0"), Ordering::Equal);
        assert_eq!(order("-0", "0.0"), Ordering::Equal);
        assert_eq!(order("0.0", "-0.0"), Ordering::Equal);
        assert_eq!(order("5", "5.1"), Ordering::Less);
        assert_eq!(order("-5", "-5.1"), Ordering::Greater);
        assert_eq!(order("9007199254740993", "9007199254740992.0"), Ordering::Greater);
        assert_eq!(order("9223372036854775807", "1e400"), Ordering::Less);
        assert_eq!(order("-9223372036854775808", "-9223372036854775808.0"), Ordering::Equal);
        assert_eq!(order("1e2", "100"), Ordering::Equal);
    }
}
