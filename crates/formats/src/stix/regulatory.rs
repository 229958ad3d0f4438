//! Our extension for regulatory reporting: the duties of an incident travel with it. The Incident Extension
//! Suite has no place for an authority, a legal basis or a deadline. Published in `docs/stix-extension.md`.

use super::extension::REGULATORY;
use crate::{Json, Loss, Member, Reading};

/// The member of the extension that lists the duties.
const DUTIES: &str = "reporting_duties";

/// How far a duty is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The law does not ask for it.
    NotApplicable,
    /// Another law takes its place.
    Displaced,
    /// Facts are missing that would decide.
    Undecided,
    /// To be filed.
    Due,
    /// Begun, not filed.
    Drafted,
    /// Waiting for an approval.
    InApproval,
    /// Filed.
    Filed,
    /// Filed, and acknowledged by the authority.
    Acknowledged,
    /// Past its instant and not filed.
    Late,
    /// Taken back or reclassified.
    Withdrawn,
    /// The authority does not want it.
    Waived,
}

/// The states as they are written, in the order of [`State`].
pub(super) static STATES: &[&str] = &[
    "not-applicable",
    "displaced",
    "undecided",
    "due",
    "drafted",
    "in-approval",
    "filed",
    "acknowledged",
    "late",
    "withdrawn",
    "waived",
];

impl State {
    const ALL: [Self; 11] = [
        Self::NotApplicable,
        Self::Displaced,
        Self::Undecided,
        Self::Due,
        Self::Drafted,
        Self::InApproval,
        Self::Filed,
        Self::Acknowledged,
        Self::Late,
        Self::Withdrawn,
        Self::Waived,
    ];

    /// As it is written.
    #[must_use]
    pub fn text(self) -> &'static str {
        STATES.get(self as usize).copied().unwrap_or_default()
    }

    /// The state of this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.text() == text)
    }
}

/// One stage that one law asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// The law in short: `NIS2`, `DORA`.
    pub regulation: String,
    /// Its version, as who reports keeps it.
    pub regulation_version: Option<String>,
    /// The provision that asks for it: `Directive (EU) 2022/2555, Article 23(4)(a)`.
    pub legal_basis: Option<String>,
    /// The kind of report within the law, where it has several.
    pub track: Option<String>,
    /// The stage: `early_warning`.
    pub stage: String,
    /// How far it is.
    pub state: State,
    /// Who receives it, by name.
    pub authority: Option<String>,
    /// Who receives it, as an identity of the bundle.
    pub authority_ref: Option<String>,
    /// The country of the authority, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The event that starts the clock: `awareness`.
    pub anchor: Option<String>,
    /// When it was; RFC 3339 in UTC.
    pub anchor_time: Option<String>,
    /// Until when it is due; RFC 3339 in UTC.
    pub due: Option<String>,
    /// When it was filed; RFC 3339 in UTC.
    pub filed: Option<String>,
    /// When it was acknowledged; RFC 3339 in UTC.
    pub acknowledged: Option<String>,
    /// Why it does not apply, is late, was withdrawn.
    pub reason: Option<String>,
    /// The SHA-256 of the receipt, in hexadecimal digits.
    pub receipt_sha256: Option<String>,
    /// The task of type `reported` that this is, in the bundle.
    pub task_ref: Option<String>,
    /// Members that this version of the extension does not have, carried along.
    pub other: Vec<(String, Json<'static>)>,
}

impl Duty {
    /// A duty with what none can do without.
    #[must_use]
    pub fn new(regulation: impl Into<String>, stage: impl Into<String>, state: State) -> Self {
        Self {
            regulation: regulation.into(),
            stage: stage.into(),
            state,
            regulation_version: None,
            legal_basis: None,
            track: None,
            authority: None,
            authority_ref: None,
            country: None,
            anchor: None,
            anchor_time: None,
            due: None,
            filed: None,
            acknowledged: None,
            reason: None,
            receipt_sha256: None,
            task_ref: None,
            other: Vec::new(),
        }
    }

