//! Objects that are network traffic.

use super::One;
use crate::{
    Json, Member,
    misp::{
        Attribute,
        stix::{graph::Graph, table::Form, value},
    },
};

/// Families and types of sockets that STIX knows (6.12.5).
const FAMILIES: [&str; 8] =
    ["AF_UNSPEC", "AF_INET", "AF_IPX", "AF_APPLETALK", "AF_NETBIOS", "AF_INET6", "AF_IRDA", "AF_BTH"];
const SOCKETS: [&str; 5] = ["SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_RDM", "SOCK_SEQPACKET"];

impl<'e> One<'e> {
    pub fn traffic(&self, form: &'static Form, uuid: &str) -> Option<Graph<'e>> {
        let mut graph = Graph::new(&form.kind, uuid);
        let is_http = self.value("method").is_some() && self.value("uri").is_some();
        let has_family = self.value("address-family").is_some_and(|family| FAMILIES.contains(&family));
        let is_name = |role: &str| matches!(role, "host" | "hostname-src" | "hostname-dst");
        let first = |role: &str| {
            !is_name(role)
                && match role {
                    "method" | "uri" | "content-type" | "cookie" | "referer" | "user-agent" => is_http,
                    "address-family" => has_family,
                    "socket-type" => {
                        has_family && self.value(role).is_some_and(|kind| SOCKETS.contains(&kind))
                    }
                    "icmp-type" => false,
                    "tcp-flags" => self
                        .value(role)
                        .is_some_and(|flags| flags.bytes().all(|byte| byte.is_ascii_hexdigit())),
                    "ip" | "ip-src" | "ip-dst" => {
                        self.values(role).all(|text| value::kind_of_address(text) != "domain-name")
                    }
                    _ => true,
                }
        };
        let left = self.place(&mut graph, form, first);
        let left = self.names(&mut graph, left);
        let left = self.spoken(&mut graph, left);
        if let Some(extensions) = has_family.then(|| graph.root()).flatten() {
            listening(extensions, self.value("state"));
        }
        let left: Vec<_> = left.into_iter().filter(|(role, _)| !(has_family && *role == "state")).collect();
        for member in self.customs(&left) {
            graph.fix(member.name, member.value);
        }
        Some(graph)
    }

    /// Names of hosts stand where no address does; the host of a request beside the address.
    fn names(
        &self,
        graph: &mut Graph<'e>,
        left: Vec<(&'e str, Attribute<'e>)>,
    ) -> Vec<(&'e str, Attribute<'e>)> {
        let mut rest = Vec::new();
        for (role, attribute) in left {
            let end = match role {
                "hostname-src" => "src_ref",
                "host" | "hostname-dst" | "domain" | "hostname" => "dst_ref",
                _ => "",
            };
            let Some(name) = attribute.value().filter(|name| value::is_domain(name) && !end.is_empty())
            else {
                rest.push((role, attribute));
                continue;
            };
            let mut members = vec![Member { name: "value".into(), value: Json::text(name) }];
            match graph.id_of(end).map(str::to_owned) {
                None => graph.add(
                    if end == "src_ref" { "src_ref" } else { "dst_ref" },
                    "domain-name",
                    &self.uuid_of(attribute),
                    members,
                ),
                Some(address) if role == "host" && !address.starts_with("domain-name") => {
                    let refs = Json::List(vec![Json::text(address)]);
                    members.push(Member { name: "resolves_to_refs".into(), value: refs });
                    graph.beside("domain-name", &self.uuid_of(attribute), members);
                }
                Some(_) => rest.push((role, attribute)),
            }
        }
        rest
    }

    /// The protocols, from what the object says or is.
    fn spoken(
        &self,
        graph: &mut Graph<'e>,
        left: Vec<(&'e str, Attribute<'e>)>,
    ) -> Vec<(&'e str, Attribute<'e>)> {
        let mut protocols: Vec<String> = Vec::new();
        let name = self.object.name().unwrap_or_default();
        if name == "netflow" && self.value("tcp-flags").is_some() {
            protocols.push("tcp".to_owned());
        }
        for role in ["protocol", "layer3-protocol", "layer4-protocol", "layer7-protocol"] {
            protocols.extend(self.values(role).map(str::to_lowercase).filter(|word| is_protocol(word)));
        }
        match name {
            "http-request" => protocols.extend(["tcp".to_owned(), "http".to_owned()]),
            "ip-port" if protocols.is_empty() => protocols.extend(version(graph)),
            _ => {}
        }
        if protocols.is_empty() {
            protocols.push(OTHERWISE.to_owned());
        }
        protocols.dedup();
        graph.fix("protocols", Json::List(protocols.into_iter().map(Json::text).collect()));
        let is_spoken =
            |role: &str| role == "protocol" || role.starts_with("layer") && role.ends_with("-protocol");
        left.into_iter().filter(|(role, _)| !is_spoken(role)).collect()
    }
}

/// What is taken for the protocol where nothing tells it: STIX has no traffic without (6.12).
const OTHERWISE: &str = "tcp";

/// Traffic of which no protocol is known has at least that of its addresses.
pub fn some_protocol(graph: &mut Graph<'_>) {
    if !graph.has("protocols") {
        let word = version(graph).unwrap_or_else(|| OTHERWISE.to_owned());
        graph.fix("protocols", Json::List(vec![Json::text(word)]));
    }
}

fn is_protocol(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// The version of the addresses.
fn version(graph: &Graph<'_>) -> Option<String> {
    let id = graph.id_of("dst_ref").or_else(|| graph.id_of("src_ref"))?;
    match crate::misp::stix::ids::kind_of(id) {
        "ipv6-addr" => Some("ipv6".to_owned()),
        "ipv4-addr" => Some("ipv4".to_owned()),
        _ => None,
    }
}

fn listening(members: &mut [Member<'_>], state: Option<&str>) {
    let Some(extensions) = members.iter_mut().find(|member| member.name == "extensions") else { return };
    let Json::Object(inner) = &mut extensions.value else { return };
    let Some(Json::Object(socket)) =
        inner.iter_mut().find(|member| member.name == "socket-ext").map(|member| &mut member.value)
    else {
        return;
    };
    match state {
        Some("listening") => socket.push(Member { name: "is_listening".into(), value: Json::Bool(true) }),
        Some("blocking") => socket.push(Member { name: "is_blocking".into(), value: Json::Bool(true) }),
        Some(_) | None => {}
    }
}
