//! Conditions as a pack writes them: trees, each leaf with its article.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

/// A condition with its place in the law.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawCondition")]
pub struct Condition {
    /// What is tested.
    pub test: Test,
    /// Where the law says so.
    pub article: Option<String>,
    /// The identifier of a criterion (`7.b`), so that it can be cited and compared.
    pub id: Option<String>,
    /// The key of the text that says the condition in words.
    pub words: Option<String>,
}

/// What a condition tests.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// At least so many parts hold.
    AtLeast(usize, Vec<Condition>),
    /// A named rule of the pack.
    Rule(String),
    /// The case is of this day or a later one.
    Since(Date),
    /// Always or never.
    Constant(bool),
    /// A comparison of one fact.
    Fact(String, Comparison),
}

/// How a fact is compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    /// A yes-or-no fact has this answer, or a chosen value is this one.
    Is(Literal),
    /// The chosen value is one of these.
    In(Vec<String>),
    /// At least one of these values is among those chosen.
    HasAny(Vec<String>),
    /// Greater than the bound, strictly.
    MoreThan(Bound),
    /// Less than the bound, strictly.
    LessThan(Bound),
    /// Greater than the bound or equal.
    From(Bound),
    /// Less than the bound or equal.
    UpTo(Bound),
    /// Greater than the amount, or than the share of the base: "whichever is lower".
    ExceedsLowerOf(Decimal, Share),
    /// The instant is later than the due of a stage.
    AfterDueOf(String),
    /// The instant is later than the latest filing of a stage; before it was filed, it is not.
    AfterFilingOf(String),
    /// Somebody has written it; open until then (a decision that counts only with its reason).
    Given,
    /// Somebody has answered (forms only: it is about the record, not about the world).
    Answered,
}

/// What a number is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// A number in the unit of the field; durations in seconds.
    Number(Decimal),
    /// A share of another field.
    Share(Share),
}

/// A share of another number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// In hundredths.
    pub percent: Decimal,
    /// The field it is a share of.
    pub of: String,
}

