//! Versions of a pack: a running case stays on its own, a new one gets the newest, a correction is offered.

use std::collections::BTreeMap;

use model::Instant;
use regime::{Case, CaseChange, Library, Migration, duties, migrations};
use serde_json::json;

use crate::{add_files, at, case, root};

type Files = BTreeMap<String, Vec<u8>>;

/// The Lantern Act alone, without the laws of this repository: quick to read.
fn files() -> Files {
    let mut files = Files::new();
    add_files(&mut files, &root(), "vocabularies");
    add_files(&mut files, &root().join("crates/regime/tests/fictitious-law"), "regimes");
    files
}

/// Another version of the Lantern Act beside the first, its texts replaced.
fn and_version(files: &mut Files, version: &str, changes: &[(&str, &str, &str)]) {
    let first: Vec<(String, Vec<u8>)> = files
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("regimes/lanterns/")?.to_owned(), bytes.clone())))
        .filter(|(path, _)| !path.contains('+'))
        .collect();
    for (path, bytes) in first {
        let mut text = String::from_utf8(bytes).unwrap();
        for (_, from, to) in changes.iter().filter(|(file, _, _)| *file == path) {
            assert!(text.contains(from), "{path} has no {from}");
            text = text.replace(from, to);
        }
        files.insert(format!("regimes/lanterns/{version}/{path}"), text.into_bytes());
    }
}

/// The correction: two hours, not four; an account in five days, not ten; the darkness must be told.
const CORRECTED: [(&str, &str, &str); 5] = [
    ("pack.toml", "erratum = 2", "erratum = 3"),
    ("pack.toml", "hours = 4 }", "hours = 2 }"),
    ("pack.toml", "days = 10 }", "days = 5 }"),
    (
        "forms/lantern.toml",
        r#"article = "s. 4(2)", if_available = ["all"]"#,
        r#"article = "s. 4(2)", required = ["all"]"#,
    ),
    (
        "pack.toml",
        r#"first_of = ["prosecutor", "law_enforcement"]"#,
        r#"first_of = ["law_enforcement", "prosecutor"]"#,
    ),
];

fn corrected() -> Files {
    let mut files = files();
    and_version(&mut files, "2025-06-01+3", &CORRECTED);
    files
}

