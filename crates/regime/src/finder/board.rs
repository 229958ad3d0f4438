//! Which question comes next: the one whose answers leave the fewest duties open.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use model::Instant;

use super::answers::{Answer, Grain, answers, field_of, variables};
use crate::{
    Case, FieldKind, Library, Verdict,
    duties::open::{OpenParts, open_parts},
    evaluate::{
        cells::{decide, favour, live_atoms},
        node::{Domains, Node},
    },
    vocabulary::Field,
};

/// The most questions that are weighed for one step.
const MOST_CANDIDATES: usize = 96;
/// How often a condition may be worked out while several answers are tried together.
const MOST_TRIES: usize = 4000;
/// How many answers together are tried at most, in every way, when no single one decides anything.
const DEEPEST: usize = 6;

/// What is open, and the questions that bear on it.
pub struct Board<'a> {
    library: &'a Library,
    open: OpenParts,
    /// The questions that can still be asked, in the order of the vocabulary.
    fields: Vec<&'a Field>,
    /// The fields that each part compares.
    compared: Vec<BTreeSet<String>>,
    /// The sets of parts on which duties rest, with how many duties rest on each.
    groups: Vec<(Vec<usize>, u32)>,
    tries: Cell<usize>,
}

/// A question with what its answers promise.
#[derive(Clone, Copy)]
pub struct Weighed<'a> {
    pub field: &'a Field,
    /// How many duties stay open on average over its answers.
    pub expected: f64,
    answers: usize,
}

impl<'a> Board<'a> {
    pub fn new(library: &'a Library, case: &Case, unknown: &BTreeSet<String>, now: Instant) -> Self {
        let mut open = open_parts(library, case, now);
        let atoms = open.parts.iter().flat_map(|part| live_atoms(part, &open.domains));
        open.domains = open.domains.only(&atoms.flat_map(variables).collect());
        let named = |part: &Node| -> BTreeSet<String> {
            let atoms = live_atoms(part, &open.domains);
            atoms.into_iter().flat_map(variables).map(|variable| field_of(variable).to_owned()).collect()
        };
        // A part on which no open duty rests any more is nobody's question.
        let used: BTreeSet<usize> = open.duties.iter().flat_map(|duty| duty.parts.iter().copied()).collect();
        let parts = open.parts.iter().enumerate();
        let compared: Vec<BTreeSet<String>> = parts
            .map(|(place, part)| if used.contains(&place) { named(part) } else { BTreeSet::new() })
            .collect();
        let fields = library.vocabularies().fields();
        let fields = fields
            .filter(|field| can_be_asked(field, case, unknown))
            .filter(|field| compared.iter().any(|names| names.contains(&field.id)))
            .take(MOST_CANDIDATES)
            .collect();
        let mut groups: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
        for duty in &open.duties {
            *groups.entry(duty.parts.clone()).or_default() += 1;
        }
        let groups = groups.into_iter().collect();
        Self { library, open, fields, compared, groups, tries: Cell::new(0) }
    }

    /// The questions that bear on what is open, in the order of the vocabulary.
    pub fn fields(&self) -> &[&'a Field] {
        &self.fields
    }

    /// The laws of the open duties that a question bears on, each once.
    pub fn laws(&self, field: &str) -> Vec<String> {
        let mut laws: Vec<String> = vec![];
        for duty in &self.open.duties {
            let bears = duty.parts.iter().any(|part| self.compares(*part, field));
            if bears && !laws.contains(&duty.law) {
                laws.push(duty.law.clone());
            }
        }
        laws
    }

