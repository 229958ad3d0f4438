//! The objects of a document, of which only some members are read and the bytes are kept.

use std::borrow::Cow;

use super::{
    Fault,
    parse::{Parser, Step, walk},
};
use crate::Limits;

/// An object as it stands in its document.
#[derive(Clone, Debug)]
pub struct Raw<'a, H> {
    /// What was read of it.
    pub head: H,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A member of an object that somebody may want to read.
#[derive(Debug)]
pub struct Peeked<'p, 'a> {
    parser: &'p mut Parser<'a>,
    taken: bool,
}

impl<'a> Peeked<'_, 'a> {
    /// The text, if it is one.
    pub fn text(&mut self) -> Step<Option<Cow<'a, str>>> {
        self.parser.space();
        if self.parser.peek() != Some(b'"') {
            return Ok(None);
        }
        self.taken = true;
        self.parser.text().map(Some)
    }

    /// Whether it is `true`.
    pub fn is_true(&mut self) -> bool {
        self.parser.space();
        self.parser.peek() == Some(b't')
    }
}

/// The objects of a bundle (the items of the member `list` of the document), of a list, or the one object
/// that the document is; `look` sees each member of each of them.
///
/// # Errors
/// The first place where the bytes are not JSON, or nest too deep.
pub fn objects<'a, H: Default>(
    bytes: &'a [u8],
    limits: &Limits,
    list: &str,
    look: impl Fn(&mut H, &str, &mut Peeked<'_, 'a>) -> Step<()>,
) -> Result<Vec<Raw<'a, H>>, Fault> {
    let mut found = Vec::new();
    walk(bytes, limits, |parser| {
        parser.space();
        if parser.peek() == Some(b'[') {
            return items(parser, &mut found, &look);
        }
        let mut whole = H::default();
        let mut opened = false;
        let taken = parser.taken(|parser| {
            if parser.peek() != Some(b'{') {
                return parser.skip();
            }
            parser.nested_members(|parser, name| {
                parser.space();
                if name == list && parser.peek() == Some(b'[') {
                    opened = true;
                    return items(parser, &mut found, &look);
                }
                member(parser, &mut whole, &name, &look)
            })
        })?;
        if !opened {
            found.push(Raw { head: whole, bytes: taken });
        }
        Ok(())
    })?;
    Ok(found)
}

fn items<'a, H: Default>(
    parser: &mut Parser<'a>,
    found: &mut Vec<Raw<'a, H>>,
    look: &impl Fn(&mut H, &str, &mut Peeked<'_, 'a>) -> Step<()>,
) -> Step<()> {
    parser.nested_items(|parser| {
        let mut head = H::default();
        let bytes = parser.taken(|parser| {
            if parser.peek() != Some(b'{') {
                return parser.skip();
            }
            parser.nested_members(|parser, name| member(parser, &mut head, &name, look))
        })?;
        found.push(Raw { head, bytes });
        Ok(())
    })
}

fn member<'a, H>(
    parser: &mut Parser<'a>,
    head: &mut H,
    name: &str,
    look: &impl Fn(&mut H, &str, &mut Peeked<'_, 'a>) -> Step<()>,
) -> Step<()> {
    let mut peeked = Peeked { parser, taken: false };
    look(head, name, &mut peeked)?;
    if peeked.taken { Ok(()) } else { parser.skip() }
}