/// A value as a condition writes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    /// Yes or no.
    Boolean(bool),
    /// The identifier of a value.
    Text(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawBound {
    Integer(i64),
    Decimal(f64),
    Length(String),
    Share(Share),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLower {
    amount: Decimal,
    percent: Decimal,
    of: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    article: Option<String>,
    id: Option<String>,
    words: Option<String>,
    all: Option<Vec<Condition>>,
    any: Option<Vec<Condition>>,
    not: Option<Box<Condition>>,
    at_least: Option<usize>,
    of: Option<Vec<Condition>>,
    rule: Option<String>,
    always: Option<bool>,
    since: Option<Date>,
    field: Option<String>,
    is: Option<Literal>,
    #[serde(rename = "in")]
    one_of: Option<Vec<String>>,
    has: Option<String>,
    has_any: Option<Vec<String>>,
    more_than: Option<RawBound>,
    less_than: Option<RawBound>,
    from: Option<RawBound>,
    up_to: Option<RawBound>,
    exceeds_lower_of: Option<RawLower>,
    after_due_of: Option<String>,
    after_filing_of: Option<String>,
    answered: Option<bool>,
    given: Option<bool>,
}

const ONE_TEST: &str = "a condition holds exactly one of all, any, not, at_least with of, rule, since, always, or field with one comparison";
const ONE_COMPARISON: &str = "a field is compared by exactly one of is, in, has, has_any, more_than, less_than, from, up_to, \
     exceeds_lower_of, after_due_of, after_filing_of, answered = true, given = true";

impl TryFrom<RawCondition> for Condition {
    type Error = String;

    fn try_from(mut raw: RawCondition) -> Result<Self, String> {
        let (article, id, words) = (raw.article.take(), raw.id.take(), raw.words.take());
        Ok(Self { test: test(raw)?, article, id, words })
    }
}

fn test(mut raw: RawCondition) -> Result<Test, String> {
    if let Some(field) = raw.field.take() {
        return Ok(Test::Fact(field, comparison(raw)?));
    }
    let mut found = vec![];
    found.extend(raw.all.take().map(Test::All));
    found.extend(raw.any.take().map(Test::Any));
    found.extend(raw.not.take().map(Test::Not));
    found.extend(raw.rule.take().map(Test::Rule));
    found.extend(raw.always.take().map(Test::Constant));
    found.extend(raw.since.take().map(Test::Since));
    match (raw.at_least.take(), raw.of.take()) {
        (Some(least), Some(of)) => found.push(Test::AtLeast(least, of)),
        (None, None) => {}
        (Some(_), None) | (None, Some(_)) => return Err("at_least and of go together".to_owned()),
    }
    if found.len() != 1 || !comparisons(raw)?.is_empty() {
        return Err(ONE_TEST.to_owned());
    }
    found.pop().ok_or_else(|| ONE_TEST.to_owned())
}

fn comparison(raw: RawCondition) -> Result<Comparison, String> {
    if raw.all.is_some() || raw.any.is_some() || raw.not.is_some() || raw.rule.is_some() {
        return Err(ONE_TEST.to_owned());
    }
    if raw.always.is_some() || raw.since.is_some() || raw.at_least.is_some() || raw.of.is_some() {
        return Err(ONE_TEST.to_owned());
    }
    let mut found = comparisons(raw)?;
    match (found.pop(), found.is_empty()) {
        (Some(comparison), true) => Ok(comparison),
        _ => Err(ONE_COMPARISON.to_owned()),
    }
}

fn comparisons(raw: RawCondition) -> Result<Vec<Comparison>, String> {
    let mut found = vec![];
    found.extend(raw.is.map(Comparison::Is));
    found.extend(raw.one_of.map(Comparison::In));
    found.extend(raw.has.map(|value| Comparison::HasAny(vec![value])));
    found.extend(raw.has_any.map(Comparison::HasAny));
    found.extend(raw.more_than.map(bound).transpose()?.map(Comparison::MoreThan));
    found.extend(raw.less_than.map(bound).transpose()?.map(Comparison::LessThan));
    found.extend(raw.from.map(bound).transpose()?.map(Comparison::From));
    found.extend(raw.up_to.map(bound).transpose()?.map(Comparison::UpTo));
    found.extend(raw.exceeds_lower_of.map(|lower| {
        Comparison::ExceedsLowerOf(lower.amount, Share { percent: lower.percent, of: lower.of })
    }));
    found.extend(raw.after_due_of.map(Comparison::AfterDueOf));
    found.extend(raw.after_filing_of.map(Comparison::AfterFilingOf));
    match raw.answered {
        Some(true) => found.push(Comparison::Answered),
        Some(false) => return Err("answered is only ever true; wrap it in not".to_owned()),
        None => {}
    }
    match raw.given {
        Some(true) => found.push(Comparison::Given),
        Some(false) => return Err("given is only ever true; wrap it in not".to_owned()),
        None => {}
    }
    Ok(found)
}

fn bound(raw: RawBound) -> Result<Bound, String> {
    match raw {
        RawBound::Integer(number) => Ok(Bound::Number(Decimal::from(number))),
        RawBound::Decimal(number) => Decimal::try_from(number)
            .map(|number| Bound::Number(number.normalize()))
            .map_err(|_| format!("{number} is no number that can be compared exactly")),
        RawBound::Length(text) => seconds(&text).map(Bound::Number),
        RawBound::Share(share) => Ok(Bound::Share(share)),
    }
}

/// The seconds of a length in words (`30 minutes`).
fn seconds(text: &str) -> Result<Decimal, String> {
    let wrong =
        || format!("a length is written as \"30 minutes\" (seconds, minutes, hours, days), got {text:?}");
    let (number, unit) = text.split_once(' ').ok_or_else(wrong)?;
    let number: u32 = number.parse().map_err(|_| wrong())?;
    let unit: u32 = match unit {
        "second" | "seconds" => 1,
        "minute" | "minutes" => 60,
        "hour" | "hours" => 3600,
        "day" | "days" => 86_400,
        _ => return Err(wrong()),
    };
    Ok(Decimal::from(u64::from(number) * u64::from(unit)))
}

impl Condition {
    /// The condition that always holds.
    #[must_use]
    pub const fn always() -> Self {
        Self { test: Test::Constant(true), article: None, id: None, words: None }
    }

    /// The parts of the condition, without following named rules.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match &self.test {
            Test::All(parts) | Test::Any(parts) | Test::AtLeast(_, parts) => parts,
            Test::Not(part) => std::slice::from_ref(part),
            Test::Rule(_) | Test::Since(_) | Test::Constant(_) | Test::Fact(..) => &[],
        }
    }

    /// Visits the condition and every part of it, outermost first.
    pub fn visit<'a>(&'a self, seen: &mut impl FnMut(&'a Self)) {
        seen(self);
        for part in self.parts() {
            part.visit(seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        when: Condition,
    }

    fn read(text: &str) -> Result<Condition, String> {
        toml::from_str::<File>(text).map(|file| file.when).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn a_lawyer_writes_a_threshold() {
        let when = read(r#"when = { field = "loss", exceeds_lower_of = { amount = 500000, percent = 5, of = "turnover" }, article = "Art. 3" }"#).unwrap();
        assert_eq!(when.article.as_deref(), Some("Art. 3"));
        assert!(matches!(when.test, Test::Fact(_, Comparison::ExceedsLowerOf(..))));
        let when = read(r#"when = { field = "outage", more_than = "30 minutes" }"#).unwrap();
        assert_eq!(
            when.test,
            Test::Fact("outage".into(), Comparison::MoreThan(Bound::Number(Decimal::from(1800))))
        );
    }

    #[test]
    fn what_is_not_one_test_is_refused() {
        for text in [
            r#"when = { }"#,
            r#"when = { all = [], any = [] }"#,
            r#"when = { field = "a" }"#,
            r#"when = { field = "a", is = true, more_than = 3 }"#,
            r#"when = { rule = "a", is = true }"#,
            r#"when = { field = "a", more_than = "3 moons" }"#,
            r#"when = { at_least = 2 }"#,
            r#"when = { fied = "a", is = true }"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
