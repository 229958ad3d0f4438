//! Where a keyword leads: to the keyword of draft 08 that took its place, and to other vocabularies.

use std::sync::LazyLock;

use crate::{Mapping, Target};

static MOVED: LazyLock<Mapping> = LazyLock::new(|| Mapping::own(include_str!("../../data/idmef-moved.toml")));
static TO_RSIT: LazyLock<Mapping> =
    LazyLock::new(|| Mapping::own(include_str!("../../data/idmef-category-rsit.toml")));
static TO_STIX: LazyLock<Mapping> =
    LazyLock::new(|| Mapping::own(include_str!("../../data/idmef-category-stix.toml")));
static TO_SECTOR: LazyLock<Mapping> =
    LazyLock::new(|| Mapping::own(include_str!("../../data/idmef-sector.toml")));
static SECTOR_TO_STIX: LazyLock<Mapping> =
    LazyLock::new(|| Mapping::own(include_str!("../../data/idmef-sector-stix.toml")));

/// The keyword of draft 08 that took the place of an older one.
pub fn moved(class: &str, attribute: &str, keyword: &str) -> Option<&'static str> {
    moved_to(class, attribute, keyword).and_then(|target| target.to.first()).map(String::as_str)
}

/// As above, with how well it fits.
pub fn moved_to(class: &str, attribute: &str, keyword: &str) -> Option<&'static Target> {
    MOVED.get(&format!("{class}.{attribute}:{keyword}"))
}

/// From keywords that newer versions removed or renamed, as `Class.Attribute:Keyword`, to those of draft 08.
#[must_use]
pub fn former_keywords() -> &'static Mapping {
    &MOVED
}

/// From `Alert.Category` to the Reference Security Incident Taxonomy (identifiers of its types).
#[must_use]
pub fn category_to_rsit() -> &'static Mapping {
    &TO_RSIT
}

/// From `Alert.Category` to words of STIX 2.1: `incident`, `malware:ransomware`, `attack-pattern:T1566`...
#[must_use]
pub fn category_to_stix() -> &'static Mapping {
    &TO_STIX
}

/// From `Alert.EntitySector` to the sectors of our vocabulary, as `sector` or `sector/sub-sector`.
#[must_use]
pub fn sector_to_law() -> &'static Mapping {
    &TO_SECTOR
}

/// From `Alert.EntitySector` to the industry sectors of STIX 2.1.
#[must_use]
pub fn sector_to_stix() -> &'static Mapping {
    &SECTOR_TO_STIX
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Fit,
        idmef::{
            version::Version,
            words::{self, Word},
        },
    };

    const FILES: [&str; 5] = [
        include_str!("../../data/idmef-moved.toml"),
        include_str!("../../data/idmef-category-rsit.toml"),
        include_str!("../../data/idmef-category-stix.toml"),
        include_str!("../../data/idmef-sector.toml"),
        include_str!("../../data/idmef-sector-stix.toml"),
    ];

    #[test]
    fn all_tables_can_be_read() {
        for file in FILES {
            let mapping = Mapping::read(file).unwrap();
            for row in mapping.rows() {
                assert_eq!(row.to.is_empty(), row.fit == Fit::Nothing, "{row:?}");
            }
        }
    }

    fn current(table: &'static [Word]) -> impl Iterator<Item = &'static str> {
        table.iter().filter(|word| word.is_in(Version::V08)).map(|word| word.text)
    }

    #[test]
    fn every_category_and_sector_leads_somewhere() {
        for category in current(&words::CATEGORY) {
            assert!(category_to_rsit().get(category).is_some(), "RSIT for {category}");
            assert!(category_to_stix().get(category).is_some(), "STIX for {category}");
        }
        for sector in current(&words::ENTITY_SECTOR) {
            assert!(sector_to_law().get(sector).is_some(), "sector for {sector}");
            assert!(sector_to_stix().get(sector).is_some(), "sector of STIX for {sector}");
        }
        assert_eq!(category_to_rsit().rows().count(), 128);
        assert_eq!(category_to_stix().rows().count(), 128);
        assert_eq!(sector_to_law().rows().count(), 132);
        assert_eq!(sector_to_stix().rows().count(), 132);
    }

    #[test]
    fn every_keyword_that_was_removed_has_its_row_and_leads_to_a_keyword_of_today() {
        let tables: [(&str, &'static [Word]); 7] = [
            ("Alert.Category", &words::CATEGORY),
            ("Alert.EntitySector", &words::ENTITY_SECTOR),
            ("Alert.Cause", &words::CAUSE),
            ("Alert.Status", &words::STATUS),
            ("Analyzer.Category", &words::ANALYZER_CATEGORY),
            ("Analyzer.Data", &words::ANALYZER_DATA),
            ("Analyzer.Method", &words::ANALYZER_METHOD),
        ];
        for (name, table) in tables {
            for word in table.iter().filter(|word| !word.is_in(Version::V08)) {
                let row = MOVED.get(&format!("{name}:{}", word.text));
                let row = row.unwrap_or_else(|| panic!("no row for {name}:{}", word.text));
                for to in &row.to {
                    assert!(current(table).any(|keyword| keyword == to), "{row:?}");
                }
            }
        }
        for word in &words::VECTOR_CATEGORY {
            let row = MOVED.get(&format!("Vector.Category:{}", word.text)).unwrap();
            for to in &row.to {
                assert!(current(&words::SOURCE_CATEGORY).any(|keyword| keyword == to), "{row:?}");
            }
        }
    }

    #[test]
    fn the_other_vocabularies_know_the_words() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vocabularies");
        let ids = |file: &str, list: &str| -> Vec<String> {
            let text = std::fs::read_to_string(root.join(file)).unwrap();
            let table: toml::Table = text.parse().unwrap();
            let rows = table[list].as_array().unwrap();
            rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
        };
        let types = ids("rsit.toml", "values");
        for target in category_to_rsit().rows().flat_map(|row| &row.to) {
            assert!(types.contains(target), "{target} is no type of RSIT");
        }
        let (sectors, parts) = (ids("sectors.toml", "groups"), ids("sectors.toml", "values"));
        for target in sector_to_law().rows().flat_map(|row| &row.to) {
            let (sector, part) = target.split_once('/').unwrap_or((target, ""));
            assert!(sectors.iter().any(|id| id == sector), "{target}");
            assert!(part.is_empty() || parts.iter().any(|id| id == part), "{target}");
        }
    }

    #[test]
    fn stix_knows_the_words() {
        use crate::{idmef::stix::is_attack_id, stix::words as ov};
        for target in category_to_stix().rows().flat_map(|row| &row.to) {
            let known = match target.split_once(':') {
                Some(("malware", word)) => ov::MALWARE_TYPE.words.contains(&word),
                Some(("event", word)) => ov::EVENT_TYPE.words.contains(&word),
                Some(("attack-pattern", word)) => is_attack_id(word),
                Some(_) => false,
                None => matches!(target.as_str(), "incident" | "observed-data"),
            };
            assert!(known, "{target}");
        }
        for target in sector_to_stix().rows().flat_map(|row| &row.to) {
            assert!(ov::INDUSTRY_SECTOR.words.contains(&target.as_str()), "{target}");
        }
    }
}
