//! Domain objects (section 4) and relationship objects (section 5).

use super::{
    Class, Kind, Property, References, Rule, Sort,
    common::{ALIASES, DESCRIPTION, KILL_CHAIN_PHASES, NAME, OBJECTS},
    many, must, one, text, texts, time, truth,
};
use crate::stix::words as ov;

const fn domain(
    name: &'static str,
    source: &'static str,
    properties: &'static [Property],
    rules: &'static [Rule],
) -> Class {
    Class { name, sort: Sort::Domain, source, properties, rules, extensions: &[], contributing: &[] }
}

const FIRST_SEEN: Property = time("first_seen");
const LAST_SEEN: Property = time("last_seen");
const SEEN: Rule = Rule::Order { first: "first_seen", then: "last_seen", strict: false };
const RESOURCE_LEVEL: Property = one("resource_level", Kind::Words(&ov::ATTACK_RESOURCE_LEVEL));
const PRIMARY_MOTIVATION: Property = one("primary_motivation", Kind::Words(&ov::ATTACK_MOTIVATION));
const SECONDARY_MOTIVATIONS: Property = many("secondary_motivations", Kind::Words(&ov::ATTACK_MOTIVATION));
const SOFTWARE: Kind = Kind::Reference(References::Of(&["software"]));
/// What a relationship cannot connect, nor a sighting be of (section 5).
const NO_END: Kind = Kind::Reference(References::Not(&[
    "relationship",
    "sighting",
    "bundle",
    "marking-definition",
    "language-content",
]));

static ATTACK_PATTERN: Class =
    domain("attack-pattern", "STIX 2.1, 4.1", &[must(NAME), DESCRIPTION, ALIASES, KILL_CHAIN_PHASES], &[]);

static CAMPAIGN: Class = domain(
    "campaign",
    "STIX 2.1, 4.2",
    &[must(NAME), DESCRIPTION, ALIASES, FIRST_SEEN, LAST_SEEN, text("objective")],
    &[SEEN],
);

static COURSE_OF_ACTION: Class = domain("course-of-action", "STIX 2.1, 4.3", &[must(NAME), DESCRIPTION], &[]);

static GROUPING: Class = domain(
    "grouping",
    "STIX 2.1, 4.4",
    &[NAME, DESCRIPTION, must(one("context", Kind::Words(&ov::GROUPING_CONTEXT))), OBJECTS],
    &[],
);

static IDENTITY: Class = domain(
    "identity",
    "STIX 2.1, 4.5",
    &[
        must(NAME),
        DESCRIPTION,
        texts("roles"),
        one("identity_class", Kind::Words(&ov::IDENTITY_CLASS)),
        many("sectors", Kind::Words(&ov::INDUSTRY_SECTOR)),
        text("contact_information"),
    ],
    &[],
);

static INCIDENT: Class = domain("incident", "STIX 2.1, 4.6", &[must(NAME), DESCRIPTION], &[]);

static INDICATOR: Class = domain(
    "indicator",
    "STIX 2.1, 4.7",
    &[
        NAME,
        DESCRIPTION,
        must(text("pattern")),
        must(one("pattern_type", Kind::Words(&ov::PATTERN_TYPE))),
        text("pattern_version"),
        must(time("valid_from")),
        time("valid_until"),
        many("indicator_types", Kind::Words(&ov::INDICATOR_TYPE)),
        KILL_CHAIN_PHASES,
    ],
    &[Rule::Order { first: "valid_from", then: "valid_until", strict: true }],
);

static INFRASTRUCTURE: Class = domain(
    "infrastructure",
    "STIX 2.1, 4.8",
    &[
        must(NAME),
        DESCRIPTION,
        many("infrastructure_types", Kind::Words(&ov::INFRASTRUCTURE_TYPE)),
        ALIASES,
        KILL_CHAIN_PHASES,
        FIRST_SEEN,
        LAST_SEEN,
    ],
    &[SEEN],
);

static INTRUSION_SET: Class = domain(
    "intrusion-set",
    "STIX 2.1, 4.9",
    &[
        must(NAME),
        DESCRIPTION,
        ALIASES,
        FIRST_SEEN,
        LAST_SEEN,
        texts("goals"),
        RESOURCE_LEVEL,
        PRIMARY_MOTIVATION,
        SECONDARY_MOTIVATIONS,
    ],
    &[SEEN],
);

static LOCATION: Class = domain(
    "location",
    "STIX 2.1, 4.10",
    &[
        NAME,
        DESCRIPTION,
        one("latitude", Kind::Number(-90.0, 90.0)),
        one("longitude", Kind::Number(-180.0, 180.0)),
        one("precision", Kind::Number(f64::MIN, f64::MAX)),
        one("region", Kind::Words(&ov::REGION)),
        one("country", Kind::Country),
        text("administrative_area"),
        text("city"),
        text("street_address"),
        text("postal_code"),
    ],
    &[
        Rule::Some(&["region", "country", "latitude"]),
        Rule::Needs("latitude", &["longitude"]),
        Rule::Needs("longitude", &["latitude"]),
        Rule::Needs("precision", &["latitude", "longitude"]),
    ],
);

static MALWARE: Class = domain(
    "malware",
    "STIX 2.1, 4.11",
    &[
        NAME,
        DESCRIPTION,
        must(truth("is_family")),
        many("malware_types", Kind::Words(&ov::MALWARE_TYPE)),
        ALIASES,
        KILL_CHAIN_PHASES,
        FIRST_SEEN,
        LAST_SEEN,
        many("operating_system_refs", SOFTWARE),
        many("architecture_execution_envs", Kind::Words(&ov::PROCESSOR_ARCHITECTURE)),
        many("implementation_languages", Kind::Words(&ov::IMPLEMENTATION_LANGUAGE)),
        many("capabilities", Kind::Words(&ov::MALWARE_CAPABILITIES)),
        many("sample_refs", Kind::ObjectReference(&["artifact", "file"])),
    ],
    &[SEEN, Rule::WhenTrue { property: "is_family", is: true, then: "name", there: true }],
);

