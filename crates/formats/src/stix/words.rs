//! The vocabularies of STIX 2.1 (section 10) and of the incident suite: open ones, whose other values are
//! allowed and warned of, and enumerations, whose other values are errors.

/// An open vocabulary.
#[derive(Debug)]
pub struct Vocabulary {
    /// Its name in the standard.
    pub name: &'static str,
    /// The rule that warns of other values; its number is the code of the recommendation.
    pub rule: &'static str,
    /// Its values.
    pub words: &'static [&'static str],
}

const fn open(name: &'static str, rule: &'static str, words: &'static [&'static str]) -> Vocabulary {
    Vocabulary { name, rule, words }
}

macro_rules! vocabularies {
    ($($constant:ident $name:literal $rule:literal [$($word:literal)*])*) => {
        $(pub static $constant: Vocabulary = open($name, $rule, &[$($word),*]);)*
        /// All open vocabularies.
        #[cfg(test)]
        pub static ALL: &[&Vocabulary] = &[$(&$constant),*];
    };
}

vocabularies! {
    ACCOUNT_TYPE "account-type-ov" "stix.244.account-type" [
        "facebook" "ldap" "nis" "openid" "radius" "skype" "tacacs" "twitter" "unix" "windows-local"
        "windows-domain" "kavi"]
    ATTACK_MOTIVATION "attack-motivation-ov" "stix.211.attack-motivation" [
        "accidental" "coercion" "dominance" "ideology" "notoriety" "organizational-gain" "personal-gain"
        "personal-satisfaction" "revenge" "unpredictable"]
    ATTACK_RESOURCE_LEVEL "attack-resource-level-ov" "stix.212.attack-resource-level" [
        "individual" "club" "contest" "team" "organization" "government"]
    GROUPING_CONTEXT "grouping-context-ov" "stix.225.grouping-context" [
        "suspicious-activity" "malware-analysis" "unspecified"]
    IDENTITY_CLASS "identity-class-ov" "stix.213.identity-class" [
        "individual" "group" "system" "organization" "class" "unknown"]
    IMPLEMENTATION_LANGUAGE "implementation-language-ov" "stix.226.implementation-languages" [
        "applescript" "bash" "c" "c++" "c#" "go" "java" "javascript" "lua" "objective-c" "perl" "php"
        "powershell" "python" "ruby" "scala" "swift" "typescript" "visual-basic" "x86-32" "x86-64"]
    INDICATOR_TYPE "indicator-type-ov" "stix.214.indicator-types" [
        "anomalous-activity" "anonymization" "benign" "compromised" "malicious-activity" "attribution"
        "unknown"]
    INDUSTRY_SECTOR "industry-sector-ov" "stix.215.industry-sector" [
        "agriculture" "aerospace" "automotive" "chemical" "commercial" "communications" "construction"
        "defense" "education" "energy" "entertainment" "financial-services" "government"
        "emergency-services" "government-local" "government-national" "government-public-services"
        "government-regional" "healthcare" "hospitality-leisure" "infrastructure" "dams" "nuclear" "water"
        "insurance" "manufacturing" "mining" "non-profit" "pharmaceuticals" "retail" "technology"
        "telecommunications" "transportation" "utilities"]
    INFRASTRUCTURE_TYPE "infrastructure-type-ov" "stix.227.infrastructure-types" [
        "amplification" "anonymization" "botnet" "command-and-control" "control-system" "exfiltration"
        "firewall" "hosting-malware" "hosting-target-lists" "phishing" "reconnaissance" "routers-switches"
        "staging" "workstation" "unknown"]
    MALWARE_CAPABILITIES "malware-capabilities-ov" "stix.228.malware-capabilities" [
        "accesses-remote-machines" "anti-debugging" "anti-disassembly" "anti-emulation"
        "anti-memory-forensics" "anti-sandbox" "anti-vm" "captures-input-peripherals"
        "captures-output-peripherals" "captures-system-state-data" "cleans-traces-of-infection"
        "commits-fraud" "communicates-with-c2" "compromises-data-availability"
        "compromises-data-integrity" "compromises-system-availability" "controls-local-machine"
        "degrades-security-software" "degrades-system-updates" "determines-c2-server" "emails-spam"
        "escalates-privileges" "evades-av" "exfiltrates-data" "fingerprints-host" "hides-artifacts"
        "hides-executing-code" "infects-files" "infects-remote-machines" "installs-other-components"
        "persists-after-system-reboot" "prevents-artifact-access" "prevents-artifact-deletion"
        "probes-network-environment" "self-modifies" "steals-authentication-credentials"
        "violates-system-operational-integrity"]
    MALWARE_RESULT "malware-result-ov" "stix.231.malware-result" [
        "malicious" "suspicious" "benign" "unknown"]
    MALWARE_TYPE "malware-type-ov" "stix.216.malware-types" [
        "adware" "backdoor" "bot" "bootkit" "ddos" "downloader" "dropper" "exploit-kit" "keylogger"
        "ransomware" "remote-access-trojan" "resource-exploitation" "rogue-security-software" "rootkit"
        "screen-capture" "spyware" "trojan" "unknown" "virus" "webshell" "wiper" "worm"]
    PATTERN_TYPE "pattern-type-ov" "stix.245.indicator-pattern-types" [
        "stix" "pcre" "sigma" "snort" "suricata" "yara"]
    PROCESSOR_ARCHITECTURE "processor-architecture-ov" "stix.230.processor-architecture" [
        "alpha" "arm" "ia-64" "mips" "powerpc" "sparc" "x86" "x86-64"]
    REGION "region-ov" "stix.223.region" [
        "africa" "eastern-africa" "middle-africa" "northern-africa" "southern-africa" "western-africa"
        "americas" "latin-america-caribbean" "south-america" "caribbean" "central-america"
        "northern-america" "asia" "central-asia" "eastern-asia" "southern-asia" "south-eastern-asia"
        "western-asia" "europe" "eastern-europe" "northern-europe" "southern-europe" "western-europe"
        "oceania" "australia-new-zealand" "melanesia" "micronesia" "polynesia" "antarctica"]
    REPORT_TYPE "report-type-ov" "stix.218.report-types" [
        "threat-report" "attack-pattern" "campaign" "identity" "indicator" "intrusion-set" "malware"
        "observed-data" "threat-actor" "tool" "vulnerability"]
    THREAT_ACTOR_TYPE "threat-actor-type-ov" "stix.219.threat-actor-types" [
        "activist" "competitor" "crime-syndicate" "criminal" "hacker" "insider-accidental"
        "insider-disgruntled" "nation-state" "sensationalist" "spy" "terrorist" "unknown"]
    THREAT_ACTOR_ROLE "threat-actor-role-ov" "stix.220.threat-actor-role" [
        "agent" "director" "independent" "infrastructure-architect" "infrastructure-operator"
        "malware-author" "sponsor"]
    THREAT_ACTOR_SOPHISTICATION "threat-actor-sophistication-ov" "stix.221.threat-actor-sophistication" [
        "none" "minimal" "intermediate" "advanced" "expert" "innovator" "strategic"]
    TOOL_TYPE "tool-type-ov" "stix.222.tool-types" [
        "denial-of-service" "exploitation" "information-gathering" "network-capture"
        "credential-exploitation" "remote-access" "vulnerability-scanning" "unknown"]
    WINDOWS_PEBINARY_TYPE "windows-pebinary-type-ov" "stix.243.windows-pebinary-type" ["exe" "dll" "sys"]
    ASSET_TYPE "asset-type-ov" "stix.incident.vocabulary" [
        "building-doors" "building-windows" "buildings" "computers-mobile" "computers-personal"
        "computers-server" "environment" "ics-actuator" "ics-engineering-workstation" "ics-historian"
        "ics-hmi" "ics-other" "ics-plc" "ics-safety-system" "ics-sensor" "inventory" "network-device"
        "private-infrastructure" "public-infrastructure" "security-containers" "vehicles"]
    DETECTION_METHOD "detection-methods-ov" "stix.incident.vocabulary" [
        "automated-tool" "commercial-solution" "external-notification" "human-review"
        "message-from-attacker" "propriety-solution" "system-outage" "user-reporting"]
    ENTITY_TYPE "entity-type-ov" "stix.incident.vocabulary" [
        "computers-mobile" "computers-personal" "computers-server" "customer" "customer-individual"
        "customer-organization" "domain-controller" "employee" "group" "ics-actuator"
        "ics-engineering-workstation" "ics-historian" "ics-hmi" "ics-other" "ics-plc" "ics-safety-system"
        "ics-sensor" "individual" "network-device" "organization" "system" "vehicles"]
    EVENT_TYPE "event-type-ov" "stix.incident.vocabulary" [
        "aggregation-information-phishing-schemes" "benign" "blocked" "brute-force-attempt"
        "c&c-server-hosting" "compromised-system" "confirmed" "connection-malware-port"
        "connection-malware-system" "content-forbidden-by-law" "control-system-bypass"
        "copyrighted-content" "data-exfiltration" "deferred" "deletion-information" "denial-of-service"
        "destruction" "dictionary-attack-attempt" "discarded" "disruption-data-transmission"
        "dissemination-malware-email" "dissemination-phishing-emails" "dns-cache-poisoning"
        "dns-local-resolver-hijacking" "dns-spoofing-registered" "dns-rebinding" "dns-server-compromise"
        "dns-spoofing-unregistered" "dns-stub-resolver-hijacking" "dns-zone-transfer"
        "domain-name-compromise" "duplicate" "email-flooding" "equipment-loss" "equipment-theft" "exploit"
        "exploit-attempt" "exploit-framework-exhausting-resources" "exploit-tool-exhausting-resources"
        "failed" "file-inclusion" "file-inclusion-attempt" "hosting-malware-webpage"
        "hosting-phishing-sites" "illegitimate-use-name" "illegitimate-use-resources"
        "infected-by-known-malware" "insufficient-data" "known-malware" "lame-delegations" "major"
        "modification-information" "misconfiguration" "natural" "negotiation" "network-scanning" "no-apt"
        "packet-flood" "password-cracking-attempt" "policy-violation" "ransomware" "ransomware-payment"
        "refuted" "scan-probe" "silently-discarded" "supply-chain-customer" "supply-chain-vendor" "spam"
        "sql-injection" "sql-injection-attempt" "successful" "system-probe" "theft-access-credentials"
        "unattributed" "unauthorized-access-information" "unauthorized-access-system"
        "unauthorized-equipment" "unauthorized-release" "unauthorized-use" "undetermined" "unintentional"
        "unknown-apt" "unspecified" "vandalism" "wiretapping" "worm-spreading" "xss" "xss-attempt"]
    EXTERNAL_IMPACT "external-impact-ov" "stix.incident.vocabulary" [
        "economic" "emergency-services" "foreign-relations" "national-security" "public-confidence"
        "public-health" "public-safety"]
    INFORMATION_TYPE "information-type-ov" "stix.incident.vocabulary" [
        "classified-material" "communication" "credentials-admin" "credentials-user" "financial" "legal"
        "payment" "phi" "pii" "proprietary" "system"]
    INVESTIGATION_STATUS "incident-investigation-ov" "stix.incident.vocabulary" ["new" "open" "closed"]
    MONETARY_IMPACT "monetary-impact-type-ov" "stix.incident.vocabulary" [
        "asset-and-fraud" "brand-damage" "business-disruption" "competitive-advantage"
        "legal-and-regulatory" "operating-costs" "ransom-demand" "ransom-payment" "response-and-recovery"
        "uncategorized"]
    STATE_CHANGE "state-change-type-ov" "stix.incident.vocabulary" [
        "caused" "contributed-to" "input" "mitigated" "output" "resolved"]
    TASK_TYPE "task-type-ov" "stix.incident.vocabulary" [
        "administrative" "attribution" "containment" "declared" "detected" "eradication" "escalated"
        "exercised-control" "external-intelligence" "external-outreach" "external-support"
        "implemented-control" "investigation" "negotiation" "playbook-execution"
        "playbook-step-execution" "ransom-payment" "recovery" "reported" "routine-updates"
        "victim-notification"]
}

