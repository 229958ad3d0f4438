//! What keeps the duties of a case open: the parts of their conditions that the known facts do not decide.

use model::{DutyKey, Instant};

use super::{Docket, filings::counted};
use crate::{
    Case, Library, Verdict,
    evaluate::{
        cells::decide,
        node::{Domains, Node},
    },
    pack::{Condition, Pack},
};

/// The open duties that must be fulfilled, and what they wait for.
#[derive(Default)]
pub(crate) struct OpenParts {
    /// What is open, each condition once.
    pub parts: Vec<Node>,
    /// What is known of the facts that they compare.
    pub domains: Domains,
    /// The open duties in the order of the packs.
    pub duties: Vec<OpenDuty>,
}

/// A duty that is neither owed nor excluded yet.
pub(crate) struct OpenDuty {
    /// The short name of its law.
    pub law: String,
    /// The open parts: it is owed once all of them hold, and not once one fails.
    pub parts: Vec<usize>,
}

/// The open duties of a case; neither those that are voluntary nor those that an authority must ask for.
pub(crate) fn open_parts(library: &Library, case: &Case, now: Instant) -> OpenParts {
    let mut open = OpenParts::default();
    for pack in library.speaking(case, now) {
        let case = counted(library, pack, case);
        Docket::new(library, pack, &case, &[], now).add_open(&mut open);
    }
    open
}

impl OpenParts {
    /// The place of a condition among the parts; none when it is decided.
    fn place(&mut self, node: Node) -> Result<Option<usize>, Excluded> {
        match decide(&node, &self.domains) {
            Verdict::Yes => Ok(None),
            Verdict::No => Err(Excluded),
            Verdict::Unknown => {
                let known = self.parts.iter().position(|part| *part == node);
                let place = known.unwrap_or_else(|| {
                    self.parts.push(node);
                    self.parts.len() - 1
                });
                Ok(Some(place))
            }
        }
    }
}

/// A part fails: what rests on it is not owed.
struct Excluded;

impl Docket<'_> {
    fn add_open(&self, open: &mut OpenParts) {
        let law = &self.pack.law;
        if !self.pack.in_force(self.day()) && !self.is_simulated() {
            return;
        }
        let Ok(common) = self.not_displaced(open) else { return };
        for track in law.tracks.iter().filter(|track| !track.voluntary) {
            let lane = self.lane(track);
            if lane.withdrawn.is_some() {
                continue;
            }
            let node = lane.world.residue(&track.applies, &mut open.domains);
            let Ok(applies) = open.place(node) else { continue };
            for stage in track.stages.iter().filter(|stage| !stage.on_request()) {
                let filed = |duty: &DutyKey| {
                    duty.pack == self.pack.id() && duty.track == track.id && duty.stage == stage.id
                };
                if self.case.submissions.iter().any(|submission| filed(&submission.duty)) {
                    continue;
                }
                let own = match &stage.applies {
                    None => Ok(None),
                    Some(when) => {
                        let node = lane.world.residue(when, &mut open.domains);
                        open.place(node)
                    }
                };
                let Ok(own) = own else { continue };
                let parts: Vec<usize> = common.iter().copied().chain(applies).chain(own).collect();
                if !parts.is_empty() {
                    open.duties.push(OpenDuty { law: law.law.clone(), parts });
                }
            }
        }
    }

    /// That no other law takes the place of this one: the parts that are open.
    fn not_displaced(&self, open: &mut OpenParts) -> Result<Vec<usize>, Excluded> {
        let mut parts = vec![];
        for entry in &self.pack.law.displaced_by {
            let node = self.world.residue(&entry.when, &mut open.domains).negated();
            parts.extend(open.place(node)?);
        }
        Ok(parts)
    }
}

/// Every condition on which the duties of a pack rest that must be fulfilled, and what its named rules hold.
pub(crate) fn conditions(pack: &Pack) -> impl Iterator<Item = &Condition> {
    let law = &pack.law;
    let of_tracks = law.tracks.iter().filter(|track| !track.voluntary).flat_map(|track| {
        let stages = track.stages.iter().filter_map(|stage| stage.applies.as_ref());
        std::iter::once(&track.applies).chain(stages)
    });
    of_tracks.chain(law.displaced_by.iter().map(|entry| &entry.when)).chain(law.rules.values())
}
