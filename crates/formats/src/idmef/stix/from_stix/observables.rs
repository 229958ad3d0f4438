//! Observables as sources, targets and attachments.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    Run, attachments,
    store::{Store, digits, text, texts},
    words,
};
use crate::{
    Json,
    idmef::{
        MediaType, Protocol,
        stix::{carried::Carried, objects::number},
        syntax::{base64, derived_uuid, digest},
    },
};

/// A source or a target in the making.
#[derive(Debug, Default)]
struct End<'j> {
    own: Carried<'j>,
    ports: Vec<u16>,
    seen: HashSet<u16>,
}

/// Sources or targets, by the place of what they are made of.
#[derive(Debug, Default)]
struct Ends<'j> {
    list: Vec<End<'j>>,
    places: HashMap<usize, usize>,
}

/// The observables of one alert.
#[derive(Debug)]
pub struct Observables<'s, 'j> {
    pub store: &'s Store<'j>,
    /// Where the alert stands; what new identifiers follow from.
    pub pointer: String,
    /// The places that are used up.
    pub claimed: HashSet<usize>,
    sources: Ends<'j>,
    targets: Ends<'j>,
    attachments: Vec<Json<'static>>,
    /// What has properties that no attribute takes.
    pub odd: BTreeSet<usize>,
    pub seed: String,
}

impl<'s, 'j> Observables<'s, 'j> {
    pub fn new(store: &'s Store<'j>, pointer: String) -> Self {
        Self {
            store,
            pointer,
            claimed: HashSet::new(),
            sources: Ends::default(),
            targets: Ends::default(),
            attachments: Vec::new(),
            odd: BTreeSet::new(),
            seed: String::new(),
        }
    }

    /// The object of this identifier, which is part of this alert.
    pub fn claim(&mut self, id: &str, run: &mut Run<'_>) -> Option<&'j Json<'static>> {
        let place = self.store.place(id).filter(|place| run.visit(self.store, *place))?;
        self.claimed.insert(place);
        Some(self.store.at(place))
    }