fn read(files: &Files) -> Library {
    Library::read(files).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn problems(files: &Files) -> Vec<String> {
    Library::read(files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

fn harbour() -> Case {
    let mut case = case(
        json!({ "entity.lanterns": 1000, "entity.harbour_lights": true }),
        json!({ "title": "Dark", "darkness_seen_at": "2026-05-15T20:00:00Z", "judged_serious_at": "2026-05-16T06:00:00Z",
                "lanterns_out": 200 }),
    );
    case.opened = Some(at("2026-05-16T06:30:00Z"));
    case
}

const NOW: &str = "2026-05-16T07:00:00Z";

fn first_word(library: &Library, case: &Case) -> (String, Instant, Option<String>) {
    let duty =
        duties(library, case, &[], at(NOW)).into_iter().find(|duty| duty.key.stage == "first_word").unwrap();
    (duty.pack_version, duty.due.unwrap().at, duty.note)
}

fn under(library: &Library, version: &str) -> Library {
    library.under(&[("lanterns".to_owned(), version.to_owned())].into(), harbour().opened.unwrap())
}

#[test]
fn a_running_case_keeps_its_clock_and_a_new_one_gets_the_newest() {
    let library = read(&corrected());
    let versions: Vec<String> = library.versions().map(regime::Pack::version).collect();
    assert_eq!(versions, ["2025-06-01+3", "2025-06-01+2"]);
    let case = harbour();
    let old = under(&library, "2025-06-01+2");
    assert_eq!(first_word(&old, &case), ("2025-06-01+2".to_owned(), at("2026-05-16T10:00:00Z"), None));
    let new = library.on(case.opened.unwrap());
    assert_eq!(first_word(&new, &case), ("2025-06-01+3".to_owned(), at("2026-05-16T08:00:00Z"), None));
}

#[test]
fn a_version_that_is_not_here_is_said_on_the_duty() {
    let library = read(&files());
    let (version, _, note) = first_word(&under(&library, "2025-06-01+9"), &harbour());
    assert_eq!(version, "2025-06-01+2");
    assert!(note.unwrap().contains("began under version 2025-06-01+9"));
    let (_, _, note) = first_word(&under(&library, "2025-06-01+2"), &harbour());
    assert_eq!(note, None);
}

#[test]
fn of_two_texts_the_one_in_force_on_the_day_of_the_opening_speaks() {
    let mut files = files();
    and_version(
        &mut files,
        "2026-01-01+0",
        &[
            ("pack.toml", "version = \"2025-06-01\"\nerratum = 2", "version = \"2026-01-01\""),
            ("pack.toml", "valid_from = \"2025-09-01\"", "valid_from = \"2026-06-01\""),
        ],
    );
    let library = read(&files);
    let on = |day: &str| library.on(at(day)).pack("lanterns").unwrap().version();
    assert_eq!(on("2025-01-01T00:00:00Z"), "2025-06-01+2", "before the first, the first");
    assert_eq!(on("2026-05-31T23:59:59Z"), "2025-06-01+2");
    assert_eq!(on("2026-06-01T00:00:00Z"), "2026-01-01+0");
    let old = under(&library, "2025-06-01+2");
    assert_eq!(migrations(&old, &harbour(), &[], at(NOW)), [], "a new text is no correction of the old one");
}

#[test]
fn a_correction_tells_what_changes_for_the_case() {
    let library = read(&corrected());
    let offers = migrations(&under(&library, "2025-06-01+2"), &harbour(), &[], at(NOW));
    let [Migration { pack, law, from, to, earlier, changes }] = offers.as_slice() else {
        panic!("{offers:?}")
    };
    assert_eq!(
        (pack.as_str(), law.as_str(), from.as_str(), to.as_str(), *earlier),
        ("lanterns", "Lantern Act", "2025-06-01+2", "2025-06-01+3", true)
    );
    let words: Vec<String> = changes
        .iter()
        .map(|change| match change {
            CaseChange::DueMoved { duty, before, after, .. } => {
                format!("{}: {} -> {}", duty.stage, before.unwrap(), after.unwrap())
            }
            CaseChange::FieldRequired { duty, field, .. } => format!("{}: asks {field}", duty.stage),
            CaseChange::RecipientsChanged { duty, before, after, .. } => {
                format!("{}: {before:?} -> {after:?}", duty.stage)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    first_word: 2026-05-16T10:00:00Z -> 2026-05-16T08:00:00Z
    first_word: [Prosecutor, MarketSurveillanceAuthority] -> [LawEnforcement, MarketSurveillanceAuthority]
    first_word: asks darkness
    account: [Prosecutor, MarketSurveillanceAuthority] -> [LawEnforcement, MarketSurveillanceAuthority]
    account: asks darkness
    ");
    assert_eq!(migrations(&under(&library, "2025-06-01+3"), &harbour(), &[], at(NOW)), []);
    let mut elsewhere = harbour();
    elsewhere.entity.insert("entity.lanterns".into(), json!(0));
    assert_eq!(
        migrations(&under(&library, "2025-06-01+2"), &elsewhere, &[], at(NOW)),
        [],
        "nobody is troubled"
    );
}

#[test]
fn a_stage_that_a_correction_adds_or_takes_away_is_named() {
    let mut files = files();
    let stage = "[[tracks.stages]]\nid = \"account\"";
    let added = format!(
        "[[tracks.stages]]\nid = \"second_word\"\narticle = \"s. 4a\"\nform = \"lantern\"\nrecipients = \"magistrate\"\n\
         clock = {{ from = \"judged_serious\", hours = 8 }}\n\n{stage}"
    );
    let text = "stage-account";
    and_version(
        &mut files,
        "2025-06-01+3",
        &[
            ("pack.toml", "erratum = 2", "erratum = 3"),
            ("pack.toml", stage, &added),
            ("text/en.ftl", text, "stage-second_word = Second word\nstage-account"),
        ],
    );
    let library = read(&files);
    let there = migrations(&under(&library, "2025-06-01+2"), &harbour(), &[], at(NOW)).remove(0);
    assert!(there.earlier, "a deadline comes where none was");
    let [CaseChange::StageAdded { title, due, .. }] = there.changes.as_slice() else { panic!("{there:?}") };
    assert_eq!((title.as_str(), *due), ("Second word", Some(at("2026-05-16T14:00:00Z"))));
    let back = regime::migration(
        &under(&library, "2025-06-01+3"),
        (&harbour(), &[]),
        ("lanterns", "2025-06-01+2"),
        at(NOW),
    );
    let back = back.unwrap();
    assert!(matches!(back.changes.as_slice(), [CaseChange::StageRemoved { .. }]) && !back.earlier);
}

#[test]
fn folders_that_do_not_fit_are_named() {
    let mut twice = files();
    and_version(&mut twice, "2025-06-01+2", &[]);
    assert!(problems(&twice).iter().any(|problem| problem.contains("stands in another folder too")));
    let mut misnamed = files();
    and_version(&mut misnamed, "2025-06-01+7", &[("pack.toml", "erratum = 2", "erratum = 6")]);
    assert!(problems(&misnamed).iter().any(|problem| problem.contains("must be that of the folder")));
    let mut other_kind = files();
    and_version(
        &mut other_kind,
        "2025-06-01+1",
        &[
            ("pack.toml", "erratum = 2", "erratum = 1"),
            (
                "fields.toml",
                "id = \"lanterns_out\"\nkind = \"integer\"",
                "id = \"lanterns_out\"\nkind = \"text\"",
            ),
        ],
    );
    let found = problems(&other_kind);
    assert!(
        found.iter().any(|problem| problem.contains("lanterns_out") && problem.contains("another kind")),
        "{found:?}"
    );
}

#[test]
fn a_profile_goes_with_its_law() {
    let mut files = corrected();
    let profile = r#"
format = "beffroi-pack/1"
id = "lanterns-lu"
law = "Lantern Act of Luxembourg"
kind = "profile"
changes = "lanterns"
countries = ["LU"]
version = "2026-01-01"
valid_from = "2026-01-01"
"#;
    files.insert("regimes/lanterns-lu/pack.toml".to_owned(), profile.as_bytes().to_vec());
    let library = read(&files);
    let case = harbour();
    let pinned = |law: &str| {
        library.under(
            &[("lanterns".to_owned(), law.to_owned()), ("lanterns-lu".to_owned(), "2026-01-01+0".to_owned())]
                .into(),
            case.opened.unwrap(),
        )
    };
    assert_eq!(first_word(&pinned("2025-06-01+2"), &case).1, at("2026-05-16T10:00:00Z"));
    assert_eq!(first_word(&pinned("2025-06-01+3"), &case).1, at("2026-05-16T08:00:00Z"));
    let offers = migrations(&pinned("2025-06-01+2"), &case, &[], at(NOW));
    assert_eq!((offers.len(), offers[0].pack.as_str(), offers[0].earlier), (1, "lanterns", true));
}

#[test]
fn each_version_is_tried_by_its_own_examples() {
    let mut files = files();
    assert_eq!(regime::examples(&read(&files), &files).problems, []);
    and_version(&mut files, "2025-06-01+3", &CORRECTED);
    let found = regime::examples(&read(&files), &files).problems;
    assert!(!found.is_empty(), "the examples of the correction still expect the old clock");
    assert!(found.iter().all(|problem| problem.file.contains("2025-06-01+3")), "{found:?}");
}
