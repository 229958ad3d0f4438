//! Attributes to STIX: observed data with its observables, an indicator where it is meant for detection, a
//! concept, or, where STIX has no place, an object of our own that other readers of MISP know too.

use std::borrow::Cow;

use super::{
    context,
    draft::Draft,
    galaxy,
    graph::Graph,
    pattern::{self, Tests},
    table::{self, Path},
    value,
    writer::{Part, Tagged, Writer},
};
use crate::{
    Json, Member,
    misp::{Attribute, check, time, words},
};

/// All attributes of the event.
pub fn write<'e>(writer: &mut Writer<'e>) {
    for (index, attribute) in writer.event.attributes().enumerate() {
        let links = galaxy::write(writer, attribute.galaxies(), writer.seconds(attribute.timestamp()));
        let linked = Writer::linked(attribute.galaxies());
        let tagged = writer.tagged(attribute.tags(), &linked);
        let one = One { index, attribute, tagged, seconds: writer.seconds(attribute.timestamp()) };
        let first = writer.objects.len();
        let ids = one.write(writer);
        for (link, _) in &links {
            galaxy::link(writer, &ids, link, one.seconds);
        }
        context::sightings(writer, attribute.sightings(), &ids);
        context::analyst(writer, [attribute.notes().collect(), attribute.opinions().collect()], &ids);
        writer.stand_for(attribute.uuid(), Part::Attribute(index), first, ids);
    }
}

/// An attribute on its way.
struct One<'e> {
    index: usize,
    attribute: Attribute<'e>,
    tagged: Tagged<'e>,
    seconds: i64,
}

/// The kind of an attribute, or the word for what has none.
pub fn kind_of<'e>(attribute: Attribute<'e>) -> &'e str {
    attribute.kind().filter(|kind| !kind.is_empty()).unwrap_or("text")
}

/// The category of an attribute, or that of its type.
pub fn category_of<'e>(attribute: Attribute<'e>) -> &'e str {
    let named = attribute.category().filter(|category| !category.is_empty());
    named.or_else(|| words::default_category(kind_of(attribute))).unwrap_or("Other")
}

/// Whether an attribute is meant for detection.
pub fn to_ids(attribute: Attribute<'_>) -> bool {
    attribute.to_ids().unwrap_or_else(|| words::default_to_ids(kind_of(attribute)))
}

impl<'e> One<'e> {
    /// Writes what stands for the attribute; the first object is the one to carry what STIX cannot say.
    fn write(&self, writer: &mut Writer<'e>) -> Vec<String> {
        let kind = kind_of(self.attribute);
        let value = self.attribute.value().unwrap_or_default();
        if value.is_empty() || check::flaw(kind, value).is_some() && check::is_refused(kind) {
            return vec![self.custom(writer)];
        }
        if let Some(language) = table::rule(kind) {
            return vec![self.indicator(writer, language, value.to_owned())];
        }
        match kind {
            "vulnerability" => vec![self.vulnerability(writer, value)],
            "campaign-name" => vec![self.concept(writer, "campaign", value).0],
            _ => match (table::attribute(kind), table::pattern_only(kind)) {
                (Some(paths), _) => {
                    self.observable(writer, paths).unwrap_or_else(|| vec![self.looked_for(writer, paths)])
                }
                (None, Some(path)) if to_ids(self.attribute) => {
                    let mut tests = Tests::default();
                    match tests.add(path, value, None) {
                        true => vec![self.indicator(writer, "stix", tests.done())],
                        false => vec![self.custom(writer)],
                    }
                }
                (None, _) => vec![self.custom(writer)],
            },
        }
    }

    fn labels(&self) -> Vec<String> {
        vec![
            format!("misp:type=\"{}\"", kind_of(self.attribute)),
            format!("misp:category=\"{}\"", category_of(self.attribute)),
        ]
    }

    fn seed(&self) -> String {
        format!("attribute {}", self.index)
    }

    fn finish(&self, writer: &mut Writer<'e>, mut draft: Draft<'e>, labels: Vec<String>) {
        if self.attribute.deleted() == Some(true) {
            draft.put("revoked", Json::Bool(true));
        }
        writer.tag(&mut draft, labels, &self.tagged);
        writer.objects.push(draft.done());
    }

    fn custom(&self, writer: &mut Writer<'e>) -> String {
        let id = writer.claim("x-misp-attribute", self.attribute.uuid(), &self.seed());
        let mut draft = writer.draft("x-misp-attribute", id.clone(), self.seconds);
        draft.text("x_misp_category", category_of(self.attribute));
        if let Some(comment) = self.comment() {
            draft.text("x_misp_comment", comment);
        }
        if let Some(data) = self.attribute.data() {
            draft.text("x_misp_data", data);
        }
        draft.text("x_misp_type", kind_of(self.attribute));
        draft.text("x_misp_value", self.attribute.value().unwrap_or_default());
        let mut labels = self.labels();
        if to_ids(self.attribute) {
            labels.push("misp:to_ids=\"True\"".to_owned());
        }
        self.finish(writer, draft, labels);
        id
    }

