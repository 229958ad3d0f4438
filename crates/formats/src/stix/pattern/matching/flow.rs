//! Different observations for many demands: a flow in a bipartite graph, built demand by demand.

use std::collections::{HashMap, HashSet};

use super::work::Work;
use crate::stix::pattern::observation::Seen;

/// Who has which observation.
#[derive(Clone)]
pub(super) struct Flow {
    demands: Vec<Demand>,
    /// By observation.
    shares: Vec<Share>,
}

/// The places of the observations that a demand may have.
type Demand = Vec<u32>;

/// An observation, and who has it.
#[derive(Clone)]
struct Share {
    /// How often it can still be bound.
    free: u64,
    /// Which demands have it, and how often.
    holders: Vec<(usize, u64)>,
}

impl Flow {
    pub fn new(seen: &[Seen]) -> Self {
        let share = |seen: &Seen| Share { free: seen.number, holders: Vec::new() };
        Self { demands: Vec::new(), shares: seen.iter().map(share).collect() }
    }

    /// How much there is to copy.
    pub fn size(&self) -> u64 {
        (self.shares.len() + self.demands.iter().map(Vec::len).sum::<usize>()) as u64
    }

    /// How many bindings are left.
    pub fn left(&self) -> u64 {
        self.shares.iter().map(|share| share.free).fold(0, u64::saturating_add)
    }

    /// The places of all observations that are bound, ascending.
    pub fn bound(&self) -> Vec<usize> {
        let places = self.shares.iter().enumerate();
        places.filter(|(_, share)| !share.holders.is_empty()).map(|(place, _)| place).collect()
    }

    /// Binds `times` of the allowed observations; none when that cannot be.
    pub fn demand(&mut self, allowed: Vec<u32>, times: u64, work: &mut Work) -> Option<()> {
        let wanting = self.demands.len();
        let mut missing = times;
        for place in &allowed {
            let share = self.shares.get_mut(*place as usize)?;
            let taken = missing.min(share.free);
            if taken > 0 {
                share.free -= taken;
                share.holders.push((wanting, taken));
                missing -= taken;
            }
        }
        self.demands.push(allowed);
        for _ in 0..missing {
            self.augment(wanting, work)?;
        }
        Some(())
    }

    /// One more for a demand, by giving others what they may have as well.
    fn augment(&mut self, wanting: usize, work: &mut Work) -> Option<()> {
        let mut came = HashMap::new();
        let mut reached = self.demands.get(wanting)?.clone();
        came.extend(reached.iter().map(|place| (*place, Came::First)));
        // Where one of its observations was reached, all that a demand may have were.
        let mut asked = HashSet::from([wanting]);
        let mut next = 0;
        while let Some(place) = reached.get(next).copied() {
            next += 1;
            let share = self.shares.get(place as usize)?;
            if !work.spend(1) {
                return None;
            }
            if share.free > 0 {
                return self.shift(wanting, place, &came);
            }
            for (holder, _) in &share.holders {
                if !asked.insert(*holder) {
                    continue;
                }
                let allowed = self.demands.get(*holder)?;
                if !work.spend(1 + allowed.len() as u64) {
                    return None;
                }
                for other in allowed {
                    came.entry(*other).or_insert_with(|| {
                        reached.push(*other);
                        Came::By { holder: *holder, from: place }
                    });
                }
            }
        }
        None
    }

    /// Along the way that led to a free observation, each holder takes the next and gives its own.
    fn shift(&mut self, wanting: usize, free: u32, came: &HashMap<u32, Came>) -> Option<()> {
        self.shares.get_mut(free as usize)?.free -= 1;
        let mut place = free;
        loop {
            let Came::By { holder, from } = came.get(&place)? else {
                self.shares.get_mut(place as usize)?.give_to(wanting);
                return Some(());
            };
            self.shares.get_mut(place as usize)?.give_to(*holder);
            self.shares.get_mut(*from as usize)?.take_from(*holder);
            place = *from;
        }
    }
}

/// How the search came to an observation.
#[derive(Clone, Copy)]
enum Came {
    First,
    By { holder: usize, from: u32 },
}

impl Share {
    fn give_to(&mut self, demand: usize) {
        match self.holders.iter_mut().find(|(holder, _)| *holder == demand) {
            Some((_, times)) => *times += 1,
            None => self.holders.push((demand, 1)),
        }
    }

    fn take_from(&mut self, demand: usize) {
        if let Some((_, times)) = self.holders.iter_mut().find(|(holder, _)| *holder == demand) {
            *times -= 1;
        }
        self.holders.retain(|(_, times)| *times > 0);
    }
}