/// The hash algorithms of section 10.7, with the number of their hexadecimal digits; 0 where these do not
/// count.
pub static HASH_ALGORITHMS: &[(&str, usize)] = &[
    ("MD5", 32),
    ("SHA-1", 40),
    ("SHA-256", 64),
    ("SHA-512", 128),
    ("SHA3-256", 64),
    ("SHA3-512", 128),
    ("SSDEEP", 0),
    ("TLSH", 0),
];

/// Extension types (section 10.11).
pub static EXTENSION_TYPE: &[&str] =
    &["new-sdo", "new-sco", "new-sro", "property-extension", "toplevel-property-extension"];
/// Section 10.6.
pub static ENCRYPTION_ALGORITHM: &[&str] = &["AES-256-GCM", "ChaCha20-Poly1305", "mime-type-indicated"];
/// Section 10.19.
pub static OPINION: &[&str] = &["strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"];
/// Section 10.18.
pub static ADDRESS_FAMILY: &[&str] =
    &["AF_UNSPEC", "AF_INET", "AF_IPX", "AF_APPLETALK", "AF_NETBIOS", "AF_INET6", "AF_IRDA", "AF_BTH"];
/// Section 10.18.
pub static SOCKET_TYPE: &[&str] = &["SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_RDM", "SOCK_SEQPACKET"];
/// Section 10.32.
pub static INTEGRITY_LEVEL: &[&str] = &["low", "medium", "high", "system"];
/// Section 10.35.
pub static SERVICE_START: &[&str] = &[
    "SERVICE_AUTO_START",
    "SERVICE_BOOT_START",
    "SERVICE_DEMAND_START",
    "SERVICE_DISABLED",
    "SERVICE_SYSTEM_ALERT",
];
/// Section 10.36.
pub static SERVICE_TYPE: &[&str] = &[
    "SERVICE_KERNEL_DRIVER",
    "SERVICE_FILE_SYSTEM_DRIVER",
    "SERVICE_WIN32_OWN_PROCESS",
    "SERVICE_WIN32_SHARE_PROCESS",
];
/// Section 10.37.
pub static SERVICE_STATUS: &[&str] = &[
    "SERVICE_CONTINUE_PENDING",
    "SERVICE_PAUSE_PENDING",
    "SERVICE_PAUSED",
    "SERVICE_RUNNING",
    "SERVICE_START_PENDING",
    "SERVICE_STOP_PENDING",
    "SERVICE_STOPPED",
];
/// Section 10.34.
pub static REGISTRY_DATA_TYPE: &[&str] = &[
    "REG_NONE",
    "REG_SZ",
    "REG_EXPAND_SZ",
    "REG_BINARY",
    "REG_DWORD",
    "REG_DWORD_BIG_ENDIAN",
    "REG_DWORD_LITTLE_ENDIAN",
    "REG_LINK",
    "REG_MULTI_SZ",
    "REG_RESOURCE_LIST",
    "REG_FULL_RESOURCE_DESCRIPTION",
    "REG_RESOURCE_REQUIREMENTS_LIST",
    "REG_QWORD",
    "REG_INVALID_TYPE",
];

