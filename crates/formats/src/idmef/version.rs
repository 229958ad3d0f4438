//! The versions of the format that are found in the wild.

/// A version of IDMEFv2, in the order of their birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 2.0.3 of 2021, of the project SECEF: before the drafts began to count.
    V203,
    /// 2.D.V02
    V02,
    /// 2.D.V03
    V03,
    /// 2.D.V04
    V04,
    /// 2.D.V05
    V05,
    /// 2.D.V06
    V06,
    /// 2.D.V07
    V07,
    /// 2.D.V08: draft-lehmann-idmefv2-08, April 2026; the one that we write.
    V08,
    /// 2.D.V09-Dev: the text of draft 08 under another name.
    V09Dev,
}

impl Version {
    /// All of them, the oldest first.
    pub const ALL: [Self; 9] = [
        Self::V203,
        Self::V02,
        Self::V03,
        Self::V04,
        Self::V05,
        Self::V06,
        Self::V07,
        Self::V08,
        Self::V09Dev,
    ];

    /// As it stands in the attribute `Version`.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::V203 => "2.0.3",
            Self::V02 => "2.D.V02",
            Self::V03 => "2.D.V03",
            Self::V04 => "2.D.V04",
            Self::V05 => "2.D.V05",
            Self::V06 => "2.D.V06",
            Self::V07 => "2.D.V07",
            Self::V08 => "2.D.V08",
            Self::V09Dev => "2.D.V09-Dev",
        }
    }

    /// The version of this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.text() == text)
    }

    /// The version that an unknown name means most likely: `2.D.V08-Dev`, which a plug-in writes, is 08;
    /// what nobody knows is read as the newest.
    #[must_use]
    pub fn guess(text: &str) -> Self {
        let draft = Self::ALL.into_iter().rev().find(|version| text.starts_with(version.text()));
        draft.or(text.starts_with("2.0.").then_some(Self::V203)).unwrap_or(Self::V08)
    }
}

/// A set of versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions(u16);

impl Versions {
    /// From one version to another, both included.
    pub const fn span(from: Version, to: Version) -> Self {
        Self((u16::MAX << (from as u16)) & (u16::MAX >> (15 - to as u16)))
    }

    /// Whether the version is in the set.
    pub const fn has(self, version: Version) -> bool {
        self.0 >> (version as u16) & 1 == 1
    }
}

/// Every version.
pub const ALL: Versions = Versions::span(Version::V203, Version::V09Dev);
/// Every draft, not 2.0.3.
pub const DRAFTS: Versions = Versions::span(Version::V02, Version::V09Dev);
/// Drafts 02 to 06.
pub const DRAFTS_06: Versions = Versions::span(Version::V02, Version::V06);
/// 2.0.3 and the drafts since 07.
pub const NOT_02_TO_06: Versions = Versions(ONLY_203.0 | SINCE_07.0);
/// Draft 07 alone.
pub const ONLY_07: Versions = Versions::span(Version::V07, Version::V07);
/// 2.0.3 alone.
pub const ONLY_203: Versions = Versions::span(Version::V203, Version::V203);
/// Draft 07 and later.
pub const SINCE_07: Versions = Versions::span(Version::V07, Version::V09Dev);
/// Draft 08 and later.
pub const SINCE_08: Versions = Versions::span(Version::V08, Version::V09Dev);
/// 2.0.3 and the drafts up to 06.
pub const UNTIL_06: Versions = Versions::span(Version::V203, Version::V06);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_their_ends() {
        assert!(SINCE_07.has(Version::V07) && SINCE_07.has(Version::V09Dev) && !SINCE_07.has(Version::V06));
        assert!(NOT_02_TO_06.has(Version::V203) && !NOT_02_TO_06.has(Version::V02));
        assert!(Version::ALL.into_iter().all(|version| ALL.has(version)));
    }

    #[test]
    fn unknown_names_are_guessed() {
        assert_eq!(Version::guess("2.D.V08-Dev"), Version::V08);
        assert_eq!(Version::guess("2.D.V04"), Version::V04);
        assert_eq!(Version::guess("2.0.4"), Version::V203);
        assert_eq!(Version::guess("3.0"), Version::V08);
    }
}
