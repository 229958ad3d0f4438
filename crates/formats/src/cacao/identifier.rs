//! Identifiers: an object type, two hyphens, a UUID (section 10.10).

use std::fmt;

use crate::syntax::uuid;

/// An identifier as it came. Reading keeps whatever stands there; [`super::check`] says whether it is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier(String);

impl Identifier {
    /// Takes any text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The whole identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the two hyphens, if the whole is an identifier.
    #[must_use]
    pub fn object_type(&self) -> Option<&str> {
        parts(&self.0).map(|(kind, _)| kind)
    }

    /// What stands behind them, if the whole is an identifier.
    #[must_use]
    pub fn uuid(&self) -> Option<&str> {
        parts(&self.0).map(|(_, uuid)| uuid)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<&str> for Identifier {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Object type and UUID, if the text is an identifier.
pub(super) fn parts(text: &str) -> Option<(&str, &str)> {
    let at = text.len().checked_sub(38)?;
    let (kind, rest) = text.split_at_checked(at)?;
    let uuid = rest.strip_prefix("--")?;
    (is_type(kind) && is_uuid(uuid)).then_some((kind, uuid))
}

/// Three letters, digits and hyphens at least, all small, beginning with a letter and ending without hyphen.
fn is_type(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_inner = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    bytes.len() >= 3
        && bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.last().is_some_and(|last| *last != b'-')
        && bytes.iter().all(is_inner)
}

/// A UUID of RFC 4122: version 1 to 5, variant 10.
pub(super) fn is_uuid(text: &str) -> bool {
    matches!(uuid::version(text), Some(1..=5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_a_type_and_a_uuid() {
        let id = Identifier::new("playbook-action--fc1b842d-a17a-4aa1-aa60-d7614ae78296");
        assert_eq!(id.object_type(), Some("playbook-action"));
        assert_eq!(id.uuid(), Some("fc1b842d-a17a-4aa1-aa60-d7614ae78296"));
        for wrong in [
            "",
            "--fc1b842d-a17a-4aa1-aa60-d7614ae78296",
            "ab--fc1b842d-a17a-4aa1-aa60-d7614ae78296",
            "Action--fc1b842d-a17a-4aa1-aa60-d7614ae78296",
            "action-fc1b842d-a17a-4aa1-aa60-d7614ae78296",
            "action--fc1b842d-a17a-7aa1-aa60-d7614ae78296",
            "action--fc1b842d-a17a-4aa1-ca60-d7614ae78296",
            "äction--fc1b842d-a17a-4aa1-aa60-d7614ae78296",
        ] {
            assert_eq!(Identifier::new(wrong).object_type(), None, "{wrong}");
        }
    }
}
