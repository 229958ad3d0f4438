//! A stream of documents of any format, checked piece by piece.

use crate::{
    Finding, Format, Limits, Part, Piece, Profile, Report, Severity, Splitter, cacao, csaf, idmef, misp,
    stix::{self, Ids},
};

/// How to check, whatever the format.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions {
    /// Whose word counts.
    pub profile: Profile,
    /// The version of IDMEFv2 to check against; by default the one that each alert names.
    pub idmef: Option<idmef::Version>,
    /// Bounds of each document.
    pub limits: Limits,
    /// The time at which validity is asked for, in milliseconds since 1970; without it nothing expires.
    pub now_ms: Option<i64>,
}

/// Checks the pieces of one stream of one format.
#[derive(Debug)]
pub struct Checker {
    format: Format,
    options: CheckOptions,
    ids: Ids,
    templates: misp::Templates,
}

impl Checker {
    /// For documents of this format; none for formats that we read and do not check.
    #[must_use]
    pub fn new(format: Format, options: CheckOptions) -> Option<Self> {
        match format {
            Format::Idmefv2 | Format::Stix | Format::Misp | Format::Cacao | Format::Csaf => {
                Some(Self { format, options, ids: Ids::default(), templates: misp::Templates::default() })
            }
            Format::Idea | Format::Incident => None,
        }
    }

    /// Objects of MISP are checked by these templates as well.
    #[must_use]
    pub fn with_templates(self, templates: misp::Templates) -> Self {
        Self { templates, ..self }
    }

    /// What cuts a stream of this format: bundles are cut into their objects.
    #[must_use]
    pub const fn splitter(&self) -> Splitter {
        match self.format {
            Format::Stix => Splitter::opening(&self.options.limits, stix::OBJECTS),
            Format::Idmefv2
            | Format::Idea
            | Format::Misp
            | Format::Cacao
            | Format::Csaf
            | Format::Incident => Splitter::new(&self.options.limits),
        }
    }

    /// Checks the next piece. Pointers lead into the document that the piece was cut from.
    pub fn check(&mut self, piece: &Piece) -> Report {
        if piece.too_large {
            return self.too_large(piece);
        }
        let CheckOptions { profile, limits, idmef: version, now_ms } = self.options;
        match self.format {
            Format::Stix => stix::check_piece(piece, &mut self.ids, &stix::Options { profile, limits }),
            Format::Cacao => {
                let options = cacao::Options { profile, limits, now_ms, verify: true };
                cacao::check_bytes(&piece.bytes, &options)
            }
            Format::Csaf => {
                let options = csaf::Options { profile, limits: deep(limits), ..csaf::Options::default() };
                csaf::check_bytes(&piece.bytes, &options)
            }
            Format::Misp => {
                misp::check_bytes_with(&piece.bytes, &misp::Options { profile, limits }, &self.templates)
            }
            Format::Idmefv2 | Format::Idea | Format::Incident => {
                idmef::check_bytes(&piece.bytes, &idmef::Options { profile, version, limits })
            }
        }
    }

    fn too_large(&self, piece: &Piece) -> Report {
        let mut report = Report::default();
        report.add(
            self.options.limits.findings,
            Finding {
                severity: Severity::Error,
                rule: "json.size",
                pointer: match piece.part {
                    Part::Item(at) => format!("/objects/{at}"),
                    Part::Whole | Part::Frame => String::new(),
                },
                message: format!(
                    "line {}: more than {} bytes are not read",
                    piece.line, self.options.limits.bytes
                ),
                source: "limit of this program",
            },
        );
        report
    }
}

/// The branches of a product tree nest deeper than documents of other formats do.
fn deep(limits: Limits) -> Limits {
    Limits { depth: limits.depth.max(csaf::Options::default().limits.depth), ..limits }
}