    /// The question that decides most. None when no answer, and no few answers together, decide anything.
    pub fn next(&self) -> Option<&'a Field> {
        let best = self.weighed().into_iter().next()?;
        // The average falls only if some answer decides a duty.
        if best.expected < f64::from(self.count(|_| Verdict::Unknown)) {
            return Some(best.field);
        }
        self.together()
    }

    /// Every question with what it promises, the best first: fewest duties left open, then fewest answers,
    /// then the order of the vocabulary.
    pub fn weighed(&self) -> Vec<Weighed<'a>> {
        let mut all: Vec<Weighed<'a>> = self.fields.iter().map(|field| self.weigh(field)).collect();
        all.sort_by(|one, other| {
            one.expected.total_cmp(&other.expected).then(one.answers.cmp(&other.answers))
        });
        all
    }

    fn weigh(&self, field: &'a Field) -> Weighed<'a> {
        let answers = self.answers_to(field, &self.open.domains, Grain::Range);
        let (mut open, mut weight) = (0.0, 0.0);
        for answer in &answers {
            let left = self.count(|part| {
                if self.compares(part, &field.id) {
                    self.verdict(part, &answer.domains)
                } else {
                    Verdict::Unknown
                }
            });
            open += f64::from(left) * f64::from(answer.weight);
            weight += f64::from(answer.weight);
        }
        let expected = if weight > 0.0 { open / weight } else { f64::INFINITY };
        Weighed { field, expected, answers: answers.len() }
    }

    fn answers_to(&self, field: &Field, domains: &Domains, grain: Grain) -> Vec<Answer> {
        let parts = self.open.parts.iter().zip(&self.compared);
        let parts = parts.filter(|(_, names)| names.contains(&field.id));
        let parts: Vec<&Node> = parts.map(|(part, _)| part).collect();
        answers(self.library.vocabularies(), field, &parts, (domains, grain))
    }

    fn compares(&self, part: usize, field: &str) -> bool {
        self.compared.get(part).is_some_and(|names| names.contains(field))
    }

    fn verdict(&self, part: usize, domains: &Domains) -> Verdict {
        self.open.parts.get(part).map_or(Verdict::Unknown, |node| decide(node, domains))
    }

    /// How many duties are open when the parts stand so.
    fn count(&self, verdict: impl Fn(usize) -> Verdict) -> u32 {
        let mut known: Vec<Option<Verdict>> = vec![None; self.open.parts.len()];
        let mut of = |part: usize| match known.get_mut(part) {
            Some(place) => *place.get_or_insert_with(|| verdict(part)),
            None => Verdict::Unknown,
        };
        let mut open = 0;
        for (parts, duties) in &self.groups {
            let verdicts: Vec<Verdict> = parts.iter().map(|part| of(*part)).collect();
            let excluded = verdicts.contains(&Verdict::No);
            let owed = verdicts.iter().all(|verdict| *verdict == Verdict::Yes);
            open += if excluded || owed { 0 } else { *duties };
        }
        open
    }

    /// A question that decides a duty only together with others: none of them can be spared, so that each has
    /// a share in the decision. First few answers are tried, then all that speak for the duty or against it.
    fn together(&self) -> Option<&'a Field> {
        let order: Vec<&'a Field> = self.weighed().into_iter().map(|weighed| weighed.field).collect();
        let groups: Vec<Group<'_, 'a>> =
            self.groups.iter().map(|(parts, _)| self.group(parts, &order)).collect();
        let few = |depth: usize| {
            groups.iter().find_map(|group| {
                let fields = &group.fields;
                let first = (0..fields.len()).find(|first| {
                    self.decided_with(
                        &group.nodes,
                        &group.domains,
                        fields.get(*first..).unwrap_or_default(),
                        depth,
                    )
                })?;
                fields.get(first).copied()
            })
        };
        let all = || {
            groups
                .iter()
                .find_map(|group| [true, false].into_iter().find_map(|holds| self.led_to(holds, group)))
        };
        few(1).or_else(|| few(2)).or_else(all).or_else(|| (3..=DEEPEST).find_map(few))
    }

    /// The first question that cannot be spared where every answer speaks for the duties, or against them;
    /// none when all of them together do not decide.
    fn led_to(&self, holds: bool, group: &Group<'_, 'a>) -> Option<&'a Field> {
        let Group { nodes, domains, fields } = group;
        let lead = |known: Domains, field: &&'a Field| {
            let answers = answers(self.library.vocabularies(), field, nodes, (&known, Grain::Number));
            let favour = |answer: &Answer| -> i32 {
                let favour = nodes.iter().map(|node| favour(node, domains, &answer.domains)).sum::<i32>();
                if holds { favour } else { -favour }
            };
            answers.into_iter().max_by_key(favour).map_or(known, |answer| answer.domains)
        };
        let decides = |fields: &[&'a Field]| is_decided(nodes, &fields.iter().fold(domains.clone(), lead));
        if !decides(fields) {
            return None;
        }
        let mut needed: Vec<&'a Field> = fields.clone();
        for place in (0..fields.len()).rev() {
            let mut fewer = needed.clone();
            fewer.remove(place);
            if decides(&fewer) {
                needed = fewer;
            }
        }
        needed.first().copied()
    }

    /// The parts on which duties rest together, with the questions that bear on them in the order given.
    fn group(&self, parts: &[usize], order: &[&'a Field]) -> Group<'_, 'a> {
        let nodes: Vec<&Node> = parts.iter().filter_map(|part| self.open.parts.get(*part)).collect();
        let bears = |field: &&&'a Field| parts.iter().any(|part| self.compares(*part, &field.id));
        let fields = order.iter().filter(bears).copied().collect();
        let atoms = nodes.iter().flat_map(|node| live_atoms(node, &self.open.domains));
        let domains = self.open.domains.only(&atoms.flat_map(variables).collect());
        Group { nodes, domains, fields }
    }

    /// Whether answers to the first of `fields` and `depth - 1` of those behind it decide the duties that rest on the parts.
    fn decided_with(&self, nodes: &[&Node], domains: &Domains, fields: &[&'a Field], depth: usize) -> bool {
        let enough = fields.len() >= depth && self.tries.get() < MOST_TRIES;
        let Some((first, rest)) = fields.split_first().filter(|_| enough) else { return false };
        let answers = answers(self.library.vocabularies(), first, nodes, (domains, Grain::Number));
        answers.iter().any(|answer| {
            if self.tries.replace(self.tries.get() + 1) >= MOST_TRIES {
                return false;
            }
            if depth == 1 {
                return is_decided(nodes, &answer.domains);
            }
            (0..rest.len()).any(|next| {
                self.decided_with(nodes, &answer.domains, rest.get(next..).unwrap_or_default(), depth - 1)
            })
        })
    }
}

/// Parts on which duties rest together, what is known of the facts that they compare, and the questions left.
struct Group<'n, 'f> {
    nodes: Vec<&'n Node>,
    domains: Domains,
    fields: Vec<&'f Field>,
}

/// Whether all parts hold, or one fails.
fn is_decided(nodes: &[&Node], domains: &Domains) -> bool {
    let mut all = true;
    for node in nodes {
        match decide(node, domains) {
            Verdict::No => return true,
            Verdict::Unknown => all = false,
            Verdict::Yes => {}
        }
    }
    all
}

/// Whether a question can be put: nobody has answered it, nor said that the answer is not known.
pub fn can_be_asked(field: &Field, case: &Case, unknown: &BTreeSet<String>) -> bool {
    let source = if field.is_of_entity() { &case.entity } else { &case.facts };
    let answered = source.get(&field.id).is_some_and(|value| !value.is_null());
    !answered && !unknown.contains(&field.id) && field.kind != FieldKind::Records
}
