//! One value of ours in the writing of another format.

use model::Instant;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

use super::{Entry, Writing, trouble};
use crate::{
    FieldKind, Problem, Vocabularies,
    evaluate::interval::Interval,
    value::{Known, known},
    vocabulary::Field,
};

/// What is said beside the result.
#[derive(Debug, Default)]
pub struct Notes {
    pub errors: Vec<Problem>,
    pub losses: Vec<Problem>,
}

/// A value that goes out: how, of which field, and where to.
pub struct Going<'a> {
    pub vocabularies: &'a Vocabularies,
    pub entry: &'a Entry,
    pub field: &'a Field,
    /// The name under which troubles are told: the field, or the field of the column.
    pub name: &'a str,
    pub pointer: &'a str,
    /// The currency that the document is in.
    pub currency: Option<&'a str>,
}

impl Going<'_> {
    /// The value as the format writes it; nothing where it has no place for it.
    pub fn written(&self, value: &Value, notes: &mut Notes) -> Option<Value> {
        let Ok(known) = known(self.vocabularies, self.field, value) else {
            self.error(notes, "wrong_value", "is no answer to its question, and is left out");
            return None;
        };
        match known {
            Known::Text(text) => self.text(text, notes),
            Known::Boolean(flag) => Some(self.theirs(&flag.to_string()).unwrap_or(Value::Bool(flag))),
            Known::Choice(id) => self.chosen(&id, notes),
            Known::Choices(ids) => self.choices(&ids, notes),
            Known::Number(interval) => self.number(&interval, notes),
            Known::Duration(interval) => self.duration(&interval, notes),
            Known::Money(interval, currency) => self.money(&interval, &currency, notes),
            Known::Instant(at) => Some(Value::String(self.instant(at))),
            Known::Records(_) => Some(value.clone()),
        }
    }

    fn text(&self, text: String, notes: &mut Notes) -> Option<Value> {
        let text = match self.entry.write {
            Some(Writing::Digits) => digits(&text),
            Some(_) | None => text,
        };
        if !self.entry.among.is_empty() && !self.entry.among.contains(&text) {
            self.error(notes, "not_taken", &format!("cannot be {text:?} in this format, and is left out"));
            return None;
        }
        Some(Value::String(text))
    }

    /// Their value for one of ours, where the file says.
    fn theirs(&self, ours: &str) -> Option<Value> {
        self.entry.values.get(ours).cloned()
    }

    fn chosen(&self, id: &str, notes: &mut Notes) -> Option<Value> {
        let told = self.entry.values.is_empty() || self.entry.values.contains_key(id);
        if !told || self.entry.drop.iter().any(|dropped| dropped == id) {
            self.loss(notes, "no_value", &format!("cannot say {:?} in this format", self.label(id)));
            return None;
        }
        Some(self.theirs(id).unwrap_or_else(|| Value::String(id.to_owned())))
    }

    fn choices(&self, ids: &[String], notes: &mut Notes) -> Option<Value> {
        let mut values: Vec<Value> = Vec::new();
        for value in ids.iter().filter_map(|id| self.chosen(id, notes)) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if let Some(between) = &self.entry.join {
            let words: Vec<String> = values.iter().map(plain).collect();
            return (!words.is_empty()).then(|| Value::String(words.join(between)));
        }
        if !self.entry.one {
            return (!values.is_empty()).then_some(Value::Array(values));
        }
        if let Some(rest) = ids.get(1..).filter(|rest| !rest.is_empty()) {
            let rest: Vec<String> = rest.iter().map(|id| self.label(id)).collect();
            self.loss(notes, "one_value", &format!("can be one value only; left out: {}", rest.join(", ")));
        }
        values.into_iter().next()
    }

    fn label(&self, id: &str) -> String {
        let value = self.vocabularies.value(self.field, id);
        value.map_or_else(|| id.to_owned(), |value| value.label.clone())
    }

    /// One number: of a range the upper end.
    fn single(&self, interval: &Interval, notes: &mut Notes) -> Option<Decimal> {
        if interval.single().is_none() {
            self.loss(notes, "range", "is a range; the upper end is given");
        }
        interval.high.map(|end| end.at)
    }

    fn number(&self, interval: &Interval, notes: &mut Notes) -> Option<Value> {
        let mut number = self.single(interval, notes)?;
        if self.entry.write == Some(Writing::OneDecimal) {
            let exact = number;
            number = number.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
            if number != exact {
                self.loss(notes, "rounded", &format!("is rounded from {exact} to {number}"));
            }
        }
        self.bounded(number, notes)
    }

    fn bounded(&self, number: Decimal, notes: &mut Notes) -> Option<Value> {
        match self.entry.most {
            Some(most) if number > most => {
                self.error(
                    notes,
                    "too_large",
                    &format!("cannot exceed {most} in this format, and is left out"),
                );
                None
            }
            Some(_) | None => json_number(number),
        }
    }

    fn duration(&self, interval: &Interval, notes: &mut Notes) -> Option<Value> {
        let seconds = self.single(interval, notes)?;
        if self.entry.write != Some(Writing::DaysHoursMinutes) {
            return self.bounded(seconds, notes);
        }
        let minutes = (seconds / Decimal::from(60)).ceil();
        if minutes * Decimal::from(60) != seconds {
            self.loss(notes, "rounded", "is rounded up to whole minutes");
        }
        let (days, rest) = divided(minutes, 1440);
        let (hours, minutes) = divided(rest, 60);
        if days > Decimal::from(999) {
            self.error(notes, "too_large", "cannot exceed 999 days in this format, and is left out");
            return None;
        }
        Some(Value::String(format!("{days:0>2}:{hours:0>2}:{minutes:0>2}")))
    }

    fn money(&self, interval: &Interval, currency: &str, notes: &mut Notes) -> Option<Value> {
        let amount = self.single(interval, notes)?;
        match (&self.entry.currency, self.currency) {
            (Some(field), Some(wanted)) if wanted != currency => {
                let rule = format!("is in {currency}, but {field} says {wanted}; it is left out");
                self.error(notes, "other_currency", &rule);
                return None;
            }
            (Some(field), None) => {
                self.error(notes, "no_currency", &format!("needs the answer to {field} to go out"));
                return None;
            }
            (Some(_) | None, _) => {}
        }
        let thousands = self.entry.write == Some(Writing::Thousands);
        self.bounded(if thousands { amount / Decimal::from(1000) } else { amount }, notes)
    }

    fn instant(&self, at: Instant) -> String {
        let timestamp = at.timestamp();
        match self.entry.write {
            Some(Writing::Date) => timestamp.strftime("%Y-%m-%d").to_string(),
            Some(Writing::MinuteUtc) => timestamp.strftime("%Y-%m-%d %H:%M").to_string(),
            Some(_) | None => at.to_string(),
        }
    }

    pub fn loss(&self, notes: &mut Notes, rule: &str, what: &str) {
        notes.losses.push(self.told(rule, what));
    }

    pub fn error(&self, notes: &mut Notes, rule: &str, what: &str) {
        notes.errors.push(self.told(rule, what));
    }

    fn told(&self, rule: &str, what: &str) -> Problem {
        trouble(self.name, self.pointer, rule, format!("{} ({}) {what}", self.name, self.field.label))
    }
}

