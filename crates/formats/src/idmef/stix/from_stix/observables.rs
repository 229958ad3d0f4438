//! Observables as sources, targets and attachments.

use super::{
    Run, attachments,
    store::{Store, digits, text, texts},
    words,
};
use crate::{
    Json,
    idmef::{stix::carried::Carried, syntax::derived_uuid},
};

/// A source or a target in the making.
#[derive(Debug)]
struct End<'j> {
    id: &'j str,
    own: Carried<'j>,
}

/// The observables of one alert.
#[derive(Debug)]
pub struct Observables<'s, 'j> {
    pub store: &'s Store<'j>,
    /// Where the alert stands; what new identifiers follow from.
    pub pointer: String,
    /// The places that are used up.
    pub claimed: std::collections::HashSet<usize>,
    sources: Vec<End<'j>>,
    targets: Vec<End<'j>>,
    attachments: Vec<Json<'static>>,
    /// What has properties that no attribute takes.
    pub odd: Vec<usize>,
    pub seed: String,
}

impl<'s, 'j> Observables<'s, 'j> {
    pub fn new(store: &'s Store<'j>, pointer: String) -> Self {
        Self {
            store,
            pointer,
            claimed: std::collections::HashSet::new(),
            sources: Vec::new(),
            targets: Vec::new(),
            attachments: Vec::new(),
            odd: Vec::new(),
            seed: String::new(),
        }
    }

    /// The object of this identifier, which is part of this alert.
    pub fn claim(&mut self, id: &str, run: &mut Run<'_>) -> Option<&'j Json<'static>> {
        let place = self.store.place(id)?;
        run.used.insert(place);
        self.claimed.insert(place);
        Some(self.store.at(place))
    }

    /// What of these observables is not yet part of the alert.
    pub fn all(&mut self, ids: &[&'j str], run: &mut Run<'_>) {
        let mut left = Vec::new();
        for id in ids {
            if let Some(place) = self.store.place(id)
                && !self.claimed.contains(&place)
            {
                run.used.insert(place);
                left.push((*id, place));
            }
        }
        for kind in ["network-traffic", "email-message", "file", "artifact", ""] {
            for (id, place) in left.clone() {
                let own = self.store.kind(place);
                if (own == kind || kind.is_empty()) && self.claimed.insert(place) {
                    self.one(id, place, run);
                }
            }
        }
    }

    fn one(&mut self, id: &'j str, place: usize, run: &mut Run<'_>) {
        if !run.spend(64) {
            run.lose(
                self.store.pointer(place),
                self.store.describe(place),
                "repeated too often to be carried everywhere",
            );
            return;
        }
        match self.store.kind(place) {
            "network-traffic" => self.traffic(place, run),
            "email-message" => self.message(place, run),
            "file" => self.file(place, run),
            "artifact" => self.artifact(place, run),
            "ipv4-addr" | "ipv6-addr" | "domain-name" | "mac-addr" | "url" | "user-account"
            | "email-addr" => {
                self.end(id, true, run);
            }
            _ => self.odd.push(place),
        }
        let known: &[&str] = match self.store.kind(place) {
            "network-traffic" => &["src_ref", "dst_ref", "src_port", "dst_port", "protocols"],
            "email-message" => &["from_ref", "to_refs", "is_multipart"],
            "file" => &["name", "size", "hashes", "content_ref", "mime_type"],
            "artifact" => &["payload_bin", "mime_type"],
            "user-account" => &["account_login"],
            _ => &["value"],
        };
        const COMMON: [&str; 4] = ["type", "id", "spec_version", "object_marking_refs"];
        let members = self.store.at(place).as_object().unwrap_or_default();
        let is_known = |name: &str| known.contains(&name) || COMMON.contains(&name);
        if members.iter().any(|member| !is_known(&member.name)) && !self.odd.contains(&place) {
            self.odd.push(place);
        }
    }

    /// The source or target that an observable is.
    fn end(&mut self, id: &'j str, is_source: bool, run: &mut Run<'_>) -> Option<&mut Carried<'j>> {
        let place = self.store.place(id)?;
        run.used.insert(place);
        self.claimed.insert(place);
        let list = if is_source { &mut self.sources } else { &mut self.targets };
        if let Some(at) = list.iter().position(|end| end.id == id) {
            return list.get_mut(at).map(|end| &mut end.own);
        }
        let mut own = Carried::default();
        let side = if is_source { "Source" } else { "Target" };
        own.set("ID", Json::text(derived_uuid(&format!("{} {side} {id}", self.seed))));
        fill(self.store.at(place), &mut own, is_source);
        list.push(End { id, own });
        list.last_mut().map(|end| &mut end.own)
    }

