//! The rules for what stands in square brackets.

use std::collections::{BTreeSet, HashSet};

use super::Checker;
use crate::{
    Severity,
    json::short,
    stix::{
        identifier::is_type_name,
        pattern::{
            ast::{Comparison, Condition, Literal, Logic, Path, Span, Step, Test},
            hash,
            network::Network,
            text,
            vocabulary::Kind,
        },
    },
};

impl Checker {
    pub(super) fn comparison(&mut self, comparison: &Comparison) {
        match comparison {
            Comparison::Test(test) => self.test(test),
            Comparison::Joined(logic, operands) => {
                for operand in operands {
                    self.comparison(operand);
                }
                self.doubled_comparisons(operands);
                if *logic == Logic::And && self.is_text() {
                    self.one_type(comparison, operands);
                }
            }
        }
    }

    fn doubled_comparisons(&mut self, operands: &[Comparison]) {
        let mut seen = HashSet::new();
        for operand in operands {
            if !seen.insert(operand.to_string()) {
                self.doubled(span(operand), "this comparison");
            }
        }
    }

    /// What is joined by AND is asked of one object, which has one type.
    fn one_type(&mut self, comparison: &Comparison, operands: &[Comparison]) {
        let mut common: Option<BTreeSet<&str>> = None;
        for operand in operands {
            let types = types(operand);
            common = Some(match common {
                Some(common) => common.intersection(&types).copied().collect(),
                None => types,
            });
        }
        if common.is_some_and(|common| common.is_empty()) {
            let message = "AND within one [ ] asks of one object what only objects of different types have: \
                           write one [ ] for each type and join these by AND";
            let span = span(comparison);
            self.add((Severity::Error, "stix.pattern.type.mixed", "STIX 2.1, 9.6"), span, message);
        }
    }

    fn test(&mut self, test: &Test) {
        self.names(test);
        self.hash(test);
        if self.is_text() {
            self.kind(test);
            self.lists(test);
            self.operand(test);
        }
    }

    fn names(&mut self, test: &Test) {
        let name = test.path.object_type.as_str();
        if self.is_text() && !is_type_name(name) {
            let message = format!(
                "\"{}\" is no name of a type: 3 to 250 small letters, digits and hyphens",
                short(name)
            );
            self.add((Severity::Error, "stix.pattern.type.name", "STIX 2.1, 3.1"), test.span, message);
        }
        let own = root(&test.path).filter(|property| (self.vocabulary.property)(name, property).is_none());
        if let Some(property) = own.filter(|property| self.is_text() && !is_property_name(property)) {
            let message = format!(
                "\"{}\" is no name of a property: 3 to 250 small letters, digits and underscores",
                short(property)
            );
            self.add((Severity::Error, "stix.pattern.property.name", "STIX 2.1, 3.1"), test.span, message);
        }
        if !(self.vocabulary.is_type)(name) {
            if !name.starts_with("x-") {
                let message = format!(
                    "\"{}\" is no observable object of the standard: one of your own begins with x-",
                    short(name)
                );
                self.add(
                    (Severity::Warning, "stix.pattern.type.custom", "STIX 2.1, 11.2"),
                    test.span,
                    message,
                );
            }
        } else if let Some(property) = root(&test.path)
            && !property.starts_with("x_")
            && (self.vocabulary.property)(name, property).is_none()
        {
            let message =
                format!("{name} has no property \"{}\": one of your own begins with x_", short(property));
            self.add(
                (Severity::Warning, "stix.pattern.property.custom", "STIX 2.1, 11.1"),
                test.span,
                message,
            );
        }
    }

