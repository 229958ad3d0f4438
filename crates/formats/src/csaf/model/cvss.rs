//! CVSS objects, as the schemas of FIRST have them.

use super::{Attribute, Class, Form, Kind, Versions, must, one, words};
use crate::csaf::cvss::{tables_2, tables_3, tables_4};

pub static CVSS_2: Class = Class {
    closed: Versions::None,
    is_cvss: true,
    ..Class::new(
        "the CVSS 2.0 object",
        "CSAF, 6.1.8 (CVSS 2.0)",
        &[
            must("version", Kind::Words(&["2.0"])),
            must("vectorString", Kind::Form(Form::Vector2)),
            must("baseScore", Kind::Score),
            one("temporalScore", Kind::Score),
            one("environmentalScore", Kind::Score),
            one("accessVector", Kind::Metric(&tables_2::AV)),
            one("accessComplexity", Kind::Metric(&tables_2::AC)),
            one("authentication", Kind::Metric(&tables_2::AU)),
            one("confidentialityImpact", Kind::Metric(&tables_2::C)),
            one("integrityImpact", Kind::Metric(&tables_2::I)),
            one("availabilityImpact", Kind::Metric(&tables_2::A)),
            one("exploitability", Kind::Metric(&tables_2::E)),
            one("remediationLevel", Kind::Metric(&tables_2::RL)),
            one("reportConfidence", Kind::Metric(&tables_2::RC)),
            one("collateralDamagePotential", Kind::Metric(&tables_2::CDP)),
            one("targetDistribution", Kind::Metric(&tables_2::TD)),
            one("confidentialityRequirement", Kind::Metric(&tables_2::CR)),
            one("integrityRequirement", Kind::Metric(&tables_2::IR)),
            one("availabilityRequirement", Kind::Metric(&tables_2::AR)),
        ],
    )
};

/// The members of both versions 3, which differ in the first two.
const fn of_3(version: Attribute, vector: Attribute) -> [Attribute; 30] {
    [
        version,
        vector,
        must("baseScore", Kind::Score),
        must("baseSeverity", Kind::Words(words::SEVERITY)),
        one("temporalScore", Kind::Score),
        one("temporalSeverity", Kind::Words(words::SEVERITY)),
        one("environmentalScore", Kind::Score),
        one("environmentalSeverity", Kind::Words(words::SEVERITY)),
        one("attackVector", Kind::Metric(&tables_3::AV)),
        one("attackComplexity", Kind::Metric(&tables_3::AC)),
        one("privilegesRequired", Kind::Metric(&tables_3::PR)),
        one("userInteraction", Kind::Metric(&tables_3::UI)),
        one("scope", Kind::Metric(&tables_3::S)),
        one("confidentialityImpact", Kind::Metric(&tables_3::C)),
        one("integrityImpact", Kind::Metric(&tables_3::I)),
        one("availabilityImpact", Kind::Metric(&tables_3::A)),
        one("exploitCodeMaturity", Kind::Metric(&tables_3::E)),
        one("remediationLevel", Kind::Metric(&tables_3::RL)),
        one("reportConfidence", Kind::Metric(&tables_3::RC)),
        one("confidentialityRequirement", Kind::Metric(&tables_3::CR)),
        one("integrityRequirement", Kind::Metric(&tables_3::IR)),
        one("availabilityRequirement", Kind::Metric(&tables_3::AR)),
        one("modifiedAttackVector", Kind::Metric(&tables_3::MAV)),
        one("modifiedAttackComplexity", Kind::Metric(&tables_3::MAC)),
        one("modifiedPrivilegesRequired", Kind::Metric(&tables_3::MPR)),
        one("modifiedUserInteraction", Kind::Metric(&tables_3::MUI)),
        one("modifiedScope", Kind::Metric(&tables_3::MS)),
        one("modifiedConfidentialityImpact", Kind::Metric(&tables_3::MC)),
        one("modifiedIntegrityImpact", Kind::Metric(&tables_3::MI)),
        one("modifiedAvailabilityImpact", Kind::Metric(&tables_3::MA)),
    ]
}

