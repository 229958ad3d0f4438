//! What changed between two versions of a law.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::json;

use crate::{
    laws::Files,
    output::{Outcome, Output, Unreadable},
};

/// A value that is not the same in both.
#[derive(Serialize)]
struct Change {
    /// What it belongs to, as a lawyer would call it; for people only.
    #[serde(skip)]
    part: String,
    /// Where it stands (`pack.toml: tracks[darkness].stages[first_word].clock.hours`).
    key: String,
    before: Option<String>,
    after: Option<String>,
}

/// Prints every change, by stage, rule, list of recipients, question and text.
///
/// # Errors
/// Files that cannot be read.
pub fn diff(before: &Files, after: &Files, output: Output) -> anyhow::Result<Outcome> {
    let (before, after) = (values(before)?, values(after)?);
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut changes: Vec<Change> = keys
        .into_iter()
        .filter(|key| before.get(*key) != after.get(*key))
        .map(|key| Change {
            part: part_of(key),
            key: key.clone(),
            before: before.get(key).cloned(),
            after: after.get(key).cloned(),
        })
        .collect();
    changes.sort_by(|one, other| (order(&one.part), &one.part).cmp(&(order(&other.part), &other.part)));
    let parts =
        |values: &BTreeMap<String, String>| values.keys().map(|key| part_of(key)).collect::<BTreeSet<_>>();
    let (old, new) = (parts(&before), parts(&after));
    output.print(&json!({ "changes": changes }), |_| in_words(&changes, (&old, &new)))?;
    Ok(if changes.is_empty() { Outcome::Fine } else { Outcome::Found })
}

fn in_words(changes: &[Change], (old, new): (&BTreeSet<String>, &BTreeSet<String>)) -> String {
    let mut text = String::new();
    let mut part = None;
    for change in changes {
        if part != Some(&change.part) {
            let standing = match (old.contains(&change.part), new.contains(&change.part)) {
                (false, _) => " (new)",
                (_, false) => " (taken away)",
                (true, true) => "",
            };
            text += &format!("{}{standing}\n", change.part);
            part = Some(&change.part);
        }
        let place = change.key.split_once(": ").map_or(change.key.as_str(), |(_, place)| place);
        let name = place.rsplit_once("].").map_or(place, |(_, name)| name);
        text += &match (&change.before, &change.after) {
            (Some(before), Some(after)) => format!("    {name}: {before} becomes {after}\n"),
            (Some(before), None) => format!("    {name}: {before} is taken away\n"),
            (None, Some(after)) => format!("    {name}: {after} is added\n"),
            (None, None) => String::new(),
        };
    }
    text
}

/// What a key belongs to.
fn part_of(key: &str) -> String {
    let (file, place) = key.split_once(": ").unwrap_or((key, ""));
    let inside = |list: &str| Some(place.split_once(&format!("{list}["))?.1.split_once(']')?.0.to_owned());
    let named = |table: &str| Some(place.strip_prefix(table)?.split(['.', '[']).next()?.to_owned());
    let form = || Some(file.strip_prefix("forms/")?.strip_suffix(".toml")?.to_owned());
    let language = || Some(file.strip_prefix("text/")?.strip_suffix(".ftl")?.to_owned());
    match (inside("tracks"), inside("stages"), inside("fields")) {
        (Some(track), Some(stage), _) => format!("Stage {stage} of track {track}"),
        (Some(track), None, _) => format!("Track {track}"),
        (None, _, Some(field)) => match form() {
            Some(form) => format!("Question {field} of form {form}"),
            None => format!("Field {field}"),
        },
        (None, _, None) => named("rules.")
            .map(|rule| format!("Rule {rule}"))
            .or_else(|| named("recipients.").map(|list| format!("Recipients {list}")))
            .or_else(|| inside("authority").map(|duty| format!("Duty of the authority {duty}")))
            .or_else(|| language().map(|language| format!("Texts ({language})")))
            .unwrap_or_else(
                || if file == "pack.toml" { "The law".to_owned() } else { format!("File {file}") },
            ),
    }
}