    fn hash(&mut self, test: &Test) {
        let Some(algorithm) = hash::algorithm(&test.path) else { return };
        if !hash::is_known(algorithm) {
            let message = format!(
                "\"{}\" is no known hash algorithm: the standard names MD5, SHA-1, SHA-256, SHA-512, SHA3-256, \
                 SHA3-512, SSDEEP and TLSH",
                short(algorithm)
            );
            self.add(
                (Severity::Warning, "stix.pattern.hash.algorithm", "STIX 2.1, 10.7"),
                test.span,
                message,
            );
        }
        let Some(digits) = hash::digits(algorithm) else { return };
        for literal in literals(&test.condition) {
            let Literal::Text(value) = literal else { continue };
            if value.len() != digits || !value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                let message =
                    format!("\"{}\" is no {algorithm}: that has {digits} hexadecimal digits", short(value));
                self.add((Severity::Error, "stix.pattern.hash", "STIX 2.1, 2.7"), test.span, message);
            }
        }
    }

    /// A value of another kind than the property holds never matches.
    fn kind(&mut self, test: &Test) {
        let [Step::Key(property)] = test.path.steps.as_slice() else { return };
        let Some(kind) = (self.vocabulary.property)(&test.path.object_type, property) else { return };
        let odd = literals(&test.condition).iter().find(|literal| !fits(kind, literal));
        if let Some(literal) = odd {
            let message = format!(
                "{} holds {}, and {} is none: the two are never equal",
                test.path,
                named(kind),
                short(&literal.to_string())
            );
            self.add((Severity::Warning, "stix.pattern.literal.kind", "STIX 2.1, 9.6"), test.span, message);
        }
    }

    /// Only lists have items; hashes are a dictionary.
    fn lists(&mut self, test: &Test) {
        let [Step::Key(property), Step::Index(_) | Step::Any, ..] = test.path.steps.as_slice() else {
            return;
        };
        let kind = (self.vocabulary.property)(&test.path.object_type, property);
        let has_items = match kind {
            Some(Kind::Nested) => property != "hashes",
            Some(Kind::Reference) => property.ends_with("_refs"),
            Some(
                Kind::Text | Kind::Integer | Kind::Float | Kind::Boolean | Kind::Timestamp | Kind::Binary,
            ) => false,
            None => true,
        };
        if !has_items {
            let message = if property == "hashes" {
                "hashes are no list, so this never matches: name the algorithm, as in hashes.'SHA-256'"
                    .to_owned()
            } else {
                format!("{property} is no list, so this never matches: leave the brackets away")
            };
            self.add((Severity::Warning, "stix.pattern.path.list", "STIX 2.1, 9.7"), test.span, message);
        }
    }

    /// What is equal is the same text: `198.51.100.7/32` is not equal to `198.51.100.7`.
    fn network_as_text(&mut self, test: &Test, literals: &[Literal]) {
        let is_network = |literal: &Literal| matches!(literal, Literal::Text(text) if text.contains('/') && Network::parse(text).is_some());
        if literals.iter().any(is_network) {
            let message = "a network is compared as a text here: ISSUBSET finds the addresses within it";
            self.add((Severity::Note, "stix.pattern.network.equal", "STIX 2.1, 9.6"), test.span, message);
        }
    }

    fn operand(&mut self, test: &Test) {
        match &test.condition {
            Condition::Matches(expression) => {
                self.expression_compiles(test.span, text::Expression::new(expression).err());
            }
            Condition::Like(pattern) => self.expression_compiles(test.span, text::Like::new(pattern).err()),
            Condition::IsSubset(operand) | Condition::IsSuperset(operand) => {
                if Network::parse(operand).is_none() {
                    let message = format!(
                        "\"{}\" is no IPv4 or IPv6 address or network: write 198.51.100.0/24",
                        short(operand)
                    );
                    self.add((Severity::Error, "stix.pattern.network", "STIX 2.1, 9.6"), test.span, message);
                }
            }
            Condition::In(literals) => {
                self.network_as_text(test, literals);
                self.set(test.span, literals);
            }
            Condition::Equal(literal) => self.network_as_text(test, std::slice::from_ref(literal)),
            Condition::NotEqual(_) | Condition::Ordered(..) | Condition::Exists => {}
        }
    }

    fn expression_compiles(&mut self, span: Span, fault: Option<regex::Error>) {
        let Some(fault) = fault else { return };
        let (severity, rule, message) = match text::Unfit::of(&fault) {
            text::Unfit::Feature => (
                Severity::Warning,
                "stix.pattern.regex.feature",
                "look-around and back-references are not matched here, nor by many others: write the \
                 expression without them"
                    .to_owned(),
            ),
            text::Unfit::Size => (
                Severity::Warning,
                "stix.pattern.regex.feature",
                "this expression is too large to be matched here: repeat less in it".to_owned(),
            ),
            text::Unfit::Syntax(reason) => {
                let message = format!("this regular expression does not compile: {reason}");
                (Severity::Error, "stix.pattern.regex", message)
            }
        };
        self.add((severity, rule, "STIX 2.1, 9.6"), span, message);
    }

    fn set(&mut self, span: Span, literals: &[Literal]) {
        let class = |literal: &Literal| match literal {
            Literal::Integer(_) | Literal::Float(_) => 0,
            Literal::Text(_) => 1,
            Literal::Boolean(_) => 2,
            Literal::Timestamp(_) => 3,
            Literal::Hex(_) | Literal::Binary(_) => 4,
        };
        let mut classes = literals.iter().map(class);
        let first = classes.next();
        if classes.any(|class| Some(class) != first) {
            let message = "the values of one IN are of one kind: split it into comparisons joined by OR";
            self.add((Severity::Error, "stix.pattern.set.mixed", "STIX 2.1, 9.2"), span, message);
        }
        let mut seen = HashSet::new();
        if literals.iter().any(|literal| !seen.insert(literal.to_string())) {
            self.doubled(span, "a value of this IN");
        }
    }
}

