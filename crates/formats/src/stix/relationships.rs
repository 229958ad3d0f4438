//! The relationships that the standard suggests (section 3.7 and the tables of section 4), and those of the
//! Incident Extension Suite. Others are allowed.

/// Source, relationship, targets.
type Suggestion = (&'static str, &'static str, &'static [&'static str]);

/// Relationships that any two objects may have (section 3.7).
pub static COMMON_RELATIONSHIPS: &[&str] = &["derived-from", "duplicate-of", "related-to"];

static STANDARD: &[Suggestion] = &[
    ("attack-pattern", "delivers", &["malware"]),
    ("attack-pattern", "targets", &["location", "vulnerability", "identity"]),
    ("attack-pattern", "uses", &["malware", "tool"]),
    ("campaign", "attributed-to", &["intrusion-set", "threat-actor"]),
    ("campaign", "compromises", &["infrastructure"]),
    ("campaign", "originates-from", &["location"]),
    ("campaign", "targets", &["location", "identity", "vulnerability"]),
    ("campaign", "uses", &["attack-pattern", "infrastructure", "malware", "tool"]),
    ("course-of-action", "investigates", &["indicator"]),
    ("course-of-action", "mitigates", &["attack-pattern", "indicator", "malware", "tool", "vulnerability"]),
    ("course-of-action", "remediates", &["malware", "vulnerability"]),
    ("domain-name", "resolves-to", &["domain-name", "ipv4-addr", "ipv6-addr"]),
    ("identity", "located-at", &["location"]),
    (
        "indicator",
        "indicates",
        &["attack-pattern", "campaign", "infrastructure", "intrusion-set", "malware", "threat-actor", "tool"],
    ),
    ("indicator", "based-on", &["observed-data"]),
    (
        "infrastructure",
        "communicates-with",
        &["infrastructure", "ipv4-addr", "ipv6-addr", "domain-name", "url"],
    ),
    (
        "infrastructure",
        "consists-of",
        &[
            "infrastructure",
            "observed-data",
            "artifact",
            "autonomous-system",
            "directory",
            "domain-name",
            "email-addr",
            "email-message",
            "file",
            "ipv4-addr",
            "ipv6-addr",
            "mac-addr",
            "mutex",
            "network-traffic",
            "process",
            "software",
            "url",
            "user-account",
            "windows-registry-key",
            "x509-certificate",
        ],
    ),
    ("infrastructure", "controls", &["infrastructure", "malware"]),
    ("infrastructure", "delivers", &["malware"]),
    ("infrastructure", "has", &["vulnerability"]),
    ("infrastructure", "hosts", &["tool", "malware"]),
    ("infrastructure", "located-at", &["location"]),
    ("infrastructure", "uses", &["infrastructure"]),
    ("intrusion-set", "attributed-to", &["threat-actor"]),
    ("intrusion-set", "compromises", &["infrastructure"]),
    ("intrusion-set", "hosts", &["infrastructure"]),
    ("intrusion-set", "originates-from", &["location"]),
    ("intrusion-set", "owns", &["infrastructure"]),
    ("intrusion-set", "targets", &["identity", "location", "vulnerability"]),
    ("intrusion-set", "uses", &["attack-pattern", "infrastructure", "malware", "tool"]),
    ("ipv4-addr", "resolves-to", &["mac-addr"]),
    ("ipv4-addr", "belongs-to", &["autonomous-system"]),
    ("ipv6-addr", "resolves-to", &["mac-addr"]),
    ("ipv6-addr", "belongs-to", &["autonomous-system"]),
    ("malware", "authored-by", &["threat-actor", "intrusion-set"]),
    ("malware", "beacons-to", &["infrastructure"]),
    ("malware", "exfiltrates-to", &["infrastructure"]),
    ("malware", "communicates-with", &["ipv4-addr", "ipv6-addr", "domain-name", "url"]),
    ("malware", "controls", &["malware"]),
    ("malware", "downloads", &["malware", "file", "tool"]),
    ("malware", "drops", &["malware", "file", "tool"]),
    ("malware", "exploits", &["vulnerability"]),
    ("malware", "originates-from", &["location"]),
    ("malware", "targets", &["identity", "infrastructure", "location"]),
    ("malware", "uses", &["attack-pattern", "infrastructure", "malware", "tool"]),
    ("malware", "variant-of", &["malware"]),
    ("malware-analysis", "characterizes", &["malware"]),
    ("malware-analysis", "analysis-of", &["malware"]),
    ("malware-analysis", "static-analysis-of", &["malware"]),
    ("malware-analysis", "dynamic-analysis-of", &["malware"]),
    ("threat-actor", "attributed-to", &["identity"]),
    ("threat-actor", "compromises", &["infrastructure"]),
    ("threat-actor", "hosts", &["infrastructure"]),
    ("threat-actor", "owns", &["infrastructure"]),
    ("threat-actor", "impersonates", &["identity"]),
    ("threat-actor", "located-at", &["location"]),
    ("threat-actor", "targets", &["identity", "location", "vulnerability"]),
    ("threat-actor", "uses", &["attack-pattern", "infrastructure", "malware", "tool"]),
    ("tool", "delivers", &["malware"]),
    ("tool", "drops", &["malware"]),
    ("tool", "uses", &["infrastructure"]),
    ("tool", "has", &["vulnerability"]),
    ("tool", "targets", &["identity", "infrastructure", "location", "vulnerability"]),
];

