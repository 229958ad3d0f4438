//! Is this a file of machine tags that MISP takes?

use std::collections::BTreeSet;

use crate::{Finding, Json, Limits, Report, Severity, parse, pointer, syntax::uuid::is_uuid};

/// The published files and what they have in common.
const SOURCE: &str = "MISP taxonomies, machinetag.json";

const OF_SCHEME: [&str; 10] = [
    "namespace",
    "expanded",
    "description",
    "version",
    "uuid",
    "predicates",
    "values",
    "exclusive",
    "refs",
    "type",
];
const OF_ENTRY: [&str; 7] =
    ["value", "expanded", "description", "uuid", "colour", "numerical_value", "exclusive"];

/// Reads and checks one file.
#[must_use]
pub fn check_bytes(bytes: &[u8], limits: &Limits) -> Report {
    match parse(bytes, limits) {
        Ok(document) => check(&document, limits),
        Err(fault) => Report::unreadable(&fault, String::new(), SOURCE),
    }
}

/// Checks one file.
#[must_use]
pub fn check(document: &Json<'_>, limits: &Limits) -> Report {
    let mut inspector =
        Inspector { report: Report::against("machinetag"), most: limits.findings, uuids: BTreeSet::new() };
    inspector.scheme(document);
    inspector.report
}

struct Inspector {
    report: Report,
    most: usize,
    uuids: BTreeSet<String>,
}

impl Inspector {
    fn say(&mut self, severity: Severity, rule: &'static str, at: &[&str], message: String) {
        let finding = Finding { severity, rule, pointer: pointer::of(at), message, source: SOURCE };
        self.report.add(self.most, finding);
    }

    fn error(&mut self, rule: &'static str, at: &[&str], message: &str) {
        self.say(Severity::Error, rule, at, message.to_owned());
    }

