//! Walks a playbook along the model: members, lists, dictionaries, what is missing.

use std::collections::HashSet;

use super::{
    model::{self, Attribute, Class, Entries, Need},
    values,
};
pub use crate::walk::Step;
use crate::{Json, Member, Profile, Report, cacao::identifier, finding::Flaw, json::short, walk::Walk};

/// The walk along the model.
#[derive(Debug)]
pub struct Inspector<'d> {
    pub profile: Profile,
    walk: Walk<'d>,
}

impl<'d> Inspector<'d> {
    pub fn new(profile: Profile, most: usize) -> Self {
        Self { profile, walk: Walk::new(Report::against("cacao-2.0"), most) }
    }

    pub fn into_report(self) -> Report {
        self.walk.into_report()
    }

    pub fn is_text(&self) -> bool {
        self.profile == Profile::Text
    }

    /// Does something with the value one step further.
    pub fn within(&mut self, step: Step<'d>, act: impl FnOnce(&mut Self)) {
        self.walk.enter(step);
        act(self);
        self.walk.leave(1);
    }

    /// Does something with the value some steps further.
    pub fn at(&mut self, steps: &[Step<'d>], act: impl FnOnce(&mut Self)) {
        steps.iter().for_each(|step| self.walk.enter(*step));
        act(self);
        self.walk.leave(steps.len());
    }

    pub fn error(&mut self, rule: &'static str, source: &'static str, message: impl FnOnce() -> String) {
        self.walk.error(rule, source, message);
    }

    pub fn warning(&mut self, rule: &'static str, source: &'static str, message: impl FnOnce() -> String) {
        self.walk.warn(rule, source, message);
    }

    pub fn note(&mut self, rule: &'static str, source: &'static str, message: impl FnOnce() -> String) {
        self.walk.add(Flaw::note(rule, source, message()));
    }

    /// An object of this class.
    pub fn class(&mut self, class: &'static Class, value: &'d Json<'_>) {
        let Some(members) = value.as_object() else {
            let kind = value.kind();
            self.error("cacao.object", class.source, || {
                format!("{} is an object, here is {kind}", class.name)
            });
            return;
        };
        let mut seen = 0_u64;
        for member in members {
            let name: &'d str = &member.name;
            let Some((place, attribute)) = class.attribute(name) else {
                self.within(Step::Name(name), |inspector| inspector.unknown(class));
                continue;
            };
            let again = seen & (1 << place) != 0;
            seen |= 1 << place;
            self.within(Step::Name(name), |inspector| {
                values::check(inspector, class, &attribute.kind, &member.value);
                if again {
                    inspector.doubled();
                }
            });
        }
        for (place, attribute) in class.attributes().enumerate() {
            if seen & (1 << place) == 0 && self.needs(attribute) {
                self.error("cacao.member.missing", class.source, || {
                    format!("{} is missing: {} cannot do without it", attribute.name, class.name)
                });
            }
        }
    }

    fn needs(&self, attribute: &Attribute) -> bool {
        match attribute.need {
            Need::Must => true,
            Need::MustByText => self.is_text(),
            Need::MustBySchema => !self.is_text(),
            Need::May => false,
        }
    }

    /// The schema closes its outermost object only: in the others the keyword that should is not understood
    /// by the version of JSON Schema that they declare.
    fn unknown(&mut self, class: &'static Class) {
        let is_closed =
            if self.is_text() { !class.is_open } else { std::ptr::eq(class, &raw const model::PLAYBOOK) };
        if is_closed {
            self.error("cacao.member.unknown", class.source, || {
                format!(
                    "{} has no such member: what is your own goes into an extension (section 8)",
                    class.name
                )
            });
        }
    }

    fn doubled(&mut self) {
        if self.is_text() {
            self.warning("json.duplicate", "RFC 8259, 4", || {
                "this member stands here twice: readers differ in which one they take, so leave one away"
                    .to_owned()
            });
        }
    }

    /// A dictionary.
    pub fn dictionary(&mut self, class: &'static Class, entries: Entries, value: &'d Json<'_>) {
        if entries == Entries::Headers && !self.is_text() {
            return;
        }
        let Some(members) = value.as_object() else {
            let kind = value.kind();
            self.error("cacao.type", class.source, || {
                format!(
                    "a dictionary is expected, here is \
            {kind}"
                )
            });
            return;
        };
        if members.is_empty() && has_least(entries) {
            self.error("cacao.dictionary.empty", class.source, || {
                "a dictionary has at least one entry: leave it away".to_owned()
            });
        }
        let mut keys = HashSet::with_capacity(members.len());
        for member in members {
            let again = !keys.insert(&*member.name);
            self.within(Step::Name(&member.name), |inspector| {
                if again {
                    inspector.doubled();
                }
                inspector.entry(entries, member);
            });
        }
    }

    fn entry(&mut self, entries: Entries, member: &'d Member<'_>) {
        let (key, value): (&'d str, _) = (&member.name, &member.value);
        match entries {
            Entries::Workflow => self.of_type(entries, key, value),
            Entries::Agents | Entries::Targets => self.of_type(entries, key, value),
            Entries::Authentications | Entries::ExtensionDefinitions | Entries::Markings => {
                self.of_type(entries, key, value);
            }
            Entries::PlaybookVariables | Entries::StepVariables => self.variable(entries, key, value),
            Entries::Extensions | Entries::PlaybookExtensions => self.extension(entries, key, value),
            Entries::Headers => values::texts(self, value),
            Entries::Contacts => {
                self.key(key);
                if self.is_text() || is_key(key) {
                    values::text(self, value);
                }
            }
            Entries::Cases => {
                self.key(key);
                self.case(value);
            }
        }
    }

    fn key(&mut self, key: &str) {
        if self.is_text() && !is_key(key) {
            self.warning("cacao.dictionary.letters", "CACAO 2.0, 10 (dictionary)", || {
                format!("the key \"{}\" has other characters than letters, digits, _ and -", short(key))
            });
        }
    }

    /// An object whose class is told by its `type`, or by its key.
    fn of_type(&mut self, entries: Entries, key: &'d str, value: &'d Json<'_>) {
        let prefix = identifier::parts(key).map(|(prefix, _)| prefix);
        if !self.is_text() {
            match prefix.and_then(|prefix| class_of(entries, prefix, true)) {
                Some(class) => self.class(class, value),
                None => self.error("cacao.dictionary.key", "CACAO 2.0, 3.1", || {
                    format!("\"{}\" is no key that the schema allows here", short(key))
                }),
            }
            return;
        }
        if prefix.is_none() {
            self.error("cacao.identifier", "CACAO 2.0, 10.10", || not_an_identifier(key));
        }
        let kind = value.get("type").and_then(Json::as_text);
        if let (Some(prefix), Some(kind)) = (prefix, kind)
            && prefix != kind
        {
            self.error("cacao.identifier.prefix", "CACAO 2.0, 10.10", || {
                format!(
                    "the key begins with \"{prefix}\", the type is \"{}\": make them the same",
                    short(kind)
                )
            });
        }
        match kind.or(prefix).and_then(|kind| class_of(entries, kind, false)) {
            Some(class) => self.class(class, value),
            None => self.untyped(entries == Entries::Workflow, value),
        }
    }

    /// A step or a marking of no known type: the other classes have one for types of one's own.
    fn untyped(&mut self, is_step: bool, value: &'d Json<'_>) {
        let (what, source) = if is_step {
            (
                "a workflow step is start, end, action, playbook-action, parallel, if-condition, \
                while-condition or switch-condition",
                "CACAO 2.0, 4.2",
            )
        } else {
            ("a data marking is marking-statement, marking-tlp or marking-iep", "CACAO 2.0, 9.2")
        };
        match value.get("type") {
            Some(kind) => self.within(Step::Name("type"), |inspector| {
                inspector.error("cacao.vocabulary", source, || format!("{what}, not {}", kind.in_short()));
            }),
            None => self.error("cacao.member.missing", source, || format!("type is missing: {what}")),
        }
    }

    fn variable(&mut self, entries: Entries, key: &'d str, value: &'d Json<'_>) {
        if is_variable_name(key) {
            self.class(&model::VARIABLE, value);
        } else if self.is_text() || entries == Entries::PlaybookVariables {
            self.error("cacao.variable.name", "CACAO 2.0, 10.18", || {
                format!(
                    "\"{}\" is no name of a variable: two underscores, a letter, letters, digits, _ \
                    or -, two underscores",
                    short(key)
                )
            });
            if self.is_text() {
                self.class(&model::VARIABLE, value);
            }
        }
        if self.is_text() && entries == Entries::StepVariables && value.get("external").is_some() {
            self.within(Step::Name("external"), |inspector| {
                inspector.error("cacao.variable.external", "CACAO 2.0, 10.18.3", || {
                    "external is for variables of the playbook: leave it away in a step".to_owned()
                });
            });
        }
    }

    fn extension(&mut self, entries: Entries, key: &'d str, value: &'d Json<'_>) {
        let is_known = identifier::parts(key).is_some_and(|(prefix, _)| prefix == "extension-definition");
        if !is_known && (self.is_text() || entries == Entries::PlaybookExtensions) {
            self.error("cacao.extension.key", "CACAO 2.0, 8", || {
                format!("\"{}\" is no identifier of an extension definition", short(key))
            });
        } else if value.as_object().is_none() && (is_known || self.is_text()) {
            let kind = value.kind();
            self.error("cacao.object", "CACAO 2.0, 8", || {
                format!("what an extension adds is an object, here is {kind}")
            });
        }
    }

    fn case(&mut self, value: &'d Json<'_>) {
        let Some(text) = values::text(self, value) else { return };
        if self.is_text() {
            if identifier::parts(text).is_none() {
                self.error("cacao.identifier", "CACAO 2.0, 10.10", || not_an_identifier(text));
            }
        } else if !values::ends_as_a_case(text) {
            self.error("cacao.identifier", "CACAO 2.0, 4.10", || not_an_identifier(text));
        }
    }
}

pub fn not_an_identifier(text: &str) -> String {
    format!("\"{}\" is no identifier: write a type, two hyphens and a UUID of RFC 4122", short(text))
}

/// The class of an entry of this type. The schema knows no types of one's own.
fn class_of(entries: Entries, kind: &str, by_schema: bool) -> Option<&'static Class> {
    match entries {
        Entries::Workflow => model::step(kind),
        Entries::Agents | Entries::Targets => {
            Some(model::agent_target(kind)).filter(|class| !(by_schema && class.is_open))
        }
        Entries::Authentications => {
            Some(model::authentication(kind)).filter(|class| !(by_schema && class.is_open))
        }
        Entries::Markings => model::marking(kind),
        Entries::ExtensionDefinitions if by_schema && kind != "extension-definition" => None,
        Entries::ExtensionDefinitions => Some(&model::EXTENSION_DEFINITION),
        Entries::PlaybookVariables
        | Entries::StepVariables
        | Entries::Extensions
        | Entries::PlaybookExtensions
        | Entries::Headers
        | Entries::Contacts
        | Entries::Cases => None,
    }
}

/// Of these the schema wants at least one entry.
const fn has_least(entries: Entries) -> bool {
    match entries {
        Entries::Agents
        | Entries::Targets
        | Entries::Authentications
        | Entries::Extensions
        | Entries::PlaybookExtensions => true,
        Entries::Workflow
        | Entries::PlaybookVariables
        | Entries::StepVariables
        | Entries::ExtensionDefinitions
        | Entries::Markings
        | Entries::Headers
        | Entries::Contacts
        | Entries::Cases => false,
    }
}

/// A key of a dictionary: letters, digits, `_` and `-`, at most 250.
fn is_key(key: &str) -> bool {
    key.len() <= 250 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// `__`, a letter or underscore, up to 199 letters, digits, `_` or `-`, `__`.
pub fn is_variable_name(name: &str) -> bool {
    let Some(inner) = name.strip_prefix("__").and_then(|rest| rest.strip_suffix("__")) else { return false };
    let begins = inner.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_');
    begins && inner.len() <= 200 && is_key(inner)
}
