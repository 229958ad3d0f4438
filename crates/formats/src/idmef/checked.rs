//! Texts that follow a syntax of the draft: whoever holds one knows that it does.

use std::{fmt, marker::PhantomData};

use super::{
    path::Path,
    syntax::{self, Flaw},
};
use crate::Severity;

/// A syntax of draft 08, section 3.
pub trait Syntax {
    /// What is wrong with the text, if anything.
    #[doc(hidden)]
    fn flaw(text: &str) -> Option<Flaw>;
}

/// A text that follows the syntax, exactly as it was written. `Uuid` and the other aliases name the syntax.
pub struct Checked<S> {
    text: String,
    syntax: PhantomData<S>,
}

impl<S: Syntax> Checked<S> {
    /// Takes the text if it follows the syntax.
    ///
    /// # Errors
    /// What is wrong with it and how to mend it.
    pub fn parse(text: impl Into<String>) -> Result<Self, String> {
        let text = text.into();
        match S::flaw(&text) {
            Some(flaw) if flaw.severity == Severity::Error => Err(flaw.message),
            Some(_) | None => Ok(Self { text, syntax: PhantomData }),
        }
    }
}

impl<S> Checked<S> {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Time {
    /// Nanoseconds since 1970 in UTC.
    #[must_use]
    pub fn nanoseconds(&self) -> i128 {
        syntax::nanoseconds(&self.text).unwrap_or_default()
    }
}

impl<S> Clone for Checked<S> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), syntax: PhantomData }
    }
}

impl<S> fmt::Debug for Checked<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl<S> fmt::Display for Checked<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// As it is written; `Uuid` and `Hash` of different case are the same to the draft, but not here.
impl<S> PartialEq for Checked<S> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<S> Eq for Checked<S> {}

/// The syntaxes, as types.
pub mod kinds {
    use super::{Flaw, Path, Syntax, syntax};

    /// An identifier (3.3.10).
    #[derive(Debug)]
    pub struct Uuid;
    impl Syntax for Uuid {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::uuid(text)
        }
    }

    /// A timestamp (3.3.2).
    #[derive(Debug)]
    pub struct Time;
    impl Syntax for Time {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::time(text)
        }
    }

    /// Coordinates (3.3.3).
    #[derive(Debug)]
    pub struct GeoLocation;
    impl Syntax for GeoLocation {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::geo(text)
        }
    }

    /// A code of a place (3.3.4).
    #[derive(Debug)]
    pub struct UnLocode;
    impl Syntax for UnLocode {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::unlocode(text)
        }
    }

    /// A URI (3.3.5).
    #[derive(Debug)]
    pub struct Uri;
    impl Syntax for Uri {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::uri(text)
        }
    }

    /// An IP address (3.3.6).
    #[derive(Debug)]
    pub struct Ip;
    impl Syntax for Ip {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::ip(text)
        }
    }

    /// A mail address (3.3.7).
    #[derive(Debug)]
    pub struct Email;
    impl Syntax for Email {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::email(text)
        }
    }

    /// A name of an attachment (3.3.8).
    #[derive(Debug)]
    pub struct Label;
    impl Syntax for Label {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::label(text)
        }
    }

    /// A media type (3.3.9).
    #[derive(Debug)]
    pub struct MediaType;
    impl Syntax for MediaType {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::media(text)
        }
    }

    /// A name of a protocol (3.3.11).
    #[derive(Debug)]
    pub struct Protocol;
    impl Syntax for Protocol {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::protocol(text)
        }
    }

    /// An IDMEF path (3.3.12).
    #[derive(Debug)]
    pub struct PathText;
    impl Syntax for PathText {
        fn flaw(text: &str) -> Option<Flaw> {
            Path::parse(text)
                .err()
                .map(|error| Flaw::error("idmef.path", "draft-lehmann-idmefv2-08, 3.3.12", error.to_string()))
        }
    }

    /// A hash (3.3.13).
    #[derive(Debug)]
    pub struct Hash;
    impl Syntax for Hash {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::hash(text)
        }
    }

    /// What threat intelligence knows of an attribute (5.5).
    #[derive(Debug)]
    pub struct Ti;
    impl Syntax for Ti {
        fn flaw(text: &str) -> Option<Flaw> {
            syntax::threat_intelligence(text)
        }
    }
}

/// An identifier (3.3.10).
pub type Uuid = Checked<kinds::Uuid>;
/// A timestamp (3.3.2).
pub type Time = Checked<kinds::Time>;
/// Coordinates (3.3.3).
pub type GeoLocation = Checked<kinds::GeoLocation>;
/// A code of a place (3.3.4).
pub type UnLocode = Checked<kinds::UnLocode>;
/// A URI (3.3.5).
pub type Uri = Checked<kinds::Uri>;
/// An IP address (3.3.6).
pub type Ip = Checked<kinds::Ip>;
/// A mail address (3.3.7).
pub type Email = Checked<kinds::Email>;
/// A name of an attachment (3.3.8).
pub type Label = Checked<kinds::Label>;
/// A media type (3.3.9).
pub type MediaType = Checked<kinds::MediaType>;
/// A name of a protocol (3.3.11).
pub type Protocol = Checked<kinds::Protocol>;
/// An IDMEF path (3.3.12).
pub type PathText = Checked<kinds::PathText>;
/// A hash (3.3.13).
pub type Hash = Checked<kinds::Hash>;
/// What threat intelligence knows of an attribute (5.5).
pub type Ti = Checked<kinds::Ti>;
