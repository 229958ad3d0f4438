//! Comparisons of single facts.

use model::{DutyKey, Instant};
use rust_decimal::Decimal;

use super::{
    Part, World,
    interval::{End, Interval},
    node::{Atom, Domains, Node, Order, Variable},
    words,
};
use crate::{
    FieldKind, Missing, Trace, Verdict,
    pack::{Bound, Comparison, Literal, Share},
    value::{Known, known},
    vocabulary::Field,
};

/// A fact as far as it is known, and whether it is only assumed.
struct Fact<'a> {
    field: &'a Field,
    known: Option<Known>,
    assumed: bool,
}

impl World<'_> {
    pub(super) fn leaf(&self, name: &str, comparison: &Comparison, domains: &mut Domains) -> Part {
        if let Some(holds) = self.event(name) {
            return self.event_leaf(name, holds, comparison);
        }
        let Some(field) = self.vocabularies.field(name) else {
            return Part { node: Node::Decided(false), trace: Trace::statement(Verdict::No, name) };
        };
        let fact = self.fact(field);
        match comparison {
            Comparison::Is(Literal::Boolean(wanted)) => self.flag(&fact, *wanted),
            Comparison::Is(Literal::Text(value)) => self.one_of(&fact, std::slice::from_ref(value), domains),
            Comparison::In(values) => self.one_of(&fact, values, domains),
            Comparison::HasAny(values) => self.has_any(&fact, values),
            Comparison::MoreThan(bound) => self.compared(&fact, Order::More, bound, domains),
            Comparison::From(bound) => self.compared(&fact, Order::From, bound, domains),
            Comparison::LessThan(bound) => self.compared(&fact, Order::Less, bound, domains),
            Comparison::UpTo(bound) => self.compared(&fact, Order::UpTo, bound, domains),
            Comparison::ExceedsLowerOf(amount, share) => self.lower_of(&fact, *amount, share, domains),
            Comparison::AfterDueOf(stage) => self.after_due(&fact, stage),
            Comparison::AfterFilingOf(stage) => self.after_filing(&fact, stage),
            Comparison::Answered => {
                let verdict = Verdict::of(fact.known.is_some() && !fact.assumed);
                decided(verdict, format!("{}: answered", field.label), None)
            }
            Comparison::Given => given(&fact),
        }
    }

    /// What happened in this case: known, always.
    fn event(&self, name: &str) -> Option<bool> {
        if let Some(stage) = name.strip_prefix("overdue.") {
            return Some(self.now.zip(self.due(stage)).is_some_and(|(now, due)| now > due));
        }
        if let Some(stage) = name.strip_prefix("submitted.") {
            return Some(self.case.submissions.iter().any(|submission| self.is(&submission.duty, stage)));
        }
        let stage = name.strip_prefix("requested.")?;
        Some(self.case.requests.iter().any(|request| self.is(&request.duty, stage)))
    }

    /// Whether a duty is the one that a name of a stage means here.
    fn is(&self, duty: &DutyKey, stage: &str) -> bool {
        let track = || self.pack.track_of(stage, self.track).is_some_and(|track| track.id == duty.track);
        duty.stage == stage && duty.pack == self.pack.id() && track()
    }

    /// The due of the stage that is meant here.
    fn due(&self, stage: &str) -> Option<Instant> {
        let track = self.pack.track_of(stage, self.track)?;
        self.dues.get(&(track.id.as_str(), stage)).copied()
    }

    fn event_leaf(&self, name: &str, holds: bool, comparison: &Comparison) -> Part {
        let wanted = !matches!(comparison, Comparison::Is(Literal::Boolean(false)));
        let (what, stage) = name.split_once('.').unwrap_or((name, ""));
        let words = match what {
            "submitted" => format!("{}: filed", self.pack.text(self.language, &format!("stage-{stage}"))),
            "requested" => format!("{}: asked for", self.pack.text(self.language, &format!("stage-{stage}"))),
            _ => format!("{}: its due has passed", self.pack.text(self.language, &format!("stage-{stage}"))),
        };
        decided(Verdict::of(holds == wanted), words, Some(yes_no(holds).to_owned()))
    }

    fn fact<'f>(&self, field: &'f Field) -> Fact<'f> {
        let source = if field.is_of_entity() { &self.case.entity } else { &self.case.facts };
        match source.get(&field.id).filter(|value| !value.is_null()) {
            Some(value) => Fact { field, known: known(self.vocabularies, field, value).ok(), assumed: false },
            None => {
                let assumed = field.assumed.as_ref().and_then(|value| serde_json::to_value(value).ok());
                Fact {
                    field,
                    known: assumed.and_then(|value| known(self.vocabularies, field, &value).ok()),
                    assumed: true,
                }
            }
        }
    }

    fn flag(&self, fact: &Fact<'_>, wanted: bool) -> Part {
        let field = fact.field;
        let rule = format!("{}: {}", field.label, yes_no(wanted));
        match fact.known {
            Some(Known::Boolean(flag)) => {
                decided(Verdict::of(flag == wanted), rule, Some(said(yes_no(flag), fact.assumed)))
            }
            _ => {
                let node = Node::Atom(Atom::Set(Variable::Flag(field.id.clone())));
                open(if wanted { node } else { Node::Not(Box::new(node)) }, rule, &[field])
            }
        }
    }

    fn one_of(&self, fact: &Fact<'_>, values: &[String], domains: &mut Domains) -> Part {
        let field = fact.field;
        let rule = format!("{}: {}", field.label, self.labels(field, values));
        if let Some(Known::Choice(chosen)) = &fact.known {
            let compared = said(&self.labels(field, std::slice::from_ref(chosen)), fact.assumed);
            return decided(Verdict::of(values.contains(chosen)), rule, Some(compared));
        }
        let variable = Variable::Choice(field.id.clone());
        let all = self.vocabularies.values(field).iter().map(|value| value.id.clone()).collect();
        domains.choices.insert(variable.clone(), all);
        let atom = Atom::OneOf(variable, values.iter().cloned().collect());
        match domains.verdict(&atom) {
            Verdict::Unknown => open(Node::Atom(atom), rule, &[field]),
            verdict @ (Verdict::Yes | Verdict::No) => decided(verdict, rule, None),
        }
    }

    fn has_any(&self, fact: &Fact<'_>, values: &[String]) -> Part {
        let field = fact.field;
        let rule = format!("{}: {}", field.label, self.labels(field, values));
        if let Some(Known::Choices(chosen)) = &fact.known {
            let holds = values.iter().any(|value| chosen.contains(value));
            let compared = if chosen.is_empty() { "none".to_owned() } else { self.labels(field, chosen) };
            return decided(Verdict::of(holds), rule, Some(said(&compared, fact.assumed)));
        }
        let members = values
            .iter()
            .map(|value| Node::Atom(Atom::Set(Variable::Member(field.id.clone(), value.clone()))))
            .collect();
        open(Node::Any(members), rule, &[field])
    }

    fn labels(&self, field: &Field, values: &[String]) -> String {
        let label = |id: &String| {
            self.vocabularies.value(field, id).map_or_else(|| id.clone(), |value| value.label.clone())
        };
        values.iter().map(label).collect::<Vec<_>>().join(", ")
    }

    fn compared(&self, fact: &Fact<'_>, order: Order, bound: &Bound, domains: &mut Domains) -> Part {
        match bound {
            Bound::Number(number) => self.against(fact, order, *number, domains),
            Bound::Share(share) => self.share(fact, order, share, domains),
        }
    }

    fn against(&self, fact: &Fact<'_>, order: Order, bound: Decimal, domains: &mut Domains) -> Part {
        let field = fact.field;
        let limit = words::amount(field.kind, field.unit.as_deref(), bound);
        let rule = format!("{}: {} {limit}", field.label, words::order(order));
        let interval = self.number(fact);
        match interval.compare(order, bound) {
            Verdict::Unknown => {
                let variable = noted(field, interval, domains);
                open(Node::Atom(Atom::Against(variable, order, bound)), rule, &[field])
            }
            verdict @ (Verdict::Yes | Verdict::No) => {
                let value = words::interval(field.kind, field.unit.as_deref(), &interval);
                let sign = words::sign(order, verdict == Verdict::Yes);
                decided(verdict, rule, Some(format!("{value} {sign} {limit}")))
            }
        }
    }

    /// Where the number of a field lies; of a list of choices, how many are chosen.
    fn number(&self, fact: &Fact<'_>) -> Interval {
        let count = |count: usize| Decimal::from(count);
        match (fact.field.kind, &fact.known) {
            (FieldKind::Choices, Some(Known::Choices(chosen))) => Interval::point(count(chosen.len())),
            (FieldKind::Choices, _) => {
                Interval::closed(Decimal::ZERO, count(self.vocabularies.values(fact.field).len()))
            }
            _ => number(fact),
        }
    }

    fn share(&self, fact: &Fact<'_>, order: Order, share: &Share, domains: &mut Domains) -> Part {
        let field = fact.field;
        let Some(base) = self.vocabularies.field(&share.of) else {
            return decided(Verdict::No, share.of.clone(), None);
        };
        let percent = words::number(share.percent);
        let rule = format!("{}: {} {percent}% of {}", field.label, words::order(order), base.label);
        let base_fact = self.fact(base);
        let (interval, base_interval, currency) = numbers(fact, &base_fact);
        let factor = share.percent / Decimal::ONE_HUNDRED;
        match interval.compare_share(order, factor, &base_interval) {
            Verdict::Unknown => {
                let number = (noted_in(currency, field, interval, domains), interval);
                let whole = (noted_in(currency, base, base_interval, domains), base_interval);
                let atom = folded(order, factor, number, whole);
                let unknown = [(field, interval), (base, base_interval)];
                let fields: Vec<&Field> = unknown
                    .iter()
                    .filter(|(_, known)| known.single().is_none())
                    .map(|(field, _)| *field)
                    .collect();
                open(Node::Atom(atom), rule, &fields)
            }
            verdict @ (Verdict::Yes | Verdict::No) => {
                let value = words::interval(field.kind, field.unit.as_deref(), &interval);
                let whole = words::interval(base.kind, base.unit.as_deref(), &base_interval);
                let sign = words::sign(order, verdict == Verdict::Yes);
                decided(verdict, rule, Some(format!("{value} {sign} {percent}% of {whole}")))
            }
        }
    }

    /// "Whichever is lower": more than the amount, or more than the share.
    fn lower_of(&self, fact: &Fact<'_>, amount: Decimal, share: &Share, domains: &mut Domains) -> Part {
        let field = fact.field;
        let parts =
            [self.against(fact, Order::More, amount, domains), self.share(fact, Order::More, share, domains)];
        let verdict = super::counted(1, parts.iter().map(|part| part.trace.verdict));
        let limit = words::amount(field.kind, field.unit.as_deref(), amount);
        let percent = words::number(share.percent);
        let base = self.vocabularies.label(&share.of);
        let rule = format!("{}: more than {limit} or {percent}% of {base}, whichever is lower", field.label);
        let (nodes, traces): (Vec<Node>, Vec<Trace>) =
            parts.into_iter().map(|part| (part.node, part.trace)).unzip();
        let missing = if verdict == Verdict::Unknown { super::together(&traces) } else { vec![] };
        let parts = super::telling(traces, verdict);
        let compared = parts.iter().filter_map(|part| part.compared.clone()).collect::<Vec<_>>().join("; ");
        let compared = Some(compared).filter(|text| !text.is_empty());
        Part {
            node: Node::Any(nodes),
            trace: Trace { parts, missing, compared, ..Trace::statement(verdict, rule) },
        }
    }

    fn after_due(&self, fact: &Fact<'_>, stage: &str) -> Part {
        let field = fact.field;
        let name = self.pack.text(self.language, &format!("stage-{stage}"));
        let rule = format!("{}: later than the due of {name}", field.label);
        match (&fact.known, self.due(stage)) {
            (Some(Known::Instant(at)), Some(due)) => {
                let sign = if *at > due { ">" } else { "≤" };
                decided(Verdict::of(*at > due), rule, Some(format!("{at} {sign} {due}")))
            }
            _ => open(
                Node::Atom(Atom::Set(Variable::Flag(format!("{} after {stage}", field.id)))),
                rule,
                &[field],
            ),
        }
    }

    fn after_filing(&self, fact: &Fact<'_>, stage: &str) -> Part {
        let field = fact.field;
        let name = self.pack.text(self.language, &format!("stage-{stage}"));
        let rule = format!("{}: later than the latest filing of {name}", field.label);
        let filed = self.case.submissions.iter().filter(|submission| self.is(&submission.duty, stage));
        let Some(filed) = filed.map(|submission| submission.at).max() else {
            return decided(Verdict::No, rule, Some("not filed".to_owned()));
        };
        match &fact.known {
            Some(Known::Instant(at)) => {
                let sign = if *at > filed { ">" } else { "≤" };
                decided(Verdict::of(*at > filed), rule, Some(format!("{at} {sign} {filed}")))
            }
            _ => open(
                Node::Atom(Atom::Set(Variable::Flag(format!("{} after filing of {stage}", field.id)))),
                rule,
                &[field],
            ),
        }
    }
}