    fn comment(&self) -> Option<&'e str> {
        self.attribute.comment().filter(|comment| !comment.is_empty())
    }

    fn indicator(&self, writer: &mut Writer<'e>, language: &'static str, pattern: String) -> String {
        let id = writer.claim("indicator", self.attribute.uuid(), &self.seed());
        let mut draft = writer.draft("indicator", id.clone(), self.seconds);
        if let Some(comment) = self.comment() {
            draft.text("description", comment);
        }
        draft.text("pattern", pattern);
        draft.text("pattern_type", language);
        valid(&mut draft, self.seconds);
        draft.put("kill_chain_phases", kill_chain(category_of(self.attribute)));
        self.finish(writer, draft, self.labels());
        id
    }

    fn concept(&self, writer: &mut Writer<'e>, kind: &'static str, name: &'e str) -> (String, usize) {
        let id = writer.claim(kind, self.attribute.uuid(), &self.seed());
        let mut draft = writer.draft(kind, id.clone(), self.seconds);
        draft.text("name", name);
        if let Some(comment) = self.comment() {
            draft.text("description", comment);
        }
        self.finish(writer, draft, self.labels());
        (id, writer.objects.len() - 1)
    }

    fn vulnerability(&self, writer: &mut Writer<'e>, value: &'e str) -> String {
        let (id, at) = self.concept(writer, "vulnerability", value);
        if let (Some(Json::Object(members)), Some(reference)) = (writer.objects.get_mut(at), cve(value)) {
            members.push(Member { name: "external_references".into(), value: Json::List(vec![reference]) });
        }
        id
    }

    /// Observed data and, where it is meant for detection, an indicator that is based on it.
    fn observable(&self, writer: &mut Writer<'e>, paths: &'static [Path]) -> Option<Vec<String>> {
        let uuid = writer.claim("observed-data", self.attribute.uuid(), &self.seed());
        let graph = self.graph(paths, super::ids::uuid_of(&uuid))?;
        let pattern = if to_ids(self.attribute) { Some(self.pattern(paths)?) } else { None };
        let times = observed(self.attribute.first_seen(), self.attribute.last_seen(), self.seconds);
        let mut draft = writer.draft("observed-data", uuid.clone(), self.seconds);
        draft.text("first_observed", times.0);
        draft.text("last_observed", times.1);
        draft.put("number_observed", Json::Number("1".into()));
        let observables = graph.done();
        draft.texts(
            "object_refs",
            observables.iter().filter_map(id_of).map(str::to_owned).collect::<Vec<_>>(),
        );
        self.finish(writer, draft, self.labels());
        writer.objects.extend(observables);
        let mut ids = vec![uuid];
        if let Some(pattern) = pattern {
            let indicator = self.indicator(writer, "stix", pattern);
            if let Some(observed) = ids.first() {
                writer.relate(&indicator, "based-on", observed, self.seconds);
            }
            ids.push(indicator);
        }
        Some(ids)
    }

    /// What STIX cannot say was observed can still be looked for.
    fn looked_for(&self, writer: &mut Writer<'e>, paths: &'static [Path]) -> String {
        let is_loose = matches!(
            kind_of(self.attribute),
            "domain" | "hostname" | "url" | "uri" | "link" | "email" | "email-src" | "email-dst"
        );
        match self.pattern(paths).filter(|_| is_loose && to_ids(self.attribute)) {
            Some(pattern) => self.indicator(writer, "stix", pattern),
            None => self.custom(writer),
        }
    }

    /// The value, in as many parts as there are paths.
    fn parts(&self, count: usize) -> Option<Vec<&'e str>> {
        let value = self.attribute.value()?;
        if count == 1 {
            return Some(vec![value]);
        }
        let (left, right) = if kind_of(self.attribute) == "regkey|value" {
            value.split_once('|')?
        } else {
            value.rsplit_once('|')?
        };
        (!left.is_empty() && !right.is_empty()).then(|| vec![left, right])
    }

    fn graph(&self, paths: &'static [Path], uuid: &str) -> Option<Graph<'e>> {
        let parts = self.parts(paths.len())?;
        let mut graph = Graph::new(&paths.first()?.kind, uuid);
        for (path, part) in paths.iter().zip(&parts) {
            if !fits(path, part) {
                return None;
            }
            graph.put(path, part, uuid).ok()?;
        }
        self.fixed(&mut graph, uuid);
        Some(graph)
    }

    /// What an observable has besides the value.
    fn fixed(&self, graph: &mut Graph<'e>, uuid: &str) {
        let kind = kind_of(self.attribute);
        match kind {
            "github-username" => graph.fix("account_type", Json::text("github")),
            "email" | "email-src" | "email-dst" | "email-subject" | "email-body" | "email-header"
            | "email-message-id" | "email-reply-to" | "email-x-mailer" | "email-attachment" => {
                if graph.has("value") {
                    return;
                }
                let is_multipart = kind == "email-attachment";
                graph.fix("is_multipart", Json::Bool(is_multipart));
                if is_multipart && let Some(value) = self.attribute.value() {
                    disposition(graph, value);
                }
            }
            "ip-src" | "ip-dst" | "ip-src|port" | "ip-dst|port" | "hostname|port" => {
                graph.fix("protocols", Json::List(vec![Json::text("tcp")]));
            }
            "attachment" | "malware-sample" => {
                if let Some(data) = self.attribute.data().and_then(payload) {
                    graph.add("content_ref", "artifact", uuid, artifact(data, kind == "malware-sample"));
                }
            }
            _ => {}
        }
    }

    fn pattern(&self, paths: &'static [Path]) -> Option<String> {
        let kind = kind_of(self.attribute);
        let mut tests = Tests::default();
        if kind == "github-username" {
            tests.push("user-account:account_type = 'github'".to_owned());
        }
        for (path, part) in paths.iter().zip(self.parts(paths.len())?) {
            if !tests.add(path, part, None) {
                return None;
            }
        }
        let data = self.attribute.data().filter(|_| matches!(kind, "attachment" | "malware-sample"));
        if let Some(data) = data.and_then(payload) {
            content(&mut tests, &data, kind == "malware-sample");
        }
        Some(tests.done())
    }
}

