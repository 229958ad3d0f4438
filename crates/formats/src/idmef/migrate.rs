//! From the versions in the wild to draft 08.
//!
//! What draft 08 says with other words is brought into them; what it has no place for goes into an
//! attachment named `Legacy` (the way that draft 08, section 4.2, gives to private attributes). An alert that
//! says it is of draft 08 keeps what is wrong in it where it is; only what Concerto SIEM writes under that
//! name is brought into its form.

mod keywords;
mod parts;

use std::borrow::Cow;

use super::{Alert, Attachment, Encoding, Label, Other, Version, syntax};
use crate::{Json, Loss, Member};

/// Whether the alert must be brought to draft 08: any label but that of draft 08 and of its copy.
pub fn is_older(version: Option<Version>) -> bool {
    !matches!(version, Some(Version::V08 | Version::V09Dev))
}

/// The alert in the words of draft 08, as far as it has words for it.
pub fn to_today(alert: Json<'static>, version: Option<Version>, losses: &mut Vec<Loss>) -> Json<'static> {
    let mut alert = Object::from(alert);
    if is_older(version) {
        rename(&mut alert);
        parts::analyzer(&mut alert, losses);
        parts::vectors(&mut alert, losses);
        times(&mut alert, losses);
        identifier(&mut alert, losses);
    }
    for name in ["Status", "Type", "Category", "ext-Category"] {
        alert.as_list(name);
    }
    keywords::bring(&mut alert, version, losses);
    parts::attachments(&mut alert, losses);
    if is_older(version) {
        parts::plain_contents(&mut alert, losses);
    }
    parts::identifiers(&mut alert, is_older(version), losses);
    Json::Object(alert.0)
}

/// Members of one object, changed in place.
pub struct Object(pub Vec<Member<'static>>);

impl From<Json<'static>> for Object {
    fn from(value: Json<'static>) -> Self {
        match value {
            Json::Object(members) => Self(members),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) => Self(Vec::new()),
        }
    }
}

impl Object {
    pub fn get(&self, name: &str) -> Option<&Json<'static>> {
        self.0.iter().rev().find(|member| member.name == name).map(|member| &member.value)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json<'static>> {
        self.0.iter_mut().rev().find(|member| member.name == name).map(|member| &mut member.value)
    }

    pub fn take(&mut self, name: &str) -> Option<Json<'static>> {
        let at = self.0.iter().rposition(|member| member.name == name)?;
        Some(self.0.remove(at).value)
    }

    pub fn put(&mut self, name: &'static str, value: Json<'static>) {
        self.0.push(Member { name: Cow::Borrowed(name), value });
    }

    /// Adds texts to a list, which is made where it is missing; a value that is no list stays as it is.
    pub fn extend(&mut self, name: &'static str, texts: impl IntoIterator<Item = String>) {
        let texts: Vec<_> = texts.into_iter().map(Json::text).collect();
        match self.get_mut(name) {
            Some(Json::List(items)) => {
                for text in texts {
                    if !items.contains(&text) {
                        items.push(text);
                    }
                }
            }
            Some(_) => {}
            None if texts.is_empty() => {}
            None => self.put(name, Json::List(texts)),
        }
    }

    /// A single text becomes a list of one.
    pub fn as_list(&mut self, name: &str) {
        if let Some(value @ Json::Text(_)) = self.get_mut(name) {
            let one = std::mem::replace(value, Json::Null);
            *value = Json::List(vec![one]);
        }
    }
}

/// Members that have another name today, and mean the same.
fn rename(alert: &mut Object) {
    for (was, is) in [("Severity", "Priority"), ("CeaseTime", "EndTime"), ("Entity", "EntityName")] {
        if alert.get(is).is_none()
            && let Some(value) = alert.take(was)
        {
            alert.put(is, value);
        }
    }
}

