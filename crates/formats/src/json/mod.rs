//! JSON (RFC 8259) as it stands in the document: order, doubled names and the digits of numbers are kept,
//! texts are borrowed from the input where they hold no escape.

mod canonical;
mod parse;
pub(crate) mod raw;
mod split;
mod write;

use std::borrow::Cow;

pub use canonical::canonical;
pub use parse::{Fault, parse};
pub use split::{Part, Piece, Splitter};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number with the digits that it was written with.
    Number(Cow<'a, str>),
    /// A string, without its escapes.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object.
    Object(Vec<Member<'a>>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its value.
    pub value: Json<'a>,
}

impl Member<'_> {
    /// The same member without a tie to the input.
    #[must_use]
    pub fn into_owned(self) -> Member<'static> {
        Member { name: Cow::Owned(self.name.into_owned()), value: self.value.into_owned() }
    }
}

/// Takes the members of this name out: the value of the last, which counts, and those of the earlier ones.
/// In one pass, however many they are.
pub(crate) fn take<'a>(members: &mut Vec<Member<'a>>, name: &str) -> Option<(Json<'a>, Vec<Json<'a>>)> {
    let is_it = |member: &Member<'a>| member.name == name;
    let at = members.iter().rposition(is_it)?;
    let last = members.remove(at).value;
    let earlier = members.extract_if(..at, |member| is_it(member)).map(|member| member.value).collect();
    Some((last, earlier))
}

impl<'a> Json<'a> {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// An object of these members.
    #[must_use]
    pub fn object<const N: usize>(members: [(&'a str, Self); N]) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| Member { name: name.into(), value }).collect())
    }

    /// What kind of value this is, in words.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Object(_) => None,
        }
    }

    /// The members, if it is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&[Member<'a>]> {
        match self {
            Self::Object(members) => Some(members),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The member of this name; the last, as most parsers have it, when there are several.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.iter().rev().find(|member| member.name == name).map(|member| &member.value)
    }

    /// The same value without a tie to the input.
    #[must_use]
    pub fn into_owned(self) -> Json<'static> {
        match self {
            Self::Null => Json::Null,
            Self::Bool(truth) => Json::Bool(truth),
            Self::Number(digits) => Json::Number(Cow::Owned(digits.into_owned())),
            Self::Text(text) => Json::Text(Cow::Owned(text.into_owned())),
            Self::List(items) => Json::List(items.into_iter().map(Self::into_owned).collect()),
            Self::Object(members) => Json::Object(members.into_iter().map(Member::into_owned).collect()),
        }
    }

    /// In few words, for a message: texts are cut after forty characters.
    #[must_use]
    pub fn in_short(&self) -> String {
        match self {
            Self::Text(text) => format!("\"{}\"", short(text)),
            Self::Number(digits) => short(digits),
            Self::Bool(truth) => truth.to_string(),
            Self::Null => "null".to_owned(),
            Self::List(items) => format!("a list of {}", items.len()),
            Self::Object(members) => format!("an object of {} members", members.len()),
        }
    }
}

/// The beginning of a text, with control characters made visible.
pub(crate) fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(40).flat_map(visible).collect();
    if text.chars().nth(40).is_some() {
        cut.push('…');
    }
    cut
}

/// Nothing that a stranger wrote moves the cursor or turns the line of who reads the message.
fn visible(character: char) -> impl Iterator<Item = char> {
    let hidden = character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    std::iter::once(if hidden { '\u{fffd}' } else { character })
}
