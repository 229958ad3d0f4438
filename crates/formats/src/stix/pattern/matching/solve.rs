//! Which observations to bind, so that all that a plan asks is so.
//!
//! What a plan asks of times becomes windows: an observation may be bound when it ends at or after the
//! window begins, and begins at or before the window ends. WITHIN tries as beginning the end of each
//! observation, FOLLOWEDBY tries as border the beginning of each. What is left then is to give different
//! observations to so many demands, a flow in a bipartite graph, which augmenting paths answer exactly.
//! Only alternatives and borders are tried one after the other, and [`Work`] bounds how many.

use super::{flow::Flow, plan::Plan, work::Work};
use crate::stix::pattern::{Instant, observation::Seen};

/// More choices within choices are not made: the stack is finite.
const DEEPEST: usize = 300;

/// Which observations can be bound to which rule.
pub(in crate::stix::pattern) struct Problem<'p> {
    plan: &'p Plan,
    /// When each observation was seen, and how often.
    seen: &'p [Seen],
    /// By rule.
    fitting: Vec<Fitting>,
}

/// The observations that fit a rule.
struct Fitting {
    /// Their places, by their beginning.
    places: Vec<u32>,
    /// How long the longest of them lasted.
    longest: i128,
}

/// Instants that an observation must touch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    from: i128,
    until: i128,
}

impl Window {
    const ALWAYS: Self = Self { from: i128::MIN, until: i128::MAX };

    pub const fn admits(&self, seen: &Seen) -> bool {
        seen.last.0 >= self.from && seen.first.0 <= self.until
    }

    /// From the start on, before the stop; none when there is no such instant.
    fn during(self, start: Instant, stop: Instant) -> Option<Self> {
        (start < stop).then(|| self.narrowed(start.0, stop.0.saturating_sub(1)))
    }

    fn narrowed(self, from: i128, until: i128) -> Self {
        Self { from: self.from.max(from), until: self.until.min(until) }
    }
}

/// What is still to be bound.
#[derive(Clone, Copy)]
enum Task<'p> {
    Plan(&'p Plan),
    Sequence(&'p [Plan]),
    /// So many times the same. Copies can change places, so the border of each is sought only from that of
    /// the one before it on.
    Copies {
        of: &'p Plan,
        left: u64,
        from: i128,
    },
}

/// What is tried instant by instant.
#[derive(Clone, Copy)]
enum Border<'p> {
    /// All lies within the duration if and only if all touch a window of this length that begins where the
    /// first of them to end does.
    Within(&'p Plan, i128),
    /// One is followed by the others if and only if there is a border, the beginning of the last of the left
    /// side to begin, at or before which all of the left side begin, and at or after which all of the right
    /// side end.
    Between(&'p Plan, &'p [Plan]),
}

type Tasks<'p> = Vec<(Task<'p>, Window)>;

impl Fitting {
    fn new(mut places: Vec<u32>, seen: &[Seen]) -> Self {
        let of = |place: u32| seen.get(place as usize);
        places.sort_by_key(|place| of(*place).map(|seen| seen.first));
        let lengths = places.iter().filter_map(|place| of(*place)).map(|seen| seen.last.0 - seen.first.0);
        Self { longest: lengths.max().unwrap_or(0), places }
    }

    /// A few more than those that the window admits.
    fn near(&self, window: Window, seen: &[Seen]) -> &[u32] {
        let begin = |place: u32| seen.get(place as usize).map_or(i128::MIN, |seen| seen.first.0);
        let earliest = window.from.saturating_sub(self.longest);
        let start = self.places.partition_point(|place| begin(*place) < earliest);
        let end = self.places.partition_point(|place| begin(*place) <= window.until);
        self.places.get(start..end).unwrap_or_default()
    }
}

impl<'p> Border<'p> {
    /// What is left to do when the border is at this instant; the last is done first.
    fn at(self, instant: i128, window: Window) -> Tasks<'p> {
        match self {
            Self::Within(inner, duration) => {
                vec![(Task::Plan(inner), window.narrowed(instant, instant.saturating_add(duration)))]
            }
            Self::Between(first, rest) => vec![
                (Task::Sequence(rest), window.narrowed(instant, i128::MAX)),
                (Task::Plan(first), window.narrowed(i128::MIN, instant)),
            ],
        }
    }
}

#[derive(Clone)]
struct State<'p> {
    tasks: Tasks<'p>,
    flow: Flow,
    /// How many more choices may be made within each other.
    depth: usize,
}

struct Solver<'p, 'w> {
    problem: &'p Problem<'p>,
    work: &'w mut Work,
}

