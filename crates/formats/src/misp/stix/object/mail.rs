//! Objects that are messages.

use super::One;
use crate::{
    Json, Member,
    misp::{
        Attribute,
        stix::{attribute::disposition, graph::Graph, table::Form},
    },
};

impl<'e> One<'e> {
    pub fn mail(&self, form: &'static Form, uuid: &str) -> Option<Graph<'e>> {
        let mut graph = Graph::new(&form.kind, uuid);
        let is_file = |role: &str| matches!(role, "attachment" | "screenshot");
        let mut left = self.place(&mut graph, form, |role| !is_file(role));
        let files: Vec<_> = self.roles.iter().filter(|(role, _)| is_file(role)).collect();
        for (role, attribute) in &files {
            let Some((path, name)) = form.path(role).zip(attribute.value()) else { continue };
            if graph.put(path, name, &self.uuid_of(*attribute)).is_ok() {
                disposition(&mut graph, name);
                left.retain(|(_, known)| known != attribute);
            }
        }
        let is_multipart = graph.has("body_multipart");
        graph.fix("is_multipart", Json::Bool(is_multipart));
        let left = self.called(&mut graph, left);
        for member in self.customs(&left) {
            graph.fix(member.name, member.value);
        }
        Some(graph)
    }

    /// Names that go with addresses.
    fn called(
        &self,
        graph: &mut Graph<'e>,
        left: Vec<(&'e str, Attribute<'e>)>,
    ) -> Vec<(&'e str, Attribute<'e>)> {
        let mut rest = Vec::new();
        let mut named: Vec<String> = Vec::new();
        for (role, attribute) in left {
            let found = role.strip_suffix("-display-name").and_then(|end| {
                let name = attribute.value()?;
                self.roles
                    .iter()
                    .filter(|(known, _)| *known == end)
                    .map(|(_, address)| (self.uuid_of(*address), address.value().unwrap_or_default()))
                    .find(|(uuid, address)| !named.contains(uuid) && go_together(name, address))
                    .map(|(uuid, _)| uuid)
            });
            match found.zip(attribute.value()) {
                Some((uuid, name)) => {
                    graph.say(
                        &format!("email-addr--{uuid}"),
                        Member { name: "display_name".into(), value: Json::text(name) },
                    );
                    named.push(uuid);
                }
                None => rest.push((role, attribute)),
            }
        }
        rest
    }
}

/// Whether a name is likely that of an address.
fn go_together(name: &str, address: &str) -> bool {
    let (name, address) = (name.to_lowercase(), address.to_lowercase());
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return false;
    }
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    words.iter().all(|word| address.contains(word))
        || address.split(['_', '.', '@', '-']).filter(|part| part.len() > 1).any(|part| name.contains(part))
        || initials.chars().count() > 1 && address.contains(&initials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_find_their_addresses() {
        assert!(go_together("Donald Duck", "donald.duck@disney.example"));
        assert!(go_together("John Fitzgerald Kennedy", "jfk@gov.example"));
        assert!(!go_together("Marie Curie", "diana.prince@dc.example"));
    }
}
