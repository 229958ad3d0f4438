//! The versions of CSAF.

/// A version of the Common Security Advisory Framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 2.0 (OASIS standard of November 2022).
    V20,
    /// 2.1, as its schema was published in 2026.
    V21,
}

impl Version {
    /// As `csaf_version` writes it.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::V20 => "2.0",
            Self::V21 => "2.1",
        }
    }

    /// The version of this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::V20, Self::V21].into_iter().find(|version| version.text() == text)
    }
}

/// A set of versions.
#[derive(Clone, Copy, Debug)]
pub enum Versions {
    None,
    Only20,
    Only21,
    Both,
}

impl Versions {
    pub const fn has(self, version: Version) -> bool {
        match self {
            Self::None => false,
            Self::Only20 => matches!(version, Version::V20),
            Self::Only21 => matches!(version, Version::V21),
            Self::Both => true,
        }
    }
}