static MALWARE_ANALYSIS: Class = domain(
    "malware-analysis",
    "STIX 2.1, 4.12",
    &[
        must(text("product")),
        text("version"),
        one("host_vm_ref", SOFTWARE),
        one("operating_system_ref", SOFTWARE),
        many("installed_software_refs", SOFTWARE),
        text("configuration_version"),
        texts("modules"),
        text("analysis_engine_version"),
        text("analysis_definition_version"),
        time("submitted"),
        time("analysis_started"),
        time("analysis_ended"),
        text("result_name"),
        one("result", Kind::Words(&ov::MALWARE_RESULT)),
        many("analysis_sco_refs", Kind::Reference(References::Any)),
        one("sample_ref", Kind::Reference(References::Of(&["artifact", "file", "network-traffic"]))),
    ],
    &[
        Rule::Some(&["result", "analysis_sco_refs"]),
        Rule::Order { first: "analysis_started", then: "analysis_ended", strict: false },
    ],
);

static NOTE: Class = domain(
    "note",
    "STIX 2.1, 4.13",
    &[text("abstract"), must(text("content")), texts("authors"), OBJECTS],
    &[],
);

static OBSERVED_DATA: Class = domain(
    "observed-data",
    "STIX 2.1, 4.14",
    &[
        must(time("first_observed")),
        must(time("last_observed")),
        must(one("number_observed", Kind::Integer(1, 999_999_999))),
        one("objects", Kind::Objects),
        many("object_refs", Kind::Reference(References::Observables)),
    ],
    &[
        Rule::Some(&["objects", "object_refs"]),
        Rule::NotBoth("objects", "object_refs"),
        Rule::Order { first: "first_observed", then: "last_observed", strict: false },
    ],
);

static OPINION: Class = domain(
    "opinion",
    "STIX 2.1, 4.15",
    &[text("explanation"), texts("authors"), must(one("opinion", Kind::Enumeration(ov::OPINION))), OBJECTS],
    &[],
);

static REPORT: Class = domain(
    "report",
    "STIX 2.1, 4.16",
    &[
        must(NAME),
        DESCRIPTION,
        many("report_types", Kind::Words(&ov::REPORT_TYPE)),
        must(time("published")),
        OBJECTS,
    ],
    &[],
);

static THREAT_ACTOR: Class = domain(
    "threat-actor",
    "STIX 2.1, 4.17",
    &[
        must(NAME),
        DESCRIPTION,
        many("threat_actor_types", Kind::Words(&ov::THREAT_ACTOR_TYPE)),
        ALIASES,
        FIRST_SEEN,
        LAST_SEEN,
        many("roles", Kind::Words(&ov::THREAT_ACTOR_ROLE)),
        texts("goals"),
        one("sophistication", Kind::Words(&ov::THREAT_ACTOR_SOPHISTICATION)),
        RESOURCE_LEVEL,
        PRIMARY_MOTIVATION,
        SECONDARY_MOTIVATIONS,
        many("personal_motivations", Kind::Words(&ov::ATTACK_MOTIVATION)),
    ],
    &[SEEN],
);

static TOOL: Class = domain(
    "tool",
    "STIX 2.1, 4.18",
    &[
        must(NAME),
        DESCRIPTION,
        many("tool_types", Kind::Words(&ov::TOOL_TYPE)),
        ALIASES,
        KILL_CHAIN_PHASES,
        text("tool_version"),
    ],
    &[],
);

static VULNERABILITY: Class = domain("vulnerability", "STIX 2.1, 4.19", &[must(NAME), DESCRIPTION], &[]);

static RELATIONSHIP: Class = Class {
    sort: Sort::Relationship,
    ..domain(
        "relationship",
        "STIX 2.1, 5.1",
        &[
            must(one("relationship_type", Kind::RelationshipType)),
            DESCRIPTION,
            must(one("source_ref", NO_END)),
            must(one("target_ref", NO_END)),
            time("start_time"),
            time("stop_time"),
        ],
        &[Rule::Order { first: "start_time", then: "stop_time", strict: true }],
    )
};

static SIGHTING: Class = Class {
    sort: Sort::Relationship,
    ..domain(
        "sighting",
        "STIX 2.1, 5.2",
        &[
            DESCRIPTION,
            FIRST_SEEN,
            LAST_SEEN,
            one("count", Kind::Integer(0, 999_999_999)),
            must(one("sighting_of_ref", NO_END)),
            many("observed_data_refs", Kind::Reference(References::Of(&["observed-data"]))),
            many("where_sighted_refs", Kind::Reference(References::Of(&["identity", "location"]))),
            truth("summary"),
        ],
        &[SEEN],
    )
};

pub static ALL: &[&Class] = &[
    &ATTACK_PATTERN,
    &CAMPAIGN,
    &COURSE_OF_ACTION,
    &GROUPING,
    &IDENTITY,
    &INCIDENT,
    &INDICATOR,
    &INFRASTRUCTURE,
    &INTRUSION_SET,
    &LOCATION,
    &MALWARE,
    &MALWARE_ANALYSIS,
    &NOTE,
    &OBSERVED_DATA,
    &OPINION,
    &REPORT,
    &THREAT_ACTOR,
    &TOOL,
    &VULNERABILITY,
    &RELATIONSHIP,
    &SIGHTING,
];
