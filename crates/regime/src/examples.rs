//! Worked examples of a pack: cases with the verdicts and dues that its author expects. They are the tests
//! of the pack.

use std::collections::BTreeMap;

use model::{Country, DutyKey, DutyState, Instant, Role};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Case, Duty, Library, Pack, ReadProblem, Request, Submission, Verdict,
    duties::all_under,
    evaluate::World,
    pack::{
        Condition, Status, Test,
        read::{parsed, problem},
    },
};

/// A file of worked examples.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleFile {
    format: String,
    country: Country,
    zone: String,
    now: Instant,
    #[serde(default)]
    entities: BTreeMap<String, BTreeMap<String, Value>>,
    #[serde(default)]
    facts: BTreeMap<String, Value>,
    cases: Vec<Example>,
}

/// One case. Facts add to those of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    name: String,
    entity: String,
    #[serde(default)]
    facts: BTreeMap<String, Value>,
    #[serde(default)]
    now: Option<Instant>,
    /// When each stage was filed, once or several times. A stage is named `STAGE`, or `TRACK.STAGE`.
    #[serde(default)]
    filed: BTreeMap<String, Moments>,
    /// When a filing of a stage was corrected.
    #[serde(default)]
    corrected: BTreeMap<String, Moments>,
    /// When each stage was asked for, and by when.
    #[serde(default)]
    asked: BTreeMap<String, Asked>,
    /// The expected verdicts of rules.
    #[serde(default)]
    rules: BTreeMap<String, Verdict>,
    /// The expected states of stages.
    #[serde(default)]
    states: BTreeMap<String, DutyState>,
    /// The expected dues of stages.
    #[serde(default)]
    dues: BTreeMap<String, Instant>,
    /// The stages for which no due is expected.
    #[serde(default)]
    no_due: Vec<String>,
    /// The expected roles of those who receive a stage.
    #[serde(default)]
    receivers: BTreeMap<String, Vec<Role>>,
    /// The fields that are expected to be missing for a stage.
    #[serde(default)]
    missing: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    at: Instant,
    #[serde(default)]
    due: Option<Instant>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Moments {
    One(Instant),
    Several(Vec<Instant>),
}

impl Moments {
    fn all(&self) -> &[Instant] {
        match self {
            Self::One(at) => std::slice::from_ref(at),
            Self::Several(all) => all,
        }
    }
}

/// What came of the worked examples of a library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examples {
    /// How many cases were worked.
    pub cases: usize,
    /// How many expectations were compared.
    pub expectations: usize,
    /// Where a pack and its examples do not agree, or an example cannot be read.
    pub problems: Vec<ReadProblem>,
}

/// Works every example below `regimes/PACK/cases/`.
#[must_use]
pub fn examples(library: &Library, files: &BTreeMap<String, Vec<u8>>) -> Examples {
    let mut found = Examples::default();
    for path in files.keys() {
        let folder = path.strip_prefix("regimes/").and_then(|rest| rest.split_once("/cases/"));
        let Some((folder, _)) = folder.filter(|(_, name)| name.ends_with(".toml")) else { continue };
        let Some((library, pack)) = library.of_folder(folder) else { continue };
        let Some(file) = parsed::<ExampleFile>(files, path, &mut found.problems) else { continue };
        if file.format != "beffroi-cases/1" {
            found.problems.push(problem(path, "format", "must be \"beffroi-cases/1\""));
        }
        for example in &file.cases {
            found.cases += 1;
            let worked = Worked { library: &library, pack: &pack, path, file: &file, example };
            worked.compare(&mut found);
        }
    }
    found
}

/// The cases of the worked examples, each with its name and its instant.
#[must_use]
pub fn example_cases(library: &Library, files: &BTreeMap<String, Vec<u8>>) -> Vec<(String, Case, Instant)> {
    let mut cases = vec![];
    for path in files.keys() {
        let folder = path.strip_prefix("regimes/").and_then(|rest| rest.split_once("/cases/"));
        let Some(pack) = folder.and_then(|(folder, _)| library.pack(folder)) else { continue };
        let Some(file) = parsed::<ExampleFile>(files, path, &mut vec![]) else { continue };
        for example in &file.cases {
            let worked = Worked { library, pack, path, file: &file, example };
            let now = example.now.unwrap_or(file.now);
            cases.extend(worked.case().map(|case| (format!("{path}: {}", example.name), case, now)));
        }
    }
    cases
}

