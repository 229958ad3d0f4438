//! Texts that follow a pattern of the schema, and what is asked of them beyond it.

mod cpe;
pub mod language;
pub mod license;
mod number;
pub mod purl;
pub mod time;
pub mod uri;
pub mod vers;

use super::cvss::{Scheme, Vector};

pub use number::Number;

/// A pattern of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Algorithm,
    Category,
    Cpe,
    CpeOf20,
    Cve,
    Cwe,
    CweVersion,
    ExtensionSchema,
    Hash,
    SmallHash,
    Language,
    Number,
    Purl,
    PurlOf21,
    Share,
    SharingGroup,
    TrackingId,
    Vector2,
    Vector30,
    Vector31,
    Vector4,
}

impl Form {
    /// Whether the text follows it.
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Algorithm => {
                let small = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
                text.bytes().next().is_some_and(small) && text.bytes().all(|byte| small(byte) || byte == b'-')
            }
            Self::Category => is_framed(text, |end| end.is_whitespace() || matches!(end, '-' | '_' | '.')),
            Self::Cpe => cpe::is_cpe(text),
            Self::CpeOf20 => cpe::fits_20(text),
            Self::Cve => is_cve(text),
            Self::Cwe => text.strip_prefix("CWE-").is_some_and(|digits| {
                (1..=6).contains(&digits.len()) && !digits.starts_with('0') && is_digits(digits)
            }),
            Self::CweVersion => is_cwe_version(text),
            Self::ExtensionSchema => uri::is_extension_schema(text),
            Self::Hash => text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
            Self::SmallHash => {
                let small = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
                text.len() >= 32 && text.bytes().all(small)
            }
            Self::Language => language::is_tag(text),
            Self::Number => Number::parse(text).is_some(),
            Self::Purl => purl::fits_20(text),
            Self::PurlOf21 => purl::fits_21(text),
            Self::Share => is_share(text),
            Self::SharingGroup => is_sharing_group(text),
            Self::TrackingId => is_framed(text, char::is_whitespace),
            Self::Vector2 => Vector::parse(Scheme::Two, text).is_some(),
            Self::Vector30 => Vector::parse(Scheme::ThreeZero, text).is_some(),
            Self::Vector31 => Vector::parse(Scheme::ThreeOne, text).is_some(),
            Self::Vector4 => Vector::parse(Scheme::Four, text).is_some(),
        }
    }

    /// The form that is meant, where the pattern of the schema takes more.
    pub const fn strict(self) -> Self {
        match self {
            Self::CpeOf20 => Self::Cpe,
            other => other,
        }
    }

    /// The rule that speaks of it.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Algorithm => "csaf.form.algorithm",
            Self::Category => "csaf.form.category",
            Self::Cpe | Self::CpeOf20 => "csaf.form.cpe",
            Self::Cve => "csaf.form.cve",
            Self::Cwe => "csaf.form.cwe",
            Self::CweVersion => "csaf.form.cwe-version",
            Self::ExtensionSchema => "csaf.form.extension",
            Self::Hash | Self::SmallHash => "csaf.form.hash",
            Self::Language => "csaf.form.language",
            Self::Number => "csaf.form.version",
            Self::Purl | Self::PurlOf21 => "csaf.form.purl",
            Self::Share => "csaf.form.share",
            Self::SharingGroup => "csaf.form.sharing-group",
            Self::TrackingId => "csaf.form.id",
            Self::Vector2 | Self::Vector30 | Self::Vector31 | Self::Vector4 => "csaf.6.1.8",
        }
    }

    /// What it should look like.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Algorithm => {
                "write the name of the hash function in small letters, digits and hyphens, as sha256"
            }
            Self::Category => "let it begin and end with neither space, hyphen, underscore nor full stop",
            Self::Cpe | Self::CpeOf20 => {
                "write a CPE 2.3 name with eleven parts, cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*, or a CPE 2.2 URI"
            }
            Self::Cve => "write CVE-, four digits of the year, a hyphen and four digits or more",
            Self::Cwe => "write CWE- and a number without leading zeros, as CWE-79",
            Self::CweVersion => "write the version of the CWE list, as 4.13",
            Self::ExtensionSchema => {
                "write the https address of the schema with its version, as https://example.com/name_1.0.0.json"
            }
            Self::Hash => "write 32 hexadecimal digits or more",
            Self::SmallHash => "write 32 hexadecimal digits or more, in small letters",
            Self::Language => "write a tag of RFC 5646, as en or de-AT",
            Self::Number => "write a whole number, as 3, or a semantic version, as 1.2.0",
            Self::Purl | Self::PurlOf21 => "write a package URL, as pkg:npm/left-pad@1.3.0",
            Self::Share => "write a share of one as text, as 0.00417",
            Self::SharingGroup => "write a random UUID (version 4) in small letters, the nil or the max UUID",
            Self::TrackingId => "let it begin and end with something other than a space, on one line",
            Self::Vector2 => "write a CVSS 2.0 vector, as AV:N/AC:L/Au:N/C:P/I:P/A:P",
            Self::Vector30 => "write a CVSS 3.0 vector, as CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            Self::Vector31 => "write a CVSS 3.1 vector, as CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            Self::Vector4 => {
                "write a CVSS 4.0 vector in the order of the specification, all eleven base metrics first"
            }
        }
    }
}

/// Ends that are none of these, on one line.
fn is_framed(text: &str, is_wrong: impl Fn(char) -> bool) -> bool {
    let ends = [text.chars().next(), text.chars().next_back()];
    let inner = text.chars().skip(1);
    ends.into_iter().all(|end| end.is_some_and(|end| !is_wrong(end)))
        && inner.into_iter().all(|one| one != '\n')
}

pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `CVE-YYYY-NNNN`, with four digits or more at the end.
pub fn is_cve(text: &str) -> bool {
    let parts = text.strip_prefix("CVE-").and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(year, number)| {
        year.len() == 4 && is_digits(year) && number.len() >= 4 && is_digits(number)
    })
}

fn is_cwe_version(text: &str) -> bool {
    let mut parts = text.split('.');
    let major = parts.next().is_some_and(|part| is_digits(part) && !part.starts_with('0'));
    let minor = parts.next().is_some_and(|part| is_digits(part) && (part == "0" || !part.starts_with('0')));
    let patch = parts.next().is_none_or(is_digits);
    major && minor && patch && parts.next().is_none()
}

fn is_share(text: &str) -> bool {
    match text.split_once('.') {
        Some(("0", part)) => is_digits(part),
        Some(("1", part)) => is_digits(part) && part.bytes().all(|byte| byte == b'0'),
        _ => false,
    }
}

/// The UUID of a group that is everybody.
pub const MAX_UUID: &str = "ffffffff-ffff-ffff-ffff-ffffffffffff";
/// The UUID of no group.
pub const NIL_UUID: &str = "00000000-0000-0000-0000-000000000000";

fn is_sharing_group(text: &str) -> bool {
    let is_hexadecimal = |part: &str| part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let is_uuid = lengths == [8, 4, 4, 4, 12] && parts.iter().all(|part| is_hexadecimal(part));
    let is_random = parts.get(2).is_some_and(|part| part.starts_with('4'));
    text == MAX_UUID || text == NIL_UUID || is_uuid && is_random
}
