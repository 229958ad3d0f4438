//! The package for the police: what goes in, what stays out, and that nothing of what stays out is found.

use model::DutyKey;
use regime::{
    Library,
    export::Report,
    package::{Contents, contents, defanged, package_names, packages_of},
};
use serde_json::{Value, json};

use crate::{case, library, library_files};

const CANARY: &str = "Kingfisher";

fn complaint() -> DutyKey {
    "criminal-2013-40.complaint.complaint".parse().unwrap()
}

fn facts() -> Value {
    json!({
        "title": "Files encrypted", "suspected_malicious": true, "occurred_at": "2026-03-28T23:30:00Z",
        "description": "The attacker came from 203.0.113.7 and fetched http://bad.example/a?b=1.",
        "financial_loss": { "amount": 12000, "currency": "EUR" },
        "impact_description": "=cmd|' /C calc'!A0",
        "sharing_consent": ["csirt"],
        "event_log": [{ "at": "2026-03-29T01:30:00Z", "what": "Login as backup", "source": "VPN log" }],
        "connections": [
            { "address": "203.0.113.7", "port": 443, "at": "2026-03-29T00:59:00Z", "zone": "America/New_York", "clock_offset": -2.5, "source": "firewall" },
            { "address": "2001:db8::7", "at": "2026-03-29T01:00:00Z", "zone": "somewhere" },
        ],
        "offender_accounts": [{ "kind": "email", "value": "pay@bad.example" }, { "kind": "messenger", "value": "@dark" }],
        "payment_traces": [{ "kind": "wallet", "value": "bc1qexample" }],
        "indicators": [{ "kind": "url", "value": "http://bad.example/a?b=1" }],
        "evidence_items": [
            { "number": "E-1", "kind": "log", "what": "VPN log", "sha256": "ab".repeat(32), "second_hash": "SHA3-256 cd", "size": "12 MB", "taken_at": "2026-03-29T08:00:00Z", "taken_by": "Ada", "tool": "rsync 3.2", "place": "safe 2", "sharing": "police_only" },
            { "number": "E-2", "kind": "disk_image", "what": format!("{CANARY} disk"), "sharing": "on_order" },
            { "number": "E-3", "kind": "other", "what": format!("{CANARY} without a word on sharing") },
            { "number": " e-2", "kind": "log", "what": format!("{CANARY} twin of a number"), "sharing": "as_above" },
        ],
        "custody": [
            { "number": "E-1", "at": "2026-03-29T09:00:00Z", "from": "Ada", "to": "Bob", "why": "to the safe", "hash_verified": true },
            { "number": "e-2 ", "at": "2026-03-29T09:00:00Z", "from": CANARY, "to": "Bob" },
            { "number": "E-9", "at": "2026-03-29T09:00:00Z", "from": CANARY, "to": "of no piece" },
        ],
    })
}

fn made(library: &Library) -> Contents {
    let case = case(json!({ "entity.name": "Mill" }), facts());
    let role = regime::first_role(library, &complaint()).unwrap();
    let report = Report::of_case(library, &case, &complaint(), role);
    contents(library, packages_of(library, &complaint())[0], &report, "Europe/Luxembourg")
}

fn text(contents: &Contents, name: &str) -> String {
    let (_, bytes) = contents.files.iter().find(|(known, _)| known == name).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn what_has_no_consent_is_named_by_its_number_and_nothing_else_of_it_is_there() {
    let library = library();
    let contents = made(&library);
    assert_eq!(contents.withheld, ["E-2", "E-3"]);
    let manifest: Value = serde_json::from_str(&text(&contents, "evidence-manifest.json")).unwrap();
    assert_eq!(
        manifest["withheld"],
        json!([
            { "id": "E-2", "reason": "withheld: no consent" }, { "id": "E-3", "reason": "withheld: no consent" },
        ])
    );
    assert_eq!(manifest["items"].as_array().unwrap().len(), 1);
    assert_eq!(manifest["consent_for_the_whole"]["value"], json!(["csirt"]));
    let everything: String = contents.files.iter().map(|(name, _)| text(&contents, name)).collect();
    assert!(everything.contains("VPN log") && !everything.contains(CANARY));
    assert!(!format!("{:?}", contents.printed).contains(CANARY));
    let again = made(&library);
    assert_eq!(again, contents, "the same report gives the same files");
    insta::assert_snapshot!("evidence-manifest", text(&contents, "evidence-manifest.csv"));
}

#[test]
fn what_happened_when_is_told_in_utc_and_where_it_happened() {
    insta::assert_snapshot!("timeline", text(&made(&library()), "timeline.csv"));
}

#[test]
fn tables_hold_no_formula_and_addresses_as_they_are() {
    let contents = made(&library());
    insta::assert_snapshot!("damage", text(&contents, "damage.csv"));
    insta::assert_snapshot!("observables", text(&contents, "observables.csv"));
}

#[test]
fn paper_holds_no_address_that_a_program_follows() {
    let printed = made(&library()).printed;
    let said = printed.answer("description").unwrap().text.clone();
    assert_eq!(said, "The attacker came from 203[.]0[.]113[.]7 and fetched hxxp://bad[.]example/a?b=1.");
    let whole = format!("{printed:?}");
    for plain in ["203.0.113.7", "bad.example", "2001:db8::7"] {
        assert!(!whole.contains(plain), "{plain}");
    }
    for (plain, expected) in [
        ("https://Bad.example/x.y", "hxxps://Bad[.]example/x.y"),
        ("ftp://bad.example", "ftp[://]bad[.]example"),
        ("ada@bad.example", "ada[@]bad[.]example"),
        ("bc1qexample", "bc1qexample"),
        ("Ada Weber, Dr.", "Ada Weber, Dr."),
        ("", ""),
    ] {
        assert_eq!(defanged(plain), expected);
    }
}

#[test]
fn profiles_have_the_package_of_their_law_and_a_wrong_one_is_told() {
    let library = library();
    assert_eq!(package_names(&library), ["police-package"]);
    for duty in ["criminal-2013-40.supplement.supplement", "criminal-2013-40-lu.official.official_notice"] {
        assert_eq!(packages_of(&library, &duty.parse().unwrap()).len(), 1, "{duty}");
    }
    assert!(packages_of(&library, &"nis2.mandatory.early_warning".parse().unwrap()).is_empty());
    let wrong = |from: &str, to: &str| {
        let mut files = library_files();
        let path = "regimes/criminal-2013-40/packages/police-package.toml";
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(from), "{from}");
        files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
        let problems = Library::read(&files).unwrap_err();
        problems[0].to_string()
    };
    assert!(wrong("items = \"evidence_items\"", "items = \"no_such\"").contains("is no field"));
    assert!(wrong("number = \"number\"", "number = \"nr\"").contains("has no column \"nr\""));
    assert!(wrong("\"police_only\"]", "\"nobody\"]").contains("no value of the column"));
    assert!(wrong("kind = \"ip\"", "").contains("either kind or kind_from"));
    assert!(wrong("field = \"occurred_at\"", "field = \"title\"").contains("tells of an instant"));
    assert!(wrong("document = \"complaint\"", "document = \"../x\"").contains("name of a file"));
}
