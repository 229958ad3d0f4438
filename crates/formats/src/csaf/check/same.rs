//! When two JSON values are the same: the order of members does not count, nor how a number is written.

use crate::Json;

/// A text that is equal for equal values.
pub fn key(value: &Json<'_>) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Json<'_>, text: &mut String) {
    match value {
        Json::Null | Json::Bool(_) | Json::Text(_) => text.push_str(&value.to_string()),
        Json::Number(digits) => match digits.parse::<f64>() {
            Ok(number) => text.push_str(&(number + 0.0).to_string()),
            Err(_) => text.push_str(digits),
        },
        Json::List(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Json::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|one, two| one.name.cmp(&two.name));
            text.push('{');
            for member in members {
                text.push_str(&Json::text(member.name.as_ref()).to_string());
                text.push(':');
                write(&member.value, text);
                text.push(',');
            }
            text.push('}');
        }
    }
}
