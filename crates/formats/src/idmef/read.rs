//! Bytes to alerts. Any version, one alert, a list of them, or one per line. What cannot be typed is
//! carried in `other`; what an older version says otherwise is brought to draft 08, with its losses named.

use super::{
    Alert, Analyzer, Attachment, Checked, Encoding, Keyword, List, Other, Sensor, Source, Syntax, Target,
    Version, migrate,
};
use crate::{Json, Limits, Loss, Member, Reading, json, reading::documents};

/// Reads a document: an alert, a list of alerts, or alerts one after the other.
#[must_use]
pub fn read(bytes: &[u8], limits: &Limits) -> Reading<Alert> {
    documents(bytes, limits, "an alert", read_value)
}

/// Reads one alert that is JSON already.
#[must_use]
pub fn read_value(value: Json<'static>) -> Reading<Alert> {
    let mut losses = Vec::new();
    let Json::Object(members) = value else {
        losses.push(Loss::at(&[], value.in_short(), "an alert is an object"));
        return Reading { items: Vec::new(), losses };
    };
    let named = Json::Object(members);
    let label = named.get("Version").and_then(Json::as_text).map(str::to_owned);
    let version = label.as_deref().and_then(Version::parse);
    let today = migrate::to_today(named, version, &mut losses);
    let mut alert =
        Reader { losses: &mut losses, place: String::new(), other: Vec::new(), members: Vec::new() }
            .alert(today);
    alert.came_as = version;
    if migrate::is_older(version) {
        migrate::leftovers(&mut alert, label.as_deref(), &mut losses);
    }
    Reading { items: vec![alert], losses }
}

/// Types an alert that is of draft 08 already: nothing is brought to another form.
pub(super) fn typed(value: Json<'static>) -> Reading<Alert> {
    let mut losses = Vec::new();
    let reader = Reader { losses: &mut losses, place: String::new(), other: Vec::new(), members: Vec::new() };
    let alert = reader.alert(value);
    Reading { items: vec![alert], losses }
}

/// Takes the members of one object apart.
struct Reader<'l> {
    losses: &'l mut Vec<Loss>,
    place: String,
    other: Other,
    members: Vec<Member<'static>>,
}

