//! Numbers and truths as servers of every age write them.

use crate::Json;

/// A text; numbers read as their digits, truths as values of type boolean have them.
pub fn text<'e>(object: &'e Json<'_>, name: &str) -> Option<&'e str> {
    match object.get(name)? {
        Json::Text(text) => Some(text),
        Json::Number(digits) => Some(digits),
        Json::Bool(truth) => Some(if *truth { "True" } else { "False" }),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}

/// A whole number, written as number or as text.
pub fn number(object: &Json<'_>, name: &str) -> Option<i64> {
    text(object, name)?.parse().ok()
}

/// A truth, written as such or as 0 and 1.
pub fn flag(object: &Json<'_>, name: &str) -> Option<bool> {
    match object.get(name)? {
        Json::Bool(truth) => Some(*truth),
        Json::Number(text) | Json::Text(text) => match text.as_ref() {
            "1" | "true" | "True" => Some(true),
            "0" | "false" | "False" | "" => Some(false),
            _ => None,
        },
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}

/// The items of a list; none when there is no list.
pub fn list<'e, 'a>(object: &'e Json<'a>, name: &str) -> &'e [Json<'a>] {
    object.get(name).and_then(Json::as_list).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    #[test]
    fn numbers_and_truths_come_in_many_forms() {
        let json =
            parse(br#"{"a":"5","b":5,"c":true,"d":"0","e":1,"f":null,"g":"x"}"#, &Limits::default()).unwrap();
        assert_eq!((number(&json, "a"), number(&json, "b"), number(&json, "g")), (Some(5), Some(5), None));
        assert_eq!(
            (flag(&json, "c"), flag(&json, "d"), flag(&json, "e")),
            (Some(true), Some(false), Some(true))
        );
        assert_eq!((flag(&json, "f"), flag(&json, "g"), text(&json, "b")), (None, None, Some("5")));
    }
}
