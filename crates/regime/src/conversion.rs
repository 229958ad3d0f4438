//! What follows from other answers: rules that propose a value for a field from answered ones. A person
//! accepts a proposal; nothing is answered by itself. Where the same word means different things, the file of
//! rules says so, and no rule may lead from one to the other.

use std::collections::{BTreeMap, BTreeSet};

use model::Role;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    FieldKind, FieldView, Library, ReadProblem, Trace, Verdict, Vocabularies,
    content::value_text,
    evaluate::World,
    form::{Because, Proposal},
    pack::{
        Bound, Comparison, Condition, Share, Test,
        link::{comparison_fits, unknown_values},
        read::problem,
    },
    value::{Known, known},
    visibility::{roles_of, stage_of},
    vocabulary::Field,
};

/// A file of rules.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConversionFile {
    format: String,
    /// Fields that sound alike and mean different things.
    #[serde(default)]
    never: Vec<Never>,
    #[serde(default)]
    conversions: Vec<Conversion>,
}

/// Fields between which no rule may lead.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Never {
    /// The fields.
    pub fields: Vec<String>,
    /// Why they are different facts.
    pub why: String,
    #[serde(skip)]
    file: String,
}

/// A rule that proposes a value for a field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// The identifier.
    pub id: String,
    /// The field that it proposes a value for.
    pub to: String,
    /// The rule in words.
    pub words: String,
    /// Proposed only then.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Values by conditions: the first that holds; of a list of values, all that hold.
    #[serde(default)]
    pub cases: Vec<ConversionCase>,
    /// A percentage of one number in another.
    #[serde(default)]
    pub percent: Option<Ratio>,
    /// The answer to another field of the same shape that means the same here.
    #[serde(default)]
    pub same_as: Option<String>,
    /// Values by the roles to which this incident was filed under other laws.
    #[serde(default)]
    pub told: BTreeMap<Role, String>,
    #[serde(skip)]
    file: String,
}

/// A value and when it is proposed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversionCase {
    /// When.
    pub when: Condition,
    /// The identifier of a value, or yes or no.
    pub value: toml::Value,
}

/// Two numbers, one of them a part of the other.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// The part.
    pub of: String,
    /// The whole.
    pub base: String,
}

/// The rules by the field that they propose for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conversions {
    by_field: BTreeMap<String, Vec<Conversion>>,
    never: Vec<Never>,
}

impl Conversions {
    pub fn add(&mut self, path: &str, read: ConversionFile) {
        let file = path.to_owned();
        self.never.extend(read.never.into_iter().map(|never| Never { file: file.clone(), ..never }));
        for rule in read.conversions {
            let rule = Conversion { file: file.clone(), ..rule };
            self.by_field.entry(rule.to.clone()).or_default().push(rule);
        }
    }

    pub fn rules(&self) -> impl Iterator<Item = &Conversion> {
        self.by_field.values().flatten()
    }

    pub fn never(&self) -> &[Never] {
        &self.never
    }

    /// What the rules name and does not exist or does not fit, and where they would mix up facts.
    pub fn problems(&self, vocabularies: &Vocabularies) -> Vec<ReadProblem> {
        let mut seen = BTreeSet::new();
        let mut problems = vec![];
        for rule in self.rules() {
            if !seen.insert(&rule.id) {
                problems.push(problem(&rule.file, &rule.id, "another rule has that name"));
            }
            rule.problems(vocabularies, &mut problems);
        }
        for never in &self.never {
            for field in never.fields.iter().filter(|field| vocabularies.field(field).is_none()) {
                let rule = format!("{field:?} is no field of the vocabularies");
                problems.push(problem(&never.file, "never", &rule));
            }
            for from in &never.fields {
                let reached = self.reached_from(from);
                for to in never.fields.iter().filter(|to| *to != from && reached.contains(to.as_str())) {
                    let rule =
                        format!("the rules lead from {from:?} to {to:?}, which never may: {}", never.why);
                    problems.push(problem(&never.file, "never", &rule));
                }
            }
        }
        problems
    }

    /// Every field to which rules may lead from a field, one after the other.
    fn reached_from(&self, from: &str) -> BTreeSet<&str> {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut todo = vec![from];
        while let Some(next) = todo.pop() {
            for rule in self.rules().filter(|rule| rule.reads().contains(next)) {
                if reached.insert(&rule.to) {
                    todo.push(&rule.to);
                }
            }
        }
        reached
    }
}

impl ConversionFile {
    /// Whether the file is of the format that is read here.
    pub fn is_known(&self) -> bool {
        self.format == "beffroi-conversions/1"
    }
}