impl Reader<'_> {
    /// The object at `place`; what is no object is carried whole.
    fn over<'n>(
        losses: &'n mut Vec<Loss>,
        place: String,
        value: Json<'static>,
    ) -> Result<Reader<'n>, Json<'static>> {
        match value {
            Json::Object(members) => Ok(Reader { losses, place, other: Vec::new(), members }),
            other => Err(other),
        }
    }

    /// The last member of this name; earlier ones of the same name are lost.
    fn take(&mut self, name: &str) -> Option<Json<'static>> {
        let (value, earlier) = json::take(&mut self.members, name)?;
        for earlier in earlier {
            self.lose(name, earlier.in_short(), "the member stands here twice; the last one counts");
        }
        Some(value)
    }

    fn lose(&mut self, name: &str, what: String, why: &str) {
        let mut pointer = self.place.clone();
        crate::pointer::push(&mut pointer, name);
        self.losses.push(Loss { pointer, what, why: why.to_owned() });
    }

    fn carry(&mut self, name: &str, value: Json<'static>, why: &str) {
        // An empty list says nothing; it is carried all the same, but is no loss.
        if value.as_list().is_none_or(|items| !items.is_empty()) {
            self.lose(name, value.in_short(), why);
        }
        self.other.push((name.to_owned(), value));
    }

    fn one<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.take(name)?;
        let found = value.as_text().and_then(read);
        if found.is_none() {
            self.carry(name, value, "not as draft 08 says; carried as it came");
        }
        found
    }

    /// The items that can be read; if one cannot, the whole list is carried beside them.
    fn many<T>(&mut self, name: &str, read: impl Fn(&Json<'static>) -> Option<T>) -> Vec<T> {
        let Some(value) = self.take(name) else { return Vec::new() };
        let Some(items) = value.as_list() else {
            self.carry(name, value, "a list since draft 08; carried as it came");
            return Vec::new();
        };
        let found: Vec<T> = items.iter().filter_map(read).collect();
        if found.len() < items.len() || items.is_empty() {
            self.carry(name, value, "not every item is as draft 08 says; the list is carried as it came");
        }
        found
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.one(name, |text| Some(text.to_owned()))
    }

    fn checked<S: Syntax>(&mut self, name: &str) -> Option<Checked<S>> {
        self.one(name, |text| Checked::parse(text).ok())
    }

    fn keyword<L: List>(&mut self, name: &str) -> Option<Keyword<L>> {
        self.one(name, Keyword::parse)
    }

    fn texts(&mut self, name: &str) -> Vec<String> {
        self.many(name, |item| item.as_text().map(str::to_owned))
    }

    fn all_checked<S: Syntax>(&mut self, name: &str) -> Vec<Checked<S>> {
        self.many(name, |item| item.as_text().and_then(|text| Checked::parse(text).ok()))
    }

    fn keywords<L: List>(&mut self, name: &str) -> Vec<Keyword<L>> {
        self.many(name, |item| item.as_text().and_then(Keyword::parse))
    }

    fn ports(&mut self) -> Vec<u16> {
        self.many("Port", |item| match item {
            // Only the digits of a port that are written back the same.
            Json::Number(digits) => digits.parse().ok().filter(|port: &u16| *port > 0),
            Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
        })
    }

    fn number<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        match self.take(name)? {
            Json::Number(digits) => {
                let found = read(&digits);
                if found.is_none() {
                    self.carry(
                        name,
                        Json::Number(digits),
                        "not in the range of draft 08; carried as it came",
                    );
                }
                found
            }
            value => {
                self.carry(name, value, "a number in draft 08; carried as it came");
                None
            }
        }
    }

    fn parts<T>(&mut self, name: &str, read: impl Fn(Reader<'_>) -> T) -> Vec<T> {
        let Some(value) = self.take(name) else { return Vec::new() };
        let items = match value {
            Json::List(items) if items.iter().all(|item| item.as_object().is_some()) && !items.is_empty() => {
                items
            }
            value => {
                self.carry(name, value, "not a list of objects; carried as it came");
                return Vec::new();
            }
        };
        let mut found = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let place = format!("{}/{name}/{index}", self.place);
            if let Ok(reader) = Reader::over(self.losses, place, item) {
                found.push(read(reader));
            }
        }
        found
    }

    /// What no attribute took.
    fn rest(mut self) -> Other {
        for member in std::mem::take(&mut self.members) {
            let name = member.name.into_owned();
            self.carry(&name, member.value, "draft 08 has no such member; carried as it came");
        }
        self.other
    }

    fn alert(mut self, value: Json<'static>) -> Alert {
        if let Json::Object(members) = value {
            self.members = members;
        }
        self.take("Version");
        let analyzer = match self.take("Analyzer") {
            None => None,
            Some(value) => match Reader::over(self.losses, format!("{}/Analyzer", self.place), value) {
                Ok(reader) => Some(reader.analyzer()),
                Err(value) => {
                    self.carry("Analyzer", value, "one object in draft 08; carried as it came");
                    None
                }
            },
        };
        Alert {
            came_as: None,
            id: self.checked("ID"),
            organisation_name: self.text("OrganisationName"),
            organisation_id: self.text("OrganisationId"),
            entity_name: self.text("EntityName"),
            entity_id: self.text("EntityId"),
            entity_sector: self.keywords("EntitySector"),
            incident_type: self.keywords("Type"),
            category: self.keywords("Category"),
            ext_category: self.texts("ext-Category"),
            cause: self.keyword("Cause"),
            description: self.text("Description"),
            status: self.keywords("Status"),
            priority: self.keyword("Priority"),
            confidence: self.number("Confidence", |digits| {
                digits
                    .parse::<f64>()
                    .ok()
                    .filter(|share| (0.0..=1.0).contains(share))
                    .map(|_| digits.to_owned())
            }),
            note: self.text("Note"),
            create_time: self.checked("CreateTime"),
            start_time: self.checked("StartTime"),
            end_time: self.checked("EndTime"),
            report_time: self.checked("ReportTime"),
            alt_names: self.texts("AltNames"),
            alt_category: self.texts("AltCategory"),
            reference: self.all_checked("Ref"),
            correl_id: self.all_checked("CorrelID"),
            aggr_condition: self.all_checked("AggrCondition"),
            pred_id: self.all_checked("PredID"),
            rel_id: self.all_checked("RelID"),
            analyzer,
            sensor: self.parts("Sensor", |part| part.sensor()),
            source: self.parts("Source", |part| part.source()),
            target: self.parts("Target", |part| part.target()),
            attachment: self.parts("Attachment", |part| part.attachment()),
            other: self.rest(),
        }
    }

    fn analyzer(mut self) -> Analyzer {
        Analyzer {
            id: self.checked("ID"),
            ip: self.checked("IP"),
            name: self.text("Name"),
            hostname: self.text("Hostname"),
            model: self.text("Model"),
            category: self.keywords("Category"),
            ext_category: self.texts("ext-Category"),
            data: self.keywords("Data"),
            ext_data: self.texts("ext-Data"),
            method: self.keywords("Method"),
            ext_method: self.texts("ext-Method"),
            geo_location: self.checked("GeoLocation"),
            un_location: self.checked("UnLocation"),
            location: self.text("Location"),
            other: self.rest(),
        }
    }

    fn sensor(mut self) -> Sensor {
        Sensor {
            id: self.checked("ID"),
            ip: self.checked("IP"),
            name: self.text("Name"),
            hostname: self.text("Hostname"),
            model: self.text("Model"),
            geo_location: self.checked("GeoLocation"),
            un_location: self.checked("UnLocation"),
            location: self.text("Location"),
            capture_zone: self.text("CaptureZone"),
            other: self.rest(),
        }
    }

    fn source(mut self) -> Source {
        Source {
            id: self.checked("ID"),
            ip: self.checked("IP"),
            hostname: self.text("Hostname"),
            category: self.keywords("Category"),
            note: self.text("Note"),
            ti: self.all_checked("TI"),
            user: self.text("User"),
            email: self.checked("Email"),
            protocol: self.all_checked("Protocol"),
            port: self.ports(),
            geo_location: self.checked("GeoLocation"),
            un_location: self.checked("UnLocation"),
            location: self.text("Location"),
            attachment: self.all_checked("Attachment"),
            other: self.rest(),
        }
    }

    fn target(mut self) -> Target {
        Target {
            id: self.checked("ID"),
            ip: self.checked("IP"),
            hostname: self.text("Hostname"),
            category: self.keywords("Category"),
            note: self.text("Note"),
            service: self.text("Service"),
            user: self.text("User"),
            email: self.checked("Email"),
            port: self.ports(),
            geo_location: self.checked("GeoLocation"),
            un_location: self.checked("UnLocation"),
            location: self.text("Location"),
            attachment: self.all_checked("Attachment"),
            other: self.rest(),
        }
    }

    fn attachment(mut self) -> Attachment {
        Attachment {
            name: self.checked("Name"),
            file_name: self.text("FileName"),
            hash: self.all_checked("Hash"),
            size: self.number("Size", |digits| digits.parse().ok()),
            reference: self.all_checked("Ref"),
            external_uri: self.all_checked("ExternalURI"),
            note: self.text("Note"),
            content_type: self.checked("ContentType"),
            content_encoding: self.one("ContentEncoding", Encoding::parse),
            content: self.text("Content"),
            other: self.rest(),
        }
    }
}
