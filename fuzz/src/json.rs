//! JSON that nobody expects: values out of nowhere, and valid documents with something spoilt.

use serde_json::{Map, Value, json};

use crate::Dice;

/// Texts at the edges of what parsers take for dates, numbers, codes, markup and paths.
const TEXTS: [&str; 44] = [
    "",
    " ",
    "0",
    "-0",
    "1e999",
    "null",
    "true",
    "2026-03-06T15:30:00Z",
    "2026-03-06T15:30:00.123456789+23:59",
    "2026-03-29T02:30:00+01:00[Europe/Luxembourg]",
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z",
    "9998-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59Z",
    "+99999-01-01T00:00:00Z",
    "2026-06-30T23:59:60Z",
    "2024-02-29T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "Europe/Luxembourg",
    "Europe/Nowhere",
    "LU",
    "GR",
    "lu",
    "EUR",
    "entity.sector",
    "law.mandatory.early_warning",
    "a.b.c",
    "a.b.c.d",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "{01890a5d-ac96-774b-bcce-b302099a8057}",
    "0~0~01890a5d-ac96-774b-bcce-b302099a8057",
    "-9223372036854775808~9223372036854775807~01890a5d-ac96-774b-bcce-b302099a8057",
    "../../../etc/passwd",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "a/b~c",
    "\u{0}",
    "\u{1b}[31m",
    "\u{202e}txt",
    "\u{feff}",
    "İ",
    "e\u{301}\u{301}\u{301}",
    "\u{1f469}\u{200d}\u{1f4bb}",
];

/// Numbers at the edges of the types that hold numbers.
const NUMBERS: [&str; 26] = [
    "0",
    "-0",
    "-0.0",
    "1",
    "-1",
    "2.5",
    "0.1",
    "1e-7",
    "1e-400",
    "5e-324",
    "100",
    "255",
    "86400",
    "500000",
    "2147483648",
    "4294967296",
    "9007199254740991",
    "9007199254740993",
    "999999999999999",
    "9999999999999999.5",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
    "79228162514264337593543950335",
    "1e28",
    "1.7976931348623157e308",
];

/// How deep values out of nowhere are nested.
const DEEPEST: usize = 6;

/// A text at an edge, or one out of nowhere.
pub fn any_text(dice: &mut Dice<'_>) -> String {
    match dice.below(8) {
        0 => String::from_utf8_lossy(dice.bytes(40)).into_owned(),
        1 => dice.pick(&TEXTS).copied().unwrap_or_default().repeat(1 + dice.below(400)),
        _ => dice.pick(&TEXTS).copied().unwrap_or_default().to_owned(),
    }
}

/// A number at an edge.
pub fn any_number(dice: &mut Dice<'_>) -> Value {
    let text = dice.pick(&NUMBERS).copied().unwrap_or("0");
    serde_json::from_str(text).unwrap_or(Value::Null)
}

/// A value out of nowhere.
pub fn any(dice: &mut Dice<'_>) -> Value {
    any_at(dice, 0)
}