/// Incident suite, incident core.
pub static DETERMINATION: &[&str] =
    &["blocked", "confirmed", "failed-attempt", "false-positive", "suspected"];
/// Incident suite, incident core and impact.
pub static RECOVERABILITY: &[&str] =
    &["not-applicable", "regular", "supplemented", "extended", "not-recoverable"];
/// Incident suite, event.
pub static EVENT_STATUS: &[&str] = &["ongoing", "occurred", "not-occurred", "pending", "undetermined"];
/// Incident suite, task.
pub static TASK_OUTCOME: &[&str] = &["cancelled", "failed", "ongoing", "pending", "successful", "unknown"];
/// Incident suite, times of events, impacts and tasks.
pub static FIDELITY: &[&str] = &["day", "hour", "minute", "month", "second", "year"];
/// Incident suite, next steps.
pub static CONDITION: &[&str] = &["optional", "required", "unknown"];
/// Incident suite, next steps.
pub static TRANSITION: &[&str] = &["completion", "failure", "success", "unknown"];
/// Incident suite, confidentiality.
pub static LOSS_TYPE: &[&str] = &["contained", "exploited-loss", "confirmed-loss", "none", "suspected-loss"];
/// Incident suite, integrity.
pub static ALTERATION: &[&str] = &[
    "potential-destruction",
    "potential-modification",
    "partial-destruction",
    "partial-modification",
    "full-destruction",
    "full-modification",
    "none",
];
/// Incident suite, physical impact.
pub static PHYSICAL_IMPACT: &[&str] =
    &["damaged-functional", "damaged-nonfunctional", "destruction", "none", "unknown"];
/// Incident suite, traceability.
pub static TRACEABILITY: &[&str] =
    &["accountability-lost", "partial-accountability", "provable-accountability"];

/// Phases and values of open vocabularies are written so (sections 2.11 and 2.13).
pub fn is_well_written(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_lowercase())
        && !word.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_well_written_and_stand_once() {
        for vocabulary in ALL {
            let mut words = vocabulary.words.to_vec();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), vocabulary.words.len(), "{}", vocabulary.name);
            assert!(words.iter().all(|word| is_well_written(word)), "{}", vocabulary.name);
        }
    }
}