/// A number and the base that it is a share of: in any currency, if it is the same for both.
fn numbers<'f>(fact: &'f Fact<'_>, base: &Fact<'_>) -> (Interval, Interval, Option<&'f str>) {
    match (&fact.known, &base.known) {
        (Some(Known::Money(part, one)), Some(Known::Money(whole, other))) if one == other => {
            (*part, *whole, Some(one.as_str()).filter(|currency| *currency != "EUR"))
        }
        _ => (number(fact), number(base), None),
    }
}

/// Where the number of a field lies; an amount in another currency says nothing in euro.
fn number(fact: &Fact<'_>) -> Interval {
    let end = |at: Decimal| End { at, closed: true };
    match &fact.known {
        Some(Known::Number(interval) | Known::Duration(interval)) => *interval,
        Some(Known::Money(interval, currency)) if currency == "EUR" => *interval,
        _ => Interval {
            low: Some(end(fact.field.least.unwrap_or(Decimal::ZERO))),
            high: fact.field.greatest.map(end),
        },
    }
}

/// The variable of a number whose place matters from here on.
fn noted(field: &Field, interval: Interval, domains: &mut Domains) -> Variable {
    noted_in(None, field, interval, domains)
}

/// An amount in another currency is another number than that of the same field in euro.
fn noted_in(currency: Option<&str>, field: &Field, interval: Interval, domains: &mut Domains) -> Variable {
    let name = currency.map_or_else(|| field.id.clone(), |currency| format!("{} in {currency}", field.id));
    let variable = Variable::Number(name);
    let whole = matches!(field.kind, FieldKind::Integer | FieldKind::Duration | FieldKind::Choices);
    domains.numbers.insert(variable.clone(), (interval, whole));
    variable
}

