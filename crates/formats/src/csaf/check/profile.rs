//! The profiles of documents (CSAF, 4), and what each asks (6.1.27).

use std::collections::HashSet;

use super::{
    findings::Findings,
    status::standings,
    survey::{Survey, Vulnerability, items, part, text, texts},
    tests,
};
use crate::{Json, csaf::Version, json::short};

/// A profile, told by the category of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentProfile {
    /// `csaf_base`, and every category of one's own.
    Base,
    /// `csaf_security_incident_response`
    SecurityIncidentResponse,
    /// `csaf_informational_advisory`
    InformationalAdvisory,
    /// `csaf_security_advisory`
    SecurityAdvisory,
    /// `csaf_vex`
    Vex,
    /// `csaf_deprecated_security_advisory`, of 2.1.
    DeprecatedSecurityAdvisory,
    /// `csaf_withdrawn`, of 2.1.
    Withdrawn,
    /// `csaf_superseded`, of 2.1.
    Superseded,
}

impl DocumentProfile {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Base,
        Self::SecurityIncidentResponse,
        Self::InformationalAdvisory,
        Self::SecurityAdvisory,
        Self::Vex,
        Self::DeprecatedSecurityAdvisory,
        Self::Withdrawn,
        Self::Superseded,
    ];

    /// The category of its documents.
    #[must_use]
    pub const fn category(self) -> &'static str {
        match self {
            Self::Base => "csaf_base",
            Self::SecurityIncidentResponse => "csaf_security_incident_response",
            Self::InformationalAdvisory => "csaf_informational_advisory",
            Self::SecurityAdvisory => "csaf_security_advisory",
            Self::Vex => "csaf_vex",
            Self::DeprecatedSecurityAdvisory => "csaf_deprecated_security_advisory",
            Self::Withdrawn => "csaf_withdrawn",
            Self::Superseded => "csaf_superseded",
        }
    }

    /// Whether this version has it.
    #[must_use]
    pub const fn is_in(self, version: Version) -> bool {
        match self {
            Self::Base
            | Self::SecurityIncidentResponse
            | Self::InformationalAdvisory
            | Self::SecurityAdvisory
            | Self::Vex => true,
            Self::DeprecatedSecurityAdvisory | Self::Withdrawn | Self::Superseded => {
                matches!(version, Version::V21)
            }
        }
    }

    /// The profile of documents of this category.
    #[must_use]
    pub fn of(category: &str, version: Version) -> Self {
        let mut known = Self::ALL.into_iter().filter(|profile| profile.is_in(version));
        known.find(|profile| profile.category() == category).unwrap_or(Self::Base)
    }
}

pub fn check(survey: &Survey<'_>, findings: &mut Findings) {
    match DocumentProfile::of(survey.category, survey.version) {
        DocumentProfile::Base => {}
        DocumentProfile::SecurityIncidentResponse => notes_and_references(survey, findings),
        DocumentProfile::InformationalAdvisory => {
            notes_and_references(survey, findings);
            no_vulnerabilities(survey, findings);
        }
        DocumentProfile::SecurityAdvisory => {
            advisory(survey, findings);
            if survey.version == Version::V21 {
                affected(survey, findings);
                for vulnerability in &survey.vulnerabilities {
                    identified(survey, *vulnerability, findings);
                }
            }
        }
        DocumentProfile::DeprecatedSecurityAdvisory => advisory(survey, findings),
        DocumentProfile::Vex => {
            tree_and_vulnerabilities(survey, findings);
            for vulnerability in &survey.vulnerabilities {
                vex(survey, *vulnerability, findings);
            }
        }
        profile @ (DocumentProfile::Withdrawn | DocumentProfile::Superseded) => {
            no_vulnerabilities(survey, findings);
            withdrawn(survey, profile, findings);
        }
    }
}

