//! What a conversion does not carry over, named: all of the document that its table does not hold.

use crate::{Json, Loss, pointer};

/// Names what stands in the document and not in the table, each at the highest place that is not carried.
///
/// The table holds places, `*` for the number of an item; what lies below a place that ends with `/**` is
/// carried as well. Branches below branches are the same place as the first.
pub fn losses(document: &Json<'_>, table: &[&str], why: &str) -> Vec<Loss> {
    let mut walk = Walk { table, why, place: String::new(), losses: Vec::new() };
    walk.value(document, "");
    walk.losses
}

struct Walk<'t> {
    table: &'t [&'t str],
    why: &'t str,
    place: String,
    losses: Vec<Loss>,
}

/// How a place stands to the table.
#[derive(PartialEq, Eq)]
enum Standing {
    Carried,
    /// Parts of it are.
    Partly,
    Lost,
}

impl Walk<'_> {
    fn standing(&self, pattern: &str) -> Standing {
        let below = |entry: &&str| entry.strip_prefix(pattern).is_some_and(|rest| rest.starts_with('/'));
        if self.table.contains(&pattern) || self.table.contains(&format!("{pattern}/**").as_str()) {
            Standing::Carried
        } else if self.table.iter().any(below) {
            Standing::Partly
        } else {
            Standing::Lost
        }
    }

    fn value(&mut self, value: &Json<'_>, pattern: &str) {
        match value {
            Json::Object(members) => {
                for member in members {
                    self.part(&member.value, &member.name, format!("{pattern}/{}", member.name));
                }
            }
            Json::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.part(item, &index.to_string(), format!("{pattern}/*"));
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
        }
    }

    fn part(&mut self, value: &Json<'_>, name: &str, pattern: String) {
        let pattern = pattern.replace("/branches/*/branches", "/branches");
        let length = self.place.len();
        pointer::push(&mut self.place, name);
        match self.standing(&pattern) {
            Standing::Carried => {}
            Standing::Partly => self.value(value, &pattern),
            Standing::Lost => self.losses.push(Loss {
                pointer: self.place.clone(),
                what: value.in_short(),
                why: self.why.to_owned(),
            }),
        }
        self.place.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    #[test]
    fn what_is_not_in_the_table_is_named_at_its_highest_place() {
        let document = r#"{"a":{"b":1,"c":{"d":2}},"branches":[{"branches":[{"name":"x","other":1}]}],"e":[{"f":1,"g":2}]}"#;
        let document = parse(document.as_bytes(), &Limits::default()).unwrap();
        let losses = losses(&document, &["/a/b", "/branches/*/name", "/e/*/f/**"], "no place");
        let places: Vec<&str> = losses.iter().map(|loss| loss.pointer.as_str()).collect();
        assert_eq!(places, ["/a/c", "/branches/0/branches/0/other", "/e/0/g"]);
    }
}