    /// What of these observables is not yet part of the alert.
    pub fn all(&mut self, ids: &[&'j str], run: &mut Run<'_>) {
        let mut left = Vec::new();
        for id in ids {
            if let Some(place) = self.store.place(id)
                && !self.claimed.contains(&place)
                && run.visit(self.store, place)
            {
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
        match self.store.kind(place) {
            "network-traffic" => self.traffic(place, run),
            "email-message" => self.message(place, run),
            "file" => self.file(place, run),
            "artifact" => self.artifact(place),
            "ipv4-addr" | "ipv6-addr" | "domain-name" | "mac-addr" | "url" | "user-account"
            | "email-addr" => {
                self.end(id, true, run);
            }
            _ => drop(self.odd.insert(place)),
        }
        self.inspect(place);
    }

    /// Marks what has properties that no attribute takes.
    fn inspect(&mut self, place: usize) {
        const COMMON: [&str; 4] = ["type", "id", "spec_version", "object_marking_refs"];
        let known: &[&str] = match self.store.kind(place) {
            "network-traffic" => &["src_ref", "dst_ref", "src_port", "dst_port", "protocols"],
            "email-message" => &["from_ref", "to_refs", "is_multipart"],
            "file" => &["name", "size", "hashes", "content_ref", "mime_type"],
            "artifact" => &["payload_bin", "mime_type"],
            "user-account" => &["account_login"],
            _ => &["value"],
        };
        let members = self.store.at(place).as_object().unwrap_or_default();
        let is_known = |name: &str| known.contains(&name) || COMMON.contains(&name);
        if members.iter().any(|member| !is_known(&member.name)) {
            self.odd.insert(place);
        }
    }

    /// The source or target that an observable is.
    fn end(&mut self, id: &'j str, is_source: bool, run: &mut Run<'_>) -> Option<&mut End<'j>> {
        let place = self.store.place(id)?;
        let ends = if is_source { &self.sources } else { &self.targets };
        let there = ends.places.get(&place).copied();
        if there.is_none() && !run.visit(self.store, place) {
            return None;
        }
        if there.is_none() {
            self.claimed.insert(place);
            self.inspect(place);
        }
        let ends = if is_source { &mut self.sources } else { &mut self.targets };
        if let Some(at) = there {
            return ends.list.get_mut(at);
        }
        let mut end = End::default();
        let side = if is_source { "Source" } else { "Target" };
        end.own.set("ID", Json::text(derived_uuid(&format!("{} {side} {id}", self.seed))));
        fill(self.store.at(place), &mut end.own, is_source);
        ends.places.insert(place, ends.list.len());
        ends.list.push(end);
        ends.list.last_mut()
    }

    fn traffic(&mut self, place: usize, run: &mut Run<'_>) {
        let traffic = self.store.at(place);
        let protocols = texts(traffic, "protocols");
        let fine = protocols.iter().all(|name| Protocol::parse(*name).is_ok());
        let mut whole = fine;
        for (reference, port, is_source) in [("src_ref", "src_port", true), ("dst_ref", "dst_port", false)] {
            let said = digits(traffic, port);
            let port = said.and_then(|port| port.parse::<u16>().ok()).filter(|port| *port > 0);
            whole &= port.is_some() || said.is_none();
            let Some(end) = text(traffic, reference).and_then(|id| self.end(id, is_source, run)) else {
                whole &= port.is_none();
                continue;
            };
            end.ports.extend(port.filter(|port| end.seen.insert(*port)));
            if is_source && fine && end.own.get("Protocol").is_none() {
                protocols.iter().for_each(|protocol| end.own.add("Protocol", protocol));
            }
            // Targets have no protocols, and a source has one list of them.
            whole &= !is_source || end.own.texts("Protocol") == protocols;
        }
        if !whole {
            self.odd.insert(place);
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
        if !attachments::described(&mut own, file) {
            self.odd.insert(place);
        }
        let media = text(file, "mime_type");
        match media.filter(|media| MediaType::parse(*media).is_ok()) {
            Some(media) => own.set("ContentType", Json::text(media.to_owned())),
            None if media.is_some() => drop(self.odd.insert(place)),
            None => {}
        }
        if let Some(id) = text(file, "content_ref")
            && let Some(content) = self.store.place(id)
            && self.claim(id, run).is_some()
        {
            self.inspect(content);
            self.payload(&mut own, content);
        }
        self.attachments.push(own.into_json());
    }

    fn artifact(&mut self, place: usize) {
        let mut own = self.attachment("Artifact");
        self.payload(&mut own, place);
        self.attachments.push(own.into_json());
    }

    /// Base64 as it is, if it is that, and what the file says that it is.
    fn payload(&mut self, own: &mut Carried<'_>, place: usize) {
        let artifact = self.store.at(place);
        let bytes = text(artifact, "payload_bin").and_then(base64);
        let fine = bytes.is_some_and(|bytes| {
            let hashes = own.texts("Hash");
            let mut hashes = hashes.iter().filter_map(|hash| hash.split_once(':'));
            let is_hash = |(name, digits): (&str, &str)| {
                digest(name, &bytes).is_none_or(|digest| digest.eq_ignore_ascii_case(digits))
            };
            hashes.all(is_hash)
        });
        if !fine {
            self.odd.insert(place);
            return;
        }
        if text(artifact, "mime_type").is_some_and(|media| MediaType::parse(media).is_err()) {
            self.odd.insert(place);
        }
        own.set("ContentEncoding", Json::text("base64"));
        attachments::content(own, artifact);
    }

    fn attachment(&self, name: &str) -> Carried<'j> {
        let mut own = Carried::default();
        own.set("Name", Json::text(format!("{name}{}", self.attachments.len() + 1)));
        own
    }

    /// Gives the alert what was found.
    pub fn put_into(self, alert: &mut Carried<'_>, run: &mut Run<'_>) {
        let finished = |mut end: End<'j>| {
            if !end.ports.is_empty() {
                end.own.set("Port", Json::List(end.ports.into_iter().map(number).collect()));
            }
            end.own.into_json()
        };
        let ends = |ends: Ends<'j>| ends.list.into_iter().map(finished).collect();
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
