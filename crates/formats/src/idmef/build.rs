//! Alerts of our own: what comes out is valid.

use std::fmt;

use super::{
    Alert, Analyzer, Attachment, Category, Encoding, Hash, Label, Options, Source, Target, Time, Uuid, check,
    syntax,
};
use crate::{Finding, Severity};

/// Why an alert is not built: the errors of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError(pub Vec<Finding>);

impl fmt::Display for BuildError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.0.iter().enumerate() {
            let comma = if index > 0 { "; " } else { "" };
            write!(out, "{comma}{}: {}", finding.pointer, finding.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for BuildError {}

/// Puts an alert together. Identifiers and times come from outside: this crate has no clock and no chance.
#[derive(Clone, Debug)]
pub struct AlertBuilder(Alert);

impl AlertBuilder {
    /// An alert with what is mandatory.
    #[must_use]
    pub fn new(id: Uuid, create_time: Time, analyzer_name: impl Into<String>) -> Self {
        Self(Alert {
            id: Some(id),
            create_time: Some(create_time),
            analyzer: Some(Analyzer { name: Some(analyzer_name.into()), ..Analyzer::default() }),
            ..Alert::default()
        })
    }

    /// Sets any attribute.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Alert)) -> Self {
        set(&mut self.0);
        self
    }

    /// Sets any attribute of the analyzer.
    #[must_use]
    pub fn with_analyzer(mut self, set: impl FnOnce(&mut Analyzer)) -> Self {
        set(self.0.analyzer.get_or_insert_default());
        self
    }

    /// One more category.
    #[must_use]
    pub fn category(mut self, category: Category) -> Self {
        if !self.0.category.contains(&category) {
            self.0.category.push(category);
        }
        self
    }

    /// One more private category, with the marker that it needs (section 4.1.1).
    #[must_use]
    pub fn private_category(mut self, category: impl Into<String>) -> Self {
        self.0.ext_category.push(category.into());
        match Category::parse("Other.ext-value") {
            Some(marker) => self.category(marker),
            None => self,
        }
    }

    /// One more source.
    #[must_use]
    pub fn source(mut self, id: Uuid, set: impl FnOnce(&mut Source)) -> Self {
        let mut source = Source { id: Some(id), ..Source::default() };
        set(&mut source);
        self.0.source.push(source);
        self
    }

    /// One more target.
    #[must_use]
    pub fn target(mut self, id: Uuid, set: impl FnOnce(&mut Target)) -> Self {
        let mut target = Target { id: Some(id), ..Target::default() };
        set(&mut target);
        self.0.target.push(target);
        self
    }

    /// One more attachment with this content, its size and its SHA-256.
    #[must_use]
    pub fn attach(mut self, name: Label, content: &[u8]) -> Self {
        let hash =
            syntax::digest("sha256", content).and_then(|digest| Hash::parse(format!("sha256:{digest}")).ok());
        self.0.attachment.push(Attachment {
            name: Some(name),
            hash: hash.into_iter().collect(),
            size: Some(content.len() as u64),
            content_encoding: Some(Encoding::Base64),
            content: Some(syntax::to_base64(content)),
            ..Attachment::default()
        });
        self
    }

    /// The alert.
    ///
    /// # Errors
    /// What does not agree: a private value without its marker, a reference to an attachment that is not
    /// there, a wrong hash, something carried along that draft 08 does not have.
    pub fn build(self) -> Result<Alert, BuildError> {
        let report = check(&self.0.to_json(), &Options::default());
        if report.is_valid() {
            return Ok(self.0);
        }
        Err(BuildError(
            report.findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idmef::Ti;

    fn uuid(last: u8) -> Uuid {
        Uuid::parse(format!("9f1c4a6d-8e1b-1f9a-9d3e-3a1d2c7f7b{last:02x}")).unwrap()
    }

    fn begun() -> AlertBuilder {
        AlertBuilder::new(uuid(1), Time::parse("2026-05-15T12:30:00Z").unwrap(), "probe")
    }

    #[test]
    fn an_alert_is_built_whole() {
        let alert = begun()
            .category(Category::parse("Malware.Ransomware").unwrap())
            .private_category("Telecom.SS7Abuse")
            .source(uuid(2), |source| {
                source.hostname = Some(String::new());
                source.attachment = vec![Label::parse("pcap").unwrap()];
            })
            .attach(Label::parse("pcap").unwrap(), b"\x00\xff")
            .build()
            .unwrap();
        assert_eq!(
            alert.to_string(),
            r#"{"Version":"2.D.V08","ID":"9f1c4a6d-8e1b-1f9a-9d3e-3a1d2c7f7b01","Category":["Malware.Ransomware","Other.ext-value"],"ext-Category":["Telecom.SS7Abuse"],"CreateTime":"2026-05-15T12:30:00Z","Analyzer":{"Name":"probe"},"Source":[{"ID":"9f1c4a6d-8e1b-1f9a-9d3e-3a1d2c7f7b02","Hostname":"","Attachment":["pcap"]}],"Attachment":[{"Name":"pcap","Hash":["sha256:06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8"],"Size":2,"ContentEncoding":"base64","Content":"AP8="}]}"#
        );
    }

    #[test]
    fn what_does_not_agree_is_refused() {
        let dangling = begun().target(uuid(3), |target| target.attachment = vec![Label::parse("x").unwrap()]);
        assert!(
            dangling.build().unwrap_err().to_string().starts_with("/Target/0/Attachment/0: no attachment")
        );
        assert!(begun().with(|alert| alert.ext_category = vec!["x".to_owned()]).build().is_err());
        assert!(begun().with(|alert| alert.id = None).build().is_err());
        assert!(begun().with(|alert| alert.confidence = Some("7".to_owned())).build().is_err());
        assert!(Ti::parse("noColon").is_err() && Time::parse("2026-02-31T00:00:00Z").is_err());
    }
}