    fn scheme(&mut self, document: &Json<'_>) {
        if document.as_object().is_none() {
            let message = format!("the file is an object, not {}", document.kind());
            return self.error("taxonomy.object", &[], &message);
        }
        self.unknown(document, &[], &OF_SCHEME);
        match document.get("namespace").and_then(Json::as_text) {
            Some(name) if is_name(name) => {}
            Some(_) => {
                self.error(
                    "taxonomy.namespace",
                    &["namespace"],
                    "a namespace has letters, digits, - and _ only",
                );
            }
            None => self.error("taxonomy.required", &["namespace"], "a taxonomy has a namespace, a text"),
        }
        self.text(document, &[], "description", true);
        self.text(document, &[], "expanded", false);
        self.uuid(document, &[]);
        match document.get("version") {
            Some(Json::Number(digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {}
            Some(_) | None => {
                self.error(
                    "taxonomy.version",
                    &["version"],
                    "a version is a whole number: servers update by it",
                );
            }
        }
        if document.get("exclusive").is_some_and(|value| !matches!(value, Json::Bool(_))) {
            self.error("taxonomy.exclusive", &["exclusive"], "exclusive is true or false");
        }
        let predicates = self.entries(document, &[], "predicates");
        if predicates.is_empty() {
            self.error("taxonomy.required", &["predicates"], "a taxonomy has one predicate at least");
        }
        self.values(document, &predicates);
    }

    fn values(&mut self, document: &Json<'_>, predicates: &BTreeSet<String>) {
        let Some(values) = document.get("values") else { return };
        let Some(groups) = values.as_list() else {
            return self.error("taxonomy.list", &["values"], "values are a list");
        };
        let mut seen = BTreeSet::new();
        for (group, at) in groups.iter().zip(0_usize..) {
            let at = at.to_string();
            let place = ["values", at.as_str()];
            self.unknown(group, &place, &["predicate", "entry"]);
            let named = ["values", at.as_str(), "predicate"];
            match group.get("predicate").and_then(Json::as_text) {
                Some(name) if !predicates.contains(name) => {
                    let message = format!("{name:?} is not among the predicates");
                    self.error("taxonomy.predicate", &named, &message);
                }
                Some(name) if !seen.insert(name.to_owned()) => {
                    let message = format!("the values of {name:?} stand here twice: put them together");
                    self.say(Severity::Warning, "taxonomy.twice", &named, message);
                }
                Some(_) => {}
                None => self.error("taxonomy.required", &named, "values name their predicate"),
            }
            self.entries(group, &place, "entry");
        }
    }

    /// Checks a list of predicates or of values, and answers which there are.
    fn entries(&mut self, within: &Json<'_>, place: &[&str], name: &str) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let mut here = place.to_vec();
        here.push(name);
        let Some(entries) = within.get(name).and_then(Json::as_list) else {
            self.error("taxonomy.list", &here, "this is a list of entries, each with a value");
            return seen;
        };
        for (entry, at) in entries.iter().zip(0_usize..) {
            let at = at.to_string();
            let mut here = here.clone();
            here.push(&at);
            self.entry(entry, &here, &mut seen);
        }
        seen
    }

    fn entry(&mut self, entry: &Json<'_>, here: &[&str], seen: &mut BTreeSet<String>) {
        self.unknown(entry, here, &OF_ENTRY);
        let with = |name| [here, &[name]].concat();
        match entry.get("value").and_then(Json::as_text) {
            Some("") | None => {
                self.error("taxonomy.required", &with("value"), "an entry has a value, a text")
            }
            Some(value) if value.contains(['"', '=', '\n']) => {
                self.error(
                    "taxonomy.value",
                    &with("value"),
                    "a value has no quotation mark, no = and no line end",
                );
            }
            Some(value) => {
                if !seen.insert(value.to_owned()) {
                    let message = format!("{value:?} stands here twice: a tag names one entry");
                    self.error("taxonomy.twice", &with("value"), &message);
                }
            }
        }
        self.text(entry, here, "expanded", false);
        self.text(entry, here, "description", false);
        self.uuid(entry, here);
        let colour = entry.get("colour").map(|colour| colour.as_text().is_some_and(is_colour));
        if colour == Some(false) {
            self.error("taxonomy.colour", &with("colour"), "a colour is # and six hexadecimal digits");
        }
        if entry.get("numerical_value").is_some_and(|value| !matches!(value, Json::Number(_))) {
            self.error("taxonomy.number", &with("numerical_value"), "a numerical value is a number");
        }
        if entry.get("expanded").is_none() {
            let message = "people see only the short name: give it words in expanded".to_owned();
            self.say(Severity::Note, "taxonomy.words", here, message);
        }
    }

    fn text(&mut self, within: &Json<'_>, place: &[&str], name: &str, required: bool) {
        let here = [place, &[name]].concat();
        match within.get(name) {
            None if required => self.error("taxonomy.required", &here, "it must be there, a text"),
            Some(value) if value.as_text().is_none() => {
                let message = format!("this is a text, not {}", value.kind());
                self.error("taxonomy.text", &here, &message);
            }
            None | Some(_) => {}
        }
    }

    fn uuid(&mut self, within: &Json<'_>, place: &[&str]) {
        let Some(value) = within.get("uuid") else { return };
        let here = [place, &["uuid"]].concat();
        match value.as_text().filter(|text| is_uuid(text)) {
            None => self.error("taxonomy.uuid", &here, "a UUID has 32 hexadecimal digits in five groups"),
            Some(uuid) => {
                if !self.uuids.insert(uuid.to_ascii_lowercase()) {
                    self.error(
                        "taxonomy.uuid-twice",
                        &here,
                        "another entry has this UUID: give each its own",
                    );
                }
            }
        }
    }

    fn unknown(&mut self, within: &Json<'_>, place: &[&str], known: &[&str]) {
        for member in within.as_object().unwrap_or_default() {
            if !known.contains(&&*member.name) {
                let here = [place, &[&*member.name]].concat();
                let message = format!("{:?} is nothing of a taxonomy; servers pass over it", member.name);
                self.say(Severity::Warning, "taxonomy.unknown", &here, message);
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
