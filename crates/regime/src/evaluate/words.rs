//! Facts and comparisons in words.

use rust_decimal::Decimal;

use super::{interval::Interval, node::Order};
use crate::FieldKind;

/// A number with its thousands set apart: `1,000,000`.
pub fn number(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (whole, fraction) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

/// A length of time: `1 hour 30 minutes`.
pub fn length(seconds: Decimal) -> String {
    let mut rest = seconds.trunc();
    let mut parts = vec![];
    for (unit, size) in [("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)] {
        let size = Decimal::from(size);
        let count = (rest / size).trunc();
        rest -= count * size;
        if !count.is_zero() {
            let plural = if count == Decimal::ONE { "" } else { "s" };
            parts.push(format!("{} {unit}{plural}", number(count)));
        }
    }
    if parts.is_empty() { "0 minutes".to_owned() } else { parts.join(" ") }
}

/// One number in the unit of its field.
pub fn amount(kind: FieldKind, unit: Option<&str>, value: Decimal) -> String {
    match (kind, unit) {
        (FieldKind::Duration, _) => length(value),
        (FieldKind::Money, _) => format!("{} EUR", number(value)),
        (_, Some("%")) => format!("{}%", number(value)),
        (_, Some(unit)) => format!("{} {unit}", number(value)),
        (_, None) => number(value),
    }
}

/// A number or a range in the unit of its field.
pub fn interval(kind: FieldKind, unit: Option<&str>, interval: &Interval) -> String {
    match (interval.single(), interval.low, interval.high) {
        (Some(at), ..) => amount(kind, unit, at),
        (None, Some(low), Some(high)) => {
            format!("between {} and {}", amount(kind, unit, low.at), amount(kind, unit, high.at))
        }
        (None, ..) => "unknown".to_owned(),
    }
}

/// An order in words.
pub const fn order(order: Order) -> &'static str {
    match order {
        Order::More => "more than",
        Order::From => "at least",
        Order::Less => "less than",
        Order::UpTo => "at most",
    }
}

/// The sign between two compared numbers, given whether the order holds.
pub const fn sign(order: Order, holds: bool) -> &'static str {
    match (order, holds) {
        (Order::More, true) | (Order::UpTo, false) => ">",
        (Order::From, true) | (Order::Less, false) => "≥",
        (Order::Less, true) | (Order::From, false) => "<",
        (Order::UpTo, true) | (Order::More, false) => "≤",
    }
}
