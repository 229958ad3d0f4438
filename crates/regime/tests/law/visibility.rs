//! Each recipient sees only what is its own: for random rules of visibility, nothing outside the allowed set
//! is ever in what would be filed, and what is withheld is named.

use std::collections::{BTreeMap, BTreeSet};

use model::{DutyKey, Role};
use proptest::prelude::*;
use regime::{Library, content, withheld};
use serde_json::{Map, Value, json};

use crate::{case, read};

const FIELDS: &[(&str, &str)] = &[("a", "one"), ("b", "one"), ("c", "two"), ("d", "two"), ("e", "three")];
const STAGES: &[(&str, &[Role])] = &[
    ("early", &[Role::Csirt, Role::CompetentAuthority]),
    ("late", &[Role::DataProtectionAuthority, Role::Csirt]),
];
const ROLES: &[Role] =
    &[Role::Csirt, Role::CompetentAuthority, Role::DataProtectionAuthority, Role::FinancialAuthority];

/// One rule of visibility.
#[derive(Clone, Debug)]
struct Rule {
    groups: Vec<&'static str>,
    fields: Vec<&'static str>,
    roles: Vec<Role>,
    stages: Vec<&'static str>,
}

fn names<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(|name| format!("{:?}", name.as_ref())).collect::<Vec<_>>().join(", ")
}

fn pack(rules: &[Rule]) -> String {
    let rules: String = rules
        .iter()
        .map(|rule| {
            let roles: Vec<&str> = rule.roles.iter().map(|role| role.name()).collect();
            format!(
                "[[visibility]]\ngroups = [{}]\nfields = [{}]\nroles = [{}]\nstages = [{}]\n",
                names(&rule.groups),
                names(&rule.fields),
                names(&roles),
                names(&rule.stages)
            )
        })
        .collect();
    format!(
        r#"
format = "beffroi-pack/1"
id = "law"
law = "Law"
kind = "agreement"
version = "2026-01-01"
valid_from = "2026-01-01"
sources = []
retention = {{ source = "none" }}
[recipients]
early = [{{ first_of = ["csirt", "competent_authority"], article = "1" }}]
late = [{{ first_of = ["data_protection_authority"], article = "1" }}, {{ first_of = ["csirt"], article = "2" }}]
[[tracks]]
id = "track"
applies = {{ always = true }}
stages = [
  {{ id = "early", article = "1", form = "form", recipients = "early" }},
  {{ id = "late", article = "1", form = "form", recipients = "late" }},
]
{rules}"#
    )
}

fn files(rules: &[Rule], obligation: &str) -> BTreeMap<String, Vec<u8>> {
    let fields: String = FIELDS
        .iter()
        .map(|(id, group)| {
            format!("{{ id = {id:?}, kind = \"text\", group = {group:?}, label = {id:?} }},\n")
        })
        .collect();
    let asked: String = FIELDS
        .iter()
        .map(|(id, _)| format!("{{ field = {id:?}, basis = \"law\", {obligation} = [\"all\"] }},\n"))
        .collect();
    let groups = "groups = [{ id = \"one\", label = \"One\" }, { id = \"two\", label = \"Two\" }, { id = \"three\", label = \"Three\" }]";
    [
        ("regimes/law/pack.toml", pack(rules)),
        (
            "regimes/law/forms/form.toml",
            format!("format = \"beffroi-form/1\"\n[[sections]]\nid = \"s\"\nfields = [\n{asked}]\n"),
        ),
        (
            "regimes/law/text/en.ftl",
            "pack = Law\ntrack-track = T\nstage-early = E\nstage-late = L\nsection-s = S\n".to_owned(),
        ),
        (
            "vocabularies/test-fields.toml",
            format!("format = \"beffroi-fields/1\"\nversion = \"1\"\n{groups}\nfields = [\n{fields}]\n"),
        ),
        (
            "vocabularies/holidays.toml",
            "[LU]\nsource = \"none\"\nconfidence = \"high\"\nholidays = []\n".to_owned(),
        ),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .collect()
}

/// What a role may see, worked out the other way round: begin with everything, take away.
fn allowed(rules: &[Rule], stage: &str, recipients: &[Role], role: Role) -> BTreeSet<&'static str> {
    let mut left: BTreeSet<&str> = FIELDS.iter().map(|(field, _)| *field).collect();
    if !recipients.contains(&role) {
        left.clear();
    }
    let here = |rule: &&Rule| rule.stages.is_empty() || rule.stages.contains(&stage);
    for (field, group) in FIELDS {
        let by_name: Vec<&Rule> =
            rules.iter().filter(here).filter(|rule| rule.fields.contains(field)).collect();
        let by_group: Vec<&Rule> =
            rules.iter().filter(here).filter(|rule| rule.groups.contains(group)).collect();
        let deciding = if by_name.is_empty() { by_group } else { by_name };
        if deciding.iter().any(|rule| !rule.roles.contains(&role)) {
            left.remove(field);
        }
    }
    left
}

fn some<T: Clone + std::fmt::Debug + 'static>(of: Vec<T>, least: usize) -> impl Strategy<Value = Vec<T>> {
    let most = of.len();
    prop::sample::subsequence(of, least..=most)
}

