//! Whether what a package names exists: fields, columns, values, stages.

use super::spec::PackageSpec;
use crate::{FieldKind, Pack, ReadProblem, Vocabularies, pack::read::problem, vocabulary::Field};

/// Everything that the packages of a pack name and that does not exist.
pub(crate) fn problems(pack: &Pack, vocabularies: &Vocabularies) -> Vec<ReadProblem> {
    let mut found = vec![];
    for (name, package) in &pack.packages {
        let file = format!("regimes/{}/packages/{name}.toml", pack.id());
        let mut linker = Linker { vocabularies, wrong: vec![] };
        linker.package(pack, package);
        found.extend(linker.wrong.into_iter().map(|(key, rule)| problem(&file, &key, &rule)));
    }
    found
}

struct Linker<'a> {
    vocabularies: &'a Vocabularies,
    wrong: Vec<(String, String)>,
}

impl<'a> Linker<'a> {
    fn package(&mut self, pack: &Pack, package: &PackageSpec) {
        if package.format != "beffroi-package/1" {
            self.say("format", "must be \"beffroi-package/1\"");
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if package.document.is_empty() || !package.document.chars().all(plain) {
            self.say("document", "is the name of a file: small letters, digits, hyphens");
        }
        for track in &package.tracks {
            if !pack.law.tracks.iter().any(|known| known.id == *track) {
                self.say("tracks", &format!("{track:?} is no track of this pack"));
            }
        }
        for stage in &package.stages {
            if pack.stage_named(stage).is_none() {
                self.say("stages", &format!("{stage:?} is no stage of this pack"));
            }
        }
        self.evidence(package);
        for one in &package.timeline {
            let columns = [&one.at, &one.until, &one.zone, &one.clock_offset, &one.source];
            let columns = columns.into_iter().flatten().chain(&one.what);
            match self.field("timeline", &one.field) {
                Some(field) if one.at.is_none() && field.kind == FieldKind::Instant => {}
                Some(field) if one.at.is_some() => self.columns("timeline", field, columns),
                Some(_) => {
                    self.say("timeline", "tells of an instant: an instant, or records with the column at")
                }
                None => {}
            }
        }
        for field in &package.damage.fields {
            self.field("damage", field);
        }
        for one in &package.observables {
            if one.kind.is_some() == one.kind_from.is_some() {
                self.say("observables", "has either kind or kind_from");
            }
            let columns = [&one.kind_from, &one.first_seen, &one.last_seen];
            let columns = columns.into_iter().flatten().chain(&one.context).chain([&one.value]);
            if let Some(field) = self.field("observables", &one.field) {
                self.columns("observables", field, columns);
            }
        }
    }

    fn evidence(&mut self, package: &PackageSpec) {
        let evidence = &package.evidence;
        if let Some(whole) = &evidence.whole {
            self.field("evidence", whole);
        }
        if let Some(items) = self.field("evidence", &evidence.items) {
            self.columns("evidence", items, [&evidence.number, &evidence.consent].into_iter());
            let consent = items.columns.iter().find(|column| column.id == evidence.consent);
            for value in &evidence.given {
                if consent.is_some_and(|column| self.vocabularies.value(column, value).is_none()) {
                    self.say("evidence", &format!("given names {value:?}, which is no value of the column"));
                }
            }
        }
        if let Some(custody) = self.field("evidence", &evidence.custody) {
            self.columns("evidence", custody, [&evidence.custody_number].into_iter());
        }
    }

    fn field(&mut self, key: &str, name: &str) -> Option<&'a Field> {
        let field = self.vocabularies.field(name);
        if field.is_none() {
            self.say(key, &format!("{name:?} is no field"));
        }
        field
    }

    fn columns<'b>(&mut self, key: &str, field: &Field, names: impl Iterator<Item = &'b String>) {
        for name in names {
            if !field.columns.iter().any(|column| column.id == *name) {
                self.say(key, &format!("{:?} has no column {name:?}", field.id));
            }
        }
    }

    fn say(&mut self, key: &str, rule: &str) {
        self.wrong.push((key.to_owned(), rule.to_owned()));
    }
}
