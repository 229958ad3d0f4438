//! Version numbers of documents: whole numbers or semantic versions (CSAF, 3.1.11).

use std::cmp::Ordering;

/// A version number, with its parts as they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number<'t> {
    /// A whole number.
    Whole(&'t str),
    /// `major.minor.patch`, a pre-release and build metadata.
    Semantic { core: [&'t str; 3], pre: Option<&'t str>, build: Option<&'t str> },
}

impl<'t> Number<'t> {
    /// The number, if it is one.
    pub fn parse(text: &'t str) -> Option<Self> {
        if is_plain(text) {
            return Some(Self::Whole(text));
        }
        let (rest, build) = text.split_once('+').map_or((text, None), |(rest, build)| (rest, Some(build)));
        let (core, pre) = rest.split_once('-').map_or((rest, None), |(core, pre)| (core, Some(pre)));
        let mut parts = core.split('.');
        let core = [parts.next()?, parts.next()?, parts.next()?];
        let is_number = parts.next().is_none() && core.into_iter().all(is_plain);
        let pre_fits = pre.is_none_or(|pre| pre.split('.').all(is_pre));
        let build_fits = build.is_none_or(|build| build.split('.').all(is_word));
        (is_number && pre_fits && build_fits).then_some(Self::Semantic { core, pre, build })
    }

    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Whole(_))
    }

    pub const fn pre(self) -> Option<&'t str> {
        match self {
            Self::Whole(_) => None,
            Self::Semantic { pre, .. } => pre,
        }
    }

    pub const fn build(self) -> Option<&'t str> {
        match self {
            Self::Whole(_) => None,
            Self::Semantic { build, .. } => build,
        }
    }

    /// The digits of the major version.
    pub const fn major(self) -> &'t str {
        match self {
            Self::Whole(digits) | Self::Semantic { core: [digits, ..], .. } => digits,
        }
    }

    /// Major, minor and patch; absent when a part has more digits than any document counts to.
    pub fn core(self) -> Option<[u64; 3]> {
        match self {
            Self::Whole(digits) => Some([digits.parse().ok()?, 0, 0]),
            Self::Semantic { core: [major, minor, patch], .. } => {
                Some([major.parse().ok()?, minor.parse().ok()?, patch.parse().ok()?])
            }
        }
    }

    /// By precedence; build metadata has none (Semantic Versioning 2.0.0, 11). Where both kinds are mixed, a whole
    /// number is a major version (CSAF, 6.1.14).
    pub fn order(self, other: Self) -> Ordering {
        let mut parts = self.digits().into_iter().zip(other.digits()).map(|(one, two)| digits(one, two));
        let first = parts.find(|order| order.is_ne()).unwrap_or(Ordering::Equal);
        first.then_with(|| pre_order(self.pre(), other.pre()))
    }

    const fn digits(self) -> [&'t str; 3] {
        match self {
            Self::Whole(major) => [major, "0", "0"],
            Self::Semantic { core, .. } => core,
        }
    }
}

fn is_word(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_pre(part: &str) -> bool {
    is_word(part) && (is_plain(part) || !super::is_digits(part))
}

/// Digits without a leading zero.
fn is_plain(text: &str) -> bool {
    super::is_digits(text) && (text == "0" || !text.starts_with('0'))
}

fn digits(one: &str, two: &str) -> Ordering {
    one.len().cmp(&two.len()).then_with(|| one.cmp(two))
}

fn pre_order(one: Option<&str>, two: Option<&str>) -> Ordering {
    match (one, two) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(one), Some(two)) => {
            let (mut left, mut right) = (one.split('.'), two.split('.'));
            loop {
                let order = match (left.next(), right.next()) {
                    (None, None) => return Ordering::Equal,
                    (None, Some(_)) => return Ordering::Less,
                    (Some(_), None) => return Ordering::Greater,
                    (Some(one), Some(two)) => match (super::is_digits(one), super::is_digits(two)) {
                        (true, true) => digits(one, two),
                        (true, false) => Ordering::Less,
                        (false, true) => Ordering::Greater,
                        (false, false) => one.cmp(two),
                    },
                };
                if order.is_ne() {
                    return order;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precedence_is_that_of_semantic_versioning() {
        let rising = [
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2.0",
            "1.10.0",
            "2.0.0",
        ];
        let numbers: Vec<Number<'_>> = rising.iter().map(|text| Number::parse(text).unwrap()).collect();
        for pair in numbers.windows(2) {
            assert_eq!(pair[0].order(pair[1]), Ordering::Less, "{pair:?}");
        }
        let same = (Number::parse("1.0.0+a").unwrap(), Number::parse("1.0.0+b").unwrap());
        assert_eq!(same.0.order(same.1), Ordering::Equal);
        for wrong in ["", "01", "1.0", "1.0.0.0", "1.0.0-", "1.0.0-01", "1.0.0+", "v1", "-1", "1.0.0-a..b"] {
            assert_eq!(Number::parse(wrong), None, "{wrong}");
        }
    }
}