fn rule() -> impl Strategy<Value = Rule> {
    let parts = (
        some(vec!["one", "two", "three"], 0),
        some(vec!["a", "b", "c", "d", "e"], 0),
        some(ROLES.to_vec(), 1),
        some(vec!["early", "late"], 0),
    );
    parts.prop_filter_map("a rule names something", |(groups, fields, roles, stages)| {
        (!groups.is_empty() || !fields.is_empty()).then_some(Rule { groups, fields, roles, stages })
    })
}

fn library(rules: &[Rule]) -> Library {
    read(&files(rules, "optional"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_outside_the_allowed_set_is_ever_filed(
        rules in prop::collection::vec(rule(), 0..5),
        answered in prop::sample::subsequence(vec!["a", "b", "c", "d", "e"], 0..=5),
    ) {
        let library = library(&rules);
        let facts: Map<String, Value> = answered.iter().map(|field| ((*field).to_owned(), json!("x"))).collect();
        let case = case(json!({}), Value::Object(facts));
        for (stage, recipients) in STAGES {
            let key: DutyKey = format!("law.track.{stage}").parse().unwrap();
            for role in ROLES {
                let allowed = allowed(&rules, stage, recipients, *role);
                let content = content(&library, &case, &key, "en", *role);
                let seen: BTreeSet<String> = content.values().flat_map(BTreeMap::keys).cloned().collect();
                let named: BTreeSet<&str> = allowed.clone();
                prop_assert_eq!(&seen, &named.iter().map(|field| (*field).to_owned()).collect::<BTreeSet<_>>());
                let withheld = withheld(&library, &case, &key, "en", *role);
                let kept: Vec<&String> = withheld.iter().flat_map(|part| &part.fields).collect();
                prop_assert_eq!(kept.len() + seen.len(), FIELDS.len(), "each question is seen or named as withheld");
                prop_assert!(kept.iter().all(|field| !allowed.contains(field.as_str())));
            }
        }
    }
}

#[test]
fn a_whole_group_is_withheld_by_its_name_and_a_single_question_by_its_own() {
    let rules = [
        Rule {
            groups: vec!["one"],
            fields: vec![],
            roles: vec![Role::DataProtectionAuthority],
            stages: vec!["late"],
        },
        Rule {
            groups: vec![],
            fields: vec!["c"],
            roles: vec![Role::DataProtectionAuthority],
            stages: vec![],
        },
    ];
    let library = library(&rules);
    let case = case(json!({}), json!({}));
    let titles = |stage: &str, role| -> Vec<String> {
        let key = format!("law.track.{stage}").parse().unwrap();
        withheld(&library, &case, &key, "en", role).into_iter().map(|part| part.title).collect()
    };
    assert_eq!(titles("late", Role::Csirt), ["One", "c"]);
    assert_eq!(titles("early", Role::Csirt), ["c"]);
    assert_eq!(titles("late", Role::DataProtectionAuthority), Vec::<String>::new());
    assert_eq!(titles("late", Role::FinancialAuthority), ["One", "Three", "Two"]);
}

#[test]
fn what_is_required_and_what_nobody_may_see_is_a_mistake_of_the_pack() {
    let rules = [Rule {
        groups: vec![],
        fields: vec!["e"],
        roles: vec![Role::FinancialAuthority],
        stages: vec!["early"],
    }];
    let problems = Library::read(&files(&rules, "required")).unwrap_err();
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        ["regimes/law/pack.toml: visibility.e: early requires it, and no recipient may see it"]
    );
    let rules =
        [Rule { groups: vec!["nine"], fields: vec!["z"], roles: vec![Role::Csirt], stages: vec!["dawn"] }];
    assert_eq!(Library::read(&files(&rules, "optional")).unwrap_err().len(), 3);
}

/// Of each law of this repository: who receives no stage sees nothing of it.
#[test]
fn a_law_shows_its_stages_only_to_its_recipients() {
    let library = crate::library();
    let case = case(
        json!({}),
        json!({ "title": "Intruder", "personal_data": true, "aware_at": "2026-03-06T15:30:00Z" }),
    );
    for pack in library.packs() {
        for (track, stage) in pack.stages().filter(|(_, stage)| stage.form.is_some()) {
            let key: DutyKey = format!("{}.{}.{}", pack.id(), track.id, stage.id).parse().unwrap();
            let recipients: BTreeSet<Role> = pack.law.recipients[&stage.recipients]
                .iter()
                .flat_map(|rule| rule.first_of.clone())
                .collect();
            // Those whom the law lets have a copy for information, besides.
            let copies = pack.law.copies.iter().filter(|copies| copies.of == stage.recipients);
            let receivers = copies.flat_map(|copies| &pack.law.recipients[&copies.to]);
            let informed: BTreeSet<Role> = receivers.flat_map(|rule| rule.first_of.clone()).collect();
            for role in Role::ALL {
                let empty = content(&library, &case, &key, "en", *role).is_empty();
                assert!(empty || recipients.contains(role) || informed.contains(role), "{key} to {role:?}");
            }
            assert!(
                recipients.iter().any(|role| !content(&library, &case, &key, "en", *role).is_empty()),
                "{key}"
            );
        }
    }
}
