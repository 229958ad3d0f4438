//! Objects from STIX.

use std::borrow::Cow;

use super::{
    Reader,
    attribute::{common, member},
    labelled,
    tests::Tests,
    text,
};
use crate::{
    Json, Member,
    misp::{
        check,
        stix::{
            ids,
            table::{self, Form, Path},
            value,
        },
        words,
    },
};

/// An object in the making.
pub struct Made<'b> {
    name: Cow<'b, str>,
    meta: &'b str,
    uuid: String,
    /// Role, type where it is not told by the role, value, and what an attribute has besides.
    found: Vec<Found<'b>>,
}

#[derive(Clone)]
pub struct Found<'b> {
    pub role: Cow<'b, str>,
    pub kind: &'static str,
    pub value: Cow<'b, str>,
    pub data: Option<&'b str>,
    pub uuid: Option<&'b str>,
}

impl<'b> Made<'b> {
    pub fn new(name: impl Into<Cow<'b, str>>, meta: &'b str, uuid: String) -> Self {
        Self { name: name.into(), meta, uuid, found: Vec::new() }
    }

    pub fn put(&mut self, role: impl Into<Cow<'b, str>>, kind: &'static str, value: Cow<'b, str>) {
        self.found.push(Found { role: role.into(), kind, value, data: None, uuid: None });
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The object of MISP; `tested` are the values that an indicator looks for.
    pub fn done(self, from: &'b Json<'b>, tested: Option<&Tests>) -> Json<'b> {
        let Self { name, meta, uuid, found } = self;
        let mut counts: Vec<(Cow<'b, str>, usize)> = Vec::new();
        let attributes: Vec<Json<'b>> = found
            .into_iter()
            .map(|one| {
                let nth = match counts.iter_mut().find(|(role, _)| *role == one.role) {
                    Some((_, count)) => {
                        *count += 1;
                        *count
                    }
                    None => {
                        counts.push((one.role.clone(), 0));
                        0
                    }
                };
                one.done(&uuid, nth, tested)
            })
            .collect();
        let mut members = vec![
            member("uuid", Json::text(uuid)),
            member("name", Json::Text(name)),
            member("meta-category", Json::text(meta)),
        ];
        members.extend(text(from, "x_misp_comment").map(|comment| member("comment", Json::text(comment))));
        common(&mut members, from);
        // Tags of objects stand on their attributes; STIX does not say on which.
        members.retain(|member| member.name != "Tag");
        members.push(member("Attribute", Json::List(attributes)));
        Json::Object(members)
    }
}

impl<'b> Found<'b> {
    fn done(self, object: &str, nth: usize, tested: Option<&Tests>) -> Json<'b> {
        let Self { role, kind, value, data, uuid } = self;
        let kind = fitting(kind, &value);
        let looked_for = |tests: &Tests| tests.all.iter().any(|(_, text)| *text == value);
        let uuid = match uuid {
            Some(uuid) => uuid.to_owned(),
            None => ids::of_text(&format!("{object} {role} {nth}")),
        };
        let mut members = vec![
            member("uuid", Json::text(uuid)),
            member("object_relation", Json::Text(role)),
            member("type", Json::text(kind)),
            member("category", Json::text(words::default_category(kind).unwrap_or("Other"))),
            member("to_ids", Json::Bool(tested.is_some_and(looked_for))),
            member("value", Json::Text(value)),
            member("distribution", Json::text("5")),
        ];
        members.extend(data.map(|data| member("data", Json::text(data))));
        Json::Object(members)
    }
}

