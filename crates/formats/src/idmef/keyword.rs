//! Keywords of draft 08 as values.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData};

use super::{
    version::Version,
    words::{self, Word},
};

/// An enumeration of the draft.
pub trait List {
    /// Its keywords, of every version.
    #[doc(hidden)]
    fn table() -> &'static [Word];
}

/// A keyword of an enumeration of draft 08; `Category` and the other aliases name the enumeration.
pub struct Keyword<L> {
    text: &'static str,
    list: PhantomData<L>,
}

impl<L: List> Keyword<L> {
    /// The keyword of this spelling, which is that of the draft, misspellings included.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let table = L::table();
        let word = words::place(table, text).and_then(|place| table.get(place));
        word.filter(|word| word.is_in(Version::V08)).map(|word| Self { text: word.text, list: PhantomData })
    }

    /// All keywords of draft 08.
    pub fn all() -> impl Iterator<Item = Self> {
        let words = L::table().iter().filter(|word| word.is_in(Version::V08));
        words.map(|word| Self { text: word.text, list: PhantomData })
    }

    /// As it stands on the wire.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// For people: parts apart, known misspellings mended.
    #[must_use]
    pub fn label(&self) -> String {
        words::label(self.text)
    }
}

impl<L> Clone for Keyword<L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<L> Copy for Keyword<L> {}

impl<L> fmt::Debug for Keyword<L> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.text)
    }
}

impl<L> fmt::Display for Keyword<L> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.text)
    }
}

impl<L> PartialEq for Keyword<L> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<L> Eq for Keyword<L> {}

impl<L> PartialOrd for Keyword<L> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<L> Ord for Keyword<L> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(other.text)
    }
}

impl<L> hash::Hash for Keyword<L> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// The enumerations, as types.
pub mod lists {
    use super::{List, Word, words};

    /// `Alert.EntitySector`
    #[derive(Debug)]
    pub struct EntitySector;
    impl List for EntitySector {
        fn table() -> &'static [Word] {
            &words::ENTITY_SECTOR
        }
    }

    /// `Alert.Type`
    #[derive(Debug)]
    pub struct Type;
    impl List for Type {
        fn table() -> &'static [Word] {
            &words::TYPE
        }
    }

    /// `Alert.Category`
    #[derive(Debug)]
    pub struct Category;
    impl List for Category {
        fn table() -> &'static [Word] {
            &words::CATEGORY
        }
    }

    /// `Alert.Cause`
    #[derive(Debug)]
    pub struct Cause;
    impl List for Cause {
        fn table() -> &'static [Word] {
            &words::CAUSE
        }
    }

    /// `Alert.Status`
    #[derive(Debug)]
    pub struct Status;
    impl List for Status {
        fn table() -> &'static [Word] {
            &words::STATUS
        }
    }

    /// `Alert.Priority`
    #[derive(Debug)]
    pub struct Priority;
    impl List for Priority {
        fn table() -> &'static [Word] {
            &words::PRIORITY
        }
    }

    /// `Analyzer.Category`
    #[derive(Debug)]
    pub struct AnalyzerCategory;
    impl List for AnalyzerCategory {
        fn table() -> &'static [Word] {
            &words::ANALYZER_CATEGORY
        }
    }

    /// `Analyzer.Data`
    #[derive(Debug)]
    pub struct AnalyzerData;
    impl List for AnalyzerData {
        fn table() -> &'static [Word] {
            &words::ANALYZER_DATA
        }
    }

    /// `Analyzer.Method`
    #[derive(Debug)]
    pub struct AnalyzerMethod;
    impl List for AnalyzerMethod {
        fn table() -> &'static [Word] {
            &words::ANALYZER_METHOD
        }
    }

    /// `Source.Category`
    #[derive(Debug)]
    pub struct SourceCategory;
    impl List for SourceCategory {
        fn table() -> &'static [Word] {
            &words::SOURCE_CATEGORY
        }
    }

    /// `Target.Category`
    #[derive(Debug)]
    pub struct TargetCategory;
    impl List for TargetCategory {
        fn table() -> &'static [Word] {
            &words::TARGET_CATEGORY
        }
    }
}

/// A keyword of `Alert.EntitySector`.
pub type EntitySector = Keyword<lists::EntitySector>;
/// A keyword of `Alert.Type`.
pub type IncidentType = Keyword<lists::Type>;
/// A keyword of `Alert.Category`.
pub type Category = Keyword<lists::Category>;
/// A keyword of `Alert.Cause`.
pub type Cause = Keyword<lists::Cause>;
/// A keyword of `Alert.Status`.
pub type Status = Keyword<lists::Status>;
/// A keyword of `Alert.Priority`.
pub type Priority = Keyword<lists::Priority>;
/// A keyword of `Analyzer.Category`.
pub type AnalyzerCategory = Keyword<lists::AnalyzerCategory>;
/// A keyword of `Analyzer.Data`.
pub type AnalyzerData = Keyword<lists::AnalyzerData>;
/// A keyword of `Analyzer.Method`.
pub type AnalyzerMethod = Keyword<lists::AnalyzerMethod>;
/// A keyword of `Source.Category`.
pub type SourceCategory = Keyword<lists::SourceCategory>;
/// A keyword of `Target.Category`.
pub type TargetCategory = Keyword<lists::TargetCategory>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keywords_of_draft_08_are_keywords() {
        assert_eq!(Category::parse("Theft.Equiment").unwrap().label(), "Theft: Equipment");
        assert_eq!(Category::parse("Recon.Scanning"), None);
        assert_eq!(Priority::parse("Critical"), None);
        assert_eq!(Category::all().count(), 128);
        assert_eq!(
            Status::all().map(|word| word.text()).collect::<Vec<_>>().join(" "),
            "Closed Event FalsePositive Incident Open Reported"
        );
    }
}
