//! Network traffic between sources and targets. Which source met which target is known only when one of the
//! two is alone; with several ports on both sides, which port belongs to which is not.

use super::{Building, Members, Parts, Remainder, number, text, texts};

/// No more traffic than this is told apart.
const MOST: usize = 64;

#[derive(Debug, Default)]
struct End {
    id: Option<String>,
    ports: Vec<u16>,
    protocols: Vec<String>,
}

type Pair = (Option<u16>, Option<u16>);

#[derive(Debug)]
struct Flow {
    id: String,
    /// The numbers of the source and of the target.
    ends: (usize, usize),
    ports: Pair,
    protocols: Vec<String>,
}

pub fn add(building: &mut Building<'_>, parts: &mut Parts) {
    let sources: Vec<End> = parts.sources.iter().map(end_of).collect();
    let targets: Vec<End> = parts.targets.iter().map(end_of).collect();
    if sources.len() > 1 && targets.len() > 1 || sources.len().max(targets.len()) > MOST {
        return;
    }
    let nobody = End::default();
    let mut flows = Vec::new();
    for (at, source) in or_nobody(&sources, &nobody) {
        for (to, target) in or_nobody(&targets, &nobody) {
            flows.extend(between(building, (at, source), (to, target)));
        }
    }
    for (index, source) in parts.sources.iter_mut().enumerate() {
        let own: Vec<&Flow> = flows.iter().filter(|flow| flow.ends.0 == index).collect();
        held(source, &own, |flow| flow.ports.0);
        if let Some(first) = own.first() {
            protocols_held(source, first);
        }
    }
    for (index, target) in parts.targets.iter_mut().enumerate() {
        let own: Vec<&Flow> = flows.iter().filter(|flow| flow.ends.1 == index).collect();
        held(target, &own, |flow| flow.ports.1);
    }
    parts.observables.extend(flows.into_iter().map(|flow| flow.id));
}

fn or_nobody<'e>(ends: &'e [End], nobody: &'e End) -> impl Iterator<Item = (usize, &'e End)> {
    let alone = ends.is_empty().then_some((0, nobody));
    ends.iter().enumerate().chain(alone)
}

fn end_of(rest: &Remainder) -> End {
    let id = ["ip_ref", "hostname_ref"].into_iter().find_map(|name| rest.reference(name));
    let mut seen = std::collections::HashSet::new();
    let ports = rest.ports("Port").into_iter().filter(|port| seen.insert(*port)).collect();
    End { id, ports, protocols: rest.texts("Protocol").unwrap_or_default() }
}

/// The traffic from one source to one target; none if nothing is known but that both exist.
fn between(
    building: &mut Building<'_>,
    (at, source): (usize, &End),
    (to, target): (usize, &End),
) -> Vec<Flow> {
    let told = !source.ports.is_empty() || !target.ports.is_empty() || !source.protocols.is_empty();
    if !told || source.id.is_none() && target.id.is_none() {
        return Vec::new();
    }
    let is_version_6 =
        [source, target].iter().any(|end| end.id.as_ref().is_some_and(|id| id.starts_with("ipv6")));
    let protocols = match source.protocols.as_slice() {
        [] => vec![if is_version_6 { "ipv6" } else { "ipv4" }.to_owned()],
        named => named.iter().map(|name| name.to_lowercase()).collect(),
    };
    let mut flows = Vec::new();
    for ports in pairs(&source.ports, &target.ports) {
        let mut members: Members = Vec::new();
        members.extend(source.id.as_ref().map(|id| ("src_ref", text(id.clone()))));
        members.extend(target.id.as_ref().map(|id| ("dst_ref", text(id.clone()))));
        members.extend(ports.0.map(|port| ("src_port", number(port))));
        members.extend(ports.1.map(|port| ("dst_port", number(port))));
        members.push(("protocols", texts(protocols.clone())));
        if let Some(id) = building.observable("network-traffic", members) {
            flows.push(Flow { id, ends: (at, to), ports, protocols: protocols.clone() });
        }
    }
    flows
}

fn pairs(from: &[u16], to: &[u16]) -> Vec<Pair> {
    match (from, to) {
        (from, to) if from.len().max(to.len()) > MOST => vec![(None, None)],
        ([], []) => vec![(None, None)],
        ([], to) => to.iter().map(|to| (None, Some(*to))).collect(),
        (from, []) => from.iter().map(|from| (Some(*from), None)).collect(),
        ([from], to) => to.iter().map(|to| (Some(*from), Some(*to))).collect(),
        (from, [to]) => from.iter().map(|from| (Some(*from), Some(*to))).collect(),
        (_, _) => vec![(None, None)],
    }
}

/// The ports that the traffic has need not travel in the extension.
fn held(rest: &mut Remainder, flows: &[&Flow], port: impl Fn(&Flow) -> Option<u16>) {
    let mut ids: Vec<String> = Vec::new();
    let mut ports: Vec<u16> = Vec::new();
    for flow in flows {
        if !ids.contains(&flow.id) {
            ids.push(flow.id.clone());
        }
        ports.extend(port(flow).filter(|port| !ports.contains(port)));
    }
    rest.refer_all("traffic_refs", &ids);
    if rest.plain_ports("Port").is_some_and(|own| own == ports) {
        rest.take("Port");
    }
}

fn protocols_held(rest: &mut Remainder, flow: &Flow) {
    match rest.texts("Protocol") {
        Some(own) if own == flow.protocols => drop(rest.take("Protocol")),
        Some(_) => {}
        None => rest.lacks("Protocol"),
    }
}
