//! What callers send: bodies and the words of addresses.

use bolero::check;
use fuzz::{Dice, Tally, json as wild, quick, text};
use serde_json::{Value, json};
use store::InboxPosition;

/// How deep a body may be nested.
const DEEPEST: usize = 32;

#[test]
fn bodies_of_requests() {
    let sample = json!({
        "base_revision": 4,
        "answers": {
            "title": { "value": "Ransomware \u{1f600}", "estimated": false },
            "users_affected": { "value": { "min": 100, "max": 400 }, "estimated": true },
            "measures": { "value": [{ "a": [1, 2.5, null] }] },
        },
        "clear": ["summary"],
    });
    let tally = Tally::new("requests::bodies_of_requests");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let mut document = sample.clone();
        for _ in 0..=dice.below(3) {
            wild::spoil(&mut document, &mut dice);
        }
        let body = match dice.below(4) {
            0 => bytes.to_vec(),
            1 => text::spoilt(&serde_json::to_string_pretty(&document).unwrap(), &[], &mut dice),
            _ => document.to_string().into_bytes(),
        };
        let mut read = Ok(Value::Null);
        assert!(quick(|| read = web::read_strict_json(&body)), "reading takes longer than a second");
        tally.count(read.is_ok());
        match read {
            Ok(value) => {
                assert_eq!(
                    serde_json::from_slice::<Value>(&body).unwrap(),
                    value,
                    "read as everybody reads it"
                );
                assert!(depth(&value) <= DEEPEST && !has_nul(&value), "{value}");
            }
            Err(flaw) => assert!(!flaw.message.is_empty()),
        }
    });
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(members) => members.iter().any(|(name, member)| name.contains('\0') || has_nul(member)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[test]
fn positions_of_the_inbox() {
    let tally = Tally::new("requests::positions_of_the_inbox");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let words: Vec<String> = (0..1 + dice.below(4)).map(|_| word(&mut dice)).collect();
        let text = if dice.one_in(4) { String::from_utf8_lossy(bytes).into_owned() } else { words.join("~") };
        let position = text.parse::<InboxPosition>();
        tally.count(position.is_ok());
        if let Ok(position) = position {
            assert_eq!(position.to_string().parse(), Ok(position), "{text:?}");
        }
    });
}

fn word(dice: &mut Dice<'_>) -> String {
    match dice.below(3) {
        0 => wild::any_number(dice).to_string(),
        1 => "01890a5d-ac96-774b-bcce-b302099a8057".to_owned(),
        _ => wild::any_text(dice),
    }
}
