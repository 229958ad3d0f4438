//! National profiles: a pack that changes another pack.

use toml::{Table, Value};

/// The keys whose entries are replaced one by one.
const BY_ENTRY: &[&str] = &["rules", "recipients"];

/// `base` as `change` changes it. Entries with an `id` meet their namesake, `remove = true` takes an
/// entry away, `rules` and `recipients` are replaced name by name, everything else as a whole.
pub(super) fn patched(base: &Table, change: &Table) -> Table {
    let mut result = base.clone();
    for (key, value) in change {
        let merged = match (result.get(key), value) {
            (Some(Value::Array(old)), Value::Array(new)) if have_ids(old) && have_ids(new) => {
                Value::Array(patched_entries(old, new))
            }
            (Some(Value::Table(old)), Value::Table(new)) if BY_ENTRY.contains(&key.as_str()) => {
                let mut entries = old.clone();
                entries.extend(new.clone());
                Value::Table(entries)
            }
            (Some(_) | None, _) => value.clone(),
        };
        result.insert(key.clone(), merged);
    }
    result
}

fn have_ids(entries: &[Value]) -> bool {
    entries.iter().all(|entry| id(entry).is_some())
}

fn id(entry: &Value) -> Option<&str> {
    entry.get("id")?.as_str()
}

fn patched_entries(old: &[Value], new: &[Value]) -> Vec<Value> {
    let mut result = old.to_vec();
    for change in new {
        let Some(change_table) = change.as_table() else { continue };
        let at = result.iter().position(|entry| id(entry) == id(change));
        let removes = change_table.get("remove").and_then(Value::as_bool) == Some(true);
        match (at, removes) {
            (Some(at), true) => {
                result.remove(at);
            }
            (None, true) => {}
            (Some(at), false) => {
                if let Some(Value::Table(entry)) = result.get_mut(at) {
                    *entry = patched(entry, change_table);
                }
            }
            (None, false) => result.push(change.clone()),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_changes_one_length_and_removes_one_stage() {
        let base: Table = toml::from_str(
            "id = 'law'\n[rules]\na = { always = true }\nb = { always = true }\n[[tracks]]\nid = 't'\n\
             stages = [{ id = 'one', hours = 24 }, { id = 'two', hours = 72 }]\n",
        )
        .unwrap();
        let change: Table = toml::from_str(
            "id = 'law-xx'\n[rules]\na = { always = false }\n[[tracks]]\nid = 't'\n\
             stages = [{ id = 'one', hours = 12 }, { id = 'two', remove = true }, { id = 'three' }]\n",
        )
        .unwrap();
        insta::assert_snapshot!(toml::to_string(&patched(&base, &change)).unwrap(), @r#"
        id = "law-xx"

        [rules.a]
        always = false

        [rules.b]
        always = true

        [[tracks]]
        id = "t"

        [[tracks.stages]]
        hours = 12
        id = "one"

        [[tracks.stages]]
        id = "three"
        "#);
    }
}