/// A share of a number that is known is a constant.
fn folded(order: Order, factor: Decimal, number: (Variable, Interval), base: (Variable, Interval)) -> Atom {
    if let Some(bound) = base.1.single().and_then(|base| base.checked_mul(factor)) {
        return Atom::Against(number.0, order, bound);
    }
    let quotient =
        number.1.single().and_then(|value| value.checked_div(factor).map(|quotient| (value, quotient)));
    match quotient {
        Some((value, quotient)) if quotient.checked_mul(factor) == Some(value) => {
            let turned = match order {
                Order::More => Order::Less,
                Order::From => Order::UpTo,
                Order::Less => Order::More,
                Order::UpTo => Order::From,
            };
            Atom::Against(base.0, turned, quotient)
        }
        _ => Atom::Share(number.0, order, factor, base.0),
    }
}

/// Open until somebody says it: what a person has to say cannot be foreseen, nor that nobody will.
fn given(fact: &Fact<'_>) -> Part {
    let field = fact.field;
    let rule = format!("{}: somebody said it", field.label);
    let blank = matches!(&fact.known, Some(Known::Text(text)) if text.trim().is_empty());
    if fact.known.is_some() && !fact.assumed && !blank {
        return decided(Verdict::Yes, rule, None);
    }
    open(Node::Atom(Atom::Set(Variable::Flag(field.id.clone()))), rule, &[field])
}

fn decided(verdict: Verdict, rule: String, compared: Option<String>) -> Part {
    let node = Node::Decided(verdict == Verdict::Yes);
    Part { node, trace: Trace { compared, ..Trace::statement(verdict, rule) } }
}

fn open(node: Node, rule: String, fields: &[&Field]) -> Part {
    let missing =
        fields.iter().map(|field| Missing { field: field.id.clone(), label: field.label.clone() }).collect();
    Part { node, trace: Trace { missing, ..Trace::statement(Verdict::Unknown, rule) } }
}

const fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

fn said(value: &str, assumed: bool) -> String {
    if assumed { format!("{value} (assumed while nobody says otherwise)") } else { value.to_owned() }
}
