//! Answers from JSON: the shape of each kind, and what is wrong with what has another shape.

use std::str::FromStr;

use model::Instant;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::{
    FieldKind, Problem, Vocabularies,
    evaluate::interval::{Interval, bearable},
    format::is_currency,
    vocabulary::Field,
};

/// The most characters of a text whose field sets no limit.
const TEXT_LENGTH: u32 = 255;
const LONG_TEXT_LENGTH: u32 = 32_767;
/// The most rows of a table and the most values of a list.
const MOST_ROWS: usize = 1000;

/// An answer with its shape understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    Text(String),
    Boolean(bool),
    Choice(String),
    Choices(Vec<String>),
    Number(Interval),
    Money(Interval, String),
    Instant(Instant),
    Duration(Interval),
    Records(Vec<Map<String, Value>>),
}

/// Reads an answer to a field.
pub fn known(vocabularies: &Vocabularies, field: &Field, value: &Value) -> Result<Known, Problem> {
    let reader = Reader { vocabularies, field, pointer: format!("/{}", escaped(&field.id)) };
    reader.read(value)
}

/// The first character of a text that is not seen and changes how the text is seen: controls that
/// drive a terminal, and those that turn the order of reading (Unicode Standard Annex 9, section 2),
/// with which a filing would read otherwise than it is signed. Line ends and tabs may stand.
#[must_use]
pub fn hidden_character(text: &str) -> Option<char> {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let drives = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    text.chars().find(|c| drives(*c) || turns(*c))
}

/// A field name as a step of a JSON pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

struct Reader<'a> {
    vocabularies: &'a Vocabularies,
    field: &'a Field,
    pointer: String,
}

