//! Playbooks from strangers: reading never stops, what is written is read the same again, secrets are gone
//! after one time, and what travels in STIX or MISP arrives as it left.

use bolero::check;
use formats::{
    Limits, Profile,
    cacao::{
        self, Options, Playbook, TrustList, Verdict, check_bytes, from_misp, from_stix, read, strip_secrets,
        to_course_of_action, to_dot, to_mermaid, to_misp_object, to_stix_bundle, verify,
    },
    parse, stix,
};
use fuzz::{Dice, Tally, json as wild, quick};
use serde_json::Value;

const FULL: &str = include_str!("../../../corpus/cacao/valid/full.json");

/// The documents to begin with.
fn seeds() -> Vec<Value> {
    [
        FULL,
        FULL,
        include_str!("../../../corpus/cacao/valid/minimal.json"),
        include_str!("../../../corpus/cacao/valid/revoked.json"),
        include_str!("../../../corpus/cacao/valid/signed-twice.json"),
        include_str!("../../../corpus/cacao/faulty/secret-variable.json"),
        include_str!("../../../corpus/cacao/faulty/secret-header.json"),
        include_str!("../../../corpus/cacao/faulty/kms-secret.json"),
    ]
    .map(|text| serde_json::from_str(text).unwrap())
    .to_vec()
}

/// What is true of every playbook, whatever it says.
fn holds(playbook: &Playbook, is_valid: bool) {
    let (limits, one) = (Limits::default(), std::slice::from_ref(playbook));
    let written = playbook.to_string();
    assert_eq!(read(written.as_bytes(), &limits).items, one, "what is written reads the same");
    if is_valid {
        let options = Options { verify: false, ..Options::default() };
        assert!(cacao::check(&playbook.to_json(), &options).is_valid(), "a valid playbook stays valid");
    }
    let (stripped, taken) = strip_secrets(playbook);
    assert_eq!(taken.is_empty(), stripped == *playbook, "what is taken is told");
    assert_eq!(strip_secrets(&stripped), (stripped, vec![]), "nothing is left to take");
    assert!(to_dot(playbook).ends_with("}\n"));
    assert!(to_mermaid(playbook).starts_with("flowchart"));
    if playbook.object_type.as_deref() != Some("playbook") {
        return;
    }
    if let Ok(bundle) = to_stix_bundle(playbook) {
        let report = stix::check_bytes(bundle.to_string().as_bytes(), &stix::Options::default());
        assert!(report.is_valid(), "{:#?}\n{bundle}", report.findings);
    }
    if let Ok(object) = to_course_of_action(playbook) {
        assert_eq!(from_stix(&object, &limits).items, one, "STIX carries it unchanged");
    }
    if let Ok(object) = to_misp_object(playbook) {
        assert_eq!(from_misp(&object, &limits).items, one, "MISP carries it unchanged");
    }
}

#[test]
fn playbooks() {
    let seeds = seeds();
    let tally = Tally::new("cacao::playbooks");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let mut is_valid = false;
        assert!(
            quick(|| {
                is_valid = check_bytes(&text, &Options { now_ms: Some(0), ..Options::default() }).is_valid();
                let _also = check_bytes(&text, &Options { profile: Profile::Schema, ..Options::default() });
                for playbook in &read(&text, &Limits::default()).items {
                    holds(playbook, is_valid);
                }
                if let Ok(document) = parse(&text, &Limits::default()) {
                    let verdicts = verify(&document, &TrustList::default(), None);
                    assert!(
                        !verdicts.iter().any(Verdict::is_trusted),
                        "who trusts nobody trusts no signature"
                    );
                }
            }),
            "a playbook takes longer than a second"
        );
        tally.count(is_valid);
    });
}

#[test]
fn carried_playbooks() {
    let playbook = read(FULL.as_bytes(), &Limits::default()).items.remove(0);
    let carried = [to_course_of_action(&playbook), to_stix_bundle(&playbook), to_misp_object(&playbook)];
    let seeds = carried.map(|object| serde_json::from_str(&object.unwrap().to_string()).unwrap());
    let tally = Tally::new("cacao::carried_playbooks");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let limits = Limits::default();
        let Ok(value) = parse(&text, &limits) else { return tally.count(false) };
        let mut found = vec![];
        assert!(
            quick(|| found = [from_stix(&value, &limits).items, from_misp(&value, &limits).items].concat()),
            "a carried playbook takes longer than a second"
        );
        tally.count(!found.is_empty());
        for playbook in &found {
            holds(playbook, false);
        }
    });
}