struct Worked<'a> {
    library: &'a Library,
    pack: &'a Pack,
    path: &'a str,
    file: &'a ExampleFile,
    example: &'a Example,
}

impl Worked<'_> {
    fn compare(&self, found: &mut Examples) {
        let Some(case) = self.case() else {
            return found
                .problems
                .push(self.wrong(&format!("entity {:?} is not in [entities]", self.example.entity)));
        };
        for (name, value) in case.facts.iter().chain(&case.entity) {
            found.problems.extend(
                crate::check_answer(self.library, name, value).err().map(|error| self.wrong(&error.message)),
            );
        }
        let world = World::new(self.library.vocabularies(), self.pack, &case, "en");
        for (rule, expected) in &self.example.rules {
            let condition = Condition { test: Test::Rule(rule.clone()), ..Condition::always() };
            self.expect(found, rule, *expected, world.evaluate(&condition).verdict);
        }
        let now = self.example.now.unwrap_or(self.file.now);
        let duties = all_under(self.library, self.pack, &case, now);
        let duty = |stage: &str| {
            let key = self.key(stage);
            duties.iter().find(|duty| duty.key == key)
        };
        for (stage, expected) in &self.example.states {
            self.expect(found, stage, Some(*expected), duty(stage).map(|duty| duty.state));
        }
        for (stage, expected) in &self.example.dues {
            let due = duty(stage).and_then(|duty| duty.due.as_ref());
            self.expect(found, stage, Some(*expected), due.map(|due| due.at));
        }
        for stage in &self.example.no_due {
            let due = duty(stage).map(|duty| duty.due.as_ref().map(|due| due.at));
            self.expect(found, stage, Some(None), due);
        }
        for (stage, expected) in &self.example.receivers {
            let roles = |duty: &Duty| duty.recipients.iter().map(|recipient| recipient.role).collect();
            self.expect(found, stage, Some(expected.clone()), duty(stage).map(roles));
        }
        for (stage, expected) in &self.example.missing {
            let missing =
                duty(stage).map(|duty| duty.missing.iter().map(|missing| missing.field.clone()).collect());
            self.expect(found, stage, Some(expected.clone()), missing);
        }
    }

    fn expect<T: PartialEq + std::fmt::Debug>(&self, found: &mut Examples, what: &str, expected: T, got: T) {
        found.expectations += 1;
        if expected != got {
            found.problems.push(self.wrong(&format!("{what}: expected {expected:?}, got {got:?}")));
        }
    }

    fn wrong(&self, rule: &str) -> ReadProblem {
        problem(self.path, &self.example.name, rule)
    }

    fn key(&self, stage: &str) -> DutyKey {
        let (track, stage) = match stage.split_once('.') {
            Some((track, stage)) => (Some(track), stage),
            None => (self.pack.stage_named(stage).map(|(track, _)| track.id.as_str()), stage),
        };
        let track = track.unwrap_or_default().to_owned();
        DutyKey { pack: self.pack.id().to_owned(), track, stage: stage.to_owned() }
    }

    fn bill(&self) -> Vec<String> {
        let bill = self.pack.law.status == Status::Proposed;
        bill.then(|| self.pack.id().to_owned()).into_iter().collect()
    }

    fn case(&self) -> Option<Case> {
        let mut facts = self.file.facts.clone();
        facts.extend(self.example.facts.clone());
        let filed = |filings: &BTreeMap<String, Moments>, corrects: bool| -> Vec<Submission> {
            let all = filings.iter().flat_map(|(stage, at)| at.all().iter().map(move |at| (stage, at)));
            all.map(|(stage, at)| Submission {
                duty: self.key(stage),
                at: *at,
                acknowledged: false,
                corrects,
            })
            .collect()
        };
        let asked = self.example.asked.iter();
        Some(Case {
            entity: self.file.entities.get(&self.example.entity)?.clone(),
            facts,
            country: self.file.country,
            zone: self.file.zone.clone(),
            submissions: [filed(&self.example.filed, false), filed(&self.example.corrected, true)].concat(),
            requests: asked
                .map(|(stage, asked)| Request { duty: self.key(stage), at: asked.at, due: asked.due })
                .collect(),
            opened: None,
            // The examples of a bill show it as if it were in force.
            simulated: self.bill(),
        })
    }
}