impl Reader<'_> {
    fn wrong(&self, rule: &str, must: &str) -> Problem {
        let message = format!("{} ({}) {must}", self.field.id, self.field.label);
        Problem {
            field: self.field.id.clone(),
            pointer: self.pointer.clone(),
            rule: rule.to_owned(),
            message,
        }
    }

    fn read(&self, value: &Value) -> Result<Known, Problem> {
        match self.field.kind {
            FieldKind::Text | FieldKind::LongText => self.text(value).map(Known::Text),
            FieldKind::Boolean => {
                let flag = value.as_bool().ok_or_else(|| self.wrong("wrong_type", "must be true or false"));
                flag.map(Known::Boolean)
            }
            FieldKind::Choice => self.choice(value).map(Known::Choice),
            FieldKind::Choices => self.choices(value).map(Known::Choices),
            FieldKind::Integer | FieldKind::Decimal => self.interval(value).map(Known::Number),
            FieldKind::Duration => self.interval(value).map(Known::Duration),
            FieldKind::Money => self.money(value),
            FieldKind::Instant => self.instant(value).map(Known::Instant),
            FieldKind::Records => self.records(value).map(Known::Records),
        }
    }

    fn text(&self, value: &Value) -> Result<String, Problem> {
        let text = value.as_str().ok_or_else(|| self.wrong("wrong_type", "must be a text"))?;
        let standard = if self.field.kind == FieldKind::Text { TEXT_LENGTH } else { LONG_TEXT_LENGTH };
        let most = self.field.max_length.unwrap_or(standard);
        if text.chars().count() > usize::try_from(most).unwrap_or(usize::MAX) {
            return Err(self.wrong("too_long", &format!("may have {most} characters at most")));
        }
        if let Some(character) = hidden_character(text) {
            let code = u32::from(character);
            return Err(self.wrong(
                "control_character",
                &format!("must not contain the control character U+{code:04X}"),
            ));
        }
        if let Some((rule, must)) =
            self.field.format.and_then(|format| format.wrong_text(self.vocabularies, text))
        {
            return Err(self.wrong(rule, must));
        }
        Ok(text.to_owned())
    }

    fn choice(&self, value: &Value) -> Result<String, Problem> {
        let id = value.as_str().ok_or_else(|| self.wrong("wrong_type", "must be the id of one value"))?;
        match self.vocabularies.value(self.field, id) {
            Some(_) => Ok(id.to_owned()),
            None => {
                let id: String = id.chars().take(64).collect();
                Err(self.wrong("not_in_vocabulary", &format!("has no value {id:?}")))
            }
        }
    }

    /// A list of ids; in the profile of an entity a single id is a list of one.
    fn choices(&self, value: &Value) -> Result<Vec<String>, Problem> {
        if value.is_string() && self.field.is_of_entity() {
            return self.choice(value).map(|id| vec![id]);
        }
        let values = value.as_array().ok_or_else(|| self.wrong("wrong_type", "must be a list of ids"))?;
        if values.len() > MOST_ROWS {
            return Err(self.wrong("too_many", "has too many values"));
        }
        let mut ids: Vec<String> = vec![];
        for value in values {
            let id = self.choice(value)?;
            if ids.contains(&id) {
                return Err(self.wrong("repeated", &format!("names {id:?} twice")));
            }
            ids.push(id);
        }
        Ok(ids)
    }

    fn number(&self, value: &Value) -> Result<Decimal, Problem> {
        let whole = matches!(self.field.kind, FieldKind::Integer | FieldKind::Duration);
        let must = if whole { "must be a whole number" } else { "must be a number" };
        let wrong = || self.wrong("wrong_type", must);
        let Value::Number(number) = value else { return Err(wrong()) };
        let text = number.to_string();
        let number = Decimal::from_str(&text)
            .or_else(|_| Decimal::from_scientific(&text))
            .map_err(|_| wrong())?
            .normalize();
        if whole && !number.fract().is_zero() {
            return Err(wrong());
        }
        let least = self.field.least.unwrap_or(Decimal::ZERO);
        if number < least {
            return Err(self.wrong("too_small", &format!("must not be less than {least}")));
        }
        if let Some((rule, must)) = self.field.format.and_then(|format| format.wrong_number(number)) {
            return Err(self.wrong(rule, must));
        }
        match self.field.greatest {
            Some(greatest) if number > greatest => {
                Err(self.wrong("too_large", &format!("must not be greater than {greatest}")))
            }
            _ if !bearable(number) || number.scale() > 6 => {
                Err(self.wrong("too_large", "has at most 15 digits before and 6 after the point"))
            }
            _ => Ok(number),
        }
    }

    /// `5`, or `{"min": 1, "max": 9}`.
    fn interval(&self, value: &Value) -> Result<Interval, Problem> {
        match value {
            Value::Object(range) => {
                self.only_keys(range, &["min", "max"])?;
                self.range(range)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                self.number(value).map(Interval::point)
            }
        }
    }

    fn range(&self, range: &Map<String, Value>) -> Result<Interval, Problem> {
        let (Some(min), Some(max)) = (range.get("min"), range.get("max")) else {
            return Err(self.wrong("wrong_type", "must be a number or a range with min and max"));
        };
        let (min, max) = (self.number(min)?, self.number(max)?);
        if min > max {
            return Err(self.wrong("range_reversed", "must have a min that is not greater than its max"));
        }
        Ok(Interval::closed(min, max))
    }

    /// `{"amount": 5, "currency": "EUR"}`, or `min` and `max` instead of `amount`.
    fn money(&self, value: &Value) -> Result<Known, Problem> {
        let shape = "must be an object with amount (or min and max) and currency";
        let money = value.as_object().ok_or_else(|| self.wrong("wrong_type", shape))?;
        let currency = money.get("currency").and_then(Value::as_str).unwrap_or_default();
        if !is_currency(self.vocabularies, currency) {
            return Err(
                self.wrong("wrong_currency", "must name its currency in three capital letters of ISO 4217")
            );
        }
        let interval = match money.get("amount") {
            Some(amount) => {
                self.only_keys(money, &["amount", "currency"])?;
                Interval::point(self.number(amount)?)
            }
            None => {
                self.only_keys(money, &["min", "max", "currency"])?;
                self.range(money)?
            }
        };
        Ok(Known::Money(interval, currency.to_owned()))
    }

    fn instant(&self, value: &Value) -> Result<Instant, Problem> {
        let text = value
            .as_str()
            .ok_or_else(|| self.wrong("wrong_type", "must be an instant such as 2026-03-06T15:30:00Z"))?;
        text.parse().map_err(|error: model::InstantError| {
            self.wrong("wrong_instant", &format!("cannot be read: {error}"))
        })
    }

    fn records(&self, value: &Value) -> Result<Vec<Map<String, Value>>, Problem> {
        let rows = value.as_array().ok_or_else(|| self.wrong("wrong_type", "must be a list of records"))?;
        if rows.len() > MOST_ROWS {
            return Err(self.wrong("too_many", &format!("has more than {MOST_ROWS} records")));
        }
        rows.iter().enumerate().map(|(index, row)| self.record(index, row)).collect()
    }

    fn record(&self, index: usize, row: &Value) -> Result<Map<String, Value>, Problem> {
        let row = row.as_object().ok_or_else(|| self.wrong("wrong_type", "must be a list of objects"))?;
        for (name, value) in row {
            let pointer = format!("{}/{index}/{}", self.pointer, escaped(name));
            let Some(field) = self.field.columns.iter().find(|column| column.id == *name) else {
                let name: String = name.chars().take(64).collect();
                return Err(self.wrong("unknown_column", &format!("has no column {name:?}")));
            };
            Reader { vocabularies: self.vocabularies, field, pointer }
                .read(value)
                .map_err(|problem| Problem { field: self.field.id.clone(), ..problem })?;
        }
        match self.field.columns.iter().find(|column| column.required && !row.contains_key(&column.id)) {
            Some(column) => {
                Err(self
                    .wrong("missing_column", &format!("lacks {:?} in record {}", column.label, index + 1)))
            }
            None => Ok(row.clone()),
        }
    }

    fn only_keys(&self, object: &Map<String, Value>, keys: &[&str]) -> Result<(), Problem> {
        match object.keys().find(|key| !keys.contains(&key.as_str())) {
            Some(key) => {
                let key: String = key.chars().take(64).collect();
                Err(self.wrong("unknown_key", &format!("must not carry {key:?}")))
            }
            None => Ok(()),
        }
    }
}
