//! Is what the pattern says allowed, and does it say what was meant?
//!
//! Under [`Profile::Text`] the standard decides, under [`Profile::Schema`] what the published validator
//! accepts. Where they differ, see the README of this folder.

mod comparison;

use std::collections::HashSet;

use super::{
    Vocabulary,
    ast::{Demand, Expression, Joint, Pattern, Qualified, Qualifier, Span},
};
use crate::{Profile, Severity};

/// One thing that a rule found in a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternFinding {
    /// How much it weighs.
    pub severity: Severity,
    /// The rule: an identifier that stays, for example `stix.pattern.hash`.
    pub rule: &'static str,
    /// Where in the text, in bytes.
    pub span: Span,
    /// What is wrong and how to mend it.
    pub message: String,
    /// The section that says so.
    pub source: &'static str,
}

impl Pattern {
    /// What rules find in this pattern, from left to right.
    #[must_use]
    pub fn check(&self, vocabulary: &Vocabulary, profile: Profile) -> Vec<PatternFinding> {
        let mut checker = Checker { vocabulary: *vocabulary, profile, findings: Vec::new() };
        checker.expression(&self.expression);
        checker.findings
    }
}

/// How much a finding weighs, its rule and the section that says so.
type Law = (Severity, &'static str, &'static str);

struct Checker {
    vocabulary: Vocabulary,
    profile: Profile,
    findings: Vec<PatternFinding>,
}

impl Checker {
    fn add(&mut self, (severity, rule, source): Law, span: Span, message: impl Into<String>) {
        let message = message.into();
        self.findings.push(PatternFinding { severity, rule, span, message, source });
    }

    /// What only the text of the standard refuses.
    fn is_text(&self) -> bool {
        self.profile == Profile::Text
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Observation(bracket) => self.comparison(&bracket.comparison),
            Expression::Joined(joint, operands) => {
                for operand in operands {
                    self.expression(operand);
                }
                if *joint == Joint::Or {
                    self.doubled_observations(operands);
                }
            }
            Expression::Qualified(qualified) => {
                self.expression(&qualified.expression);
                self.qualifiers(qualified);
            }
        }
    }

    fn doubled_observations(&mut self, operands: &[Expression]) {
        let mut seen = HashSet::new();
        for operand in operands {
            if !seen.insert(operand.to_string()) {
                self.doubled(span(operand), "this observation");
            }
        }
    }

    fn doubled(&mut self, span: Span, what: &str) {
        if self.is_text() {
            let message = format!("{what} is already there: it can go without changing what matches");
            self.add((Severity::Note, "stix.pattern.duplicate", "STIX 2.1, 9.6"), span, message);
        }
    }

    fn qualifiers(&mut self, qualified: &Qualified) {
        let mut seen = Vec::new();
        for qualifier in &qualified.qualifiers {
            let kind = std::mem::discriminant(&qualifier.demand);
            let is_tolerated = qualified.in_parentheses && !self.is_text();
            if seen.contains(&kind) && !is_tolerated {
                let message = "a qualifier of this kind is already there: leave one away, or put parentheses \
                               around the expression with the first";
                let span = qualifier.span;
                self.add((Severity::Error, "stix.pattern.qualifier.twice", "STIX 2.1, 9.5"), span, message);
            }
            seen.push(kind);
            if self.is_text() {
                self.demand(qualifier);
            }
        }
    }

    fn demand(&mut self, qualifier: &Qualifier) {
        let (rule, message) = match &qualifier.demand {
            Demand::Within(seconds) if *seconds <= 0.0 => {
                ("stix.pattern.qualifier.zero", "WITHIN asks for a number of seconds above 0")
            }
            Demand::Repeats(0) => {
                ("stix.pattern.qualifier.zero", "REPEATS asks for a number of times above 0")
            }
            Demand::During(start, stop) if stop.instant() <= start.instant() => {
                ("stix.pattern.qualifier.order", "STOP must be later than START: exchange the two timestamps")
            }
            Demand::Within(_) | Demand::Repeats(_) | Demand::During(..) => return,
        };
        self.add((Severity::Error, rule, "STIX 2.1, 9.5"), qualifier.span, message);
    }
}

/// From the first bracket to the last.
fn span(expression: &Expression) -> Span {
    let mut whole: Option<Span> = None;
    expression.each_bracket(&mut |bracket| {
        let start = whole.map_or(bracket.span.start, |span| span.start);
        whole = Some(Span { start, end: bracket.span.end });
    });
    whole.unwrap_or_default()
}