fn notes_and_references(survey: &Survey<'_>, findings: &mut Findings) {
    let wanted = ["description", "details", "general", "summary"];
    let notes = items(survey.document, "notes");
    if !notes.iter().any(|note| wanted.contains(&text(note, "category"))) {
        findings.fail(&tests::DOCUMENT_NOTES, || {
            let message = format!("{} needs a note of the category {}", survey.category, wanted.join(", "));
            ("/document/notes".to_owned(), message)
        });
    }
    // Without a category a reference is external.
    let references = items(survey.document, "references");
    if !references.iter().any(|reference| text(reference, "category") != "self") {
        findings.fail(&tests::DOCUMENT_REFERENCES, || {
            let message = format!("{} needs a reference of the category external", survey.category);
            ("/document/references".to_owned(), message)
        });
    }
}

fn no_vulnerabilities(survey: &Survey<'_>, findings: &mut Findings) {
    if survey.root.get("vulnerabilities").is_some() {
        findings.fail(&tests::NO_VULNERABILITIES, || {
            let message = format!(
                "{} has no vulnerabilities: take another category, or leave them away",
                survey.category
            );
            ("/vulnerabilities".to_owned(), message)
        });
    }
}

fn advisory(survey: &Survey<'_>, findings: &mut Findings) {
    tree_and_vulnerabilities(survey, findings);
    for vulnerability in &survey.vulnerabilities {
        if vulnerability.value.get("product_status").is_none() {
            findings.fail(&tests::PRODUCT_STATUS, || {
                let message = "product_status is missing: say which products are affected".to_owned();
                (format!("/vulnerabilities/{}", vulnerability.index), message)
            });
        }
    }
}

fn tree_and_vulnerabilities(survey: &Survey<'_>, findings: &mut Findings) {
    if survey.root.get("product_tree").is_none() {
        findings.fail(&tests::PRODUCT_TREE, || {
            (String::new(), format!("product_tree is missing: {} names products", survey.category))
        });
    }
    if survey.root.get("vulnerabilities").is_none() {
        findings.fail(&tests::VULNERABILITIES, || {
            (String::new(), format!("vulnerabilities is missing: {} has at least one", survey.category))
        });
    }
    for vulnerability in &survey.vulnerabilities {
        if vulnerability.value.get("notes").is_none() {
            findings.fail(&tests::VULNERABILITY_NOTES, || {
                let message = "notes is missing: say what the vulnerability is".to_owned();
                (format!("/vulnerabilities/{}", vulnerability.index), message)
            });
        }
    }
}

fn affected(survey: &Survey<'_>, findings: &mut Findings) {
    for vulnerability in &survey.vulnerabilities {
        if part(vulnerability.value, "product_status").get("known_affected").is_none() {
            findings.fail(&tests::AFFECTED_PRODUCTS, || {
                let message =
                    "known_affected is missing: a security advisory names the affected products".to_owned();
                (format!("/vulnerabilities/{}/product_status", vulnerability.index), message)
            });
        }
    }
}

/// Which vulnerability is meant (6.1.27.8): for every product, where the identifiers are of some only.
fn identified(survey: &Survey<'_>, vulnerability: Vulnerability<'_>, findings: &mut Findings) {
    let value = vulnerability.value;
    let place = format!("/vulnerabilities/{}", vulnerability.index);
    let ids = items(value, "ids");
    if value.get("cve").is_some() {
        return;
    }
    if value.get("ids").is_none() {
        findings.fail(&tests::VULNERABILITY_ID, || {
            (place, format!("cve and ids are missing: {} says which vulnerability it means", survey.category))
        });
        return;
    }
    let of_some = |id: &Json<'_>| id.get("product_ids").is_some() || id.get("group_ids").is_some();
    if survey.version == Version::V20 || !ids.iter().all(of_some) {
        return;
    }
    let named = covered(survey, ids.iter());
    for standing in standings(vulnerability).iter().filter(|standing| !named.contains(standing.product)) {
        findings.fail(&tests::VULNERABILITY_ID, || {
            let message =
                format!("no identifier is for \"{}\": give one, or one for all", short(standing.product));
            (standing.place.clone(), message)
        });
    }
}