impl<'b> Reader<'b, '_> {
    /// The objects that an object of the bundle stands for; indicators that go with observed data wait for it.
    pub fn objects(&mut self, object: &'b Json<'b>, stix: &str, name: &'b str) -> Option<Vec<Json<'b>>> {
        let id = text(object, "id")?;
        let partner = self.bundle.partner(id).filter(|partner| labelled(partner, "name") == Some(name));
        let meta = labelled(object, "meta-category").unwrap_or("misc");
        let mut made = Made::new(name, meta, self.bundle.uuid_of(id));
        match (stix, table::observable(name), table::concept(name)) {
            ("indicator", Some(_), _) if partner.is_some() => {
                self.taken.take(object);
                None
            }
            ("indicator", Some(form), _) => {
                let tests = Tests::read(text(object, "pattern")?)?;
                if of_tests(&mut made, form, &tests) < tests.all.len() {
                    self.lose(object, "its pattern has tests that the object has no role for");
                }
                (!made.is_empty()).then(|| vec![made.done(object, Some(&tests))])
            }
            ("observed-data", Some(form), _) => {
                let scos: Vec<&'b Json<'b>> = self.bundle.refs(object, "object_refs").collect();
                let tested = partner.and_then(|indicator| text(indicator, "pattern")).and_then(Tests::read);
                let mut family = self.observable(&mut made, form, &scos)?;
                scos.iter().for_each(|sco| self.taken.take(sco));
                if let Some(indicator) = partner {
                    self.taken.take(indicator);
                }
                let mut objects = vec![made.done(object, tested.as_ref())];
                objects.extend(family.drain(..).map(|made| made.done(object, tested.as_ref())));
                Some(objects)
            }
            (_, _, Some(form)) => {
                concept(&mut made, form, object);
                Some(vec![made.done(object, None)])
            }
            ("malware" | "tool", _, _) if name == "script" => {
                script(&mut made, object);
                Some(vec![made.done(object, None)])
            }
            ("note", _, _) => {
                made.put("text", "text", Cow::Borrowed(text(object, "content")?));
                customs(&mut made.found, object);
                Some(vec![made.done(object, None)])
            }
            _ => None,
        }
    }

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
            if used.contains(&path) && !is_by_value(path) || is_write_only(form, role) {
                continue;
            }
            let mut any = false;
            for (found, owner) in self.at_owned(root, &path.steps, None) {
                let Some(text) = value::to_text(path.last(), found) else { continue };
                let is_other_name = path.last() == "value"
                    && path.kind == "domain-name"
                    && *role == "ip"
                    && value::kind_of_address(&text) == "domain-name";
                if is_other_name || is_by_value(path) && (!role_takes(role, &text) || used.contains(&path)) {
                    continue;
                }
                any = true;
                let kind = kind_of(role, path, &text);
                let uuid = owner
                    .map(ids::uuid_of)
                    .filter(|uuid| *uuid != made.uuid && path.last() == first_of(path));
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
                        data: Some(data),
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
            "process" => {
                if let Some(name) = text(root, "name") {
                    made.put("name", "text", Cow::Borrowed(name));
                }
                let environment =
                    root.get("environment_variables").and_then(Json::as_object).unwrap_or_default();
                let pairs: Vec<String> = environment
                    .iter()
                    .filter_map(|pair| Some(format!("{}: {}", pair.name, pair.value.as_text()?)))
                    .collect();
                if !pairs.is_empty() {
                    made.put("environment-variables", "text", Cow::Owned(pairs.join(" - ")));
                }
            }
            "network-connection" | "network-socket" | "netflow" => protocols(made, root),
            _ => {}
        }
    }

    fn content(&self, made: &mut Made<'b>, root: &'b Json<'b>) {
        let Some(artifact) = self.bundle.referred(root, "content_ref") else { return };
        let Some(name) = text(artifact, "x_misp_filename").or_else(|| text(root, "name")) else { return };
        let md5 = artifact.get("hashes").and_then(|hashes| text(hashes, "MD5"));
        let data = text(artifact, "payload_bin");
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

    /// Executables, their sections, and the values of a key beyond the first.
    fn family(&self, made: &mut Made<'b>, root: &'b Json<'b>) -> Vec<Made<'b>> {
        let mut family = Vec::new();
        let extension = root.get("extensions").and_then(|extensions| extensions.get("windows-pebinary-ext"));
        match (made.name.as_ref(), extension) {
            ("file", Some(extension)) => {
                let mut pe = Made::new("pe", "file", ids::of_text(&format!("{} pe", made.uuid)));
                self.executable(&mut pe, root);
                family.push(pe);
                sections(&mut family, &made.uuid, extension);
            }
            ("pe", Some(extension)) => {
                customs(&mut made.found, extension);
                sections(&mut family, &made.uuid, extension);
            }
            ("registry-key", _) => {
                let values = root.get("values").and_then(Json::as_list).unwrap_or_default();
                let is_referred = values.len() > 1;
                if is_referred {
                    made.found.retain(|one| !matches!(one.role.as_ref(), "name" | "data" | "data-type"));
                    for (nth, value) in values.iter().enumerate() {
                        family.push(key_value(&made.uuid, nth, value));
                    }
                }
            }
            _ => {}
        }
        family
    }

    fn executable(&self, pe: &mut Made<'b>, root: &'b Json<'b>) {
        let Some(form) = table::observable("pe") else { return };
        for (role, path) in &form.own {
            for (found, _) in self.at_owned(root, &path.steps, None) {
                if let Some(text) = value::to_text(path.last(), found) {
                    pe.put(role.as_str(), kind_of(role, path, &text), text);
                }
            }
        }
        if let Some(extension) =
            root.get("extensions").and_then(|extensions| extensions.get("windows-pebinary-ext"))
        {
            if let Some(time) = text(extension, "time_date_stamp") {
                pe.put("compilation-timestamp", "datetime", Cow::Borrowed(time));
            }
            customs(&mut pe.found, extension);
        }
    }
}

fn sections<'b>(family: &mut Vec<Made<'b>>, uuid: &str, extension: &'b Json<'b>) {
    let items = extension.get("sections").and_then(Json::as_list).unwrap_or_default();
    for (nth, item) in items.iter().enumerate() {
        let mut section = Made::new("pe-section", "file", ids::of_text(&format!("{uuid} pe-section {nth}")));
        for (property, role, kind) in [
            ("name", "name", "text"),
            ("size", "size-in-bytes", "size-in-bytes"),
            ("entropy", "entropy", "float"),
        ] {
            if let Some(text) = item.get(property).and_then(|value| value::to_text(property, value)) {
                section.put(role, kind, text);
            }
        }
        for hash in item.get("hashes").and_then(Json::as_object).unwrap_or_default() {
            let role = hash.name.replace('-', "").to_lowercase();
            let kind = words::types().find(|kind| *kind == role).unwrap_or("text");
            if let Some(text) = hash.value.as_text() {
                section.put(role, kind, Cow::Borrowed(text));
            }
        }
        customs(&mut section.found, item);
        family.push(section);
    }
}