    fn traffic(&mut self, place: usize, run: &mut Run<'_>) {
        let traffic = self.store.at(place);
        let protocols = texts(traffic, "protocols");
        for (reference, port, is_source) in [("src_ref", "src_port", true), ("dst_ref", "dst_port", false)] {
            let port = digits(traffic, port).filter(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
            let Some(own) = text(traffic, reference).and_then(|id| self.end(id, is_source, run)) else {
                continue;
            };
            if let Some(port) = port {
                add_port(own, port);
            }
            if is_source && own.get("Protocol").is_none() {
                let fine = |name: &&&str| crate::idmef::Protocol::parse(**name).is_ok();
                for protocol in protocols.iter().filter(fine) {
                    own.add("Protocol", protocol);
                }
            }
        }
    }

    fn message(&mut self, place: usize, run: &mut Run<'_>) {
        let message = self.store.at(place);
        if let Some(from) = text(message, "from_ref") {
            self.end(from, true, run);
        }
        for to in texts(message, "to_refs") {
            self.end(to, false, run);
        }
    }

    fn file(&mut self, place: usize, run: &mut Run<'_>) {
        let file = self.store.at(place);
        let mut own = self.attachment("File");
        attachments::described(&mut own, file);
        if let Some(media) =
            text(file, "mime_type").filter(|media| crate::idmef::MediaType::parse(*media).is_ok())
        {
            own.set("ContentType", Json::text(media.to_owned()));
        }
        if let Some(content) = text(file, "content_ref").and_then(|id| self.claim(id, run)) {
            payload(&mut own, content, self, run);
        }
        self.attachments.push(own.into_json());
    }

    fn artifact(&mut self, place: usize, run: &mut Run<'_>) {
        let mut own = self.attachment("Artifact");
        payload(&mut own, self.store.at(place), self, run);
        self.attachments.push(own.into_json());
    }

    fn attachment(&self, name: &str) -> Carried<'j> {
        let mut own = Carried::default();
        own.set("Name", Json::text(format!("{name}{}", self.attachments.len() + 1)));
        own
    }

    /// Gives the alert what was found.
    pub fn put_into(self, alert: &mut Carried<'_>, run: &mut Run<'_>) {
        let ends = |ends: Vec<End<'j>>| ends.into_iter().map(|end| end.own.into_json()).collect();
        let lists: [(&'static str, Vec<Json<'static>>); 3] = [
            ("Source", ends(self.sources)),
            ("Target", ends(self.targets)),
            ("Attachment", self.attachments),
        ];
        for (name, list) in lists {
            if list.is_empty() {
                continue;
            }
            let all = match alert.take(name) {
                None => list,
                Some(Json::List(there)) => there.into_iter().chain(list).collect(),
                Some(other) => {
                    run.lose(self.pointer.clone(), name, "the alert has something else in this place");
                    alert.set(name, other);
                    continue;
                }
            };
            alert.set(name, Json::List(all));
        }
    }
}

/// Base64 as it is: whatever it is, somebody else's content is not read.
fn payload(
    own: &mut Carried<'_>,
    artifact: &Json<'static>,
    observables: &Observables<'_, '_>,
    run: &mut Run<'_>,
) {
    own.set("ContentEncoding", Json::text("base64"));
    attachments::content(own, artifact, observables, run);
    if own.get("Content").is_none() {
        own.take("ContentEncoding");
    }
}

fn add_port(own: &mut Carried<'_>, port: &str) {
    let mut ports = match own.take("Port") {
        Some(Json::List(ports)) => ports,
        _ => Vec::new(),
    };
    let port = Json::Number(port.to_owned().into());
    if !ports.contains(&port) {
        ports.push(port);
    }
    own.set("Port", Json::List(ports));
}

/// What an observable says, in the attribute that has a place for it.
fn fill(object: &Json<'static>, own: &mut Carried<'_>, is_source: bool) {
    let kind = text(object, "type").unwrap_or_default();
    let value = text(object, "value").unwrap_or_default().to_owned();
    let set = |own: &mut Carried<'_>, name, value: String| own.set(name, Json::text(value));
    match kind {
        "ipv4-addr" | "ipv6-addr" if words::address(&value).is_some() => set(own, "IP", value),
        "domain-name" => set(own, "Hostname", value),
        "email-addr" if crate::idmef::Email::parse(value.as_str()).is_ok() => set(own, "Email", value),
        "user-account" => {
            let name =
                ["account_login", "user_id", "display_name"].into_iter().find_map(|name| text(object, name));
            set(own, "User", name.unwrap_or_default().to_owned());
        }
        _ => {
            let category = match kind {
                "mac-addr" => Some("Cyber.Network.MAC"),
                "url" => Some("Cyber.Web.URL"),
                _ => None,
            };
            if let Some(category) = category.filter(|_| is_source) {
                own.add("Category", category);
            }
            set(own, "Note", value);
        }
    }
}
