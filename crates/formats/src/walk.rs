//! Where a check stands in a document, and what it found so far.

use crate::{Finding, Report, Severity, finding::Flaw, pointer};

/// A step from a value to a part of it.
#[derive(Clone, Copy, Debug)]
pub enum Step<'d> {
    Name(&'d str),
    Index(usize),
}

/// The way from the document to the value that is looked at.
#[derive(Debug)]
pub struct Walk<'d> {
    most: usize,
    place: Vec<Step<'d>>,
    report: Report,
}

impl<'d> Walk<'d> {
    /// At the document; no more than `most` findings will be listed.
    pub fn new(report: Report, most: usize) -> Self {
        Self { most, place: Vec::with_capacity(6), report }
    }

    pub fn into_report(self) -> Report {
        self.report
    }

    /// One step further, until [`Walk::leave`].
    pub fn enter(&mut self, step: Step<'d>) {
        self.place.push(step);
    }

    /// Back by so many steps.
    pub fn leave(&mut self, steps: usize) {
        self.place.truncate(self.place.len().saturating_sub(steps));
    }

    /// Adds what is wrong here.
    pub fn add(&mut self, flaw: Flaw) {
        if self.report.count(self.most, flaw.severity) {
            return;
        }
        let mut place = String::new();
        for step in &self.place {
            match step {
                Step::Name(name) => pointer::push(&mut place, name),
                Step::Index(index) => pointer::push(&mut place, &index.to_string()),
            }
        }
        let Flaw { severity, rule, message, source } = flaw;
        self.report.add(self.most, Finding { severity, rule, pointer: place, message, source });
    }

    /// Adds an error; its words are built only when it is listed.
    pub fn error(&mut self, rule: &'static str, source: &'static str, message: impl FnOnce() -> String) {
        if !self.report.count(self.most, Severity::Error) {
            self.add(Flaw::error(rule, source, message()));
        }
    }

    /// Adds a warning; its words are built only when it is listed.
    pub fn warn(&mut self, rule: &'static str, source: &'static str, message: impl FnOnce() -> String) {
        if !self.report.count(self.most, Severity::Warning) {
            self.add(Flaw::warning(rule, source, message()));
        }
    }
}
