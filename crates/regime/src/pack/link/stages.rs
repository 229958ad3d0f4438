//! Tracks, stages and their clocks: what they name exists, and a name means one thing.

use std::collections::BTreeSet;

use super::{Linker, OUTSIDE_EVENTS, Place};
use crate::{
    clock::{Anchor, Clock},
    pack::{Stage, Track},
};

impl<'a> Linker<'a> {
    pub(super) fn stages(&mut self) {
        let pack = self.pack;
        for track in &pack.law.tracks {
            self.track = Some(&track.id);
            self.condition(&format!("tracks.{}.applies", track.id), &track.applies, Place::Law);
            self.withdrawal(track);
            let mut seen = BTreeSet::new();
            for stage in &track.stages {
                let key = format!("tracks.{}.stages.{}", track.id, stage.id);
                if !seen.insert(stage.id.as_str()) {
                    self.wrong(
                        &key,
                        "another stage of this track has that name; events of it would be ambiguous",
                    );
                }
                self.stage(&key, track, stage);
                self.covers(&key, stage, &seen);
            }
        }
        self.track = None;
    }

    fn stage(&mut self, key: &str, track: &Track, stage: &'a Stage) {
        let name = format!("{}.{}.{}", self.pack.id(), track.id, stage.id);
        if name.parse::<model::DutyKey>().is_err() {
            self.wrong(key, "names are small letters, digits, - and _, at most 64");
        }
        self.receiver(key, &stage.recipients);
        self.words(key, stage.unsure.as_ref());
        if let Some(form) = stage.form.as_ref().filter(|form| !self.pack.forms.contains_key(*form)) {
            self.wrong(key, format!("form {form:?} does not exist; it would be forms/{form}.toml"));
        }
        if let Some(applies) = &stage.applies {
            self.condition(&format!("{key}.applies"), applies, Place::Stage);
        }
        for conditional in &stage.clocks {
            self.condition(&format!("{key}.clocks"), &conditional.when, Place::Clock);
        }
        for clock in stage.clocks.iter().map(|conditional| &conditional.clock).chain(&stage.clock) {
            self.clock(key, clock);
        }
    }

    /// What a filing counts for as well comes earlier in the same track.
    fn covers(&mut self, key: &str, stage: &'a Stage, earlier: &BTreeSet<&str>) {
        let Some(covers) = &stage.covers else { return };
        let key = format!("{key}.covers");
        for name in &covers.stages {
            if *name == stage.id || !earlier.contains(name.as_str()) {
                self.wrong(&key, format!("{name:?} is no earlier stage of the same track"));
            }
        }
        if let Some(when) = &covers.when {
            self.condition(&key, when, Place::Stage);
        }
    }

    fn withdrawal(&mut self, track: &Track) {
        let Some(by) = &track.withdrawn_by else { return };
        let key = format!("tracks.{}.withdrawn_by", track.id);
        self.one_stage(&key, &by.stage);
        if let Some(event) = by.revived_by.as_ref().filter(|event| !self.is_event(event)) {
            self.wrong(&key, format!("{event:?} is no event of a field"));
        }
    }

    fn is_event(&self, name: &str) -> bool {
        self.vocabularies.field_of_event(name).is_some()
    }

    pub(super) fn clock(&mut self, key: &str, clock: &Clock) {
        let unless = clock.roll.as_ref().and_then(|roll| roll.unless.as_ref());
        if let Some(rule) = unless.filter(|rule| !self.pack.law.rules.contains_key(*rule)) {
            self.wrong(key, format!("the roll is excluded by {rule:?}, which is not defined in [rules]"));
        }
        for anchor in clock.anchors() {
            match &anchor {
                Anchor::Event(event) if OUTSIDE_EVENTS.contains(&event.as_str()) || self.is_event(event) => {}
                Anchor::Submission { stage, .. } if self.pack.stage_named(stage).is_some() => {
                    self.one_stage(key, stage);
                }
                Anchor::Event(_) | Anchor::Submission { .. } => self.wrong(
                    key,
                    format!("the clock counts from {anchor}, which is no event of a field and no stage"),
                ),
            }
        }
    }

    /// A name of a stage means one stage: the track's own, or that of the only track which has it.
    pub(super) fn one_stage(&mut self, key: &str, stage: &str) {
        let tracks = self.pack.law.tracks.iter();
        let having: Vec<&str> = tracks
            .filter(|track| track.stages.iter().any(|candidate| candidate.id == stage))
            .map(|track| track.id.as_str())
            .collect();
        let own = self.track.is_some_and(|track| having.contains(&track));
        if having.is_empty() {
            self.wrong(key, format!("{stage:?} is no stage of this pack"));
        } else if having.len() > 1 && !own {
            let tracks = having.join(", ");
            self.wrong(
                key,
                format!("{stage:?} is a stage of several tracks ({tracks}); only they can name it"),
            );
        }
    }
}
