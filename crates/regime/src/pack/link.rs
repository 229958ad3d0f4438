//! Whether what a pack names exists: fields, values, rules, stages, forms, receivers, texts.

mod stages;

use std::collections::BTreeSet;

use super::{
    ALL_STAGES, Bound, Comparison, Condition, Form, FormField, Literal, Obligation, Pack, Share, Status,
    Test, Visibility, read::problem,
};
use crate::{
    FieldKind, ReadProblem, Vocabularies,
    visibility::{may_see, roles_of},
    vocabulary::Field,
};

/// The events that are no fields: what an authority asked for, the date that it set, a reporting period.
pub(crate) const OUTSIDE_EVENTS: &[&str] = &["authority_request", "authority_request_due", "period_begins"];

/// Where a condition stands decides what it may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Law,
    Stage,
    Clock,
    Form,
}

struct Linker<'a> {
    pack: &'a Pack,
    vocabularies: &'a Vocabularies,
    /// The track whose parts are looked at.
    track: Option<&'a str>,
    file: String,
    problems: Vec<ReadProblem>,
}

/// Everything that the pack names and that does not exist.
pub(crate) fn problems(pack: &Pack, vocabularies: &Vocabularies) -> Vec<ReadProblem> {
    let file = format!("regimes/{}/pack.toml", pack.id());
    let mut linker = Linker { pack, vocabularies, track: None, file, problems: vec![] };
    linker.law();
    linker.texts();
    for (name, form) in &pack.forms {
        linker.file = format!("regimes/{}/forms/{name}.toml", pack.id());
        linker.form(form);
    }
    linker.problems
}

/// What a condition of another file of the pack names and that does not exist.
pub(crate) fn condition_problems(
    pack: &Pack,
    vocabularies: &Vocabularies,
    file: &str,
    (key, condition): (&str, &Condition),
) -> Vec<ReadProblem> {
    let mut linker = Linker { pack, vocabularies, track: None, file: file.to_owned(), problems: vec![] };
    linker.condition(key, condition, Place::Form);
    linker.problems
}

impl<'a> Linker<'a> {
    fn wrong(&mut self, key: &str, rule: impl AsRef<str>) {
        self.problems.push(problem(&self.file, key, rule.as_ref()));
    }

    fn law(&mut self) {
        let law = &self.pack.law;
        if law.format != "beffroi-pack/1" {
            self.wrong("format", "must be \"beffroi-pack/1\"");
        }
        for (name, rule) in &law.rules {
            self.condition(&format!("rules.{name}"), rule, Place::Law);
            if reaches(self.pack, rule, name, &mut BTreeSet::new()) {
                self.wrong(&format!("rules.{name}"), "refers to itself; break the circle");
            }
        }
        for entry in &law.displaced_by {
            self.condition("displaced_by.when", &entry.when, Place::Law);
        }
        self.standing();
        for (name, rules) in &law.recipients {
            for rule in rules {
                if rule.first_of.is_empty() {
                    self.wrong(&format!("recipients.{name}"), "first_of names at least one role");
                }
                if let Some(when) = &rule.when {
                    self.condition(&format!("recipients.{name}.when"), when, Place::Law);
                }
                self.words(&format!("recipients.{name}.unsure"), rule.unsure.as_ref());
                let field = rule.in_country_of.as_ref();
                if field.is_some_and(|field| self.vocabularies.field(field).is_none()) {
                    self.wrong(&format!("recipients.{name}"), "in_country_of names no field");
                }
            }
        }
        for copies in &law.copies {
            let key = format!("copies.{}", copies.to);
            self.receiver(&key, &copies.of);
            self.receiver(&key, &copies.to);
            self.condition(&key, &copies.when, Place::Law);
        }
        self.stages();
        self.visibility();
        for duty in &law.authority {
            let key = format!("authority.{}", duty.id);
            if let Some(track) = &duty.track {
                self.track =
                    law.tracks.iter().find(|known| known.id == *track).map(|known| known.id.as_str());
                if self.track.is_none() {
                    self.wrong(&key, format!("{track:?} is no track of this pack"));
                }
            }
            self.receiver(&key, &duty.recipients);
            self.words(&key, duty.unsure.as_ref());
            if let Some(clock) = &duty.clock {
                self.clock(&key, clock);
            }
            if let Some(applies) = &duty.applies {
                self.condition(&key, applies, Place::Law);
            }
            self.track = None;
        }
    }