/// Stages first: they hold the clocks.
fn order(part: &str) -> usize {
    let kinds = ["The law", "Stage", "Track", "Rule", "Recipients", "Duty", "Question", "Field", "Texts"];
    kinds.iter().position(|kind| part.starts_with(kind)).unwrap_or(kinds.len())
}

/// Every value of every file under its path and key (`pack.toml: stages.early.length`); a file that is no
/// TOML is one value, or one for each text. Tables of a list are keyed by their `id` or the `field` they ask, so that
/// one more stage moves no other.
fn values(files: &Files) -> anyhow::Result<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".toml") {
            let table: toml::Table =
                toml::from_str(&text).map_err(|error| Unreadable(format!("{path}: {error}")))?;
            flatten(&format!("{path}:"), &toml::Value::Table(table), &mut values);
        } else if path.ends_with(".ftl") {
            texts(path, &text, &mut values);
        } else {
            values.insert(path.clone(), text.into_owned());
        }
    }
    Ok(values)
}

/// The texts of a Fluent file: `key = words`, what is indented goes on.
fn texts(path: &str, text: &str, values: &mut BTreeMap<String, String>) {
    let mut last = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once('=') {
            Some((key, words)) if !line.starts_with(char::is_whitespace) => {
                let key = format!("{path}: {}", key.trim());
                values.insert(key.clone(), words.trim().to_owned());
                last = Some(key);
            }
            Some(_) | None => {
                if let Some(known) = last.as_ref().and_then(|key| values.get_mut(key)) {
                    *known = format!("{known} {}", line.trim()).trim_end().to_owned();
                }
            }
        }
    }
}

fn flatten(key: &str, value: &toml::Value, values: &mut BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                let separator = if key.ends_with(':') { " " } else { "." };
                flatten(&format!("{key}{separator}{name}"), value, values);
            }
        }
        toml::Value::Array(items) if items.iter().any(toml::Value::is_table) => {
            for (index, item) in items.iter().enumerate() {
                let id = item.get("id").or_else(|| item.get("field")).and_then(toml::Value::as_str);
                flatten(
                    &format!("{key}[{}]", id.map_or_else(|| index.to_string(), str::to_owned)),
                    item,
                    values,
                );
            }
        }
        plain => {
            values.insert(key.to_owned(), plain.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(text: &str) -> BTreeMap<String, String> {
        values(&Files::from([("pack.toml".to_owned(), text.as_bytes().to_vec())])).unwrap()
    }

    #[test]
    fn changes_stand_under_what_a_lawyer_calls_them() {
        let part = |key: &str| part_of(key);
        assert_eq!(part("pack.toml: tracks[a].stages[b].clock.hours"), "Stage b of track a");
        assert_eq!(part("pack.toml: tracks[a].applies.all[0].rule"), "Track a");
        assert_eq!(part("pack.toml: rules.serious.any[0].more_than"), "Rule serious");
        assert_eq!(part("pack.toml: recipients.desk[0].first_of"), "Recipients desk");
        assert_eq!(part("forms/x.toml: sections[s].fields[loss].number"), "Question loss of form x");
        assert_eq!(part("fields.toml: fields[loss].label"), "Field loss");
        assert_eq!(part("text/en.ftl: stage-b"), "Texts (en)");
        assert_eq!(part("pack.toml: erratum"), "The law");
        assert_eq!(part("cases/x.toml: cases[0].name"), "File cases/x.toml");
        let texts =
            values(&Files::from([("text/en.ftl".to_owned(), b"# x\na = b\n  c\nd = e".to_vec())])).unwrap();
        assert_eq!(
            texts.into_iter().collect::<Vec<_>>(),
            [("text/en.ftl: a".to_owned(), "b c".to_owned()), ("text/en.ftl: d".to_owned(), "e".to_owned())]
        );
    }

    #[test]
    fn one_more_stage_moves_no_other() {
        let before = flat("[[stage]]\nid = 'b'\nhours = 72");
        let after = flat("[[stage]]\nid = 'a'\nhours = 24\n[[stage]]\nid = 'b'\nhours = 72");
        assert_eq!(before.get("pack.toml: stage[b].hours"), after.get("pack.toml: stage[b].hours"));
        assert_eq!(after.len(), before.len() + 2);
    }
}
