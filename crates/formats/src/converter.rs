//! From one format to another, document by document.

use std::fmt;

use crate::{
    Format, Json, Limits, Loss, Piece, Reading, cacao, csaf, idea, idmef, incident, misp, reading::document,
    stix::regulatory::Duty,
};

/// What documents can be brought to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConvertTo {
    /// Another format, or the same one in its newest version.
    Format(Format),
    /// Records of CVE 5.1, one for each vulnerability of an advisory.
    Cve,
    /// The workflow of a playbook for Graphviz.
    Dot,
    /// The workflow of a playbook for Mermaid.
    Mermaid,
}

impl ConvertTo {
    /// The target of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "cve" => Some(Self::Cve),
            "dot" => Some(Self::Dot),
            "mermaid" => Some(Self::Mermaid),
            name => Format::parse(name).map(Self::Format),
        }
    }

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Format(format) => format.name(),
            Self::Cve => "cve",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
        }
    }
}

/// What a conversion is told beside the document.
#[derive(Clone, Debug, Default)]
pub struct ConvertOptions {
    /// Bounds of each document.
    pub limits: Limits,
    /// Playbooks go out without their secrets.
    pub strip_secrets: bool,
    /// The duties of an incident, which travel with its record.
    pub duties: Vec<Duty>,
    /// Who assigns CVE numbers: a UUID, and a short name.
    pub assigner: Option<(String, Option<String>)>,
}

/// One document of the other format.
#[derive(Clone, Debug, PartialEq)]
pub enum Converted {
    /// A document.
    Json(Json<'static>),
    /// A text that is no JSON.
    Text(String),
}

/// Compact; `{:#}` in lines.
impl fmt::Display for Converted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(json) => fmt::Display::fmt(json, out),
            Self::Text(text) => out.write_str(text.trim_end()),
        }
    }
}

