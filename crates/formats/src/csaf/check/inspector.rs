//! Walks a document along the model: what the schema says.

use std::collections::{HashMap, HashSet};

use super::{findings::Findings, same};
use crate::{
    Json, Profile, Severity,
    csaf::{
        cvss::tenths,
        model::{self, Attribute, Class, Items, Kind},
        syntax::time,
        version::Version,
    },
    pointer,
    syntax::address::fault_of_uri,
};

/// A step from a value to a part of it.
#[derive(Clone, Copy, Debug)]
enum Step<'d> {
    Name(&'d str),
    Index(usize),
}

/// The walk.
pub struct Inspector<'d, 'f> {
    pub findings: &'f mut Findings,
    pub profile: Profile,
    pub version: Version,
    place: Vec<Step<'d>>,
    source: &'static str,
    /// Whether it stands in a CVSS object, whose faults are those of test 6.1.8.
    in_cvss: bool,
}

impl<'d, 'f> Inspector<'d, 'f> {
    pub fn new(findings: &'f mut Findings, profile: Profile, version: Version) -> Self {
        Self {
            findings,
            profile,
            version,
            place: Vec::with_capacity(12),
            source: "CSAF, 3.2",
            in_cvss: false,
        }
    }

    fn within(&mut self, step: Step<'d>, act: impl FnOnce(&mut Self)) {
        self.place.push(step);
        act(self);
        self.place.pop();
    }

    fn place(&self) -> String {
        let mut text = String::new();
        for step in &self.place {
            match step {
                Step::Name(name) => pointer::push(&mut text, name),
                Step::Index(index) => pointer::push(&mut text, &index.to_string()),
            }
        }
        text
    }

    fn error(&mut self, rule: &'static str, message: impl FnOnce() -> String) {
        let rule = if self.in_cvss { "csaf.6.1.8" } else { rule };
        self.say(Severity::Error, rule, message);
    }

    fn say(&mut self, severity: Severity, rule: &'static str, message: impl FnOnce() -> String) {
        if !self.findings.is_full(severity) {
            let (place, source) = (self.place(), self.source);
            self.findings.put(severity, rule, source, (place, message()));
        }
    }

    /// An object of this class.
    pub fn class(&mut self, class: &'static Class, value: &'d Json<'_>) {
        let outer = (self.source, self.in_cvss);
        (self.source, self.in_cvss) = (class.source, class.is_cvss);
        match value.as_object() {
            Some(_) => self.members(class, value),
            None => {
                self.error("csaf.object", || format!("{} is an object, here is {}", class.name, value.kind()))
            }
        }
        (self.source, self.in_cvss) = outer;
    }

    fn members(&mut self, class: &'static Class, value: &'d Json<'_>) {
        let mut seen = 0_u64;
        let members = value.as_object().unwrap_or_default();
        // Readers take the last of several of the same name.
        let last: HashMap<&str, usize> =
            members.iter().enumerate().map(|(index, member)| (member.name.as_ref(), index)).collect();
        for (index, member) in members.iter().enumerate() {
            let name: &'d str = &member.name;
            let again = last.get(name) != Some(&index);
            self.within(Step::Name(name), |inspector| {
                if again {
                    inspector.doubled();
                }
                match class.attribute(inspector.version, name) {
                    Some((place, attribute)) => {
                        seen |= 1 << place;
                        if !again {
                            inspector.attribute(attribute, &member.value);
                        }
                    }
                    None if !again => inspector.unknown(class, name),
                    None => {}
                }
            });
        }
        for (place, attribute) in class.required(self.version) {
            if seen & (1 << place) == 0 {
                self.error("csaf.missing", || {
                    format!("{} is missing: {} cannot do without it", attribute.name, class.name)
                });
            }
        }
        let (least, most) = class.members;
        if !(least..=most).contains(&last.len()) {
            self.error("csaf.members", || count(class, last.len()));
        }
        if std::ptr::eq(class, &raw const model::CVSS_4) {
            self.band(value);
        }
    }

    fn doubled(&mut self) {
        if self.profile == Profile::Text {
            self.say(Severity::Warning, "json.duplicate", || {
                "this member stands here twice: readers differ in which one they take, so leave one away"
                    .to_owned()
            });
        }
    }

    fn unknown(&mut self, class: &'static Class, name: &str) {
        let version = self.version;
        let hint = |other: Version| match class.attribute(other, name) {
            Some(_) => format!("CSAF {} has it, this document is {}", other.text(), version.text()),
            None => "leave it away, or spell it as the standard does".to_owned(),
        };
        let other = if version == Version::V20 { Version::V21 } else { Version::V20 };
        if class.closed.has(version) {
            self.error("csaf.unknown", || format!("{} has no such member: {}", class.name, hint(other)));
        } else if self.profile == Profile::Text {
            self.source = "CSAF, 6.2.20";
            self.say(Severity::Warning, "csaf.6.2.20", || {
                format!("{} has no such member in the schema: {}", class.name, hint(other))
            });
            self.source = class.source;
        }
    }

    fn attribute(&mut self, attribute: &'static Attribute, value: &'d Json<'_>) {
        let Some(items) = attribute.list else {
            self.value(attribute.kind, value);
            return;
        };
        let Some(list) = value.as_list() else {
            self.error("csaf.list", || {
                format!("{0} is a list: put {1} in brackets", attribute.name, value.in_short())
            });
            return;
        };
        if list.len() < items.least {
            self.error("csaf.items", || {
                format!(
                    "{} has at least {} in it, here are {}: fill it or leave it away",
                    attribute.name,
                    items.least,
                    list.len()
                )
            });
        }
        self.distinct(items, list);
        for (index, item) in list.iter().enumerate() {
            self.within(Step::Index(index), |inspector| inspector.value(attribute.kind, item));
        }
    }