fn types(comparison: &Comparison) -> BTreeSet<&str> {
    let mut types = BTreeSet::new();
    comparison.each_test(&mut |test| {
        types.insert(test.path.object_type.as_str());
    });
    types
}

/// From the first test to the last.
fn span(comparison: &Comparison) -> Span {
    let mut whole: Option<Span> = None;
    comparison.each_test(&mut |test| {
        let start = whole.map_or(test.span.start, |span| span.start);
        whole = Some(Span { start, end: test.span.end });
    });
    whole.unwrap_or_default()
}

/// As objects of one's own are named (section 3.1).
fn is_property_name(name: &str) -> bool {
    let fine = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    name == "id" || (3..=250).contains(&name.len()) && name.bytes().all(fine)
}

fn root(path: &Path) -> Option<&str> {
    match path.steps.first()? {
        Step::Key(key) => Some(key),
        Step::Index(_) | Step::Any => None,
    }
}

fn literals(condition: &Condition) -> &[Literal] {
    match condition {
        Condition::Equal(literal) | Condition::NotEqual(literal) | Condition::Ordered(_, literal) => {
            std::slice::from_ref(literal)
        }
        Condition::In(literals) => literals,
        Condition::Like(_)
        | Condition::Matches(_)
        | Condition::IsSubset(_)
        | Condition::IsSuperset(_)
        | Condition::Exists => &[],
    }
}

/// Whether a value of this kind can be equal to the literal.
const fn fits(kind: Kind, literal: &Literal) -> bool {
    match kind {
        Kind::Text | Kind::Reference | Kind::Binary => {
            matches!(literal, Literal::Text(_) | Literal::Hex(_) | Literal::Binary(_))
        }
        Kind::Timestamp => matches!(literal, Literal::Timestamp(_) | Literal::Text(_)),
        Kind::Integer | Kind::Float => matches!(literal, Literal::Integer(_) | Literal::Float(_)),
        Kind::Boolean => matches!(literal, Literal::Boolean(_)),
        Kind::Nested => false,
    }
}

const fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a text",
        Kind::Integer => "a whole number",
        Kind::Float => "a number",
        Kind::Boolean => "true or false",
        Kind::Timestamp => "a timestamp",
        Kind::Binary => "bytes",
        Kind::Reference => "the identifier of an object",
        Kind::Nested => "a list or an object",
    }
}
