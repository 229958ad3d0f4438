//! Objects that are observables.

use super::{All, One, attributes, network, patterns};
use crate::{
    Json, Member,
    misp::{
        Attribute, Object,
        stix::{
            attribute::{artifact, id_of, observed, payload, valid},
            graph::Graph,
            ids,
            table::Form,
            value,
            writer::Writer,
        },
    },
    stix::registries,
};

impl<'e> One<'e> {
    /// Observed data, and an indicator where a part is meant for detection.
    pub fn observed(
        &self,
        writer: &mut Writer<'e>,
        form: &'static Form,
        all: &All<'e>,
    ) -> Option<Vec<String>> {
        let id = writer.claim("observed-data", self.object.uuid(), &self.seed());
        let observables = self.graph(form, ids::uuid_of(&id), all)?.done();
        if !observables.iter().filter_map(id_of).all(|id| !writer.has(id)) {
            return None;
        }
        for own in observables.iter().filter_map(id_of) {
            writer.claim(ids::kind_of(own), Some(ids::uuid_of(own)), own);
        }
        let (from, until) = observed(self.object.first_seen(), self.object.last_seen(), self.seconds);
        let mut draft = writer.draft("observed-data", id.clone(), self.seconds);
        if let Some(comment) = self.comment() {
            draft.text("x_misp_comment", comment);
        }
        draft.text("first_observed", from);
        draft.text("last_observed", until);
        draft.put("number_observed", Json::Number("1".into()));
        draft.texts(
            "object_refs",
            observables.iter().filter_map(id_of).map(str::to_owned).collect::<Vec<_>>(),
        );
        self.finish(writer, draft, self.labels());
        writer.objects.extend(observables);
        let mut found = vec![id];
        if let Some(pattern) = patterns::of(self, form, all) {
            let indicator = self.indicator(writer, pattern);
            if let Some(observed) = found.first() {
                writer.relate(&indicator, "based-on", observed, self.seconds);
            }
            found.push(indicator);
        }
        Some(found)
    }

    fn indicator(&self, writer: &mut Writer<'e>, pattern: String) -> String {
        let id = writer.claim("indicator", self.object.uuid(), &self.seed());
        let mut draft = writer.draft("indicator", id.clone(), self.seconds);
        if let Some(comment) = self.comment() {
            draft.text("description", comment);
        }
        draft.text("pattern", pattern);
        draft.text("pattern_type", "stix");
        valid(&mut draft, self.seconds);
        draft.put("kill_chain_phases", attributes::kill_chain(self.object.meta_category().unwrap_or("misc")));
        let labels = self.labels();
        self.finish(writer, draft, labels);
        id
    }

