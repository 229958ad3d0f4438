//! Values as the record has them, and as STIX has them.

use super::table::{Row, Shape};
use crate::{Json, canonical, json::short, syntax::time};

/// The value in its place; none where STIX cannot say it.
pub fn to_stix(row: &Row, value: &Json<'_>) -> Option<Json<'static>> {
    match row.shape {
        Shape::Text | Shape::Note => filled(value).map(|text| Json::text(text.to_owned())),
        Shape::Time => time::for_stix(value.as_text()?).map(Json::text),
        Shape::Stamp => time::in_utc(time::nanoseconds(value.as_text()?)?).map(Json::text),
        Shape::Word => Some(plain(row.theirs(&word(value)?)?)),
        Shape::Listed => Some(Json::List(vec![plain(row.theirs(&word(value)?)?)])),
        Shape::Count => count(value.get("max").unwrap_or(value)),
        Shape::Seconds => match count(value)? {
            Json::Number(digits) if digits != "0" => Some(Json::text(format!("{digits} seconds"))),
            _ => None,
        },
        Shape::Money => money(value),
        Shape::Presence => (*value == Json::Bool(true)).then_some(Json::Bool(true)),
        Shape::Shown | Shape::ShownNote => shown(value).map(Json::text),
        Shape::Extension
        | Shape::Labels
        | Shape::Reference
        | Shape::Countries
        | Shape::Country
        | Shape::Marking => None,
    }
}

/// What stands in the place, as the record has it; none where that is no answer.
pub fn from_stix(row: &Row, value: &Json<'_>) -> Option<Json<'static>> {
    match row.shape {
        Shape::Text | Shape::Note => filled(value).map(|text| Json::text(text.to_owned())),
        Shape::Time | Shape::Stamp => {
            time::nanoseconds(value.as_text()?)?;
            Some(value.clone().into_owned())
        }
        Shape::Word => ours(row, value),
        Shape::Listed => value.as_list()?.iter().find_map(|item| ours(row, item)),
        Shape::Count => count(value),
        Shape::Seconds => {
            let digits = value.as_text()?.strip_suffix(" seconds")?;
            let number: u64 = digits.parse().ok()?;
            (number.to_string() == digits).then(|| plain(digits))
        }
        Shape::Money => amount(value),
        Shape::Presence => Some(Json::Bool(true)),
        Shape::Extension
        | Shape::Labels
        | Shape::Reference
        | Shape::Countries
        | Shape::Country
        | Shape::Marking
        | Shape::Shown
        | Shape::ShownNote => None,
    }
}

/// The texts of a choice or of several.
pub fn choices<'v>(value: &'v Json<'_>) -> Vec<&'v str> {
    match value {
        Json::List(items) => items.iter().filter_map(filled).collect(),
        other => filled(other).into_iter().collect(),
    }
}

/// A text that is not empty.
pub fn filled<'v>(value: &'v Json<'_>) -> Option<&'v str> {
    value.as_text().filter(|text| !text.is_empty())
}

/// A word of the table: a number where it is one.
fn plain(word: &str) -> Json<'static> {
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Json::Number(word.to_owned().into());
    }
    Json::text(word.to_owned())
}

fn word(value: &Json<'_>) -> Option<String> {
    match value {
        Json::Text(text) => Some(text.to_string()),
        Json::Bool(truth) => Some(truth.to_string()),
        Json::Null | Json::Number(_) | Json::List(_) | Json::Object(_) => None,
    }
}

/// Our word; of numbers that of the nearest.
fn ours(row: &Row, value: &Json<'_>) -> Option<Json<'static>> {
    let own = match value {
        Json::Number(digits) => {
            let level: i64 = digits.parse().ok()?;
            let distance = |(_, word): &&(String, String)| {
                word.parse::<i64>().map_or(u64::MAX, |known| known.abs_diff(level))
            };
            row.words.iter().min_by_key(distance).map(|(own, _)| own.as_str())
        }
        other => row.ours(other.as_text()?),
    };
    Some(match own? {
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        text => Json::text(text.to_owned()),
    })
}

fn count(value: &Json<'_>) -> Option<Json<'static>> {
    let Json::Number(digits) = value else { return None };
    let number: i64 = digits.parse().ok()?;
    (number >= 0 && number.to_string() == **digits).then(|| Json::Number(number.to_string().into()))
}

/// What an amount is as a number; none below zero, and none whose digits other tools would write otherwise.
fn size(value: &Json<'_>) -> Option<f64> {
    let Json::Number(digits) = value else { return None };
    canonical(value).filter(|text| text == digits)?;
    digits.parse().ok().filter(|size: &f64| size.is_finite() && *size >= 0.0)
}

fn money(value: &Json<'_>) -> Option<Json<'static>> {
    let currency = filled(value.get("currency")?)?.to_owned();
    let (least, most) = match value.get("amount") {
        Some(amount) => (amount, amount),
        None => (value.get("min")?, value.get("max")?),
    };
    (size(least)? <= size(most)?).then(|| {
        Json::object([
            ("currency", Json::text(currency)),
            ("min_amount", least.clone().into_owned()),
            ("max_amount", most.clone().into_owned()),
        ])
    })
}

fn amount(value: &Json<'_>) -> Option<Json<'static>> {
    let currency = ("currency", Json::text(filled(value.get("currency")?)?.to_owned()));
    let (least, most) = (value.get("min_amount")?, value.get("max_amount")?);
    let is_number = |bound: &Json<'_>| matches!(bound, Json::Number(_));
    if !is_number(least) || !is_number(most) {
        return None;
    }
    let own = |bound: &Json<'_>| bound.clone().into_owned();
    Some(if least == most {
        Json::object([("amount", own(least)), currency])
    } else {
        Json::object([("min", own(least)), ("max", own(most)), currency])
    })
}

/// The rows of a list in lines; by the names of the columns, as other tools write members in any order.
fn shown(value: &Json<'_>) -> Option<String> {
    let text = |value: &Json<'_>| value.as_text().map_or_else(|| value.in_short(), str::to_owned);
    let line = |row: &Json<'_>| -> String {
        let cells = row.as_object().unwrap_or_default().iter();
        let mut cells: Vec<String> =
            cells.map(|cell| format!("{}: {}", cell.name, text(&cell.value))).collect();
        cells.sort_unstable();
        cells.join("; ")
    };
    let lines: Vec<String> = value.as_list()?.iter().map(line).filter(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// A value in few words, for a loss.
pub fn in_words(value: Option<&Json<'_>>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| short(&value.to_string()))
}
