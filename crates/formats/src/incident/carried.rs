//! What STIX does not say, in our extension on the incident: `form`, `record` (what is left of the record),
//! `odd` (what STIX does not allow, as JSON in a text) and `stated` (what stands in STIX, with a digest, so
//! that a change is noticed).

use sha2::{Digest, Sha256};

use super::record::{Form, Path, put};
use crate::{
    Json, Limits, Loss, Member, parse, pointer,
    stix::extension::{RECORD, travels},
    syntax::binary::hex,
};

/// Deeper parts of a record travel as text: the bundle around them nests too.
const DEEPEST: usize = 16;
/// Longer paths are none of ours.
const LONGEST: usize = 64;

/// What is left of a record.
#[derive(Debug)]
pub struct Carried {
    /// The extension.
    pub content: Json<'static>,
    /// The paths of the entries of `odd`, in their order.
    pub odd: Vec<Path>,
    /// The paths of the entries of `stated`, in their order.
    pub stated: Vec<Path>,
}

/// The name of an entry of `odd` and `stated`: dictionaries, so that one can be withheld without moving others.
pub fn entry(at: usize) -> String {
    format!("entry_{at}")
}

/// The extension for a record from which the stated values were taken.
pub fn write(form: Form, rest: Json<'static>, stated: Vec<(Path, Json<'static>)>) -> Carried {
    let mut odd = Vec::new();
    let clean = cleaned(rest, &mut Vec::new(), &mut odd);
    let mut content = vec![
        member("extension_type", Json::text("property-extension")),
        member("form", Json::text(form.name())),
    ];
    content.extend(clean.map(|clean| member("record", clean)));
    let dictionary = |entries: Vec<Json<'static>>| {
        let entries = entries.into_iter().enumerate();
        Json::Object(entries.map(|(at, value)| Member { name: entry(at).into(), value }).collect())
    };
    let texts = |path: &Path, name, text: String| {
        Json::object([("pointer", Json::text(pointer_of(path))), (name, Json::text(text))])
    };
    if !odd.is_empty() {
        let entries = odd.iter().map(|(path, value)| texts(path, "json", value.to_string())).collect();
        content.push(member("odd", dictionary(entries)));
    }
    if !stated.is_empty() {
        let entries = stated.iter().map(|(path, value)| texts(path, "sha256", digest(value))).collect();
        content.push(member("stated", dictionary(entries)));
    }
    let paths = |entries: Vec<(Path, Json<'static>)>| entries.into_iter().map(|(path, _)| path).collect();
    Carried { content: Json::Object(content), odd: paths(odd), stated: paths(stated) }
}

/// What came back of a record, and where it says that STIX states the rest.
#[derive(Debug)]
pub struct Restored {
    pub form: Form,
    pub record: Json<'static>,
    /// Paths and digests.
    pub stated: Vec<(Path, String)>,
}

/// The record that an incident carries.
pub fn read(incident: &Json<'_>, limits: &Limits, losses: &mut Vec<Loss>) -> Option<Restored> {
    let content = incident.get("extensions")?.get(RECORD)?;
    let form = match content.get("form").and_then(Json::as_text)? {
        "record" => Form::Record,
        "case" => Form::Case,
        _ => return None,
    };
    let mut record = content.get("record").cloned().unwrap_or(Json::Object(Vec::new())).into_owned();
    for (at, path, value) in entries(content, "odd", "json") {
        match parse(value.as_bytes(), limits) {
            Ok(value) => put(&mut record, &path, value.into_owned()),
            Err(fault) => losses.push(Loss::at(
                &["extensions", RECORD, "odd", &at],
                pointer_of(&path),
                format!("the text is not JSON: {fault}"),
            )),
        }
    }
    let stated = entries(content, "stated", "sha256");
    let stated = stated.into_iter().map(|(_, path, digest)| (path, digest)).collect();
    Some(Restored { form, record, stated })
}

/// The entries of a dictionary: name, path and text.
fn entries(content: &Json<'_>, dictionary: &str, text: &str) -> Vec<(String, Path, String)> {
    let members = content.get(dictionary).and_then(Json::as_object).unwrap_or_default();
    let entry = |member: &Member<'_>| {
        let path = path_of(member.value.get("pointer")?.as_text()?)?;
        Some((member.name.to_string(), path, member.value.get(text)?.as_text()?.to_owned()))
    };
    members.iter().filter_map(entry).collect()
}

/// The digest of a value that STIX states.
pub fn digest(value: &Json<'_>) -> String {
    hex(&Sha256::digest(value.to_string()))
}

fn member(name: &'static str, value: Json<'static>) -> Member<'static> {
    Member { name: name.into(), value }
}

pub fn pointer_of(path: &Path) -> String {
    pointer::of(&path.iter().map(String::as_str).collect::<Vec<_>>())
}

fn path_of(text: &str) -> Option<Path> {
    if text.is_empty() {
        return Some(Path::new());
    }
    let names = text.strip_prefix('/')?.split('/');
    let path: Path = names.map(|name| name.replace("~1", "/").replace("~0", "~")).take(LONGEST + 1).collect();
    (path.len() <= LONGEST).then_some(path)
}

/// The value without what STIX does not allow; that goes to `odd`. None when nothing is left.
fn cleaned(
    value: Json<'static>,
    path: &mut Path,
    odd: &mut Vec<(Path, Json<'static>)>,
) -> Option<Json<'static>> {
    let before = odd.len();
    match value {
        Json::Object(members) if path.len() < DEEPEST && !members.is_empty() => {
            let mut kept = Vec::new();
            for Member { name, value } in members.iter().cloned() {
                path.push(name.to_string());
                if is_name(&name) {
                    kept.extend(cleaned(value, path, odd).map(|value| Member { name, value }));
                } else {
                    odd.push((path.clone(), value));
                }
                path.pop();
            }
            if kept.is_empty() {
                // As a whole, so that it is told from an object that is not there.
                odd.truncate(before);
                odd.push((path.clone(), Json::Object(members)));
                return None;
            }
            Some(Json::Object(kept))
        }
        value if path.len() < DEEPEST && travels(&value, DEEPEST, is_name) => Some(value),
        value => {
            odd.push((path.clone(), value));
            None
        }
    }
}

/// Whether selectors can name it, and the standard allows it in a dictionary.
fn is_name(name: &str) -> bool {
    (1..=250).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
}
