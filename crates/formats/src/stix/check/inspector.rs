//! Walks an object along the model: properties, lists, what is missing, what goes together.

use super::{Options, advice, dictionaries, relations, values};
use crate::{
    Json, Member, Profile, Report,
    finding::Flaw,
    stix::{
        identifier, instant,
        model::{self, Class, Property, Rule, Sort},
    },
    walk::{Step, Walk},
};

/// The walk: what was found so far, and where it stands.
#[derive(Debug)]
pub struct Inspector<'d> {
    pub profile: Profile,
    /// The objects of the observed data that is being looked at, by their keys.
    pub siblings: Option<&'d [Member<'d>]>,
    walk: Walk<'d>,
}

impl<'d> Inspector<'d> {
    pub fn new(options: &Options) -> Self {
        let walk = Walk::new(Report::against("2.1"), options.limits.findings);
        Self { profile: options.profile, siblings: None, walk }
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

    pub fn add(&mut self, flaw: Flaw) {
        self.walk.add(flaw);
    }

    /// An error by the text and by the schema.
    pub fn error(&mut self, rule: &'static str, source: &'static str, message: impl FnOnce() -> String) {
        self.walk.error(rule, source, message);
    }

    /// An error by the text alone: the schema does not say it.
    pub fn text_error(&mut self, rule: &'static str, source: &'static str, message: impl FnOnce() -> String) {
        if self.profile == Profile::Text {
            self.walk.error(rule, source, message);
        }
    }

    /// A recommendation of the text that is not followed.
    pub fn advise(&mut self, rule: &'static str, source: &'static str, message: impl FnOnce() -> String) {
        if self.profile == Profile::Text {
            self.walk.warn(rule, source, message);
        }
    }

    /// An object of any type.
    pub fn object(&mut self, value: &'d Json<'d>) {
        let Some(members) = value.as_object() else {
            let kind = value.kind();
            self.error("stix.object", "STIX 2.1, 3", || format!("an object is expected, here is {kind}"));
            return;
        };
        let Some(name) = value.get("type") else {
            self.error("stix.type.missing", "STIX 2.1, 3.2", || {
                "type is missing: every object names its type".to_owned()
            });
            return;
        };
        let Some(name) = name.as_text() else {
            self.within(Step::Name("type"), |inspector| {
                inspector.error("stix.type", "STIX 2.1, 3.2", || "type is a text".to_owned());
            });
            return;
        };
        // The published schemas do not know the incident suite.
        let known = |_: &&'static Class| self.profile == Profile::Text || model::is_standard(name);
        let class = model::class(name).filter(known);
        match class {
            Some(class) => self.class(class, members),
            None => self.custom(name, members),
        }
        relations::object(self, class, value);
        if self.profile == Profile::Text {
            advice::object(self, class, value);
        }
    }

    /// An object of a type that the standard does not have.
    fn custom(&mut self, name: &'d str, members: &'d [Member<'d>]) {
        self.within(Step::Name("type"), |inspector| values::type_name(inspector, name));
        let sort = if dictionaries::uses(members, &["new-sco"]) || looks_observable(members) {
            Sort::Observable
        } else {
            Sort::Domain
        };
        self.members(&unknown_class(sort), members);
    }

    /// An object or a part of this class.
    pub fn class(&mut self, class: &'static Class, members: &'d [Member<'d>]) {
        self.members(class, members);
        for rule in class.rules {
            self.rule(class, rule, members);
        }
    }

    /// A part of this class, if it is an object.
    pub fn part(&mut self, class: &'static Class, value: &'d Json<'d>) {
        match value.as_object() {
            Some(members) => self.class(class, members),
            None => self.wrong_type(class.source, "an object", value),
        }
    }

    pub fn wrong_type(&mut self, source: &'static str, expected: &'static str, value: &Json<'_>) {
        let (kind, short) = (value.kind(), value.in_short());
        self.error("stix.type", source, || format!("{expected} is expected, here is {kind} ({short})"));
    }

    fn members(&mut self, class: &Class, members: &'d [Member<'d>]) {
        let common = model::common(class.sort);
        let mut seen = 0_u64;
        for member in members {
            let name: &'d str = &member.name;
            let place = class.properties.iter().chain(common).position(|property| property.name == name);
            let property = place.and_then(|place| {
                class.properties.get(place).or_else(|| common.get(place - class.properties.len()))
            });
            let bit =
                place.map_or(0, |place| 1_u64.checked_shl(u32::try_from(place).unwrap_or(64)).unwrap_or(0));
            let again = seen & bit != 0;
            seen |= bit;
            self.within(Step::Name(name), |inspector| {
                match property {
                    Some(property) => inspector.property(class, property, &member.value),
                    None => inspector.unknown(class, name, &member.value),
                }
                if again {
                    inspector.advise("json.duplicate", "RFC 8259, 4", || {
                        "this member stands here twice: readers differ in which one they take, so leave one away"
                            .to_owned()
                    });
                }
            });
        }
        for (place, property) in class.properties.iter().chain(common).enumerate() {
            let embedded = self.siblings.is_some() && matches!(property.name, "id" | "spec_version");
            if property.required && seen >> place & 1 == 0 && !embedded {
                self.error("stix.property.missing", class.source, || {
                    format!("{} is missing: {} cannot do without it", property.name, class.name)
                });
            }
        }
    }

    fn property(&mut self, class: &Class, property: &'static Property, value: &'d Json<'d>) {
        if !property.many {
            values::check(self, class, property, value);
            return;
        }
        let Some(items) = value.as_list() else {
            let short = value.in_short();
            self.error("stix.list", class.source, || {
                format!("{0} is a list: write \"{0}\": [{short}]", property.name)
            });
            return;
        };
        if items.is_empty() {
            self.error("stix.list.empty", "STIX 2.1, 2.9", || {
                format!("{} is empty: leave it away", property.name)
            });
        }
        for (index, item) in items.iter().enumerate() {
            self.within(Step::Index(index), |inspector| values::check(inspector, class, property, item));
        }
    }

    /// A property that the type does not have: allowed, if it is well named.
    fn unknown(&mut self, class: &Class, name: &'d str, value: &'d Json<'d>) {
        if class.sort == Sort::Part {
            return;
        }
        values::property_name(self, name);
        dictionaries::custom_value(self, name, value);
    }

    fn rule(&mut self, class: &'static Class, rule: &'static Rule, members: &'d [Member<'d>]) {
        let get =
            |name: &str| members.iter().rev().find(|member| member.name == name).map(|member| &member.value);
        let has = |name: &str| get(name).is_some();
        let source = class.source;
        match rule {
            Rule::Some(names) if !names.iter().any(|name| has(name)) => {
                self.error("stix.property.some", source, || {
                    format!("{} has at least one of {}", class.name, names.join(", "))
                });
            }
            Rule::NotBoth(one, other) if has(one) && has(other) => {
                self.error("stix.property.both", source, || {
                    format!("{} has either {one} or {other}, not both", class.name)
                });
            }
            Rule::Needs(name, others) if has(name) => {
                for other in others.iter().filter(|other| !has(other)) {
                    self.error("stix.property.needs", source, || format!("{name} needs {other} beside it"));
                }
            }
            Rule::Order { first, then, strict } => {
                self.order(source, (first, get(first)), (then, get(then)), *strict)
            }
            Rule::WhenText { property, is, not, needs } => {
                let says = get(property).and_then(Json::as_text).is_some_and(|text| (text == *is) != *not);
                if says && !has(needs) {
                    self.text_error("stix.property.needs", source, || {
                        format!("this {property} needs {needs} beside it")
                    });
                }
            }
            Rule::WhenTrue { property, is, then, there } => {
                if get(property) == Some(&Json::Bool(*is)) && has(then) != *there {
                    let must = if *there { "must be there" } else { "must not be there" };
                    self.error("stix.property.when", source, || {
                        format!("where {property} is {is}, {then} {must}")
                    });
                }
            }
            Rule::NotNegative(names) => {
                for name in names.iter().filter(|name| number(get(name)).is_some_and(|number| number < 0.0)) {
                    self.text_error("stix.number.range", source, || format!("{name} must not be negative"));
                }
            }
            Rule::NotLarger(small, large) => {
                let both = number(get(small)).zip(number(get(large)));
                if both.is_some_and(|(small, large)| small > large) {
                    self.text_error("stix.number.order", source, || {
                        format!("{small} must not be larger than {large}")
                    });
                }
            }
            Rule::Some(_) | Rule::NotBoth(..) | Rule::Needs(..) => {}
        }
    }

    /// One time is not before, or is after, another; compared as instants.
    pub fn order(
        &mut self,
        source: &'static str,
        (first, early): (&str, Option<&Json<'_>>),
        (then, late): (&'static str, Option<&'d Json<'d>>),
        strict: bool,
    ) {
        let time = |value: Option<&Json<'_>>| value.and_then(Json::as_text).and_then(instant);
        let Some((early, late)) = time(early).zip(time(late)) else { return };
        if late < early || strict && late == early {
            let must = if strict { "after" } else { "not before" };
            self.within(Step::Name(then), |inspector| {
                inspector.text_error("stix.time.order", source, || format!("{then} must be {must} {first}"));
            });
        }
    }
}

fn number(value: Option<&Json<'_>>) -> Option<f64> {
    match value {
        Some(Json::Number(digits)) => digits.parse().ok(),
        Some(_) | None => None,
    }
}

/// Objects without times that no extension explains are observables of somebody's own.
fn looks_observable(members: &[Member<'_>]) -> bool {
    let has = |name: &str| members.iter().any(|member| member.name == name);
    !has("created") && !has("modified") && !dictionaries::uses(members, &["new-sdo", "new-sro"])
}

const fn unknown_class(sort: Sort) -> Class {
    Class {
        name: "an object of a type of its own",
        sort,
        source: "STIX 2.1, 3.2",
        properties: &[],
        rules: &[],
        extensions: &[],
        contributing: &[],
    }
}

/// Whether this is an identifier, of these types if any are named; types of somebody's own always fit.
pub fn fits(text: &str, types: &[&str]) -> bool {
    identifier::parts(text)
        .is_some_and(|(kind, _)| types.is_empty() || types.contains(&kind) || !model::is_standard(kind))
}