impl Conversion {
    /// The fields that the rule reads.
    fn reads(&self) -> BTreeSet<&str> {
        let mut fields: BTreeSet<&str> = self.same_as.iter().map(String::as_str).collect();
        fields.extend(self.percent.iter().flat_map(|ratio| [ratio.of.as_str(), ratio.base.as_str()]));
        for condition in self.conditions() {
            condition.visit(&mut |part| {
                if let Test::Fact(field, comparison) = &part.test {
                    fields.insert(field);
                    fields.extend(base_of(comparison));
                }
            });
        }
        fields
    }

    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.cases.iter().map(|case| &case.when).chain(&self.when)
    }

    fn problems(&self, vocabularies: &Vocabularies, problems: &mut Vec<ReadProblem>) {
        let mut wrong = |rule: String| problems.push(problem(&self.file, &self.id, &rule));
        let Some(to) = vocabularies.field(&self.to) else {
            return wrong(format!("to names {:?}, which is no field", self.to));
        };
        let ways =
            [!self.cases.is_empty(), self.percent.is_some(), self.same_as.is_some(), !self.told.is_empty()];
        if ways.iter().filter(|way| **way).count() != 1 {
            wrong("a rule has exactly one of cases, percent, same_as, told".to_owned());
        }
        for name in self.reads().into_iter().filter(|name| vocabularies.field(name).is_none()) {
            wrong(format!("it reads {name:?}, which is no field"));
        }
        if self.reads().contains(self.to.as_str()) {
            wrong("it reads the field that it proposes for".to_owned());
        }
        for condition in self.conditions() {
            condition.visit(&mut |part| match &part.test {
                Test::Rule(_) => wrong("it belongs to no law and cannot ask a rule of one".to_owned()),
                Test::Fact(name, comparison) => {
                    let kind = vocabularies.field(name).map(|field| field.kind);
                    if kind.is_some_and(|kind| !comparison_fits(kind, comparison)) {
                        wrong(format!("{name:?} cannot be compared like that"));
                    }
                    for value in unknown_values(vocabularies, name, comparison) {
                        wrong(format!("{value:?} is no value of {name:?}"));
                    }
                }
                Test::All(_)
                | Test::Any(_)
                | Test::Not(_)
                | Test::AtLeast(..)
                | Test::Since(_)
                | Test::Constant(_) => {}
            });
        }
        for case in &self.cases {
            let value = serde_json::to_value(&case.value).unwrap_or_default();
            let value = if to.kind == FieldKind::Choices { json!([value]) } else { value };
            if known(vocabularies, to, &value).is_err() {
                wrong(format!("{} is no value of {:?}", case.value, self.to));
            }
        }
        if self.percent.is_some() && to.kind != FieldKind::Decimal {
            wrong(format!("{:?} is no decimal number", self.to));
        }
        let other = self.same_as.as_ref().and_then(|name| vocabularies.field(name));
        if other.is_some_and(|other| other.kind != to.kind || other.columns != to.columns) {
            wrong(format!("{:?} has another shape", self.to));
        }
        for value in self.told.values().filter(|value| vocabularies.value(to, value).is_none()) {
            wrong(format!("{value:?} is no value of {:?}", self.to));
        }
        if !self.told.is_empty() && to.kind != FieldKind::Choices {
            wrong(format!("{:?} takes no list of values", self.to));
        }
    }
}

fn base_of(comparison: &Comparison) -> Option<&str> {
    match comparison {
        Comparison::MoreThan(bound)
        | Comparison::LessThan(bound)
        | Comparison::From(bound)
        | Comparison::UpTo(bound) => match bound {
            Bound::Share(Share { of, .. }) => Some(of),
            Bound::Number(_) => None,
        },
        Comparison::ExceedsLowerOf(_, share) => Some(&share.of),
        Comparison::Is(_)
        | Comparison::In(_)
        | Comparison::HasAny(_)
        | Comparison::AfterDueOf(_)
        | Comparison::AfterFilingOf(_)
        | Comparison::Answered
        | Comparison::Given => None,
    }
}

/// What the rules propose for an unanswered question, if anything: only from answers that somebody gave,
/// never from other proposals, and only values that this stage takes.
pub(crate) fn proposal(
    library: &Library,
    world: &World<'_>,
    field: &Field,
    view: &FieldView,
) -> Option<Proposal> {
    if view.value.is_some() || view.read_only {
        return None;
    }
    let rules = library.conversions().by_field.get(&field.id)?;
    let fits = |value: &Value| {
        known(library.vocabularies(), field, value).is_ok()
            && chosen(value).all(|id| view.choices.is_empty() || view.choices.iter().any(|one| one.id == id))
    };
    let (rule, value) = rules.iter().find_map(|rule| {
        let value = Proposing { library, world, rule }.value(field)?;
        fits(&value).then_some((rule, value))
    })?;
    let answered = |name: &&str| answer(world, name).is_some();
    Some(Proposal {
        text: value_text(library, &field.id, &value, &world.case.zone),
        from: rule.reads().into_iter().filter(answered).map(str::to_owned).collect(),
        rule: rule.id.clone(),
        why: rule.words.clone(),
        because: Proposing { library, world, rule }.because(field, &value),
        value,
    })
}