/// The schemas of all versions let the zone away; draft 08 does not.
fn times(alert: &mut Object, losses: &mut Vec<Loss>) {
    for name in ["CreateTime", "StartTime", "EndTime"] {
        let Some(Json::Text(text)) = alert.get_mut(name) else { continue };
        if syntax::time(text).is_some_and(|flaw| flaw.rule == "idmef.time.zone") {
            losses.push(Loss::at(&[name], text.to_string(), "no zone is given: it is taken as UTC"));
            *text = Cow::Owned(format!("{text}Z"));
        }
    }
    if alert.get("CreateTime").is_none()
        && let Some(start) = alert.get("StartTime").cloned()
    {
        losses.push(Loss::at(&["CreateTime"], "the time of creation", "it is missing: StartTime is taken"));
        alert.put("CreateTime", start);
    }
}

fn identifier(alert: &mut Object, losses: &mut Vec<Loss>) {
    if alert.get("ID").and_then(Json::as_text).is_some_and(|id| syntax::uuid(id).is_none()) {
        return;
    }
    let seed = Json::Object(alert.0.clone()).to_string();
    let was = alert.take("ID");
    let what = was.as_ref().map_or_else(|| "the identifier".to_owned(), Json::in_short);
    losses.push(Loss::at(&["ID"], what, "no UUID: one is derived from the content of the alert"));
    alert.put("ID", Json::text(syntax::derived_uuid(&seed)));
    if let Some(was) = was.as_ref().and_then(Json::as_text) {
        alert.extend("AltNames", [was.to_owned()]);
    }
}

/// Puts what draft 08 has no place for into an attachment.
pub fn leftovers(alert: &mut Alert, label: Option<&str>, losses: &mut [Loss]) {
    let mut left = Vec::new();
    gather(&mut left, "", &mut alert.other);
    if let Some(analyzer) = &mut alert.analyzer {
        gather(&mut left, "/Analyzer", &mut analyzer.other);
    }
    for (index, part) in alert.sensor.iter_mut().enumerate() {
        gather(&mut left, &format!("/Sensor/{index}"), &mut part.other);
    }
    for (index, part) in alert.source.iter_mut().enumerate() {
        gather(&mut left, &format!("/Source/{index}"), &mut part.other);
    }
    for (index, part) in alert.target.iter_mut().enumerate() {
        gather(&mut left, &format!("/Target/{index}"), &mut part.other);
    }
    for (index, part) in alert.attachment.iter_mut().enumerate() {
        gather(&mut left, &format!("/Attachment/{index}"), &mut part.other);
    }
    if left.is_empty() {
        return;
    }
    for loss in losses.iter_mut().filter(|loss| loss.why.ends_with("carried as it came")) {
        loss.why = loss.why.replace("carried as it came", "kept in the attachment Legacy");
    }
    if let Some(label) = label {
        left.insert(0, Member { name: Cow::Borrowed("Version"), value: Json::text(label.to_owned()) });
    }
    let taken = |name: &str| {
        alert.attachment.iter().any(|part| part.name.as_ref().is_some_and(|label| label.as_str() == name))
    };
    let name = (1..).map(|number| if number == 1 { "Legacy".to_owned() } else { format!("Legacy{number}") });
    let name = name.take(1_000).find(|name| !taken(name)).unwrap_or_default();
    let content = Json::Object(left).to_string();
    alert.attachment.push(Attachment {
        name: Label::parse(name).ok(),
        size: Some(content.len() as u64),
        content_encoding: Some(Encoding::Json),
        content: Some(content),
        ..Attachment::default()
    });
}

fn gather(left: &mut Vec<Member<'static>>, place: &str, other: &mut Other) {
    for (name, value) in other.drain(..) {
        let is_empty_list = value.as_list().is_some_and(<[_]>::is_empty);
        if !is_empty_list {
            let mut pointer = place.to_owned();
            crate::pointer::push(&mut pointer, &name);
            left.push(Member { name: Cow::Owned(pointer), value });
        }
    }
}
