//! Places in a JSON document: members parted by points.

use serde_json::{Map, Value};

/// Puts a value at a place, with the objects that lead to it.
pub fn put(object: &mut Map<String, Value>, place: &str, value: Value) {
    match place.split_once('.') {
        None => {
            object.insert(place.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = object.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// What stands at a place.
pub fn get<'a>(object: &'a Map<String, Value>, place: &str) -> Option<&'a Value> {
    match place.split_once('.') {
        None => object.get(place),
        Some((first, rest)) => get(object.get(first)?.as_object()?, rest),
    }
}

/// Whether the object that a place belongs to is there.
pub fn has_parent(object: &Map<String, Value>, place: &str) -> bool {
    match place.rsplit_once('.') {
        None => !object.is_empty(),
        Some((parent, _)) => get(object, parent).is_some(),
    }
}

/// A place as a JSON pointer.
pub fn pointer(place: &str) -> String {
    place.split('.').fold(String::new(), |so_far, name| format!("{so_far}/{}", crate::value::escaped(name)))
}

/// The pointers of all values in a document that are no objects or lists of objects.
pub fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                leaves(value, &format!("{at}/{}", crate::value::escaped(name)), found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            found.push(at.to_owned());
        }
    }
}
