//! The keywords of every version: one table per enumeration, each word with the versions that have it.

mod alert;
mod analyzer;
mod category;
mod entity_sector;
mod source_category;
mod target_category;
mod vector;

pub use alert::{CAUSE, PRIORITY, SEVERITY, STATUS, TYPE};
pub use analyzer::{ANALYZER_CATEGORY, ANALYZER_DATA, ANALYZER_METHOD, ANALYZER_TYPE};
pub use category::CATEGORY;
pub use entity_sector::ENTITY_SECTOR;
pub use source_category::SOURCE_CATEGORY;
pub use target_category::TARGET_CATEGORY;
pub use vector::{VECTOR_CATEGORY, VECTOR_SIZE};

use super::version::{
    ALL, DRAFTS, DRAFTS_06, NOT_02_TO_06, ONLY_07, ONLY_203, SINCE_07, SINCE_08, UNTIL_06, Version, Versions,
};

use crate::syntax::spelling;

/// A keyword and the versions that have it.
#[derive(Debug)]
pub struct Word {
    /// As it stands on the wire, misspellings included: they are normative.
    pub text: &'static str,
    versions: Versions,
}

const fn word(text: &'static str, versions: Versions) -> Word {
    Word { text, versions }
}

impl Word {
    /// Whether this version has it.
    pub const fn is_in(&self, version: Version) -> bool {
        self.versions.has(version)
    }
}

/// The place of a keyword in its table, whatever the version.
pub fn place(table: &[Word], text: &str) -> Option<usize> {
    table.binary_search_by(|word| word.text.as_bytes().cmp(text.as_bytes())).ok()
}

/// The keyword of this version that is spelt most alike, for a message.
pub fn nearest(table: &'static [Word], version: Version, text: &str) -> Option<&'static str> {
    spelling::nearest(table.iter().filter(|word| word.is_in(version)).map(|word| word.text), text)
}

/// A keyword for people: its known misspellings mended, its parts apart.
#[must_use]
pub fn label(keyword: &str) -> String {
    const MENDED: [(&str, &str); 10] = [
        ("Extermism", "Extremism"),
        ("Clonned", "Cloned"),
        ("Espionnage", "Espionage"),
        ("Environemental", "Environmental"),
        ("Agression", "Aggression"),
        ("Equiment", "Equipment"),
        ("Climat.", "Climate."),
        ("Hydro.", "Water."),
        ("Meteo.", "Weather."),
        ("Recon.", "Reconnaissance."),
    ];
    let mut text = keyword.to_owned();
    for (wrong, right) in MENDED {
        text = text.replace(wrong, right);
    }
    let mut apart = String::new();
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let word_begins = letter.is_uppercase()
            && before.is_lowercase()
            && letters.peek().is_some_and(|next| next.is_lowercase());
        match letter {
            '.' => apart.push_str(": "),
            _ if word_begins => {
                apart.push(' ');
                apart.push(letter);
            }
            _ => apart.push(letter),
        }
        before = letter;
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        let tables: [&[Word]; 15] = [
            &CAUSE,
            &PRIORITY,
            &SEVERITY,
            &STATUS,
            &TYPE,
            &ANALYZER_CATEGORY,
            &ANALYZER_DATA,
            &ANALYZER_METHOD,
            &ANALYZER_TYPE,
            &CATEGORY,
            &ENTITY_SECTOR,
            &SOURCE_CATEGORY,
            &TARGET_CATEGORY,
            &VECTOR_CATEGORY,
            &VECTOR_SIZE,
        ];
        for table in tables {
            assert!(table.is_sorted_by(|one, next| one.text.as_bytes() < next.text.as_bytes()));
        }
    }

    #[test]
    fn draft_08_has_as_many_keywords_as_its_appendix() {
        let count = |table: &[Word]| table.iter().filter(|word| word.is_in(Version::V08)).count();
        assert_eq!(count(&TYPE), 4);
        assert_eq!(count(&CAUSE), 6);
        assert_eq!(count(&STATUS), 6);
        assert_eq!(count(&PRIORITY), 5);
        assert_eq!(count(&CATEGORY), 128);
        assert_eq!(count(&ENTITY_SECTOR), 132);
        assert_eq!(count(&ANALYZER_CATEGORY), 79);
        assert_eq!(count(&ANALYZER_DATA), 34);
        assert_eq!(count(&ANALYZER_METHOD), 38);
        assert_eq!(count(&SOURCE_CATEGORY), 157);
        assert_eq!(count(&TARGET_CATEGORY), 38);
    }

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        assert_eq!(nearest(&CATEGORY, Version::V08, "Theft.Equipment"), Some("Theft.Equiment"));
        assert_eq!(nearest(&CATEGORY, Version::V08, "malware.ransomeware"), Some("Malware.Ransomware"));
        assert_eq!(nearest(&PRIORITY, Version::V08, "Critical"), None);
    }

    #[test]
    fn labels_are_spelt_right() {
        assert_eq!(label("Theft.Equiment"), "Theft: Equipment");
        assert_eq!(label("Availability.DDoS"), "Availability: DDoS");
        assert_eq!(label("SocialEng.QuidProQuo"), "Social Eng: Quid Pro Quo");
        assert_eq!(label("Climat.LakeOutburst"), "Climate: Lake Outburst");
    }
}