    /// The optional members by their names, in the order in which they are written.
    fn optional(&self) -> [(&'static str, &Option<String>); 14] {
        [
            ("regulation_version", &self.regulation_version),
            ("legal_basis", &self.legal_basis),
            ("track", &self.track),
            ("authority", &self.authority),
            ("authority_ref", &self.authority_ref),
            ("country", &self.country),
            ("anchor", &self.anchor),
            ("anchor_time", &self.anchor_time),
            ("due", &self.due),
            ("filed", &self.filed),
            ("acknowledged", &self.acknowledged),
            ("reason", &self.reason),
            ("receipt_sha256", &self.receipt_sha256),
            ("task_ref", &self.task_ref),
        ]
    }

    fn place(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "regulation_version" => &mut self.regulation_version,
            "legal_basis" => &mut self.legal_basis,
            "track" => &mut self.track,
            "authority" => &mut self.authority,
            "authority_ref" => &mut self.authority_ref,
            "country" => &mut self.country,
            "anchor" => &mut self.anchor,
            "anchor_time" => &mut self.anchor_time,
            "due" => &mut self.due,
            "filed" => &mut self.filed,
            "acknowledged" => &mut self.acknowledged,
            "reason" => &mut self.reason,
            "receipt_sha256" => &mut self.receipt_sha256,
            "task_ref" => &mut self.task_ref,
            _ => return None,
        })
    }

    fn to_json(&self) -> Json<'static> {
        let mut members = vec![
            member("regulation", &self.regulation),
            member("stage", &self.stage),
            member("state", self.state.text()),
        ];
        members.extend(
            self.optional().into_iter().filter_map(|(name, value)| Some(member(name, value.as_ref()?))),
        );
        members.extend(
            self.other.iter().map(|(name, value)| Member { name: name.clone().into(), value: value.clone() }),
        );
        Json::Object(members)
    }

    fn read(value: &Json<'_>) -> Result<Self, &'static str> {
        let text = |name: &str| value.get(name).and_then(Json::as_text);
        let regulation = text("regulation").ok_or("a duty names its regulation")?;
        let stage = text("stage").ok_or("a duty names its stage")?;
        let state =
            text("state").and_then(State::parse).ok_or("a duty has one of the states of the extension")?;
        let mut duty = Self::new(regulation, stage, state);
        for member in value.as_object().unwrap_or_default() {
            if matches!(&*member.name, "regulation" | "stage" | "state") {
                continue;
            }
            match (duty.place(&member.name), member.value.as_text()) {
                (Some(place), Some(text)) => *place = Some(text.to_owned()),
                (_, _) => duty.other.push((member.name.to_string(), member.value.clone().into_owned())),
            }
        }
        Ok(duty)
    }
}

fn member(name: &'static str, value: &str) -> Member<'static> {
    Member { name: name.into(), value: Json::text(value.to_owned()) }
}

/// The extension with these duties, as it stands in the `extensions` of an incident.
#[must_use]
pub fn write(duties: &[Duty]) -> Member<'static> {
    let duties = Json::List(duties.iter().map(Duty::to_json).collect());
    let content = Json::object([("extension_type", Json::text("property-extension")), (DUTIES, duties)]);
    Member { name: REGULATORY.into(), value: content }
}

/// The duties that an incident carries; what is no duty is named as a loss.
#[must_use]
pub fn read(incident: &Json<'_>) -> Reading<Duty> {
    let mut reading = Reading::default();
    let list = incident
        .get("extensions")
        .and_then(|extensions| extensions.get(REGULATORY))
        .and_then(|extension| extension.get(DUTIES))
        .and_then(Json::as_list);
    for (at, value) in list.unwrap_or_default().iter().enumerate() {
        match Duty::read(value) {
            Ok(duty) => reading.items.push(duty),
            Err(why) => {
                let place = ["extensions", REGULATORY, DUTIES, &at.to_string()];
                reading.losses.push(Loss::at(&place, value.in_short(), why));
            }
        }
    }
    reading
}

/// The objects that strict readers want beside an incident with this extension: who defined it, and its
/// definition.
#[must_use]
pub fn definition() -> [Json<'static>; 2] {
    super::extension::definition(
        REGULATORY,
        "Regulatory reporting",
        "The duties to report an incident: law, stage, authority, deadline and its anchor, how far each is, \
         and the receipt. On incident, as reporting_duties.",
        "docs/stix-extension.md in the sources of Beffroi",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stix::{Options, check};

    fn incident(extension: Member<'static>) -> Json<'static> {
        Json::object([
            ("type", Json::text("incident")),
            ("spec_version", Json::text("2.1")),
            ("id", Json::text("incident--9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01")),
            ("created", Json::text("2026-05-15T12:30:00.000Z")),
            ("modified", Json::text("2026-05-15T12:30:00.000Z")),
            ("name", Json::text("ransomware")),
            ("extensions", Json::Object(vec![extension])),
        ])
    }

    #[test]
    fn duties_travel_and_come_back() {
        let mut duty = Duty::new("NIS2", "early_warning", State::Filed);
        duty.due = Some("2026-05-16T12:30:00Z".to_owned());
        duty.filed = Some("2026-05-15T18:00:00Z".to_owned());
        duty.other.push(("later_member".to_owned(), Json::Bool(true)));
        let duties = [duty, Duty::new("DORA", "initial", State::Displaced)];
        let object = incident(write(&duties));
        let report = check(&object, &Options::default());
        assert!(report.is_valid(), "{:?}", report.findings);
        let reading = read(&object);
        assert_eq!((reading.items.as_slice(), reading.losses.len()), (duties.as_slice(), 0));
    }

    #[test]
    fn what_is_no_duty_is_named() {
        let mut extension = write(&[]);
        let text = r#"{"extension_type":"property-extension","reporting_duties":[{"regulation":"x"},7]}"#;
        extension.value = crate::parse(text.as_bytes(), &crate::Limits::default()).unwrap().into_owned();
        let object = incident(extension);
        assert_eq!(read(&object).losses.len(), 2);
        let report = check(&object, &Options::default());
        let rules: Vec<&str> = report.findings.iter().map(|found| found.rule).collect();
        assert_eq!(rules, ["stix.property.missing", "stix.property.missing", "stix.type"]);
    }

    #[test]
    fn the_definition_is_valid() {
        for object in definition() {
            let report = check(&object, &Options::default());
            assert_eq!(report.findings, [], "{object}");
        }
    }
}