/// A reason without the parts that did not matter.
fn what_held(mut trace: Trace) -> Trace {
    trace.parts.retain(|part| part.verdict == Verdict::Yes);
    trace.parts = trace.parts.into_iter().map(what_held).collect();
    trace
}

fn chosen(value: &Value) -> impl Iterator<Item = &str> {
    let several = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    value.as_str().into_iter().chain(several)
}

fn answer<'a>(world: &'a World<'_>, name: &str) -> Option<&'a Value> {
    let of_entity = world.vocabularies.field(name)?.is_of_entity();
    let source = if of_entity { &world.case.entity } else { &world.case.facts };
    source.get(name).filter(|value| !value.is_null())
}

struct Proposing<'a> {
    library: &'a Library,
    world: &'a World<'a>,
    rule: &'a Conversion,
}

impl Proposing<'_> {
    fn value(&self, to: &Field) -> Option<Value> {
        let rule = self.rule;
        let holds = |when: &Condition| self.world.evaluate(when).verdict == Verdict::Yes;
        if !rule.when.as_ref().is_none_or(holds) {
            return None;
        }
        if let Some(ratio) = &rule.percent {
            return self.percent(ratio);
        }
        if let Some(other) = &rule.same_as {
            return answer(self.world, other).cloned();
        }
        if !rule.told.is_empty() {
            return self.told();
        }
        // A condition may hold whatever the answers are; a proposal follows from at least one of them.
        if !rule.reads().iter().any(|name| answer(self.world, name).is_some()) {
            return None;
        }
        if to.kind == FieldKind::Choices { self.all_that_hold() } else { self.first_that_holds() }
    }

    /// What held for each value that is proposed, where it follows from a condition.
    fn because(&self, to: &Field, proposed: &Value) -> Vec<Because> {
        let held = self.rule.cases.iter().filter_map(|case| {
            let value = serde_json::to_value(&case.value).ok()?;
            let id = value.as_str().filter(|id| chosen(proposed).any(|one| one == *id))?;
            let trace = self.world.evaluate(&case.when);
            let known = self.library.vocabularies().value(to, id)?;
            (trace.verdict == Verdict::Yes).then(|| Because {
                text: known.label.clone(),
                article: known.article.clone(),
                trace: what_held(trace),
            })
        });
        held.collect()
    }

    fn verdict(&self, case: &ConversionCase) -> Verdict {
        self.world.evaluate(&case.when).verdict
    }

    /// The value of the first case that holds, if none before it is open.
    fn first_that_holds(&self) -> Option<Value> {
        let first = self.rule.cases.iter().find(|case| self.verdict(case) != Verdict::No)?;
        let holds = self.verdict(first) == Verdict::Yes;
        holds.then(|| serde_json::to_value(&first.value).ok())?
    }

    fn all_that_hold(&self) -> Option<Value> {
        let mut values: Vec<Value> = vec![];
        for case in self.rule.cases.iter().filter(|case| self.verdict(case) == Verdict::Yes) {
            let value = serde_json::to_value(&case.value).ok()?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        (!values.is_empty()).then_some(Value::Array(values))
    }

    /// A percentage with one decimal; of a range a range.
    fn percent(&self, ratio: &Ratio) -> Option<Value> {
        let (of, base) = (self.number(&ratio.of)?, self.number(&ratio.base)?);
        let share = |part: Decimal, whole: Decimal| {
            let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
            Some(share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero).normalize())
        };
        let (low, high) = (share(of.0, base.1)?, share(of.1, base.0)?);
        let number = |value: Decimal| serde_json::from_str::<Value>(&value.to_string()).ok();
        if low == high { number(low) } else { Some(json!({ "min": number(low)?, "max": number(high)? })) }
    }

    fn number(&self, name: &str) -> Option<(Decimal, Decimal)> {
        let field = self.world.vocabularies.field(name)?;
        match known(self.world.vocabularies, field, answer(self.world, name)?).ok()? {
            Known::Number(interval) => Some((interval.low?.at, interval.high?.at)),
            Known::Text(_)
            | Known::Boolean(_)
            | Known::Choice(_)
            | Known::Choices(_)
            | Known::Money(..)
            | Known::Instant(_)
            | Known::Duration(_)
            | Known::Records(_) => None,
        }
    }

    /// Values for those to whom this incident was filed under other laws.
    fn told(&self) -> Option<Value> {
        let others = self.world.case.submissions.iter().filter(|one| one.duty.pack != self.world.pack.id());
        let stages = others.filter_map(|one| stage_of(self.library, &one.duty));
        let values: BTreeSet<&String> = stages
            .filter_map(|(pack, stage)| roles_of(pack, stage).find_map(|role| self.rule.told.get(&role)))
            .collect();
        (!values.is_empty()).then(|| json!(values))
    }
}
