//! Walks an alert along the model: members, lists, what is missing.

use super::values;
use crate::{
    Json, Profile, Report,
    idmef::{
        model::{self, Attribute, Class, Kind},
        syntax::Flaw,
        version::Version,
    },
    walk::{Step, Walk},
};

/// The walk: what was found so far, and where it stands.
#[derive(Debug)]
pub struct Inspector<'d> {
    pub profile: Profile,
    pub version: Version,
    walk: Walk<'d>,
}

impl<'d> Inspector<'d> {
    pub fn new(profile: Profile, version: Version, most: usize) -> Self {
        Self { profile, version, walk: Walk::new(Report::against(version.text()), most) }
    }

    pub fn into_report(self) -> Report {
        self.walk.into_report()
    }

    /// Does something with the value one step further.
    pub fn within(&mut self, step: Step<'d>, act: impl FnOnce(&mut Self)) {
        self.walk.enter(step);
        act(self);
        self.walk.leave(1);
    }

    /// One step further, until [`Inspector::leave`].
    pub fn enter(&mut self, step: Step<'d>) {
        self.walk.enter(step);
    }

    /// Back by so many steps.
    pub fn leave(&mut self, steps: usize) {
        self.walk.leave(steps);
    }

    pub fn add(&mut self, flaw: Flaw) {
        self.walk.add(flaw);
    }

    fn error(&mut self, rule: &'static str, source: &'static str, message: impl FnOnce() -> String) {
        self.walk.error(rule, source, message);
    }

    /// An object of this class.
    pub fn class(&mut self, class: &'static Class, value: &'d Json<'_>) {
        let Some(members) = value.as_object() else {
            let kind = value.kind();
            self.error("idmef.object", class.source, || {
                format!("{} is one object, here is {kind}", class.name)
            });
            return;
        };
        if self.is_unchecked(class) {
            return;
        }
        let mut seen = 0_u64;
        for member in members {
            let name: &'d str = &member.name;
            if let Some((place, attribute)) = class.attribute(self.version, name) {
                let bit = 1 << place;
                let again = seen & bit != 0;
                seen |= bit;
                self.within(Step::Name(name), |inspector| {
                    inspector.attribute(class, attribute, &member.value);
                    if again {
                        inspector.doubled();
                    }
                });
                continue;
            }
            let part = if class.name == "Alert" { model::part(self.version, name) } else { None };
            self.within(Step::Name(name), |inspector| match part {
                Some(part) => inspector.part(part, &member.value),
                None => inspector.unknown(class, name),
            });
        }
        for (place, attribute) in class.required(self.version) {
            if seen & (1 << place) == 0 {
                self.error("idmef.member.missing", class.source, || {
                    format!("{} is missing: {} cannot do without it", attribute.name, class.name)
                });
            }
        }
        if class.name == "Alert" && value.get("Analyzer").is_none() {
            self.error("idmef.member.missing", class.source, || {
                "Analyzer is missing: an alert has exactly one, with at least its Name".to_owned()
            });
        }
    }

    /// Drafts 02 and 03 and a variant wrote the rules of the analyzer where no validator looks for them.
    fn is_unchecked(&self, class: &Class) -> bool {
        self.profile == Profile::Schema
            && class.name == "Analyzer"
            && matches!(self.version, Version::V02 | Version::V03)
    }

    fn part(&mut self, class: &'static Class, value: &'d Json<'_>) {
        if !class.many {
            self.class(class, value);
            return;
        }
        let Some(items) = value.as_list() else {
            let kind = value.kind();
            self.error("idmef.list", class.source, || {
                format!("{} is a list of objects, here is {kind}: put it in brackets", class.name)
            });
            return;
        };
        for (index, item) in items.iter().enumerate() {
            self.within(Step::Index(index), |inspector| inspector.class(class, item));
        }
    }

    fn attribute(&mut self, class: &Class, attribute: &Attribute, value: &'d Json<'_>) {
        if !attribute.many {
            if matches!(value, Json::List(_)) {
                self.error("idmef.single", class.source, || {
                    format!(
                        "{} is a single value in this version: take it out of its brackets",
                        attribute.name
                    )
                });
            } else {
                values::check(self, class, attribute, value);
            }
            return;
        }
        let Some(items) = value.as_list() else {
            self.error("idmef.list", class.source, || {
                format!(
                    "{0} is a list in this version: write \"{0}\": [{1}]",
                    attribute.name,
                    value.in_short()
                )
            });
            return;
        };
        if items.is_empty() && self.profile == Profile::Text {
            let message = format!("{} is empty and says nothing: leave it away", attribute.name);
            self.add(Flaw::warning("idmef.list.empty", "draft-lehmann-idmefv2-08, 3.4", message));
        }
        for (index, item) in items.iter().enumerate() {
            self.within(Step::Index(index), |inspector| values::check(inspector, class, attribute, item));
        }
    }

    fn doubled(&mut self) {
        if self.profile == Profile::Text {
            self.add(Flaw::warning(
                "json.duplicate",
                "RFC 8259, 4",
                "this member stands here twice: readers differ in which one they take, so leave one away",
            ));
        }
    }

    fn unknown(&mut self, class: &'static Class, name: &str) {
        let version = self.version;
        let earlier = |version: &Version| {
            class.attribute(*version, name).is_some()
                || (class.name == "Alert" && model::part(*version, name).is_some())
        };
        self.error("idmef.member.unknown", "draft-lehmann-idmefv2-08, 4.2", || {
            let other = Version::ALL.into_iter().rev().find(earlier);
            let hint = match (name, other) {
                ("Severity", _) => "it is called Priority since draft 02".to_owned(),
                ("CeaseTime", _) => "it is called EndTime since draft 02".to_owned(),
                (_, Some(other)) if other < version => {
                    format!(
                        "it is gone since the draft after {}: `beffroi convert --to idmefv2` carries it over",
                        other.text()
                    )
                }
                (_, Some(other)) => format!("it came only with {}", other.text()),
                ("ext-Category", None) => "only Alert and Analyzer have one".to_owned(),
                (_, None) => "private members go into an Attachment with the encoding json".to_owned(),
            };
            format!("{} has no such member in {}: {hint}", class.name, version.text())
        });
    }
}

/// The kinds whose values are texts.
pub const fn is_text(kind: Kind) -> bool {
    !matches!(kind, Kind::Port | Kind::Size | Kind::Confidence | Kind::Number | Kind::Content)
}