static MEMBERS_30: [Attribute; 30] =
    of_3(must("version", Kind::Words(&["3.0"])), must("vectorString", Kind::Form(Form::Vector30)));

static MEMBERS_31: [Attribute; 30] =
    of_3(must("version", Kind::Words(&["3.1"])), must("vectorString", Kind::Form(Form::Vector31)));

pub static CVSS_30: Class = Class {
    closed: Versions::None,
    is_cvss: true,
    ..Class::new("the CVSS 3.0 object", "CSAF, 6.1.8 (CVSS 3.0)", &MEMBERS_30)
};

pub static CVSS_31: Class = Class {
    closed: Versions::None,
    is_cvss: true,
    ..Class::new("the CVSS 3.1 object", "CSAF, 6.1.8 (CVSS 3.1)", &MEMBERS_31)
};

pub static CVSS_4: Class = Class {
    closed: Versions::Both,
    is_cvss: true,
    ..Class::new(
        "the CVSS 4.0 object",
        "CSAF 2.1, 6.1.8 (CVSS 4.0)",
        &[
            must("version", Kind::Words(&["4.0"])),
            must("vectorString", Kind::Form(Form::Vector4)),
            must("baseScore", Kind::Score),
            must("baseSeverity", Kind::Words(words::SEVERITY)),
            one("attackVector", Kind::Metric(&tables_4::AV)),
            one("attackComplexity", Kind::Metric(&tables_4::AC)),
            one("attackRequirements", Kind::Metric(&tables_4::AT)),
            one("privilegesRequired", Kind::Metric(&tables_4::PR)),
            one("userInteraction", Kind::Metric(&tables_4::UI)),
            one("vulnConfidentialityImpact", Kind::Metric(&tables_4::VC)),
            one("vulnIntegrityImpact", Kind::Metric(&tables_4::VI)),
            one("vulnAvailabilityImpact", Kind::Metric(&tables_4::VA)),
            one("subConfidentialityImpact", Kind::Metric(&tables_4::SC)),
            one("subIntegrityImpact", Kind::Metric(&tables_4::SI)),
            one("subAvailabilityImpact", Kind::Metric(&tables_4::SA)),
            one("exploitMaturity", Kind::Metric(&tables_4::E)),
            one("confidentialityRequirement", Kind::Metric(&tables_4::CR)),
            one("integrityRequirement", Kind::Metric(&tables_4::IR)),
            one("availabilityRequirement", Kind::Metric(&tables_4::AR)),
            one("modifiedAttackVector", Kind::Metric(&tables_4::MAV)),
            one("modifiedAttackComplexity", Kind::Metric(&tables_4::MAC)),
            one("modifiedAttackRequirements", Kind::Metric(&tables_4::MAT)),
            one("modifiedPrivilegesRequired", Kind::Metric(&tables_4::MPR)),
            one("modifiedUserInteraction", Kind::Metric(&tables_4::MUI)),
            one("modifiedVulnConfidentialityImpact", Kind::Metric(&tables_4::MVC)),
            one("modifiedVulnIntegrityImpact", Kind::Metric(&tables_4::MVI)),
            one("modifiedVulnAvailabilityImpact", Kind::Metric(&tables_4::MVA)),
            one("modifiedSubConfidentialityImpact", Kind::Metric(&tables_4::MSC)),
            one("modifiedSubIntegrityImpact", Kind::Metric(&tables_4::MSI)),
            one("modifiedSubAvailabilityImpact", Kind::Metric(&tables_4::MSA)),
            one("Safety", Kind::Metric(&tables_4::S)),
            one("Automatable", Kind::Metric(&tables_4::AUTOMATABLE)),
            one("Recovery", Kind::Metric(&tables_4::R)),
            one("valueDensity", Kind::Metric(&tables_4::V)),
            one("vulnerabilityResponseEffort", Kind::Metric(&tables_4::RE)),
            one("providerUrgency", Kind::Metric(&tables_4::U)),
        ],
    )
};