fn key_value<'b>(uuid: &str, nth: usize, value: &'b Json<'b>) -> Made<'b> {
    let mut made = Made::new("registry-key-value", "file", ids::of_text(&format!("{uuid} value {nth}")));
    for (property, role) in [("name", "name"), ("data", "data"), ("data_type", "data-type")] {
        if let Some(found) = text(value, property) {
            made.put(role, "text", Cow::Borrowed(found));
        }
    }
    made
}

/// Layers, by what the protocols are.
fn protocols<'b>(made: &mut Made<'b>, root: &'b Json<'b>) {
    let words = root.get("protocols").and_then(Json::as_list).unwrap_or_default();
    let is_connection = made.name == "network-connection";
    for word in words.iter().filter_map(Json::as_text) {
        let role = match word {
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

/// The type, or text where the value is not one of that type and servers would refuse it.
pub fn fitting(kind: &'static str, value: &str) -> &'static str {
    if check::flaw(kind, value).is_some() && check::is_refused(kind) { "text" } else { kind }
}

/// Properties of our own, each a role.
pub fn customs<'b>(found: &mut Vec<Found<'b>>, object: &'b Json<'b>) {
    for own in object.as_object().unwrap_or_default() {
        let Some(name) = own.name.strip_prefix("x_misp_") else { continue };
        if matches!(name, "comment" | "author_ref" | "opinion" | "original_names" | "meta" | "process_name") {
            continue;
        }
        let role = name.replace('_', "-");
        let items = match &own.value {
            Json::List(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        for item in items {
            let data = text(item, "data");
            let inner = item.get("value").unwrap_or(item);
            let Some(value) = value::to_text("", inner) else { continue };
            let known = words::types().find(|kind| *kind == role);
            let kind = match (data, inner) {
                (Some(_), _) => "attachment",
                (None, Json::Bool(_)) => "boolean",
                (None, _) => known.filter(|kind| check::flaw(kind, &value).is_none()).unwrap_or("text"),
            };
            found.push(Found { role: Cow::Owned(role.clone()), kind, value, data, uuid: None });
        }
    }
}

/// Reads tests into an object; gives how many found a place.
pub fn of_tests<'b>(made: &mut Made<'b>, form: &'static Form, tests: &Tests) -> usize {
    let mut used: Vec<&Path> = Vec::new();
    let mut read = 0;
    for (role, path) in &form.own {
        if used.contains(&path) && !is_by_value(path) || is_write_only(form, role) {
            continue;
        }
        for text in tests.at(path) {
            if is_by_value(path) && !role_takes(role, &text) {
                continue;
            }
            used.push(path);
            read += 1;
            let kind = kind_of(role, path, &text);
            let text = match path.last() {
                "number" if !text.starts_with("AS") => format!("AS{text}"),
                // Their writer escapes what needs none.
                "data" => text.replace("\\%", "%"),
                _ => text,
            };
            let is_url = *role == "uri" && text.contains("://");
            made.put(
                if is_url { "url" } else { role.as_str() },
                if is_url { "url" } else { kind },
                Cow::Owned(text),
            );
        }
    }
    for (path, text) in &tests.all {
        read += usize::from(aside(made, path, text));
    }
    read + sample(made, tests)
}

/// Tests on properties of our own, on names of hosts and protocols, and those that only say what is said.
fn aside<'b>(made: &mut Made<'b>, path: &str, tested: &str) -> bool {
    if let Some((_, name)) = path.rsplit_once("x_misp_").filter(|_| !path.contains("content_ref")) {
        if name.ends_with(".data") {
            return true;
        }
        let is_file = name.ends_with(".value");
        let role = name.trim_end_matches(".value").replace('_', "-");
        let kind =
            words::types().find(|kind| *kind == role).unwrap_or(if is_file { "attachment" } else { "text" });
        made.put(role, kind, Cow::Owned(tested.to_owned()));
        return true;
    }
    let name = made.name.to_string();
    match (name.as_str(), path) {
        ("ip-port", "network-traffic:dst_ref.value") if value::kind_of_address(tested) == "domain-name" => {
            made.put("domain", "domain", Cow::Owned(tested.to_owned()));
        }
        ("domain-ip", "ipv4-addr:value" | "ipv6-addr:value") => {
            made.put("ip", "ip-dst", Cow::Owned(tested.to_owned()))
        }
        ("image", "file:content_ref.url") => made.put("url", "url", Cow::Owned(tested.to_owned())),
        ("image", "file:content_ref.x_misp_filename") => {
            made.put("attachment", "attachment", Cow::Owned(tested.to_owned()));
        }
        ("email", "email-message:body_multipart.body") => {
            made.put("email-body", "email-body", Cow::Owned(tested.to_owned()));
        }
        ("process", "process:name") => made.put("name", "text", Cow::Owned(tested.to_owned())),
        ("network-socket", path) if path.ends_with("is_listening") => {
            made.put("state", "text", Cow::Borrowed("listening"))
        }
        ("email", path) if path.ends_with("display_name") => {
            let (role, kind) = match path.split_once(':').map(|(_, rest)| rest) {
                Some("from_ref.display_name") => ("from-display-name", "email-src-display-name"),
                Some("cc_refs.display_name") => ("cc-display-name", "email-dst-display-name"),
                Some("bcc_refs.display_name") => ("bcc-display-name", "email-dst-display-name"),
                Some(_) | None => ("to-display-name", "email-dst-display-name"),
            };
            made.put(role, kind, Cow::Owned(tested.to_owned()));
        }
        ("network-connection" | "network-socket" | "netflow" | "ip-port", "network-traffic:protocols") => {
            let upper = tested.to_uppercase();
            let role = match (name.as_str(), tested) {
                ("network-connection", "ip" | "ipv4" | "ipv6" | "icmp") => "layer3-protocol",
                ("network-connection", "tcp" | "udp") => "layer4-protocol",
                ("network-connection", _) => "layer7-protocol",
                _ => "protocol",
            };
            made.put(role, "text", Cow::Owned(upper));
        }
        (_, path) => {
            return path.ends_with("_ref.type")
                || path.ends_with("content_disposition")
                || path.ends_with(":account_type");
        }
    }
    true
}

/// The archive of a sample, which takes several tests.
fn sample<'b>(made: &mut Made<'b>, tests: &Tests) -> usize {
    let value = |place: &str| tests.value(&format!("file:content_ref.{place}"));
    let Some((name, md5)) = value("x_misp_filename").zip(value("hashes.MD5")) else { return 0 };
    if made.name != "image" {
        made.put("malware-sample", "malware-sample", Cow::Owned(format!("{name}|{md5}")));
    }
    tests.all.iter().filter(|(path, _)| path.starts_with("file:content_ref.")).count()
}

/// Roles that are written where another of the same place is read.
fn is_write_only(form: &Form, role: &str) -> bool {
    match role {
        "ip" => form.path("ip-dst").is_some(),
        "fullpath" => form.path("path").is_some(),
        "screenshot" => true,
        _ => false,
    }
}

/// Reads a concept into an object.
pub fn concept<'b>(made: &mut Made<'b>, form: &'static Form, object: &'b Json<'b>) {
    let mut used: Vec<&Path> = Vec::new();
    for (role, path) in &form.own {
        let Some(found) = object.get(path.last()).filter(|_| !used.contains(&path)) else { continue };
        let items = match found {
            Json::List(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        used.push(path);
        for item in items {
            if let Some(text) = value::to_text(path.last(), item) {
                made.put(role.as_str(), kind_of(role, path, &text), text);
            }
        }
    }
    if made.name == "vulnerability"
        && let Some(name) = text(object, "name")
    {
        made.put("id", "vulnerability", Cow::Borrowed(name));
    }
    if form.kind == "identity"
        && form.path("name").is_none()
        && let Some(name) = text(object, "name")
    {
        made.put("name", "text", Cow::Borrowed(name));
    }
    if !form.contact.is_empty()
        && let Some(words) = text(object, "contact_information")
    {
        for part in words.split(" / ") {
            let Some((role, values)) = part.split_once(": ") else { continue };
            for one in values.split("; ") {
                let kind = words::types().find(|kind| *kind == role).unwrap_or("text");
                made.put(role, kind, Cow::Borrowed(one));
            }
        }
    }
    if made.name == "geolocation"
        && let Some(Json::Number(metres)) = object.get("precision")
    {
        let kilometres = metres.parse::<f64>().unwrap_or_default() / 1000.0;
        made.put("accuracy-radius", "float", Cow::Owned(format!("{kilometres:?}")));
    }
    references(made, object);
    customs(&mut made.found, object);
}

fn references<'b>(made: &mut Made<'b>, object: &'b Json<'b>) {
    let role = match made.name.as_ref() {
        "sigma" | "yara" => "reference",
        "suricata" => "ref",
        _ => "references",
    };
    for reference in object.get("external_references").and_then(Json::as_list).unwrap_or_default() {
        if let Some(url) = text(reference, "url") {
            made.put(role, "link", Cow::Borrowed(url));
        } else if let (Some(id), "attack-pattern") = (text(reference, "external_id"), made.name.as_ref()) {
            made.put("id", "text", Cow::Borrowed(id.strip_prefix("CAPEC-").unwrap_or(id)));
        }
    }
}

fn script<'b>(made: &mut Made<'b>, object: &'b Json<'b>) {
    for (property, role, kind) in [("name", "filename", "filename"), ("description", "comment", "text")] {
        if let Some(found) = text(object, property) {
            made.put(role, kind, Cow::Borrowed(found));
        }
    }
    for language in object.get("implementation_languages").and_then(Json::as_list).unwrap_or_default() {
        if let Some(language) = language.as_text() {
            made.put("language", "text", Cow::Borrowed(language));
        }
    }
    customs(&mut made.found, object);
}

/// What an object of our own says.
pub fn custom<'b>(object: &'b Json<'b>) -> Json<'b> {
    let id = text(object, "id").unwrap_or_default();
    let uuid = ids::uuid_of(id);
    let mut members = vec![
        member("uuid", Json::text(if check::is_uuid(uuid) { uuid.to_owned() } else { ids::of_text(id) })),
        member("name", Json::text(text(object, "x_misp_name").unwrap_or("unknown"))),
        member("meta-category", Json::text(text(object, "x_misp_meta_category").unwrap_or("misc"))),
    ];
    members.extend(text(object, "x_misp_comment").map(|comment| member("comment", Json::text(comment))));
    common(&mut members, object);
    members.retain(|member| member.name != "Tag");
    let items = object.get("x_misp_attributes").and_then(Json::as_list).unwrap_or_default();
    let attributes: Vec<Json<'b>> = items.iter().map(in_custom).collect();
    members.push(member("Attribute", Json::List(attributes)));
    Json::Object(members)
}

fn in_custom<'b>(item: &'b Json<'b>) -> Json<'b> {
    let mut members: Vec<Member<'b>> = item.as_object().unwrap_or_default().to_vec();
    if item.get("to_ids").is_none() {
        members.push(member("to_ids", Json::Bool(false)));
    }
    members.push(member("distribution", Json::text("5")));
    Json::Object(members)
}

/// Paths whose role is told by the value that stands there.
fn is_by_value(path: &Path) -> bool {
    path.kind == "network-traffic" && path.last() == "value"
}

/// The first property of what a reference leads to: an attribute of its own stands for it.
fn first_of(path: &Path) -> &str {
    match path.last() {
        "display_name" => "value",
        other => other,
    }
}

fn role_takes(role: &str, text: &str) -> bool {
    let is_name = value::kind_of_address(text) == "domain-name";
    is_name == matches!(role, "host" | "hostname-src" | "hostname-dst" | "domain" | "hostname")
}

/// The type of the attribute of a role, as most templates have it.
pub fn kind_of(role: &str, path: &Path, text: &str) -> &'static str {
    let found = match (path.last(), role) {
        ("value", "from" | "e-mail") => "email-src",
        ("value", "to" | "cc" | "bcc") => "email-dst",
        ("value", "ip-src") => "ip-src",
        ("value", "ip" | "ip-dst") => "ip-dst",
        ("value", "host" | "hostname-src" | "hostname-dst") => "hostname",
        ("number", _) => "AS",
        ("src_port" | "dst_port", _) => "port",
        ("size", _) => "size-in-bytes",
        ("name", "filename" | "image" | "parent-image" | "FileName") => "filename",
        ("name", "attachment") => "email-attachment",
        ("pattern", _) => return words::types().find(|kind| *kind == role).unwrap_or("text"),
        ("key", _) => "regkey",
        ("mime_type", _) => "mime-type",
        ("cpe", _) => "cpe",
        ("request_method", _) => "http-method",
        ("request_value", _) => "uri",
        ("subject", "subject") if path.kind == "email-message" => "email-subject",
        ("body", _) => "email-body",
        ("message_id", _) => "email-message-id",
        ("Reply-To", _) => "email-reply-to",
        ("X-Mailer", _) => "email-x-mailer",
        ("User-Agent", _) => "user-agent",
        ("account_login", "username") if path.kind == "user-account" => "text",
        (last, _) if value::kind(last) == value::Kind::Time => "datetime",
        (last, _) if value::kind(last) == value::Kind::Truth => "boolean",
        (last, _) if value::kind(last) == value::Kind::Decimal => "float",
        (last, _) if path.steps.iter().any(|step| step.name() == "hashes") => {
            let plain = role.to_lowercase();
            let plain = if words::is_type(&plain) { plain } else { last.replace('-', "").to_lowercase() };
            return words::types().find(|kind| *kind == plain).unwrap_or("text");
        }
        _ => "",
    };
    if !found.is_empty() {
        return found;
    }
    let own = words::types().find(|kind| *kind == role);
    own.filter(|kind| check::flaw(kind, text).is_none()).unwrap_or("text")
}
