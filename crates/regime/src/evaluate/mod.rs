//! Conditions against what is known: a verdict over all completions, with its reasons.

pub(crate) mod cells;
pub(crate) mod interval;
mod leaf;
pub(crate) mod node;
pub(crate) mod words;

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use jiff::civil::Date;
use model::Instant;

use self::node::{Domains, Node, counted};
use crate::{
    Case, Library, Missing, Trace, Verdict, Vocabularies,
    pack::{Condition, Pack, Test},
};

/// Evaluates a condition of a pack: decided exactly if every completion of the record agrees.
#[must_use]
pub fn evaluate(library: &Library, pack: &Pack, condition: &Condition, case: &Case) -> Trace {
    let world = World::new(library.vocabularies(), pack, case, "en");
    world.evaluate(condition)
}

/// Everything that a condition may ask about.
pub(crate) struct World<'a> {
    pub vocabularies: &'a Vocabularies,
    pub pack: &'a Pack,
    pub case: &'a Case,
    pub language: &'a str,
    /// The track whose conditions are looked at: a name of a stage means its own first.
    pub track: Option<&'a str>,
    /// The due of each stage whose clock runs, by track and stage.
    pub dues: Rc<BTreeMap<(&'a str, &'a str), Instant>>,
    /// Now, where a stage may depend on it.
    pub now: Option<Instant>,
    /// The named rules that were evaluated already. They are the same for every track: a rule names only
    /// stages whose name no two tracks share.
    rules: Rc<RefCell<BTreeMap<String, (Part, Domains)>>>,
}

/// A condition with the known facts filled in, and its reasons so far.
#[derive(Clone)]
pub(crate) struct Part {
    node: Node,
    trace: Trace,
}

impl<'a> World<'a> {
    pub fn new(vocabularies: &'a Vocabularies, pack: &'a Pack, case: &'a Case, language: &'a str) -> Self {
        Self {
            vocabularies,
            pack,
            case,
            language,
            track: None,
            dues: Rc::default(),
            now: None,
            rules: Rc::default(),
        }
    }

    /// The same world, seen from a track.
    pub fn within(&self, track: Option<&'a str>) -> Self {
        Self { track, dues: Rc::clone(&self.dues), rules: Rc::clone(&self.rules), ..*self }
    }

    /// The verdict over all completions, with its reasons.
    pub fn evaluate(&self, condition: &Condition) -> Trace {
        let mut domains = Domains::default();
        let Part { node, mut trace } = self.part(condition, &mut domains);
        settle(&node, &domains, &mut trace);
        trace
    }

    /// What the known facts leave open of a condition; decided where every completion agrees. What is known
    /// of the facts that it compares is added to `domains`.
    pub fn residue(&self, condition: &Condition, domains: &mut Domains) -> Node {
        let mut own = Domains::default();
        let Part { node, mut trace } = self.part(condition, &mut own);
        settle(&node, &own, &mut trace);
        domains.extend(&own);
        match trace.verdict {
            Verdict::Unknown => node,
            Verdict::Yes => Node::Decided(true),
            Verdict::No => Node::Decided(false),
        }
    }

    fn part(&self, condition: &Condition, domains: &mut Domains) -> Part {
        let mut part = match &condition.test {
            Test::All(parts) => self.several(parts, parts.len(), "all of these", domains),
            Test::Any(parts) => self.several(parts, 1, "at least one of these", domains),
            Test::AtLeast(least, parts) => {
                self.several(parts, *least, &format!("at least {least} of these"), domains)
            }
            Test::Not(inner) => self.negated(inner, domains),
            Test::Rule(name) => self.rule(name, domains),
            Test::Constant(holds) => Part {
                node: Node::Decided(*holds),
                trace: Trace::statement(Verdict::of(*holds), if *holds { "always" } else { "never" }),
            },
            Test::Since(day) => self.since(*day),
            Test::Fact(field, comparison) => self.leaf(field, comparison, domains),
        };
        if let Some(key) = &condition.words {
            part.trace.rule = self.pack.text(self.language, key);
        }
        if condition.article.is_some() {
            part.trace.article.clone_from(&condition.article);
        }
        part
    }