    fn distinct(&mut self, items: Items, list: &'d [Json<'_>]) {
        if !items.distinct.has(self.version) {
            return;
        }
        let mut seen = HashSet::new();
        for (index, item) in list.iter().enumerate() {
            if !seen.insert(same::key(item)) {
                self.within(Step::Index(index), |inspector| {
                    inspector.error("csaf.distinct", || {
                        "this stands in the list before: leave it away".to_owned()
                    });
                });
            }
        }
    }

    fn value(&mut self, kind: Kind, value: &'d Json<'_>) {
        match kind {
            Kind::Class(class) => self.class(class, value),
            Kind::Cvss3 => self.class(three(value), value),
            Kind::Truth => {
                if !matches!(value, Json::Bool(_)) {
                    self.error("csaf.type", || format!("write true or false, here is {}", value.kind()));
                }
            }
            Kind::Score => self.score(value),
            Kind::Anything(filled) => match value.as_object() {
                None => self.error("csaf.object", || format!("this is an object, here is {}", value.kind())),
                Some([]) if filled => {
                    self.error("csaf.members", || "this object is empty: fill it".to_owned());
                }
                Some(_) => {}
            },
            Kind::Text | Kind::Form(_) | Kind::Words(_) | Kind::Metric(_) | Kind::Uri | Kind::Time => {
                match value.as_text() {
                    Some(text) => self.text(kind, text),
                    None => self.error("csaf.type", || {
                        format!("this is a text, here is {}: put it in quotes", value.kind())
                    }),
                }
            }
        }
    }

    fn text(&mut self, kind: Kind, text: &str) {
        match kind {
            Kind::Text => {
                if text.is_empty() {
                    self.error("csaf.empty", || "this text is empty: fill it or leave it away".to_owned());
                }
            }
            Kind::Form(form) => {
                let form = if self.profile == Profile::Text { form.strict() } else { form };
                if !form.fits(text) {
                    self.error(form.rule(), || {
                        format!("\"{}\" does not fit: {}", crate::json::short(text), form.remedy())
                    });
                }
            }
            Kind::Words(words) => {
                if !words.contains(&text) {
                    self.word(text, words);
                }
            }
            Kind::Metric(metric) => {
                if !metric.values.iter().any(|value| value.word == text) {
                    let words: Vec<&str> = metric.values.iter().map(|value| value.word).collect();
                    self.word(text, &words);
                }
            }
            Kind::Uri => {
                if self.profile == Profile::Text
                    && let Some(why) = fault_of_uri(text)
                {
                    self.error("csaf.uri", || format!("\"{}\" is no URI: {why}", crate::json::short(text)));
                }
            }
            Kind::Time => self.time(text),
            Kind::Score | Kind::Truth | Kind::Class(_) | Kind::Cvss3 | Kind::Anything(_) => {}
        }
    }

    fn word(&mut self, text: &str, words: &[&str]) {
        self.error("csaf.word", || {
            format!("\"{}\" is not among the words: {}", crate::json::short(text), words.join(", "))
        });
    }

    fn time(&mut self, text: &str) {
        if self.profile == Profile::Schema {
            return;
        }
        let short = || crate::json::short(text);
        if time::nanoseconds(text).is_none() {
            self.error("csaf.time", || {
                format!("\"{}\" is no time with its zone: write it as 2026-05-15T12:30:00Z", short())
            });
        } else if self.version == Version::V21 && !time::is_strict(text) {
            self.source = "CSAF 2.1, 6.1.37";
            self.error("csaf.6.1.37", || {
                format!("\"{}\": write T and Z in capitals, and no leap second", short())
            });
        }
    }

    fn score(&mut self, value: &'d Json<'_>) {
        let fits = match value {
            Json::Number(digits) => digits.parse().is_ok_and(|score: f64| (0.0..=10.0).contains(&score)),
            Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => false,
        };
        if !fits {
            self.error("csaf.6.1.8", || {
                format!("a score is a number from 0 to 10, here is {}", value.in_short())
            });
        }
    }

    /// In CVSS 4.0 the schema itself ties the severity to the score.
    fn band(&mut self, value: &'d Json<'_>) {
        let Some(Json::Number(digits)) = value.get("baseScore") else { return };
        let Some(severity) = value.get("baseSeverity").and_then(Json::as_text) else { return };
        let number: f64 = digits.parse().unwrap_or(-1.0);
        // The schema asks of a high score no whole number of tenths.
        let band = match tenths(digits) {
            Some(tenths) => crate::csaf::cvss::severity(tenths),
            None if (7.0..=8.9).contains(&number) => "HIGH",
            None => "",
        };
        if severity != band && !band.is_empty() {
            self.error("csaf.6.1.8", || format!("a score of {digits} is called {band}, not {severity}"));
        } else if band.is_empty() && (0.0..=10.0).contains(&number) {
            self.error("csaf.6.1.8", || "a score has one digit behind the point".to_owned());
        }
    }
}

/// The class of a CVSS 3 object, by its version.
fn three(value: &Json<'_>) -> &'static Class {
    match value.get("version").and_then(Json::as_text) {
        Some("3.0") => &model::CVSS_30,
        Some(_) | None => &model::CVSS_31,
    }
}

fn count(class: &Class, members: usize) -> String {
    match class.members {
        (3, 3) => {
            "a branch has a category, a name, and either branches or a product; nothing else".to_owned()
        }
        (least, _) => format!("{} has at least {least} members, here are {members}", class.name),
    }
}