/// A text without quotation marks, anything else as JSON.
pub(crate) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A number as JSON.
pub fn json_number(number: Decimal) -> Option<Value> {
    serde_json::from_str(&number.normalize().to_string()).ok()
}

/// The digits of a telephone number, with a plus sign if it begins with one. The zero in "+49 (0)30" is dialled only
/// inside the country.
pub fn digits(text: &str) -> String {
    match text.trim_start().strip_prefix('+') {
        Some(rest) => {
            rest.replace("(0)", "").chars().filter(char::is_ascii_digit).fold("+".to_owned(), pushed)
        }
        None => text.chars().filter(char::is_ascii_digit).collect(),
    }
}

fn pushed(mut text: String, digit: char) -> String {
    text.push(digit);
    text
}

fn divided(number: Decimal, by: u32) -> (Decimal, Decimal) {
    let by = Decimal::from(by);
    let whole = (number / by).trunc();
    (whole.normalize(), (number - whole * by).normalize())
}

/// Whether a writing fits a kind of field.
pub const fn fits(writing: Writing, kind: FieldKind) -> bool {
    match writing {
        Writing::DaysHoursMinutes => matches!(kind, FieldKind::Duration),
        Writing::Thousands => matches!(kind, FieldKind::Money),
        Writing::OneDecimal => matches!(kind, FieldKind::Decimal | FieldKind::Integer),
        Writing::Date | Writing::MinuteUtc => matches!(kind, FieldKind::Instant),
        Writing::Digits => matches!(kind, FieldKind::Text),
        Writing::Words => true,
    }
}