    /// What says how far the pack can be relied on has its texts, and its channels their recipients.
    fn standing(&mut self) {
        let law = &self.pack.law;
        if law.status == Status::NotTransposed {
            self.words("status", Some(&"note-not-in-force".to_owned()));
        }
        let spoken = law.channels.iter().flat_map(|channel| &channel.languages).chain(&law.languages);
        let is_code = |code: &str| code.len() == 2 && code.bytes().all(|sign| sign.is_ascii_lowercase());
        for code in spoken.filter(|code| !is_code(code)) {
            self.wrong("languages", format!("{code:?} is no code of ISO 639-1, two small letters"));
        }
        for channel in &law.channels {
            let key = format!("channels, {}", channel.name);
            if let Some(name) = &channel.recipients {
                self.receiver(&key, name);
            }
            self.words(&key, channel.words.as_ref());
        }
    }

    /// The text of that key is there.
    fn words(&mut self, key: &str, words: Option<&String>) {
        if let Some(words) = words.filter(|words| self.pack.find_text("en", words).is_none()) {
            self.wrong(key, format!("text {words:?} is missing from text/en.ftl"));
        }
    }

    fn receiver(&mut self, key: &str, name: &str) {
        if !self.pack.law.recipients.contains_key(name) {
            self.wrong(key, format!("recipients {name:?} are not defined in [recipients]"));
        }
    }

    fn condition(&mut self, key: &str, condition: &'a Condition, place: Place) {
        let mut tests = vec![];
        condition.visit(&mut |part| tests.push(part));
        for part in tests {
            self.words(key, part.words.as_ref());
            match &part.test {
                Test::Rule(name) if !self.pack.law.rules.contains_key(name) => {
                    self.wrong(key, format!("rule {name:?} is not defined in [rules]"));
                }
                Test::Fact(field, comparison) => self.fact(key, field, comparison, place),
                Test::All(_)
                | Test::Any(_)
                | Test::Not(_)
                | Test::AtLeast(..)
                | Test::Rule(_)
                | Test::Since(_)
                | Test::Constant(_) => {}
            }
        }
    }

    fn fact(&mut self, key: &str, name: &str, comparison: &Comparison, place: Place) {
        let Some(kind) = fact_kind(self.pack, self.vocabularies, name) else {
            return self
                .wrong(key, format!("{name:?} is no field of the vocabularies and no event of this pack"));
        };
        if let Some(stage) = stage_of_event(name) {
            self.one_stage(key, stage);
        }
        if !comparison_fits(kind, comparison) {
            return self
                .wrong(key, format!("{name:?} cannot be compared like that; its kind is {}", kind.name()));
        }
        match comparison {
            Comparison::Answered if matches!(place, Place::Law | Place::Clock) => {
                self.wrong(
                    key,
                    "answered is about the record, not about the world; only forms and stages may ask it",
                );
            }
            Comparison::AfterDueOf(_) if place == Place::Clock => {
                self.wrong(key, "a clock cannot depend on another stage's due");
            }
            Comparison::AfterDueOf(stage) | Comparison::AfterFilingOf(stage) => self.one_stage(key, stage),
            Comparison::Is(Literal::Text(_)) | Comparison::In(_) | Comparison::HasAny(_) => {
                for value in unknown_values(self.vocabularies, name, comparison) {
                    self.wrong(key, format!("{value:?} is no value of {name:?}"));
                }
            }
            Comparison::MoreThan(bound)
            | Comparison::LessThan(bound)
            | Comparison::From(bound)
            | Comparison::UpTo(bound) => self.bound(key, bound),
            Comparison::ExceedsLowerOf(_, share) => self.share(key, share),
            Comparison::Is(Literal::Boolean(_)) | Comparison::Answered | Comparison::Given => {}
        }
    }