fn any_at(dice: &mut Dice<'_>, depth: usize) -> Value {
    let kinds = if depth < DEEPEST { 8 } else { 6 };
    match dice.below(kinds) {
        0 => Value::Null,
        1 => Value::Bool(dice.one_in(2)),
        2 | 3 => any_number(dice),
        4 | 5 => Value::String(any_text(dice)),
        6 => (0..dice.below(4)).map(|_| any_at(dice, depth + 1)).collect(),
        _ => {
            let members = (0..dice.below(4)).map(|_| (any_text(dice), any_at(dice, depth + 1)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

/// Spoils `document` in one place: another value, another kind, a member more, less or renamed, two
/// values swapped, deep nesting.
pub fn spoil(document: &mut Value, dice: &mut Dice<'_>) {
    let places = pointers(document);
    let pick = |dice: &mut Dice<'_>| dice.pick(&places).cloned().unwrap_or_default();
    let (here, there) = (pick(dice), pick(dice));
    let other = document.pointer(&there).cloned().unwrap_or(Value::Null);
    let Some(value) = document.pointer_mut(&here) else { return };
    match dice.below(8) {
        0 => *value = any(dice),
        1 => *value = other,
        2 => shorten(value, dice),
        3 => lengthen(value, dice, other),
        4 => rename(value, dice),
        5 => *value = nested(value.take(), 1 + dice.below(200)),
        6 => edge(value, dice),
        _ => alter(value, dice),
    }
}

/// The JSON pointer (RFC 6901) of every value in `document`, itself first.
#[must_use]
pub fn pointers(document: &Value) -> Vec<String> {
    let mut found = vec![];
    walk(document, String::new(), &mut found);
    found
}

fn walk(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, format!("{pointer}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let token = name.replace('~', "~0").replace('/', "~1");
                walk(member, format!("{pointer}/{token}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found.push(pointer);
}

fn shorten(value: &mut Value, dice: &mut Dice<'_>) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            items.remove(dice.below(items.len()));
        }
        Value::Object(members) => {
            let names: Vec<String> = members.keys().cloned().collect();
            if let Some(name) = dice.pick(&names) {
                members.remove(name);
            }
        }
        Value::String(text) => *text = text.chars().take(dice.below(text.len() + 1)).collect(),
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) => *value = Value::Null,
    }
}

fn lengthen(value: &mut Value, dice: &mut Dice<'_>, other: Value) {
    match value {
        Value::Array(items) => items.push(other),
        Value::Object(members) => {
            members.insert(any_text(dice), other);
        }
        Value::String(text) => *text += &any_text(dice),
        Value::Null | Value::Bool(_) | Value::Number(_) => *value = json!([value.take(), other]),
    }
}

fn rename(value: &mut Value, dice: &mut Dice<'_>) {
    if let Value::Object(members) = value {
        let names: Vec<String> = members.keys().cloned().collect();
        let Some(member) = dice.pick(&names).and_then(|name| members.remove(name)) else { return };
        let name = dice.pick(&names).filter(|_| dice.one_in(2)).cloned();
        members.insert(name.unwrap_or_else(|| any_text(dice)), member);
    }
}

fn nested(value: Value, depth: usize) -> Value {
    (0..depth).fold(value, |inner, level| if level % 2 == 0 { json!([inner]) } else { json!({ "a": inner }) })
}

/// Another value of the same kind, at its edge.
fn edge(value: &mut Value, dice: &mut Dice<'_>) {
    match value {
        Value::Number(_) => *value = any_number(dice),
        Value::String(text) => *text = any_text(dice),
        Value::Bool(flag) => *flag = !*flag,
        Value::Null | Value::Array(_) | Value::Object(_) => *value = any(dice),
    }
}

/// The same value with one letter or the last digit changed.
fn alter(value: &mut Value, dice: &mut Dice<'_>) {
    match value {
        Value::String(text) => {
            let at = dice.below(text.chars().count().max(1));
            let letter = char::from(dice.byte());
            *text = text.chars().enumerate().map(|(i, c)| if i == at { letter } else { c }).collect();
        }
        Value::Number(number) => {
            let changed = number.as_i64().map(|number| number.wrapping_add(1));
            *value = changed.map_or(Value::Null, Value::from);
        }
        Value::Bool(flag) => *flag = !*flag,
        Value::Null | Value::Array(_) | Value::Object(_) => {}
    }
}

/// Mostly one of the seeds with something spoilt, sometimes with a wrong byte, sometimes `bytes` as they are.
#[must_use]
pub fn spoilt(dice: &mut Dice<'_>, seeds: &[Value], bytes: &[u8]) -> Vec<u8> {
    if dice.one_in(8) {
        return bytes.to_vec();
    }
    let mut document = dice.pick(seeds).cloned().unwrap_or_default();
    for _ in 0..dice.below(4) {
        spoil(&mut document, dice);
    }
    let mut text = document.to_string().into_bytes();
    if dice.one_in(6) {
        let at = dice.below(text.len());
        let byte = dice.byte();
        if let Some(place) = text.get_mut(at) {
            *place = byte;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_pointer_that_leads_to_it() {
        let document = json!({ "a/b": [1, { "c~": null }], "d": "e" });
        let found = pointers(&document);
        assert_eq!(found, ["/a~1b/0", "/a~1b/1/c~0", "/a~1b/1", "/a~1b", "/d", ""]);
        assert!(found.iter().all(|pointer| document.pointer(pointer).is_some()));
    }

    #[test]
    fn the_same_bytes_spoil_the_same_way() {
        let spoilt = |bytes: &[u8]| {
            let mut document = json!({ "a": [1, 2, 3], "b": { "c": "text" } });
            spoil(&mut document, &mut Dice::new(bytes));
            document
        };
        assert_eq!(spoilt(&[0, 0, 5, 0, 0, 2, 0, 0, 1, 9]), spoilt(&[0, 0, 5, 0, 0, 2, 0, 0, 1, 9]));
        assert_ne!(spoilt(&[0, 0, 5, 0, 0, 2, 0, 0, 1, 9]), spoilt(&[0, 0, 1, 0, 0, 2, 0, 0, 0, 2]));
    }
}
