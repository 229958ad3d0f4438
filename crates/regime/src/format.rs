//! How a text or a number is written, where a standard says so.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{FieldKind, Vocabularies};

/// The list of values that currencies come from.
pub(crate) const CURRENCIES: &str = "currencies";

/// How a text or a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A Legal Entity Identifier with its check digits (ISO 17442, ISO/IEC 7064 MOD 97-10).
    Lei,
    /// The three letters of a currency (ISO 4217).
    Currency,
    /// A mail address (RFC 5322, without comments and quotes).
    Email,
    /// A telephone number with the prefix of its country (ITU-T E.164).
    Telephone,
    /// Hundredths from 0 to 100 with at most one decimal.
    Percent,
}

impl Format {
    /// Whether fields of that kind can be written so.
    pub(crate) const fn fits(self, kind: FieldKind) -> bool {
        match self {
            Self::Lei | Self::Currency | Self::Email | Self::Telephone => matches!(kind, FieldKind::Text),
            Self::Percent => matches!(kind, FieldKind::Decimal),
        }
    }

    /// What a text must be and is not: the rule, and what would be right.
    pub(crate) fn wrong_text(
        self,
        vocabularies: &Vocabularies,
        text: &str,
    ) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Lei if !has_shape_of_lei(text) => Some((
                "wrong_lei",
                "must be a Legal Entity Identifier: 18 capital letters or digits and two check digits",
            )),
            Self::Lei if remainder_of_97(text) != Some(1) => Some((
                "wrong_check_digits",
                "must be a Legal Entity Identifier whose check digits are right; look for a mistyped character",
            )),
            Self::Currency if !is_currency(vocabularies, text) => Some((
                "wrong_currency",
                "must be a currency in three capital letters of ISO 4217, such as EUR",
            )),
            Self::Email if !is_email(text) => {
                Some(("wrong_email", "must be one mail address, such as name@example.org"))
            }
            Self::Telephone if !is_telephone(text) => Some((
                "wrong_telephone",
                "must be a telephone number that begins with + and the prefix of its country, such as +352 12 34 56",
            )),
            Self::Lei | Self::Currency | Self::Email | Self::Telephone | Self::Percent => None,
        }
    }

    /// What a number must be and is not.
    pub(crate) fn wrong_number(self, number: Decimal) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Percent if number > Decimal::ONE_HUNDRED => {
                Some(("wrong_percent", "must be a percentage from 0 to 100"))
            }
            Self::Percent if number.normalize().scale() > 1 => {
                Some(("wrong_percent", "must be a percentage with at most one decimal"))
            }
            Self::Lei | Self::Currency | Self::Email | Self::Telephone | Self::Percent => None,
        }
    }
}

fn has_shape_of_lei(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 20
        && bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && bytes.iter().skip(18).all(u8::is_ascii_digit)
}

/// The number that the characters make, letters counting from A = 10, modulo 97; right ones leave 1.
fn remainder_of_97(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |rest: u32, character| {
        let value = character.to_digit(36)?;
        let shifted = if value > 9 { rest * 100 } else { rest * 10 };
        Some((shifted + value) % 97)
    })
}

/// Whether it is a currency of the list; where no list is installed, three capital letters will do.
pub(crate) fn is_currency(vocabularies: &Vocabularies, text: &str) -> bool {
    let letters = text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase());
    let listed = |list: &crate::vocabulary::List| list.values.iter().any(|value| value.id == text);
    letters && vocabularies.list(CURRENCIES).is_none_or(listed)
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let of_name = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let of_host = |c: char| c.is_alphanumeric() || c == '-';
    let label = |label: &str| {
        !label.is_empty() && label.chars().all(of_host) && !label.starts_with('-') && !label.ends_with('-')
    };
    let dots = name.starts_with('.') || name.ends_with('.') || name.contains("..");
    let sizes = (1..=64).contains(&name.len()) && text.len() <= 254;
    sizes && !dots && name.chars().all(of_name) && host.contains('.') && host.split('.').all(label)
}

fn is_telephone(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('+') else { return false };
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let known = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/');
    (7..=15).contains(&digits)
        && rest.chars().all(known)
        && rest.chars().next().is_some_and(|first| first.is_ascii_digit() && first != '0')
        && rest.chars().next_back().is_some_and(|last| last.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(format: Format, text: &str) -> Option<&'static str> {
        format.wrong_text(&Vocabularies::default(), text).map(|(rule, _)| rule)
    }

    #[test]
    fn an_identifier_with_one_wrong_character_is_refused() {
        // Check digits computed by hand from ISO/IEC 7064: 98 minus the remainder of the rest and 00.
        let body = "529900T8BM49AURSDO";
        let check = 98 - remainder_of_97(&format!("{body}00")).unwrap();
        let good = format!("{body}{check:02}");
        assert_eq!(rule(Format::Lei, &good), None);
        for at in 0..18 {
            let mut other: Vec<char> = good.chars().collect();
            other[at] = if other[at] == 'A' { 'B' } else { 'A' };
            assert_eq!(
                rule(Format::Lei, &other.iter().collect::<String>()),
                Some("wrong_check_digits"),
                "{at}"
            );
        }
        for text in [
            "",
            "529900T8BM49AURSDO5",
            "529900t8bm49aursdo55",
            "529900T8BM49AURSDOAB",
            "é29900T8BM49AURSDO55",
        ] {
            assert_eq!(rule(Format::Lei, text), Some("wrong_lei"), "{text}");
        }
    }

    #[test]
    fn addresses_and_numbers() {
        for good in ["a@b.lu", "first.last+tag@sub.example.org", "müller@straße.example"] {
            assert_eq!(rule(Format::Email, good), None, "{good}");
        }
        for bad in
            ["", "a@b", "@b.lu", "a@.lu", "a b@c.lu", "a@b.lu, c@d.lu", "a..b@c.lu", "a@-b.lu", "<a@b.lu>"]
        {
            assert_eq!(rule(Format::Email, bad), Some("wrong_email"), "{bad}");
        }
        for good in ["+352 00 00 01", "+49 (0)30 1234-567", "+3222345678"] {
            assert_eq!(rule(Format::Telephone, good), None, "{good}");
        }
        for bad in [
            "",
            "00352 12345",
            "12345678",
            "+0 1234567",
            "+352",
            "+352 12 34 5x",
            "+1234567890123456",
            "+352 1234567 ",
        ] {
            assert_eq!(rule(Format::Telephone, bad), Some("wrong_telephone"), "{bad}");
        }
        assert_eq!(rule(Format::Currency, "EUR"), None);
        assert_eq!(rule(Format::Currency, "eur"), Some("wrong_currency"));
    }

    #[test]
    fn a_percentage_has_one_decimal() {
        let wrong = |text: &str| Format::Percent.wrong_number(text.parse().unwrap()).is_some();
        assert!(!wrong("0") && !wrong("12.5") && !wrong("12.50") && !wrong("100"));
        assert!(wrong("12.55") && wrong("100.1"));
    }
}
