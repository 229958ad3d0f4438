//! Different observations for many demands: a flow in a bipartite graph, built demand by demand.

use super::{solve::Window, work::Work};
use crate::stix::pattern::observation::Seen;

/// Who has which observation.
#[derive(Clone)]
pub(super) struct Flow {
    demands: Vec<Demand>,
    /// By observation: how often it can still be bound.
    free: Vec<u64>,
}

#[derive(Clone)]
struct Demand {
    /// The places of the observations that it may have.
    allowed: Vec<u32>,
    /// What it has, and how often.
    has: Vec<(u32, u64)>,
}

impl Flow {
    pub fn new(seen: &[Seen]) -> Self {
        Self { demands: Vec::new(), free: seen.iter().map(|seen| seen.number).collect() }
    }

    /// How much there is to copy.
    pub fn size(&self) -> u64 {
        (self.free.len() + self.demands.iter().map(|demand| demand.allowed.len()).sum::<usize>()) as u64
    }

    /// How many bindings are left.
    pub fn left(&self) -> u64 {
        self.free.iter().copied().fold(0, u64::saturating_add)
    }

    /// The places of all observations that are bound, ascending.
    pub fn bound(&self) -> Vec<usize> {
        let all = self.demands.iter().flat_map(|demand| &demand.has);
        let mut bound: Vec<usize> =
            all.filter(|(_, times)| *times > 0).map(|(place, _)| *place as usize).collect();
        bound.sort_unstable();
        bound.dedup();
        bound
    }

    /// Binds `times` of the fitting observations that the window admits; none when that cannot be.
    pub fn demand(
        &mut self,
        seen: &[Seen],
        fitting: &[u32],
        (window, times): (Window, u64),
        work: &mut Work,
    ) -> Option<()> {
        let mut demand = Demand { allowed: Vec::new(), has: Vec::new() };
        let mut missing = times;
        if !work.spend(fitting.len() as u64) {
            return None;
        }
        for place in fitting {
            if !seen.get(*place as usize).is_some_and(|seen| window.admits(seen)) {
                continue;
            }
            demand.allowed.push(*place);
            let free = self.free.get_mut(*place as usize)?;
            let taken = missing.min(*free);
            if taken > 0 {
                *free -= taken;
                missing -= taken;
                demand.has.push((*place, taken));
            }
        }
        self.demands.push(demand);
        for _ in 0..missing {
            self.augment(work)?;
        }
        Some(())
    }

    /// One more for the last demand, by giving others what they may have as well.
    fn augment(&mut self, work: &mut Work) -> Option<()> {
        let wanting = self.demands.len().checked_sub(1)?;
        let mut came: Vec<Came> = vec![Came::Not; self.free.len()];
        let mut reached: Vec<u32> = Vec::new();
        for place in &self.demands.get(wanting)?.allowed {
            *came.get_mut(*place as usize)? = Came::First;
            reached.push(*place);
        }
        let mut next = 0;
        while let Some(place) = reached.get(next).copied() {
            next += 1;
            if self.free.get(place as usize).is_some_and(|free| *free > 0) {
                return self.shift(wanting, place, &came);
            }
            for (holder, demand) in self.demands.iter().enumerate() {
                if !work.spend(1 + demand.has.len() as u64) {
                    return None;
                }
                if !demand.has.iter().any(|(held, times)| *held == place && *times > 0) {
                    continue;
                }
                if !work.spend(demand.allowed.len() as u64) {
                    return None;
                }
                for other in &demand.allowed {
                    let other_came = came.get_mut(*other as usize)?;
                    if matches!(other_came, Came::Not) {
                        *other_came = Came::By { holder, from: place };
                        reached.push(*other);
                    }
                }
            }
        }
        None
    }

    /// Along the way that led to a free observation, each holder takes the next and gives its own.
    fn shift(&mut self, wanting: usize, free: u32, came: &[Came]) -> Option<()> {
        *self.free.get_mut(free as usize)? -= 1;
        let mut place = free;
        loop {
            match came.get(place as usize)? {
                Came::By { holder, from } => {
                    let demand = self.demands.get_mut(*holder)?;
                    demand.give(*from);
                    demand.take(place);
                    place = *from;
                }
                Came::First | Came::Not => {
                    self.demands.get_mut(wanting)?.take(place);
                    return Some(());
                }
            }
        }
    }
}

/// How the search came to an observation.
#[derive(Clone, Copy)]
enum Came {
    Not,
    First,
    By { holder: usize, from: u32 },
}

impl Demand {
    fn take(&mut self, place: u32) {
        match self.has.iter_mut().find(|(held, _)| *held == place) {
            Some((_, times)) => *times += 1,
            None => self.has.push((place, 1)),
        }
    }

    fn give(&mut self, place: u32) {
        if let Some((_, times)) = self.has.iter_mut().find(|(held, _)| *held == place) {
            *times = times.saturating_sub(1);
        }
    }
}