/// Targets of the suite beside those of the standard; its events and tasks impact any observable.
static SUITE: &[Suggestion] = &[
    ("incident", "led-to", &["incident"]),
    ("incident", "impacts", &["identity", "infrastructure"]),
    ("incident", "attributed-to", &["intrusion-set", "threat-actor"]),
    ("incident", "targets", &["identity", "infrastructure"]),
    ("incident", "located-at", &["location"]),
    ("campaign", "associated-with", &["incident"]),
    ("identity", "contact-for", &["incident", "task"]),
    ("identity", "assigned", &["task"]),
    ("identity", "participated-in", &["task"]),
    ("identity", "performed", &["task"]),
    ("indicator", "detected", &["incident"]),
    ("indicator", "based-on", &["event"]),
    ("event", "led-to", &["event"]),
    ("event", "impacts", &["infrastructure"]),
    ("event", "located-at", &["location"]),
    ("malware", "performed", &["event"]),
    ("tool", "performed", &["event", "task"]),
    ("task", "uses", &["course-of-action"]),
    ("task", "blocks", &["event"]),
    ("task", "causes", &["event"]),
    ("task", "detects", &["event"]),
    ("task", "creates", &["indicator"]),
    ("task", "impacts", &["infrastructure"]),
    ("task", "located-at", &["location"]),
];

/// Whether this relationship is suggested, or what is suggested instead, in words.
pub fn suggested(source: &str, kind: &str, target: &str) -> Result<(), String> {
    if COMMON_RELATIONSHIPS.contains(&kind) {
        return Ok(());
    }
    let from = || STANDARD.iter().chain(SUITE).filter(|(from, ..)| *from == source);
    let targets: Vec<&str> =
        from().filter(|(_, known, _)| *known == kind).flat_map(|(.., targets)| *targets).copied().collect();
    if targets.contains(&target) {
        return Ok(());
    }
    if !targets.is_empty() {
        return Err(format!("the standard suggests that {source} {kind} {}", targets.join(" or ")));
    }
    let mut kinds: Vec<&str> =
        from().map(|(_, kind, _)| *kind).chain(COMMON_RELATIONSHIPS.iter().copied()).collect();
    kinds.dedup();
    Err(format!("the standard suggests from {source}: {}", kinds.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_told() {
        assert_eq!(suggested("indicator", "indicates", "malware"), Ok(()));
        assert_eq!(suggested("x-own", "related-to", "tool"), Ok(()));
        assert_eq!(
            suggested("tool", "delivers", "identity").unwrap_err(),
            "the standard suggests that tool delivers malware"
        );
        assert_eq!(
            suggested("note", "uses", "tool").unwrap_err(),
            "the standard suggests from note: derived-from, duplicate-of, related-to"
        );
    }
}