    fn several(&self, parts: &[Condition], least: usize, words: &str, domains: &mut Domains) -> Part {
        let (nodes, traces): (Vec<Node>, Vec<Trace>) =
            parts.iter().map(|part| self.part(part, domains)).map(|part| (part.node, part.trace)).unzip();
        let verdict = counted(least, traces.iter().map(|trace| trace.verdict));
        let node = joined(nodes, least, verdict);
        let missing = if verdict == Verdict::Unknown { together(&traces) } else { vec![] };
        let parts = telling(traces, verdict);
        let trace = Trace { parts, missing, ..Trace::statement(verdict, words) };
        Part { node, trace }
    }

    fn negated(&self, inner: &Condition, domains: &mut Domains) -> Part {
        let Part { node, trace } = self.part(inner, domains);
        let verdict = trace.verdict.opposite();
        let missing = trace.missing.clone();
        let rule = format!("not: {}", trace.rule);
        let article = trace.article.clone();
        let trace = Trace { missing, article, parts: vec![trace], ..Trace::statement(verdict, rule) };
        Part { node: node.negated(), trace }
    }

    /// The laws of the day on which a case was opened count; without one, those of now.
    fn since(&self, day: Date) -> Part {
        let begun = self.case.opened.or(self.now).map(crate::library::day);
        let holds = begun.is_some_and(|begun| begun >= day);
        let compared = begun.map(|begun| begun.to_string());
        let trace =
            Trace { compared, ..Trace::statement(Verdict::of(holds), format!("it is {day} or later")) };
        Part { node: Node::Decided(holds), trace }
    }

    fn rule(&self, name: &str, domains: &mut Domains) -> Part {
        let Some(rule) = self.pack.law.rules.get(name) else {
            return Part { node: Node::Decided(false), trace: Trace::statement(Verdict::No, name) };
        };
        if let Some((part, known)) = self.rules.borrow().get(name) {
            domains.extend(known);
            return part.clone();
        }
        let mut own = Domains::default();
        let Part { node, mut trace } = self.part(rule, &mut own);
        settle(&node, &own, &mut trace);
        let node = match trace.verdict {
            Verdict::Unknown => node,
            Verdict::Yes => Node::Decided(true),
            Verdict::No => Node::Decided(false),
        };
        trace.rule = self.pack.text(self.language, &format!("rule-{name}"));
        domains.extend(&own);
        let part = Part { node, trace };
        self.rules.borrow_mut().insert(name.to_owned(), (part.clone(), own));
        part
    }
}

/// The parts as one condition, without what is decided already.
fn joined(mut nodes: Vec<Node>, least: usize, verdict: Verdict) -> Node {
    if verdict != Verdict::Unknown {
        return Node::Decided(verdict == Verdict::Yes);
    }
    let all = least == nodes.len();
    if all || least == 1 {
        nodes.retain(|node| !matches!(node, Node::Decided(_)));
    }
    if all {
        Node::All(nodes)
    } else if least == 1 {
        Node::Any(nodes)
    } else {
        Node::AtLeast(least, nodes)
    }
}

/// Where the parts alone leave a verdict open, all of them together may still decide it.
fn settle(node: &Node, domains: &Domains, trace: &mut Trace) {
    if trace.verdict != Verdict::Unknown {
        return;
    }
    trace.verdict = cells::decide(node, domains);
    if trace.verdict != Verdict::Unknown {
        let names: Vec<&str> = trace.missing.iter().map(|missing| missing.label.as_str()).collect();
        trace.compared = Some(format!("whatever the answer: {}", names.join("; ")));
        trace.missing.clear();
    }
}

/// The missing facts of open parts, each once.
pub(crate) fn together(traces: &[Trace]) -> Vec<Missing> {
    let mut all: Vec<Missing> = vec![];
    for missing in traces.iter().flat_map(|trace| &trace.missing) {
        if !all.contains(missing) {
            all.push(missing.clone());
        }
    }
    all
}

/// The parts that tell why: of a condition that holds or fails, those that made it so.
fn telling(mut parts: Vec<Trace>, verdict: Verdict) -> Vec<Trace> {
    let tells = |part: &Trace| match verdict {
        Verdict::Unknown => part.verdict != Verdict::No,
        Verdict::Yes | Verdict::No => part.verdict == verdict,
    };
    parts.retain(tells);
    parts
}
