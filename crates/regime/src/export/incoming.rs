//! One value of another format in the shape of ours.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{
    Entry, Writing,
    outgoing::{json_number, plain},
};
use crate::{FieldKind, vocabulary::Field};

/// Why a value of another format is none of ours: what it must be.
pub type Refusal = String;

/// The value in our shape. `currency` is that of the document.
///
/// # Errors
/// What the format says a value must be there.
pub fn taken(entry: &Entry, field: &Field, value: &Value, currency: Option<&str>) -> Result<Value, Refusal> {
    match field.kind {
        FieldKind::Choices => choices(entry, value),
        FieldKind::Choice => ours(entry, value),
        FieldKind::Boolean if entry.values.is_empty() => {
            value.as_bool().map(Value::Bool).ok_or_else(|| "must be true or false".to_owned())
        }
        FieldKind::Boolean => ours(entry, value).map(|ours| Value::Bool(ours == json!("true"))),
        FieldKind::Duration if entry.write == Some(Writing::DaysHoursMinutes) => duration(value),
        FieldKind::Duration | FieldKind::Integer | FieldKind::Decimal => number(value).map(Value::Number),
        FieldKind::Money => money(entry, value, currency),
        FieldKind::Instant => instant(entry, value),
        FieldKind::Text | FieldKind::LongText | FieldKind::Records => {
            value.as_str().map(|text| json!(text)).ok_or_else(|| "must be a text".to_owned())
        }
    }
}

/// Our value for one of theirs.
fn ours(entry: &Entry, value: &Value) -> Result<Value, Refusal> {
    if let Some((ours, _)) = entry.values.iter().find(|(_, theirs)| *theirs == value) {
        return Ok(json!(ours));
    }
    let unknown = || {
        let shown: String = plain(value).chars().take(64).collect();
        format!("{shown:?} is no value of this field in the format")
    };
    if entry.values.is_empty() {
        value.as_str().map(|id| json!(id)).ok_or_else(unknown)
    } else {
        Err(unknown())
    }
}

fn choices(entry: &Entry, value: &Value) -> Result<Value, Refusal> {
    let texts: Vec<Value> = match (value, &entry.join) {
        (Value::Array(values), _) => values.clone(),
        (Value::String(text), Some(between)) => {
            text.split(between.as_str()).map(|part| json!(part)).collect()
        }
        (one, None) if entry.one => vec![one.clone()],
        (_, _) => return Err("must be a list".to_owned()),
    };
    let mut ids: Vec<Value> = vec![];
    for text in &texts {
        let id = ours(entry, text)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(Value::Array(ids))
}

fn duration(value: &Value) -> Result<Value, Refusal> {
    let wrong = || "must be days, hours and minutes, as in 01:04:30".to_owned();
    let parts: Vec<&str> = value.as_str().ok_or_else(wrong)?.split(':').collect();
    let [days, hours, minutes] = parts.as_slice() else { return Err(wrong()) };
    let part = |text: &str, below: u64| {
        let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u64>().ok().filter(|number| digits && *number < below).ok_or_else(wrong)
    };
    let minutes = part(days, 1000)? * 1440 + part(hours, 24)? * 60 + part(minutes, 60)?;
    Ok(json!(minutes * 60))
}

fn number(value: &Value) -> Result<serde_json::Number, Refusal> {
    match value {
        Value::Number(number) => Ok(number.clone()),
        _ => Err("must be a number".to_owned()),
    }
}

fn money(entry: &Entry, value: &Value, currency: Option<&str>) -> Result<Value, Refusal> {
    let text = number(value)?.to_string();
    let amount = Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&text));
    let wrong = || "must be an amount".to_owned();
    let mut amount = amount.map_err(|_| wrong())?;
    if entry.write == Some(Writing::Thousands) {
        amount = amount.checked_mul(Decimal::from(1000)).ok_or_else(wrong)?;
    }
    let currency =
        currency.ok_or_else(|| "is an amount without a currency; the document names none".to_owned())?;
    Ok(json!({ "amount": json_number(amount).ok_or_else(wrong)?, "currency": currency }))
}

/// A day alone is its beginning in UTC.
fn instant(entry: &Entry, value: &Value) -> Result<Value, Refusal> {
    let text = value.as_str().ok_or_else(|| "must be an instant such as 2026-03-06T15:30:00Z".to_owned())?;
    let instant = match entry.write {
        Some(Writing::Date) if text.parse::<jiff::civil::Date>().is_ok() => format!("{text}T00:00:00Z"),
        Some(_) | None => text.to_owned(),
    };
    let at: model::Instant = instant.parse().map_err(|error| format!("must be an instant: {error}"))?;
    Ok(json!(at.to_string()))
}