type Way = fn(Json<'static>, &ConvertOptions) -> Reading<Converted>;

/// A way from one format to another.
#[derive(Clone, Debug)]
pub struct Converter {
    way: Way,
    options: ConvertOptions,
}

impl Converter {
    /// The way from `from` to `to`, if there is one.
    #[must_use]
    pub fn new(from: Format, to: ConvertTo, options: ConvertOptions) -> Option<Self> {
        let (_, _, way) = WAYS.iter().find(|(known, target, _)| (*known, *target) == (from, to))?;
        Some(Self { way: *way, options })
    }

    /// All ways, as from and to.
    pub fn ways() -> impl Iterator<Item = (Format, ConvertTo)> {
        WAYS.iter().map(|(from, to, _)| (*from, *to))
    }

    /// Brings one document over. Never fails whole: a document that cannot be read is a loss.
    #[must_use]
    pub fn convert(&self, piece: &Piece) -> Reading<Converted> {
        document(piece, &self.options.limits, "a document", |json| (self.way)(json, &self.options))
    }
}

const IDMEFV2: ConvertTo = ConvertTo::Format(Format::Idmefv2);
const STIX: ConvertTo = ConvertTo::Format(Format::Stix);
const MISP: ConvertTo = ConvertTo::Format(Format::Misp);
const CACAO: ConvertTo = ConvertTo::Format(Format::Cacao);

/// Every way there is.
static WAYS: &[(Format, ConvertTo, Way)] = &[
    (Format::Idmefv2, IDMEFV2, |json, _| alerts(idmef::read_value(json))),
    (Format::Idea, IDMEFV2, |json, _| alerts(idea::to_idmef(json))),
    (Format::Stix, IDMEFV2, |json, options| alerts(idmef::from_stix_value(&json, &options.limits))),
    (Format::Idmefv2, STIX, |json, _| alert_bundle(idmef::read_value(json))),
    (Format::Idea, STIX, |json, _| alert_bundle(idea::to_idmef(json))),
    (Format::Cacao, CACAO, |json, options| playbooks(cacao::read_value(json), options)),
    (Format::Stix, CACAO, |json, options| playbooks(cacao::from_stix(&json, &options.limits), options)),
    (Format::Misp, CACAO, |json, options| playbooks(cacao::from_misp(&json, &options.limits), options)),
    (Format::Cacao, STIX, |json, options| carried(json, options, cacao::to_stix_bundle)),
    (Format::Cacao, MISP, |json, options| carried(json, options, cacao::to_misp_object)),
    (Format::Cacao, ConvertTo::Dot, |json, options| drawn(json, options, cacao::to_dot)),
    (Format::Cacao, ConvertTo::Mermaid, |json, options| drawn(json, options, cacao::to_mermaid)),
    (Format::Misp, MISP, |json, _| events(misp::read_value(json))),
    (Format::Misp, STIX, |json, _| {
        each(misp::read_value(json), |event| Converted::Json(misp::to_stix(&event).into_owned()))
    }),
    (Format::Stix, MISP, |json, _| events(misp::from_stix(&json))),
    (Format::Incident, STIX, |json, options| {
        each(incident::to_stix(&json, &options.duties), Converted::Json)
    }),
    (Format::Stix, ConvertTo::Format(Format::Incident), |json, options| {
        records_of(incident::from_stix_value(&json, &options.limits))
    }),
    (Format::Csaf, STIX, |json, _| advisories(json, csaf::to_stix)),
    (Format::Csaf, ConvertTo::Cve, records),
];

/// Each item by itself.
fn each<T>(reading: Reading<T>, to: impl FnMut(T) -> Converted) -> Reading<Converted> {
    Reading { items: reading.items.into_iter().map(to).collect(), losses: reading.losses }
}

fn alerts(reading: Reading<idmef::Alert>) -> Reading<Converted> {
    each(reading, |alert| Converted::Json(alert.to_json().into_owned()))
}

fn events(reading: Reading<misp::Event<'_>>) -> Reading<Converted> {
    each(reading, |event| Converted::Json(Json::object([("Event", event.json().clone().into_owned())])))
}

/// Records; the duties beside them are no part of a record.
fn records_of(reading: Reading<incident::Record>) -> Reading<Converted> {
    let mut over = Reading { items: Vec::new(), losses: reading.losses };
    for record in reading.items {
        over.losses.extend(record.duties.iter().map(|duty| Loss {
            pointer: String::new(),
            what: format!("the duty {} {}", duty.regulation, duty.stage),
            why: "duties are worked out anew from the record".to_owned(),
        }));
        over.items.push(Converted::Json(record.record));
    }
    over
}

fn alert_bundle(reading: Reading<idmef::Alert>) -> Reading<Converted> {
    each(reading, |alert| Converted::Json(idmef::to_stix(&alert)))
}

/// Playbooks, without their secrets if so wished.
fn stripped(reading: Reading<cacao::Playbook>, options: &ConvertOptions) -> Reading<cacao::Playbook> {
    if !options.strip_secrets {
        return reading;
    }
    let mut without = Reading { items: Vec::new(), losses: reading.losses };
    for playbook in &reading.items {
        let (playbook, losses) = cacao::strip_secrets(playbook);
        without.append("", Reading { items: vec![playbook], losses });
    }
    without
}

fn playbooks(reading: Reading<cacao::Playbook>, options: &ConvertOptions) -> Reading<Converted> {
    each(stripped(reading, options), |playbook| Converted::Json(playbook.to_json().into_owned()))
}

fn carried(
    json: Json<'static>,
    options: &ConvertOptions,
    carry: fn(&cacao::Playbook) -> Result<Json<'static>, cacao::CarryError>,
) -> Reading<Converted> {
    let reading = stripped(cacao::read_value(json), options);
    let mut over = Reading { items: Vec::new(), losses: reading.losses };
    for playbook in &reading.items {
        match carry(playbook) {
            Ok(json) => over.items.push(Converted::Json(json)),
            Err(error) => over.losses.push(Loss {
                pointer: String::new(),
                what: "the playbook".to_owned(),
                why: error.to_string(),
            }),
        }
    }
    over
}

fn drawn(
    json: Json<'static>,
    options: &ConvertOptions,
    draw: fn(&cacao::Playbook) -> String,
) -> Reading<Converted> {
    each(stripped(cacao::read_value(json), options), |playbook| Converted::Text(draw(&playbook)))
}

fn advisories(
    json: Json<'static>,
    to: impl Fn(&csaf::Advisory) -> Reading<Json<'static>>,
) -> Reading<Converted> {
    let mut over = Reading::default();
    match csaf::Advisory::of(json) {
        Ok(advisory) => over.append("", each(to(&advisory), Converted::Json)),
        Err(loss) => over.losses.push(loss),
    }
    over
}

fn records(json: Json<'static>, options: &ConvertOptions) -> Reading<Converted> {
    let (organisation, short_name) = options.assigner.clone().unwrap_or_default();
    let assigner = csaf::Assigner { organisation: &organisation, short_name: short_name.as_deref() };
    advisories(json, |advisory| csaf::to_cve(advisory, &assigner))
}