    fn graph(&self, form: &'static Form, uuid: &str, all: &All<'e>) -> Option<Graph<'e>> {
        let graph = match self.object.name() {
            Some("domain-ip") => self.domain(form, uuid)?,
            Some("email") => self.mail(form, uuid)?,
            Some("image") => self.image(form, uuid),
            Some("ip-port" | "network-connection" | "network-socket" | "netflow" | "http-request") => {
                self.traffic(form, uuid)?
            }
            Some("pe") if all.is_executable(self.object) => self.executable(form, uuid, all),
            Some("pe") => return None,
            Some(_) | None => self.plain(form, uuid, all),
        };
        is_whole(&form.kind, graph)
    }

    /// Value by value; what finds no place becomes a property of our own.
    pub fn plain(&self, form: &'static Form, uuid: &str, all: &All<'e>) -> Graph<'e> {
        let mut graph = Graph::new(&form.kind, uuid);
        // A key needs its algorithm (6.1).
        let is_apart = |role: &str| {
            role == "decryption_key" && !self.values("encryption_algorithm").any(value::is_encryption)
        };
        let left = self.place(&mut graph, form, |role| !is_apart(role));
        let left = self.contents(&mut graph, left);
        if let Some(account) = &form.account {
            graph.fix("account_type", Json::text(account.as_str()));
        }
        if form.kind == "network-traffic" {
            network::some_protocol(&mut graph);
        }
        for member in self.customs(&left) {
            graph.fix(member.name, member.value);
        }
        self.inside(&mut graph, all);
        graph
    }

    /// Puts the roles that pass where they belong; gives those that found no place.
    pub fn place(
        &self,
        graph: &mut Graph<'e>,
        form: &'static Form,
        passes: impl Fn(&str) -> bool,
    ) -> Vec<(&'e str, Attribute<'e>)> {
        let mut left = Vec::new();
        for (role, attribute) in &self.roles {
            let (Some(path), Some(value)) = (form.path(role), attribute.value()) else {
                left.push((*role, *attribute));
                continue;
            };
            let is_fit = passes(role) && attribute.data().is_none() && !has_address(path.last(), value);
            if !is_fit || graph.put(path, value, &self.uuid_of(*attribute)).is_err() {
                left.push((*role, *attribute));
            }
        }
        left
    }

    /// The identifier of what an attribute alone says.
    pub fn uuid_of(&self, attribute: Attribute<'e>) -> String {
        match attribute.uuid().filter(|uuid| ids::is_fit(uuid)) {
            Some(uuid) => uuid.to_owned(),
            None => ids::of_text(&format!(
                "{} {} {}",
                self.object.uuid().unwrap_or_default(),
                super::role_of(attribute),
                attribute.value().unwrap_or_default()
            )),
        }
    }

    /// Samples and payloads are artifacts.
    fn contents(
        &self,
        graph: &mut Graph<'e>,
        left: Vec<(&'e str, Attribute<'e>)>,
    ) -> Vec<(&'e str, Attribute<'e>)> {
        let name = self.object.name().unwrap_or_default();
        let mut rest = Vec::new();
        for (role, attribute) in left {
            match (name, role, attribute.data().and_then(payload)) {
                ("file" | "lnk", "malware-sample", Some(data)) if !graph.has("content_ref") => {
                    let mut members = artifact(data, true);
                    let parts = attribute.value().and_then(|value| value.rsplit_once('|'));
                    if let Some((file, md5)) = parts.filter(|(_, md5)| value::is_hash("MD5", md5)) {
                        let hashes = Json::object([("MD5", Json::text(md5))]);
                        members.push(Member { name: "hashes".into(), value: hashes });
                        members.push(Member { name: "x_misp_filename".into(), value: Json::text(file) });
                    }
                    graph.add("content_ref", "artifact", &self.uuid_of(attribute), members);
                }
                ("artifact", "payload_bin", Some(data)) => graph.fix("payload_bin", Json::Text(data)),
                _ => rest.push((role, attribute)),
            }
        }
        rest
    }

    /// What other objects say of this one: the executable, its sections, the values of a key.
    fn inside(&self, graph: &mut Graph<'e>, all: &All<'e>) {
        match self.object.name() {
            Some("file") => {
                if let Some((_, pe)) = all.executable_of(self.object) {
                    self.beside(pe).extension(graph, all);
                }
            }
            Some("registry-key") => {
                for (_, value) in all.inner(self.object, "registry-key-value") {
                    let entry = value.attributes().filter_map(|attribute| {
                        let name = match super::role_of(attribute) {
                            "name" => "name",
                            "data" => "data",
                            "data-type" => "data_type",
                            _ => return None,
                        };
                        Some(Member { name: name.into(), value: Json::text(attribute.value()?) })
                    });
                    push(graph, "values", Json::Object(entry.collect()));
                }
            }
            Some(_) | None => {}
        }
    }

    /// Another object, to be written into this one.
    pub fn beside(&self, object: Object<'e>) -> Self {
        let roles = object.attributes().map(|attribute| (super::role_of(attribute), attribute)).collect();
        Self { index: self.index, object, roles, tagged: Default::default(), seconds: self.seconds }
    }

    fn executable(&self, form: &'static Form, uuid: &str, all: &All<'e>) -> Graph<'e> {
        let mut graph = Graph::new(&form.kind, uuid);
        let name =
            self.value("original-filename").or_else(|| self.value("internal-filename")).unwrap_or("unknown");
        graph.fix("name", Json::text(name));
        self.extension(&mut graph, all);
        graph
    }

    /// The extension of a file that is an executable.
    fn extension(&self, graph: &mut Graph<'e>, all: &All<'e>) {
        let Some(form) = crate::misp::stix::table::observable("pe") else { return };
        let mut own = Graph::new("file", "pe");
        let left = self.place(&mut own, form, |_| true);
        let sections: Vec<Json<'e>> =
            all.inner(self.object, "pe-section").map(|(_, section)| self.beside(section).section()).collect();
        let Some(members) = own.root() else { return };
        let mut extension = match members.pop().map(|extensions| extensions.value) {
            Some(Json::Object(mut inner)) => match inner.pop().map(|extension| extension.value) {
                Some(Json::Object(extension)) => extension,
                Some(_) | None => Vec::new(),
            },
            Some(_) | None => Vec::new(),
        };
        if !sections.is_empty() {
            extension.push(Member { name: "sections".into(), value: Json::List(sections) });
        }
        extension.extend(self.customs(&left));
        let whole = Json::object([("windows-pebinary-ext", Json::Object(extension))]);
        graph.fix("extensions", whole);
    }

    fn section(&self) -> Json<'e> {
        let mut members: Vec<Member<'e>> = Vec::new();
        let mut hashes: Vec<Member<'e>> = Vec::new();
        let mut left = Vec::new();
        for (role, attribute) in &self.roles {
            let Some(text) = attribute.value() else { continue };
            let property = match *role {
                "name" => "name",
                "size-in-bytes" => "size",
                "entropy" => "entropy",
                _ => "",
            };
            let hash = hash_name(role);
            if let Some(hash) = hash.filter(|hash| value::is_hash(hash, text)) {
                hashes.push(Member { name: hash.into(), value: Json::text(text) });
            } else if let Some(value) = value::for_property(property, text).filter(|_| !property.is_empty()) {
                members.push(Member { name: property.into(), value });
            } else {
                left.push((*role, *attribute));
            }
        }
        if !members.iter().any(|member| member.name == "name") {
            members.insert(0, Member { name: "name".into(), value: Json::text("unknown") });
        }
        if !hashes.is_empty() {
            members.push(Member { name: "hashes".into(), value: Json::Object(hashes) });
        }
        members.extend(self.customs(&left));
        Json::Object(members)
    }

    fn image(&self, form: &'static Form, uuid: &str) -> Graph<'e> {
        let mut graph = Graph::new(&form.kind, uuid);
        let mut left = self.place(&mut graph, form, |_| true);
        let found = left.iter().enumerate().find_map(|(at, (role, attribute))| {
            let data = attribute.data().filter(|_| *role == "attachment").and_then(payload)?;
            Some((at, data))
        });
        if let Some((at, data)) = found {
            let (_, attribute) = left.remove(at);
            let name = attribute.value().unwrap_or_default();
            let mut members = artifact(data, false);
            members.extend(
                image_type(name).map(|kind| Member { name: "mime_type".into(), value: Json::text(kind) }),
            );
            members.push(Member { name: "x_misp_filename".into(), value: Json::text(name) });
            if let Some(at) = left.iter().position(|(role, _)| *role == "url") {
                let (_, url) = left.remove(at);
                members.push(Member {
                    name: "x_misp_url".into(),
                    value: Json::text(url.value().unwrap_or_default()),
                });
            }
            graph.add("content_ref", "artifact", &self.uuid_of(attribute), members);
        }
        for member in self.customs(&left) {
            graph.fix(member.name, member.value);
        }
        graph
    }

    fn domain(&self, form: &'static Form, uuid: &str) -> Option<Graph<'e>> {
        let is_standard = self.roles.iter().all(|(role, _)| matches!(*role, "domain" | "ip"));
        let mut domains = self.roles.iter().filter(|(role, _)| *role == "domain");
        let (_, first) = domains.next()?;
        let others: Vec<Attribute<'e>> = domains.map(|(_, attribute)| *attribute).collect();
        if self.values("domain").any(|domain| !value::is_domain(domain)) {
            return None;
        }
        let own = self.uuid_of(*first);
        let mut graph = Graph::new(&form.kind, if is_standard { &own } else { uuid });
        let left = self.place(&mut graph, form, |_| true);
        let left: Vec<_> = left.into_iter().filter(|(role, _)| *role != "domain").collect();
        let resolves = graph.root()?.iter().find(|member| member.name == "resolves_to_refs").cloned();
        if is_standard {
            for other in others {
                let mut members = vec![Member { name: "value".into(), value: Json::text(other.value()?) }];
                members.extend(resolves.clone());
                graph.beside("domain-name", &self.uuid_of(other), members);
            }
        } else if !others.is_empty() {
            return None;
        }
        for member in self.customs(&left) {
            graph.fix(member.name, member.value);
        }
        Some(graph)
    }
}

/// The name of a hash in STIX.
pub fn hash_name(role: &str) -> Option<&'static str> {
    Some(match role {
        "md5" => "MD5",
        "sha1" => "SHA-1",
        "sha224" | "sha512/224" => "SHA-224",
        "sha256" | "sha512/256" => "SHA-256",
        "sha384" => "SHA-384",
        "sha512" => "SHA-512",
        "ssdeep" => "SSDEEP",
        "imphash" => "IMPHASH",
        _ => return None,
    })
}