fn vex(survey: &Survey<'_>, vulnerability: Vulnerability<'_>, findings: &mut Findings) {
    let value = vulnerability.value;
    let place = format!("/vulnerabilities/{}", vulnerability.index);
    let status = part(value, "product_status");
    let wanted = ["fixed", "known_affected", "known_not_affected", "under_investigation"];
    if !wanted.iter().any(|name| status.get(name).is_some()) {
        findings.fail(&tests::VEX_STATUS, || {
            (format!("{place}/product_status"), format!("a VEX has one of {}", wanted.join(", ")))
        });
    }
    identified(survey, vulnerability, findings);
    let mut explained = covered(survey, items(value, "flags").iter());
    let impacts = items(value, "threats").iter().filter(|threat| text(threat, "category") == "impact");
    explained.extend(covered(survey, impacts));
    for (index, product) in texts(status, "known_not_affected").filter(|(_, id)| !explained.contains(id)) {
        findings.fail(&tests::IMPACT_STATEMENT, || {
            let message = format!(
                "\"{}\" needs a flag, or a threat of the category impact, that says why",
                short(product)
            );
            (format!("{place}/product_status/known_not_affected/{index}"), message)
        });
    }
    let helped = covered(survey, items(value, "remediations").iter());
    for (index, product) in texts(status, "known_affected").filter(|(_, id)| !helped.contains(id)) {
        findings.fail(&tests::ACTION_STATEMENT, || {
            let message = format!("\"{}\" needs a remediation that says what to do", short(product));
            (format!("{place}/product_status/known_affected/{index}"), message)
        });
    }
}

/// The products that these refer to.
fn covered<'d>(survey: &Survey<'d>, values: impl Iterator<Item = &'d Json<'d>>) -> HashSet<&'d str> {
    values.flat_map(|value| survey.products_of(value)).collect()
}

/// Documents that say only that another is void (CSAF 2.1, 6.1.27.14 to 6.1.27.19).
fn withdrawn(survey: &Survey<'_>, profile: DocumentProfile, findings: &mut Findings) {
    let notes = items(survey.document, "notes");
    if !notes.iter().any(|note| text(note, "category") == "description") {
        findings.fail(&tests::WITHDRAWAL_NOTES, || {
            ("/document/notes".to_owned(), "a note of the category description says why".to_owned())
        });
    }
    if survey.root.get("product_tree").is_some() {
        findings.fail(&tests::NO_PRODUCT_TREE, || {
            (
                "/product_tree".to_owned(),
                format!("{} names no products: leave the tree away", survey.category),
            )
        });
    }
    if items(survey.tracking, "revision_history").len() < 2 {
        findings.fail(&tests::WITHDRAWAL_HISTORY, || {
            let message = "there was a document before this one: keep its revisions".to_owned();
            ("/document/tracking/revision_history".to_owned(), message)
        });
    }
    let language = part(survey.document, "lang").as_text().map(crate::csaf::syntax::language::primary);
    if language.is_some_and(|language| language != "en") {
        return;
    }
    let is_superseded = profile == DocumentProfile::Superseded;
    let (test, title) = if is_superseded {
        (&tests::SUPERSESSION_REASON, "Reasoning for Supersession")
    } else {
        (&tests::WITHDRAWAL_REASON, "Reasoning for Withdrawal")
    };
    let is_reason = |note: &&Json<'_>| text(note, "title") == title;
    let reasons: Vec<_> = notes.iter().filter(is_reason).collect();
    let [reason] = reasons.as_slice() else {
        findings
            .fail(test, || ("/document/notes".to_owned(), format!("exactly one note has the title {title}")));
        return;
    };
    if text(reason, "category") != "description" {
        findings.fail(test, || {
            ("/document/notes".to_owned(), format!("the note {title} has the category description"))
        });
    }
    let leads = |reference: &&Json<'_>| {
        text(reference, "summary").starts_with("Superseding Document")
            && text(reference, "category") == "external"
    };
    if is_superseded && !items(survey.document, "references").iter().any(|one| leads(&one)) {
        findings.fail(&tests::SUPERSEDING_REFERENCE, || {
            let message =
                "an external reference whose summary begins with Superseding Document leads to it".to_owned();
            ("/document/references".to_owned(), message)
        });
    }
}