/// Whether a value may stand at the end of this path.
fn fits(path: &Path, text: &str) -> bool {
    match (path.kind.as_str(), path.last()) {
        ("domain-name", "value") => {
            !path.steps.iter().all(|step| step.name() == "value") || value::is_domain(text)
        }
        ("network-traffic", "value") => {
            value::kind_of_address(text) != "domain-name" || value::is_domain(text)
        }
        _ => true,
    }
}

/// Which file an attachment is, for who reads the message alone.
pub fn disposition<'e>(graph: &mut Graph<'e>, name: &'e str) {
    let Some(members) = graph.root() else { return };
    let Some(Json::List(parts)) =
        members.iter_mut().find(|member| member.name == "body_multipart").map(|member| &mut member.value)
    else {
        return;
    };
    if let Some(Json::Object(part)) = parts.last_mut() {
        let words = format!("attachment; filename='{name}'");
        part.push(Member { name: "content_disposition".into(), value: Json::text(words) });
    }
}

/// The content of a file; samples are archives with a password that everyone knows.
pub fn artifact<'e>(data: Cow<'e, str>, is_sample: bool) -> Vec<Member<'e>> {
    let mut members = vec![Member { name: "payload_bin".into(), value: Json::Text(data) }];
    let words = SAMPLE.iter().filter(|_| is_sample);
    members.extend(words.map(|(name, text)| Member { name: (*name).into(), value: Json::text(*text) }));
    members
}

/// A payload as STIX has it (2.1): servers take Base64 in lines too. Nothing when it is none.
pub fn payload(data: &str) -> Option<Cow<'_, str>> {
    if check::is_base64(data) {
        return Some(Cow::Borrowed(data));
    }
    let line: String = data.chars().filter(|letter| !matches!(letter, '\r' | '\n')).collect();
    check::is_base64(&line).then_some(Cow::Owned(line))
}

const SAMPLE: [(&str, &str); 3] = [
    ("mime_type", "application/zip"),
    ("encryption_algorithm", "mime-type-indicated"),
    ("decryption_key", "infected"),
];

/// Tests on the content of a file.
pub fn content(tests: &mut Tests, data: &str, is_sample: bool) {
    tests.push(format!("file:content_ref.payload_bin = {}", pattern::quoted(data)));
    if is_sample {
        for (name, text) in SAMPLE {
            tests.push(format!("file:content_ref.{name} = '{text}'"));
        }
    }
}

/// When an indicator begins to hold.
pub fn valid(draft: &mut Draft<'_>, seconds: i64) {
    draft.text("pattern_version", "2.1");
    draft.text("valid_from", time::of_nanoseconds(i128::from(seconds) * 1_000_000_000));
}

/// The category as a phase.
pub fn kill_chain<'e>(category: &'e str) -> Json<'e> {
    Json::List(vec![Json::object([
        ("kill_chain_name", Json::text("misp-category")),
        ("phase_name", Json::text(category)),
    ])])
}

/// A number of CVE, as a reference.
pub fn cve<'e>(number: &'e str) -> Option<Json<'e>> {
    let is_cve = number.starts_with("CVE-") && check::flaw("vulnerability", number).is_none();
    is_cve.then(|| Json::object([("source_name", Json::text("cve")), ("external_id", Json::text(number))]))
}

/// From when to when something was observed; never backwards.
pub fn observed(first: Option<&str>, last: Option<&str>, seconds: i64) -> (String, String) {
    let otherwise = i128::from(seconds) * 1_000_000_000;
    let known_last = last.and_then(time::nanoseconds);
    let mut from = first.and_then(time::nanoseconds).unwrap_or(otherwise);
    let mut until = known_last.unwrap_or(otherwise);
    if from > until {
        if known_last.is_some() { from = until } else { until = from }
    }
    (time::of_nanoseconds(from), time::of_nanoseconds(until))
}

/// The identifier of an object.
pub fn id_of<'j>(object: &'j Json<'_>) -> Option<&'j str> {
    object.get("id").and_then(Json::as_text)
}
