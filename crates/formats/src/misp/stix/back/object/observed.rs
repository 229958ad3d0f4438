//! Objects from observables.

use std::borrow::Cow;

use super::{Found, Made, customs, kind};
use crate::{
    Json,
    misp::stix::{
        back::{Reader, text},
        ids,
        table::{Form, Path},
        value,
    },
};

impl<'b> Reader<'b, '_> {
    /// Reads observables into an object; gives those that are written into it.
    pub fn observable(
        &self,
        made: &mut Made<'b>,
        form: &'static Form,
        scos: &[&'b Json<'b>],
    ) -> Option<Vec<Made<'b>>> {
        let own = |sco: &&&'b Json<'b>| text(sco, "id").is_some_and(|id| ids::uuid_of(id) == made.uuid);
        let fitting = || scos.iter().filter(|sco| text(sco, "type") == Some(form.kind.as_str()));
        let root = fitting().find(own).or_else(|| fitting().next()).copied()?;
        let mut used: Vec<&Path> = Vec::new();
        for (role, path) in &form.own {
            if used.contains(&path) && !kind::is_by_value(path) || kind::is_write_only(form, role) {
                continue;
            }
            let mut any = false;
            for (found, owner) in self.at_owned(root, &path.steps, None) {
                let Some(text) = value::to_text(path.last(), found) else { continue };
                let is_other_name = path.last() == "value"
                    && path.kind == "domain-name"
                    && *role == "ip"
                    && value::kind_of_address(&text) == "domain-name";
                if is_other_name
                    || kind::is_by_value(path) && (!kind::role_takes(role, &text) || used.contains(&path))
                {
                    continue;
                }
                any = true;
                let kind = kind::kind_of(role, path, &text);
                let uuid = owner
                    .map(ids::uuid_of)
                    .filter(|uuid| *uuid != made.uuid && path.last() == kind::first_of(path));
                made.found.push(Found {
                    role: Cow::Borrowed(role.as_str()),
                    kind,
                    value: text,
                    data: None,
                    uuid,
                });
            }
            if any {
                used.push(path);
            }
        }
        self.besides(made, root, scos);
        customs(&mut made.found, root);
        Some(self.family(made, root))
    }

    /// What single forms have besides.
    fn besides(&self, made: &mut Made<'b>, root: &'b Json<'b>, scos: &[&'b Json<'b>]) {
        match made.name.as_ref() {
            "domain-ip" => {
                for other in scos
                    .iter()
                    .filter(|sco| text(sco, "type") == Some("domain-name") && !std::ptr::eq(**sco, root))
                {
                    if let Some(name) = text(other, "value") {
                        made.put("domain", "domain", Cow::Borrowed(name));
                    }
                }
            }
            "http-request" => {
                if let Some(name) = scos
                    .iter()
                    .find(|sco| text(sco, "type") == Some("domain-name"))
                    .and_then(|sco| text(sco, "value"))
                    && !made.found.iter().any(|one| one.role == "host")
                {
                    made.put("host", "hostname", Cow::Borrowed(name));
                }
            }
            "file" | "lnk" | "image" => {
                if let Some(media) = text(root, "mime_type") {
                    made.put("mimetype", "mime-type", Cow::Borrowed(media));
                }
                self.content(made, root);
            }
            "artifact" => {
                if let Some(data) = text(root, "payload_bin") {
                    made.found.push(Found {
                        role: "payload_bin".into(),
                        kind: "attachment",
                        value: Cow::Borrowed(text(root, "id").map(ids::uuid_of).unwrap_or("payload")),
                        data: Some(Cow::Borrowed(data)),
                        uuid: None,
                    });
                }
            }
            "email" => {
                let parts = root.get("body_multipart").and_then(Json::as_list).unwrap_or_default();
                for body in parts.iter().filter_map(|part| text(part, "body")) {
                    made.put("email-body", "email-body", Cow::Borrowed(body));
                }
                self.called(made, root);
            }
            "process" => process(made, root),
            "ip-port" | "network-connection" | "network-socket" | "netflow" => protocols(made, root),
            _ => {}
        }
    }

    fn content(&self, made: &mut Made<'b>, root: &'b Json<'b>) {
        let Some(artifact) = self.bundle.referred(root, "content_ref") else { return };
        let Some(name) = text(artifact, "x_misp_filename").or_else(|| text(root, "name")) else { return };
        let md5 = artifact.get("hashes").and_then(|hashes| text(hashes, "MD5"));
        let data = text(artifact, "payload_bin").map(Cow::Borrowed);
        let uuid = text(artifact, "id").map(ids::uuid_of);
        let (role, kind, value) = match md5 {
            Some(md5) => ("malware-sample", "malware-sample", Cow::Owned(format!("{name}|{md5}"))),
            None => ("attachment", "attachment", Cow::Borrowed(name)),
        };
        made.found.push(Found { role: role.into(), kind, value, data, uuid });
        if let Some(url) = text(artifact, "x_misp_url") {
            made.put("url", "url", Cow::Borrowed(url));
        }
    }

    fn called(&self, made: &mut Made<'b>, root: &'b Json<'b>) {
        for (member, role) in
            [("from_ref", "from"), ("to_refs", "to"), ("cc_refs", "cc"), ("bcc_refs", "bcc")]
        {
            let single = self.bundle.referred(root, member);
            for address in single.into_iter().chain(self.bundle.refs(root, member)) {
                if let Some(name) = text(address, "display_name") {
                    let kind =
                        if role == "from" { "email-src-display-name" } else { "email-dst-display-name" };
                    made.put(format!("{role}-display-name"), kind, Cow::Borrowed(name));
                }
            }
        }
    }
}

/// Layers, by what the protocols are.
fn protocols<'b>(made: &mut Made<'b>, root: &'b Json<'b>) {
    let words = root.get("protocols").and_then(Json::as_list).unwrap_or_default();
    let is_connection = made.name == "network-connection";
    for word in words.iter().filter_map(Json::as_text) {
        let role = match word {
            // Where an object names no protocol, writers name the version of its addresses.
            "ipv4" | "ipv6" if made.name == "ip-port" => continue,
            _ if !is_connection => "protocol",
            "ip" | "ipv4" | "ipv6" | "icmp" | "arp" => "layer3-protocol",
            "tcp" | "udp" => "layer4-protocol",
            _ => "layer7-protocol",
        };
        if made.found.iter().any(|one| one.role == "tcp-flags") && word == "tcp" && words.len() > 1 {
            continue;
        }
        made.put(role, "text", Cow::Owned(word.to_uppercase()));
    }
    let socket = root.get("extensions").and_then(|extensions| extensions.get("socket-ext"));
    for (property, state) in [("is_listening", "listening"), ("is_blocking", "blocking")] {
        if socket.and_then(|socket| socket.get(property)) == Some(&Json::Bool(true)) {
            made.put("state", "text", Cow::Borrowed(state));
        }
    }
}

/// The name of a process, and its environment in one text.
fn process<'b>(made: &mut Made<'b>, root: &'b Json<'b>) {
    if let Some(name) = text(root, "name") {
        made.put("name", "text", Cow::Borrowed(name));
    }
    let environment = root.get("environment_variables").and_then(Json::as_object).unwrap_or_default();
    let pairs: Vec<String> = environment
        .iter()
        .filter_map(|pair| Some(format!("{}: {}", pair.name, pair.value.as_text()?)))
        .collect();
    if !pairs.is_empty() {
        made.put("environment-variables", "text", Cow::Owned(pairs.join(" - ")));
    }
}
