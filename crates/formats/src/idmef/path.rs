//! IDMEF paths (draft 08, section 3.3.12): `Source.IP`, `Source(1).Port(0)`, `Priority`. Small enough to
//! query an alert with.

use std::fmt;

use thiserror::Error;

use super::{
    model::{self, Attribute},
    version::Version,
};
use crate::json::Json;

/// Why a text is no path.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PathError {
    /// The class does not exist.
    #[error("\"{0}\" is no class: Analyzer, Sensor, Source, Target and Attachment are")]
    Class(String),
    /// The class has no such attribute.
    #[error("{class} has no attribute \"{attribute}\"")]
    Attribute {
        /// The class.
        class: &'static str,
        /// The attribute that it does not have.
        attribute: String,
    },
    /// An index behind something that is no list.
    #[error("{0} is no list: leave the index away")]
    NoList(String),
    /// An index that is no number, or a bracket left open.
    #[error("\"{0}\" is no index: write (0) for the first")]
    Index(String),
}

/// A path to an attribute of draft 08.
#[derive(Clone, Debug)]
pub struct Path {
    class: Option<(&'static str, usize)>,
    attribute: &'static Attribute,
    index: Option<usize>,
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// A class or attribute that does not exist, and an index where there is no list: both MUST be refused.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        Self::parse_for(text, Version::V08)
    }

    pub(super) fn parse_for(text: &str, version: Version) -> Result<Self, PathError> {
        let (class, rest) = match text.split_once('.') {
            Some((class, rest)) => (Some(class), rest),
            None => (None, text),
        };
        let (attribute_name, index) = indexed(rest)?;
        let mut reference = None;
        let mut owner = &model::ALERT;
        if let Some(class) = class {
            let (name, place) = indexed(class)?;
            let Some(part) = model::part(version, name) else {
                return Err(PathError::Class(name.to_owned()));
            };
            if place.is_some() && !part.many {
                return Err(PathError::NoList(name.to_owned()));
            }
            owner = part;
            reference = Some((part.name, place.unwrap_or(0)));
        }
        let Some((_, attribute)) = owner.attribute(version, attribute_name) else {
            return Err(PathError::Attribute { class: owner.name, attribute: attribute_name.to_owned() });
        };
        if index.is_some() && !attribute.many {
            return Err(PathError::NoList(attribute.name.to_owned()));
        }
        Ok(Self { class: reference, attribute, index: attribute.many.then(|| index.unwrap_or(0)) })
    }

    /// The value at this path in an alert.
    #[must_use]
    pub fn find<'a, 'b>(&self, alert: &'b Json<'a>) -> Option<&'b Json<'a>> {
        let holder = match self.class {
            None => alert,
            Some((class, index)) => match alert.get(class)? {
                Json::List(items) => items.get(index)?,
                one @ (Json::Object(_) | Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_)) => one,
            },
        };
        let value = holder.get(self.attribute.name)?;
        match self.index {
            Some(index) => value.as_list()?.get(index),
            None => Some(value),
        }
    }
}

/// Equal when they lead to the same place: `Source(0).IP` is `Source.IP`.
impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.class == other.class && self.attribute.name == other.attribute.name && self.index == other.index
    }
}

impl Eq for Path {}

/// In its normal form: `(0)` is left away.
impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.class {
            Some((class, 0)) => write!(out, "{class}.")?,
            Some((class, index)) => write!(out, "{class}({index}).")?,
            None => {}
        }
        out.write_str(self.attribute.name)?;
        match self.index {
            None | Some(0) => Ok(()),
            Some(index) => write!(out, "({index})"),
        }
    }
}

fn indexed(text: &str) -> Result<(&str, Option<usize>), PathError> {
    let Some((name, rest)) = text.split_once('(') else { return Ok((text, None)) };
    let digits = rest.strip_suffix(')').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.and_then(|digits| digits.parse().ok()) {
        Some(index) => Ok((name, Some(index))),
        None => Err(PathError::Index(format!("({rest}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    fn normal(text: &str) -> String {
        Path::parse(text).map_or_else(|error| error.to_string(), |path| path.to_string())
    }

    #[test]
    fn paths_have_one_normal_form() {
        assert_eq!(normal("Source(0).IP"), "Source.IP");
        assert_eq!(normal("Source.Port(0)"), "Source.Port");
        assert_eq!(normal("Target(2).Port(1)"), "Target(2).Port(1)");
        assert_eq!(normal("ext-Category"), "ext-Category");
        assert_eq!(Path::parse("Source(0).IP"), Path::parse("Source.IP"));
        assert_ne!(Path::parse("Source(1).IP"), Path::parse("Source.IP"));
    }

    #[test]
    fn what_does_not_exist_is_refused() {
        assert_eq!(normal("CeaseTime"), "Alert has no attribute \"CeaseTime\"");
        assert_eq!(
            normal("Foo.Bar"),
            "\"Foo\" is no class: Analyzer, Sensor, Source, Target and Attachment are"
        );
        assert_eq!(normal("Priority(0)"), "Priority is no list: leave the index away");
        assert_eq!(normal("Analyzer(0).Name"), "Analyzer is no list: leave the index away");
        assert_eq!(normal("Source(-1).IP"), "\"(-1)\" is no index: write (0) for the first");
        assert_eq!(normal("Source.IP.x"), "Source has no attribute \"IP.x\"");
        assert_eq!(normal(""), "Alert has no attribute \"\"");
    }

    #[test]
    fn paths_find_values() {
        let text = br#"{"Priority":"High","Analyzer":{"Name":"a"},"Source":[{"Port":[1,2]},{"IP":"::1"}]}"#;
        let alert = parse(text, &Limits::default()).unwrap();
        let found = |path| Path::parse(path).unwrap().find(&alert).map(ToString::to_string);
        assert_eq!(found("Priority").as_deref(), Some("\"High\""));
        assert_eq!(found("Analyzer.Name").as_deref(), Some("\"a\""));
        assert_eq!(found("Source.Port(1)").as_deref(), Some("2"));
        assert_eq!(found("Source(1).IP").as_deref(), Some("\"::1\""));
        assert_eq!(found("Source(2).IP"), None);
    }
}