impl<'p> Problem<'p> {
    /// `fitting` gives the places in `seen` of the observations that fit each rule.
    pub fn new(plan: &'p Plan, seen: &'p [Seen], fitting: Vec<Vec<u32>>) -> Self {
        let fitting = fitting.into_iter().map(|places| Fitting::new(places, seen)).collect();
        Self { plan, seen, fitting }
    }

    /// The places of observations that are bound together, ascending; none when there are no such.
    /// When the work is exceeded, this is no answer.
    pub fn solve(&self, work: &mut Work) -> Option<Vec<usize>> {
        let tasks = vec![(Task::Plan(self.plan), Window::ALWAYS)];
        let state = State { tasks, flow: Flow::new(self.seen), depth: DEEPEST };
        Solver { problem: self, work }.run(state)
    }
}

impl<'p> Solver<'p, '_> {
    fn run(&mut self, mut state: State<'p>) -> Option<Vec<usize>> {
        while let Some((task, window)) = state.tasks.pop() {
            if !self.work.spend(1) {
                return None;
            }
            match task {
                Task::Plan(Plan::Leaf(leaf)) => self.bind(&mut state, *leaf, 1, window)?,
                Task::Plan(Plan::All(plans)) => {
                    state.tasks.extend(plans.iter().rev().map(|plan| (Task::Plan(plan), window)));
                }
                Task::Plan(Plan::Repeat(inner, times)) => self.repeat(&mut state, inner, *times, window)?,
                Task::Plan(Plan::During(inner, start, stop)) => {
                    state.tasks.push((Task::Plan(inner), window.during(*start, *stop)?));
                }
                Task::Plan(Plan::Any(plans)) => {
                    return self.first_of(&state, plans.iter().map(|plan| vec![(Task::Plan(plan), window)]));
                }
                Task::Plan(Plan::Sequence(plans)) => state.tasks.push((Task::Sequence(plans), window)),
                Task::Plan(Plan::Within(inner, duration)) => {
                    return self.borders(&state, Border::Within(inner, *duration), window);
                }
                Task::Sequence([]) | Task::Copies { left: 0, .. } => {}
                Task::Sequence([only]) => state.tasks.push((Task::Plan(only), window)),
                Task::Sequence([first, rest @ ..]) => {
                    return self.borders(&state, Border::Between(first, rest), window);
                }
                Task::Copies { of, left, from } => match border(of, window) {
                    Some((border, narrowed)) => {
                        let instants = self.instants_of(border, narrowed)?;
                        let choices =
                            instants.into_iter().filter(|instant| *instant >= from).map(|instant| {
                                let others = Task::Copies { of, left: left - 1, from: instant };
                                let mut tasks = vec![(others, window)];
                                tasks.extend(border.at(instant, narrowed));
                                tasks
                            });
                        return self.first_of(&state, choices);
                    }
                    None => {
                        state.tasks.push((Task::Copies { of, left: left - 1, from }, window));
                        state.tasks.push((Task::Plan(of), window));
                    }
                },
            }
        }
        Some(state.flow.bound())
    }

    /// The first of the choices that leads to a solution.
    fn first_of(
        &mut self,
        state: &State<'p>,
        choices: impl Iterator<Item = Tasks<'p>>,
    ) -> Option<Vec<usize>> {
        let Some(depth) = state.depth.checked_sub(1) else {
            self.work.exceed();
            return None;
        };
        for choice in choices {
            if !self.work.spend(1 + state.flow.size() / 16) {
                return None;
            }
            let mut state = State { depth, ..state.clone() };
            state.tasks.extend(choice);
            if let Some(found) = self.run(state) {
                return Some(found);
            }
        }
        None
    }

    fn borders(&mut self, state: &State<'p>, border: Border<'p>, window: Window) -> Option<Vec<usize>> {
        let instants = self.instants_of(border, window)?;
        self.first_of(state, instants.into_iter().map(|instant| border.at(instant, window)))
    }

    fn bind(&mut self, state: &mut State<'p>, leaf: usize, times: u64, window: Window) -> Option<()> {
        let allowed = self.admitted(leaf, window).map(|(place, _)| place).collect();
        state.flow.demand(allowed, times, self.work)
    }

    fn repeat(&mut self, state: &mut State<'p>, inner: &'p Plan, times: u64, window: Window) -> Option<()> {
        if let Some((leaf, window)) = one_leaf(inner, window) {
            return self.bind(state, leaf, times, window);
        }
        let needed = inner.size().saturating_mul(times);
        if needed > state.flow.left() {
            return None;
        }
        state.tasks.push((Task::Copies { of: inner, left: times, from: i128::MIN }, window));
        Some(())
    }

    /// Where the border may be, ascending; none when it can be nowhere.
    fn instants_of(&mut self, border: Border<'p>, window: Window) -> Option<Vec<i128>> {
        match border {
            Border::Within(inner, _) => Some(self.instants(inner, window, |seen| seen.last.0)),
            Border::Between(first, rest) => {
                let earliest = self.earliest(first, window)?;
                let latest = self.latest_of_all(rest, window)?;
                let mut begins = self.instants(first, window, |seen| seen.first.0);
                begins.retain(|begin| (earliest..=latest).contains(begin));
                Some(begins)
            }
        }
    }

    /// The instants of all observations that the plan could bind, ascending, each once.
    fn instants(&mut self, plan: &Plan, window: Window, of: impl Fn(&Seen) -> i128) -> Vec<i128> {
        let mut instants = Vec::new();
        plan.each_leaf(&mut |leaf| {
            instants.extend(self.admitted(leaf, window).map(|(_, seen)| of(seen)));
        });
        instants.sort_unstable();
        instants.dedup();
        instants
    }

    fn admitted(&mut self, leaf: usize, window: Window) -> impl Iterator<Item = (u32, &'p Seen)> {
        let seen = self.problem.seen;
        let near =
            self.problem.fitting.get(leaf).map(|fitting| fitting.near(window, seen)).unwrap_or_default();
        let near = if self.work.spend(1 + near.len() as u64) { near } else { &[] };
        let near = near.iter().filter_map(|place| seen.get(*place as usize).map(|seen| (*place, seen)));
        near.filter(move |(_, seen)| window.admits(seen))
    }

    /// The last to begin of what the plan binds begins not before this; none when it can bind nothing.
    fn earliest(&mut self, plan: &Plan, window: Window) -> Option<i128> {
        match plan {
            Plan::Leaf(leaf) => self.admitted(*leaf, window).map(|(_, seen)| seen.first.0).min(),
            Plan::All(plans) | Plan::Sequence(plans) => {
                let mut latest = i128::MIN;
                for plan in plans {
                    latest = latest.max(self.earliest(plan, window)?);
                }
                Some(latest)
            }
            Plan::Any(plans) => plans.iter().filter_map(|plan| self.earliest(plan, window)).min(),
            Plan::Repeat(inner, _) | Plan::Within(inner, _) | Plan::During(inner, ..) => {
                self.earliest(inner, window)
            }
        }
    }

    /// The first to end of what the plan binds ends not after this; none when it can bind nothing.
    fn latest(&mut self, plan: &Plan, window: Window) -> Option<i128> {
        match plan {
            Plan::Leaf(leaf) => self.admitted(*leaf, window).map(|(_, seen)| seen.last.0).max(),
            Plan::All(plans) | Plan::Sequence(plans) => self.latest_of_all(plans, window),
            Plan::Any(plans) => plans.iter().filter_map(|plan| self.latest(plan, window)).max(),
            Plan::Repeat(inner, _) | Plan::Within(inner, _) | Plan::During(inner, ..) => {
                self.latest(inner, window)
            }
        }
    }

    fn latest_of_all(&mut self, plans: &[Plan], window: Window) -> Option<i128> {
        let mut earliest = i128::MAX;
        for plan in plans {
            earliest = earliest.min(self.latest(plan, window)?);
        }
        Some(earliest)
    }
}

/// The leaf of a plan that binds one observation, and the window for it.
fn one_leaf(plan: &Plan, window: Window) -> Option<(usize, Window)> {
    match plan {
        Plan::Leaf(leaf) => Some((*leaf, window)),
        Plan::During(inner, start, stop) => one_leaf(inner, window.during(*start, *stop)?),
        Plan::All(_) | Plan::Any(_) | Plan::Sequence(_) | Plan::Repeat(..) | Plan::Within(..) => None,
    }
}

/// What of a plan is tried instant by instant, if that is all that it is, and the window for it.
fn border(plan: &Plan, window: Window) -> Option<(Border<'_>, Window)> {
    match plan {
        Plan::Within(inner, duration) => Some((Border::Within(inner, *duration), window)),
        Plan::Sequence(plans) => {
            plans.split_first().map(|(first, rest)| (Border::Between(first, rest), window))
        }
        Plan::During(inner, start, stop) => border(inner, window.during(*start, *stop)?),
        Plan::Leaf(_) | Plan::All(_) | Plan::Any(_) | Plan::Repeat(..) => None,
    }
}
