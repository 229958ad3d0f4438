//! Files of machine tags: checking and reading never panic, and what is valid is read whole.

use bolero::check;
use formats::{
    Limits,
    taxonomy::{check_bytes, read},
};
use fuzz::{Dice, Tally, json as wild, quick};
use serde_json::json;

#[test]
fn spoilt_files_of_machine_tags() {
    let seeds = [
        json!({
            "namespace": "cert-x", "expanded": "X", "description": "Ours", "version": 3,
            "predicates": [{"value": "rsit.phishing", "expanded": "Phishing"}, {"value": "lure"}],
            "values": [
                {"predicate": "rsit.phishing", "entry": [
                    {"value": "parcel", "expanded": "Parcel", "uuid": "0195d2a4-5c00-7000-8000-000000000001"},
                    {"value": "invoice", "colour": "#ff0000", "numerical_value": 5}
                ]},
                {"predicate": "lure", "entry": [{"value": "Fake"}]}
            ]
        }),
        json!({"namespace": "tlp", "description": "Marks", "version": 1, "predicates": [{"value": "red"}]}),
    ];
    let tally = Tally::new("taxonomy::spoilt_files_of_machine_tags");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let file = wild::spoilt(&mut dice, &seeds, bytes);
        let limits = Limits::default();
        let mut valid = false;
        let fast = quick(|| {
            valid = check_bytes(&file, &limits).is_valid();
            let reading = read(&file, &limits);
            if valid {
                assert_eq!(reading.items.len(), 1);
                assert!(reading.losses.iter().all(|loss| loss.why == "an own term has no place for it"));
            }
        });
        assert!(fast, "reading this file takes longer than a second");
        tally.count(valid);
    });
}
