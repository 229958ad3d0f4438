//! What was found so far, and where a value stands.

use crate::{Finding, Json, Report, Severity, misp::types::lenient, pointer, syntax::uuid::is_uuid};

/// Where a value stands: costs nothing until something is found there.
#[derive(Clone, Copy, Debug)]
pub enum Place<'p> {
    Root,
    Name(&'p Place<'p>, &'p str),
    Index(&'p Place<'p>, usize),
}

impl<'p> Place<'p> {
    pub const fn name(&'p self, name: &'p str) -> Self {
        Self::Name(self, name)
    }

    pub const fn index(&'p self, index: usize) -> Self {
        Self::Index(self, index)
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Root => {}
            Self::Name(parent, name) => {
                parent.write(text);
                pointer::push(text, name);
            }
            Self::Index(parent, index) => {
                parent.write(text);
                pointer::push(text, &index.to_string());
            }
        }
    }
}

/// The findings.
#[derive(Debug)]
pub struct Inspector {
    most: usize,
    report: Report,
}

impl Inspector {
    pub fn new(most: usize) -> Self {
        Self { most, report: Report::default() }
    }

    pub fn into_report(self) -> Report {
        self.report
    }

    pub fn error(
        &mut self,
        place: &Place<'_>,
        rule: &'static str,
        source: &'static str,
        message: impl FnOnce() -> String,
    ) {
        self.add(Severity::Error, place, (rule, source), message);
    }

    pub fn warning(
        &mut self,
        place: &Place<'_>,
        rule: &'static str,
        source: &'static str,
        message: impl FnOnce() -> String,
    ) {
        self.add(Severity::Warning, place, (rule, source), message);
    }

    pub fn add(
        &mut self,
        severity: Severity,
        place: &Place<'_>,
        (rule, source): (&'static str, &'static str),
        message: impl FnOnce() -> String,
    ) {
        if self.report.count(self.most, severity) {
            return;
        }
        let mut pointer = String::new();
        place.write(&mut pointer);
        self.report.add(self.most, Finding { severity, rule, pointer, message: message(), source });
    }

    /// The member is there and is a text.
    pub fn required(&mut self, place: &Place<'_>, object: &Json<'_>, name: &str, source: &'static str) {
        if lenient::text(object, name).is_none_or(str::is_empty) {
            self.error(place, "misp.member.missing", source, || {
                format!("{name} is missing: servers do not take it without")
            });
        }
    }

    /// A UUID, if the member is there.
    pub fn uuid(&mut self, place: &Place<'_>, object: &Json<'_>, name: &str) {
        let Some(value) = object.get(name).filter(|value| **value != Json::Null) else { return };
        if !value.as_text().is_some_and(is_uuid) {
            self.error(&place.name(name), "misp.uuid", "misp-core-format, 2.1 (RFC 9562)", || {
                format!(
                    "{name} must be a UUID of 32 hexadecimal digits in five groups, got {}",
                    value.in_short()
                )
            });
        }
    }

    /// A whole number between two, if the member is there.
    pub fn range(
        &mut self,
        place: &Place<'_>,
        object: &Json<'_>,
        name: &str,
        (rule, least, most): (&'static str, i64, i64),
    ) {
        let Some(value) = object.get(name).filter(|value| **value != Json::Null) else { return };
        if !lenient::number(object, name).is_some_and(|number| (least..=most).contains(&number)) {
            self.error(&place.name(name), rule, "misp-core-format, 2", || {
                format!("{name} must be a whole number from {least} to {most}, got {}", value.in_short())
            });
        }
    }

    /// Seconds since 1970, if the member is there.
    pub fn seconds(&mut self, place: &Place<'_>, object: &Json<'_>, name: &str) {
        self.range(place, object, name, ("misp.timestamp", 0, 253_402_300_799));
    }

    /// A truth, if the member is there.
    pub fn truth(&mut self, place: &Place<'_>, object: &Json<'_>, name: &str) {
        let Some(value) = object.get(name).filter(|value| **value != Json::Null) else { return };
        if lenient::flag(object, name).is_none() {
            self.error(&place.name(name), "misp.boolean", "misp-core-format, 2", || {
                format!("{name} must be true or false, got {}", value.in_short())
            });
        }
    }

    /// Each item of a list, if the member is there; a list must be one, its items objects.
    pub fn each<'v, 'a>(
        &mut self,
        place: &Place<'_>,
        object: &'v Json<'a>,
        name: &str,
        mut act: impl FnMut(&mut Self, &Place<'_>, &'v Json<'a>),
    ) {
        let Some(value) = object.get(name).filter(|value| **value != Json::Null) else { return };
        let list = place.name(name);
        let Some(items) = value.as_list() else {
            self.error(&list, "misp.list", "misp-core-format, 2", || {
                format!("{name} must be a list, got {}", value.kind())
            });
            return;
        };
        for (index, item) in items.iter().enumerate() {
            let at = list.index(index);
            if item.as_object().is_some() {
                act(self, &at, item);
            } else {
                self.error(&at, "misp.list", "misp-core-format, 2", || {
                    format!("{name} holds objects, got {}", item.kind())
                });
            }
        }
    }
}