    /// Groups, fields, roles and stages of `visibility` exist, and nobody is asked what nobody may see.
    fn visibility(&mut self) {
        let pack = self.pack;
        for (at, rule) in pack.law.visibility.iter().enumerate() {
            let key = format!("visibility.{at}");
            if rule.roles.is_empty() || (rule.groups.is_empty() && rule.fields.is_empty()) {
                self.wrong(&key, "names groups or fields, and at least one role that may see them");
            }
            let known = |group: &str| self.vocabularies.groups().iter().any(|one| one.id == group);
            let groups: Vec<&String> = rule.groups.iter().filter(|group| !known(group)).collect();
            for group in groups {
                self.wrong(&key, format!("{group:?} is no group of fields"));
            }
            for field in rule.fields.iter().filter(|field| self.vocabularies.field(field).is_none()) {
                self.wrong(&key, format!("{field:?} is no field of the vocabularies"));
            }
            self.stage_names(&key, rule.stages.iter());
            if let Some(when) = &rule.when {
                self.condition(&key, when, Place::Form);
            }
        }
        for (_, stage) in pack.stages() {
            let Some(form) = stage.form.as_ref().and_then(|form| pack.forms.get(form)) else { continue };
            for asked in form.fields() {
                let required = asked.obligation(&stage.id) == Some(Obligation::Required);
                let Some(field) = self.vocabularies.field(&asked.field).filter(|_| required) else {
                    continue;
                };
                // What is kept only in some cases may be seen in the others.
                let always = |rule: &Visibility| rule.when.is_none();
                let seen = |role| may_see(pack, stage, (&field.id, &field.group), role, always);
                if !roles_of(pack, stage).any(seen) {
                    let rule = format!("{} requires it, and no recipient may see it", stage.id);
                    self.wrong(&format!("visibility.{}", field.id), rule);
                }
            }
        }
    }

    fn values(&mut self, key: &str, field: &Field, values: &[String]) {
        for value in values.iter().filter(|value| self.vocabularies.value(field, value).is_none()) {
            self.wrong(key, format!("{value:?} is no value of {:?}", field.id));
        }
    }

    fn bound(&mut self, key: &str, bound: &Bound) {
        match bound {
            Bound::Number(_) => {}
            Bound::Share(share) => self.share(key, share),
        }
    }

    fn share(&mut self, key: &str, share: &Share) {
        let kind = self.vocabularies.field(&share.of).map(|field| field.kind);
        if !kind.is_some_and(is_number) || share.percent.is_sign_negative() {
            self.wrong(
                key,
                format!(
                    "a share is taken of a numeric field, with a positive percent; {:?} is none",
                    share.of
                ),
            );
        }
    }

    fn form(&mut self, form: &'a Form) {
        for section in &form.sections {
            self.text(&format!("section-{}", section.id));
            for field in &section.fields {
                let Some(known) = self.vocabularies.field(&field.field) else {
                    self.wrong(&field.field, "is no field of the vocabularies");
                    continue;
                };
                self.form_field(field, known);
                for when in field.conditions() {
                    self.condition(&field.field, when, Place::Form);
                }
                let is_law = field.stages.values().any(|how| *how == Obligation::Required);
                if is_law && field.basis == crate::Basis::Voluntary {
                    self.wrong(&field.field, "what is required has the basis law or authority");
                }
            }
        }
    }

    fn form_field(&mut self, field: &FormField, known: &Field) {
        let stages = field.stages.keys().chain(field.values.keys()).chain(field.without.keys());
        let stages = stages.chain(field.fixed.keys());
        self.stage_names(&field.field, stages);
        for values in field.values.values().chain(field.without.values()) {
            self.values(&field.field, known, values);
        }
        let single: Vec<String> = field.fixed.values().chain(field.value_when.keys()).cloned().collect();
        self.values(&field.field, known, &single);
        if known.is_of_entity() && (!field.fixed.is_empty() || field.first) {
            self.wrong(&field.field, "comes from the profile of the organisation: neither fixed nor first");
        }
        let named = field.numbers.keys().chain(&field.required_columns);
        for column in named.filter(|name| !known.columns.iter().any(|column| column.id == **name)) {
            self.wrong(&field.field, format!("has no column {column:?}"));
        }
    }

    /// A profile may take stages away that the forms of its law still name.
    fn stage_names<'b>(&mut self, key: &str, names: impl Iterator<Item = &'b String>) {
        if self.pack.law.changes.is_some() {
            return;
        }
        for name in names {
            if name != ALL_STAGES && self.pack.stage_named(name).is_none() {
                self.wrong(key, format!("{name:?} is no stage of this pack"));
            }
        }
    }

    fn texts(&mut self) {
        let pack = self.pack;
        self.file = format!("regimes/{}/text/en.ftl", pack.id());
        self.text("pack");
        pack.law.rules.keys().for_each(|name| self.text(&format!("rule-{name}")));
        pack.law.tracks.iter().for_each(|track| self.text(&format!("track-{}", track.id)));
        pack.stages().for_each(|(_, stage)| self.text(&format!("stage-{}", stage.id)));
        pack.law.authority.iter().for_each(|duty| self.text(&format!("authority-{}", duty.id)));
        pack.law.copies.iter().for_each(|copies| self.text(&format!("copies-{}", copies.to)));
    }

    fn text(&mut self, key: &str) {
        if self.pack.find_text("en", key).is_none() {
            self.wrong(key, "this text is missing");
        }
    }
}