/// The media type of an image, by the end of its name, where there is one of that name (6.1).
fn image_type(name: &str) -> Option<String> {
    let end = name.rsplit_once('.')?.1.to_ascii_lowercase();
    let kind = format!("image/{}", if end == "jpg" { "jpeg" } else { &end });
    registries::is_media_type(&kind).then_some(kind)
}

/// A value that belongs to an address must be one; domains are looked at where they belong.
fn has_address(property: &str, text: &str) -> bool {
    property == "value" && text.contains(char::is_whitespace)
}

fn push<'e>(graph: &mut Graph<'e>, name: &'static str, item: Json<'e>) {
    if !graph.has(name) {
        graph.fix(name, Json::List(Vec::new()));
    }
    let Some(members) = graph.root() else { return };
    if let Some(Json::List(items)) =
        members.iter_mut().find(|member| member.name == name).map(|member| &mut member.value)
    {
        items.push(item);
    }
}

/// What STIX cannot do without is there.
fn is_whole<'e>(kind: &str, mut graph: Graph<'e>) -> Option<Graph<'e>> {
    if graph.is_empty() {
        return None;
    }
    let has = match kind {
        "autonomous-system" => graph.has("number"),
        "directory" => graph.has("path"),
        "domain-name" | "url" => graph.has("value"),
        "mutex" | "software" => graph.has("name"),
        "network-traffic" => graph.has("src_ref") || graph.has("dst_ref"),
        "file" => graph.has("hashes") || graph.has("name"),
        "artifact" => {
            graph.has("payload_bin") != graph.has("url") && (!graph.has("url") || graph.has("hashes"))
        }
        "email-message" => !(graph.has("body") && graph.has("body_multipart")),
        "windows-registry-key" | "x509-certificate" | "process" | "user-account" => graph
            .root()
            .is_some_and(|members| members.iter().any(|member| !member.name.starts_with("x_misp_"))),
        _ => true,
    };
    has.then_some(graph)
}