/// Whether following the rules of `condition` leads to `target`.
fn reaches<'a>(pack: &'a Pack, condition: &'a Condition, target: &str, seen: &mut BTreeSet<&'a str>) -> bool {
    let mut names = vec![];
    condition.visit(&mut |part| {
        if let Test::Rule(name) = &part.test {
            names.push(name.as_str());
        }
    });
    names.into_iter().any(|name| {
        name == target
            || (seen.insert(name)
                && pack.law.rules.get(name).is_some_and(|rule| reaches(pack, rule, target, seen)))
    })
}

/// The stage that an event of the pack is about: `submitted.STAGE`, `requested.STAGE`, `overdue.STAGE`.
fn stage_of_event(name: &str) -> Option<&str> {
    ["submitted.", "requested.", "overdue."].iter().find_map(|event| name.strip_prefix(event))
}

/// The kind of a fact: a field of the vocabularies, or an event of the pack (`submitted.STAGE`,
/// `requested.STAGE`, `overdue.STAGE`), which is a yes-or-no fact that is always known.
pub(crate) fn fact_kind(pack: &Pack, vocabularies: &Vocabularies, name: &str) -> Option<FieldKind> {
    match stage_of_event(name) {
        Some(stage) => pack.stage_named(stage).map(|_| FieldKind::Boolean),
        None => vocabularies.field(name).map(|field: &Field| field.kind),
    }
}

const fn is_number(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Integer | FieldKind::Decimal | FieldKind::Money | FieldKind::Duration)
}

/// The values that a comparison names and that its field does not have.
pub(crate) fn unknown_values<'a>(
    vocabularies: &Vocabularies,
    field: &str,
    comparison: &'a Comparison,
) -> Vec<&'a String> {
    let named = match comparison {
        Comparison::Is(Literal::Text(value)) => std::slice::from_ref(value),
        Comparison::In(values) | Comparison::HasAny(values) => values,
        Comparison::MoreThan(_)
        | Comparison::LessThan(_)
        | Comparison::From(_)
        | Comparison::UpTo(_)
        | Comparison::ExceedsLowerOf(..)
        | Comparison::Is(Literal::Boolean(_))
        | Comparison::AfterDueOf(_)
        | Comparison::AfterFilingOf(_)
        | Comparison::Answered
        | Comparison::Given => &[],
    };
    let Some(field) = vocabularies.field(field) else { return vec![] };
    named.iter().filter(|value| vocabularies.value(field, value).is_none()).collect()
}

/// Whether a fact of that kind can be compared so.
pub(crate) fn comparison_fits(kind: FieldKind, comparison: &Comparison) -> bool {
    match comparison {
        Comparison::Is(Literal::Boolean(_)) => kind == FieldKind::Boolean,
        Comparison::Is(Literal::Text(_)) | Comparison::In(_) => kind == FieldKind::Choice,
        Comparison::HasAny(_) => kind == FieldKind::Choices,
        // Of a list of choices, how many are chosen.
        Comparison::MoreThan(Bound::Number(_))
        | Comparison::LessThan(Bound::Number(_))
        | Comparison::From(Bound::Number(_))
        | Comparison::UpTo(Bound::Number(_)) => is_number(kind) || kind == FieldKind::Choices,
        Comparison::MoreThan(Bound::Share(_))
        | Comparison::LessThan(Bound::Share(_))
        | Comparison::From(Bound::Share(_))
        | Comparison::UpTo(Bound::Share(_))
        | Comparison::ExceedsLowerOf(..) => is_number(kind),
        Comparison::AfterDueOf(_) | Comparison::AfterFilingOf(_) => kind == FieldKind::Instant,
        Comparison::Answered => true,
        Comparison::Given => matches!(kind, FieldKind::Text | FieldKind::LongText),
    }
}
