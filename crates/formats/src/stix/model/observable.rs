//! Cyber-observable objects (section 6) with the properties that make their identifiers (section 2.9).

use super::{
    Class, Entries, Kind, Property, Rule, Sort, count, hex, many, must, object_ref, object_refs,
    observable_parts as parts, one, text, texts, time, truth, whole,
};
use crate::stix::words;

const fn observable(
    name: &'static str,
    source: &'static str,
    properties: &'static [Property],
    contributing: &'static [&'static str],
) -> Class {
    Class { name, sort: Sort::Observable, source, properties, rules: &[], extensions: &[], contributing }
}

pub(super) const HASHES: Property = one("hashes", Kind::Hashes);
const ENDS: &[&str] = &["ipv4-addr", "ipv6-addr", "mac-addr", "domain-name"];
const MAIL: &[&str] = &["email-addr"];
const PORT: Kind = Kind::Integer(0, 65_535);

static ARTIFACT: Class = Class {
    rules: &[
        Rule::Some(&["payload_bin", "url"]),
        Rule::NotBoth("payload_bin", "url"),
        Rule::Needs("url", &["hashes"]),
        Rule::Needs("decryption_key", &["encryption_algorithm"]),
    ],
    ..observable(
        "artifact",
        "STIX 2.1, 6.1",
        &[
            one("mime_type", Kind::MediaType { mandatory: true }),
            one("payload_bin", Kind::Binary),
            one("url", Kind::Uri),
            HASHES,
            one("encryption_algorithm", Kind::Enumeration(words::ENCRYPTION_ALGORITHM)),
            text("decryption_key"),
        ],
        &["hashes", "payload_bin"],
    )
};

static AUTONOMOUS_SYSTEM: Class = observable(
    "autonomous-system",
    "STIX 2.1, 6.2",
    &[must(whole("number")), text("name"), text("rir")],
    &["number"],
);

static DIRECTORY: Class = observable(
    "directory",
    "STIX 2.1, 6.3",
    &[
        must(text("path")),
        one("path_enc", Kind::CharacterSet),
        time("ctime"),
        time("mtime"),
        time("atime"),
        object_refs("contains_refs", &["file", "directory"]),
    ],
    &["path"],
);

static DOMAIN_NAME: Class = observable(
    "domain-name",
    "STIX 2.1, 6.4",
    &[
        must(one("value", Kind::Domain)),
        object_refs("resolves_to_refs", &["ipv4-addr", "ipv6-addr", "domain-name"]),
    ],
    &["value"],
);

static EMAIL_ADDR: Class = observable(
    "email-addr",
    "STIX 2.1, 6.5",
    &[must(one("value", Kind::Email)), text("display_name"), object_ref("belongs_to_ref", &["user-account"])],
    &["value"],
);

static EMAIL_MESSAGE: Class = Class {
    rules: &[
        Rule::WhenTrue { property: "is_multipart", is: false, then: "body_multipart", there: false },
        Rule::WhenTrue { property: "is_multipart", is: true, then: "body", there: false },
    ],
    ..observable(
        "email-message",
        "STIX 2.1, 6.6",
        &[
            must(truth("is_multipart")),
            time("date"),
            text("content_type"),
            object_ref("from_ref", MAIL),
            object_ref("sender_ref", MAIL),
            object_refs("to_refs", MAIL),
            object_refs("cc_refs", MAIL),
            object_refs("bcc_refs", MAIL),
            text("message_id"),
            text("subject"),
            texts("received_lines"),
            one("additional_header_fields", Kind::Dictionary(Entries::TextOrTexts)),
            text("body"),
            many("body_multipart", Kind::Part(&parts::MIME_PART)),
            object_ref("raw_email_ref", &["artifact"]),
        ],
        &["from_ref", "subject", "body"],
    )
};

static FILE: Class = Class {
    rules: &[Rule::Some(&["hashes", "name"])],
    extensions: &[&parts::ARCHIVE, &parts::NTFS, &parts::PDF, &parts::RASTER_IMAGE, &parts::WINDOWS_PEBINARY],
    ..observable(
        "file",
        "STIX 2.1, 6.7",
        &[
            HASHES,
            count("size"),
            text("name"),
            one("name_enc", Kind::CharacterSet),
            hex("magic_number_hex"),
            one("mime_type", Kind::MediaType { mandatory: false }),
            time("ctime"),
            time("mtime"),
            time("atime"),
            object_ref("parent_directory_ref", &["directory"]),
            object_refs("contains_refs", &[]),
            object_ref("content_ref", &["artifact"]),
        ],
        &["hashes", "name", "parent_directory_ref", "extensions"],
    )
};

const RESOLVES: Property = object_refs("resolves_to_refs", &["mac-addr"]);
const BELONGS: Property = object_refs("belongs_to_refs", &["autonomous-system"]);

static IPV4_ADDR: Class = observable(
    "ipv4-addr",
    "STIX 2.1, 6.8",
    &[must(one("value", Kind::Ipv4)), RESOLVES, BELONGS],
    &["value"],
);

static IPV6_ADDR: Class = observable(
    "ipv6-addr",
    "STIX 2.1, 6.9",
    &[must(one("value", Kind::Ipv6)), RESOLVES, BELONGS],
    &["value"],
);

static MAC_ADDR: Class =
    observable("mac-addr", "STIX 2.1, 6.10", &[must(one("value", Kind::Mac))], &["value"]);

static MUTEX: Class = observable("mutex", "STIX 2.1, 6.11", &[must(text("name"))], &["name"]);

static NETWORK_TRAFFIC: Class = Class {
    rules: &[
        Rule::Some(&["src_ref", "dst_ref"]),
        Rule::WhenTrue { property: "is_active", is: true, then: "end", there: false },
        Rule::Order { first: "start", then: "end", strict: false },
        Rule::NotNegative(&["src_byte_count", "dst_byte_count", "src_packets", "dst_packets"]),
    ],
    extensions: &[&parts::HTTP_REQUEST, &parts::ICMP, &parts::SOCKET, &parts::TCP],
    ..observable(
        "network-traffic",
        "STIX 2.1, 6.12",
        &[
            time("start"),
            time("end"),
            truth("is_active"),
            object_ref("src_ref", ENDS),
            object_ref("dst_ref", ENDS),
            one("src_port", PORT),
            one("dst_port", PORT),
            must(many("protocols", Kind::Protocol)),
            whole("src_byte_count"),
            whole("dst_byte_count"),
            whole("src_packets"),
            whole("dst_packets"),
            one("ipfix", Kind::Dictionary(Entries::TextOrInteger)),
            object_ref("src_payload_ref", &["artifact"]),
            object_ref("dst_payload_ref", &["artifact"]),
            object_refs("encapsulates_refs", &["network-traffic"]),
            object_ref("encapsulated_by_ref", &["network-traffic"]),
        ],
        &["start", "end", "src_ref", "dst_ref", "src_port", "dst_port", "protocols", "extensions"],
    )
};

static PROCESS: Class = Class {
    rules: &[Rule::Some(&[
        "is_hidden",
        "pid",
        "created_time",
        "cwd",
        "command_line",
        "environment_variables",
        "opened_connection_refs",
        "creator_user_ref",
        "image_ref",
        "parent_ref",
        "child_refs",
        "extensions",
    ])],
    extensions: &[&parts::WINDOWS_PROCESS, &parts::WINDOWS_SERVICE],
    ..observable(
        "process",
        "STIX 2.1, 6.13",
        &[
            truth("is_hidden"),
            whole("pid"),
            time("created_time"),
            text("cwd"),
            text("command_line"),
            one("environment_variables", Kind::Dictionary(Entries::Any)),
            object_refs("opened_connection_refs", &["network-traffic"]),
            object_ref("creator_user_ref", &["user-account"]),
            object_ref("image_ref", &["file"]),
            object_ref("parent_ref", &["process"]),
            object_refs("child_refs", &["process"]),
        ],
        &[],
    )
};

static SOFTWARE: Class = observable(
    "software",
    "STIX 2.1, 6.14",
    &[
        must(text("name")),
        one("cpe", Kind::Cpe),
        text("swid"),
        many("languages", Kind::SoftwareLanguage),
        text("vendor"),
        text("version"),
    ],
    &["name", "cpe", "swid", "vendor", "version"],
);

static URL: Class = observable("url", "STIX 2.1, 6.15", &[must(one("value", Kind::Uri))], &["value"]);

static USER_ACCOUNT: Class = Class {
    rules: &[Rule::Some(&[
        "user_id",
        "credential",
        "account_login",
        "account_type",
        "display_name",
        "is_service_account",
        "is_privileged",
        "can_escalate_privs",
        "is_disabled",
        "account_created",
        "account_expires",
        "credential_last_changed",
        "account_first_login",
        "account_last_login",
        "extensions",
    ])],
    extensions: &[&parts::UNIX_ACCOUNT],
    ..observable(
        "user-account",
        "STIX 2.1, 6.16",
        &[
            text("user_id"),
            text("credential"),
            text("account_login"),
            one("account_type", Kind::Words(&words::ACCOUNT_TYPE)),
            text("display_name"),
            truth("is_service_account"),
            truth("is_privileged"),
            truth("can_escalate_privs"),
            truth("is_disabled"),
            time("account_created"),
            time("account_expires"),
            time("credential_last_changed"),
            time("account_first_login"),
            time("account_last_login"),
        ],
        &["account_type", "user_id", "account_login"],
    )
};

static WINDOWS_REGISTRY_KEY: Class = Class {
    rules: &[Rule::Some(&["key", "values", "modified_time", "creator_user_ref", "number_of_subkeys"])],
    ..observable(
        "windows-registry-key",
        "STIX 2.1, 6.17",
        &[
            one("key", Kind::RegistryKey),
            many("values", Kind::Part(&parts::REGISTRY_VALUE)),
            time("modified_time"),
            object_ref("creator_user_ref", &["user-account"]),
            whole("number_of_subkeys"),
        ],
        &["key", "values"],
    )
};

static X509_CERTIFICATE: Class = Class {
    rules: &[Rule::Some(&[
        "is_self_signed",
        "hashes",
        "version",
        "serial_number",
        "signature_algorithm",
        "issuer",
        "validity_not_before",
        "validity_not_after",
        "subject",
        "subject_public_key_algorithm",
        "subject_public_key_modulus",
        "subject_public_key_exponent",
        "x509_v3_extensions",
    ])],
    ..observable(
        "x509-certificate",
        "STIX 2.1, 6.18",
        &[
            truth("is_self_signed"),
            HASHES,
            text("version"),
            text("serial_number"),
            text("signature_algorithm"),
            text("issuer"),
            time("validity_not_before"),
            time("validity_not_after"),
            text("subject"),
            text("subject_public_key_algorithm"),
            text("subject_public_key_modulus"),
            whole("subject_public_key_exponent"),
            one("x509_v3_extensions", Kind::Part(&parts::X509_V3)),
        ],
        &["hashes", "serial_number"],
    )
};

pub static ALL: &[&Class] = &[
    &ARTIFACT,
    &AUTONOMOUS_SYSTEM,
    &DIRECTORY,
    &DOMAIN_NAME,
    &EMAIL_ADDR,
    &EMAIL_MESSAGE,
    &FILE,
    &IPV4_ADDR,
    &IPV6_ADDR,
    &MAC_ADDR,
    &MUTEX,
    &NETWORK_TRAFFIC,
    &PROCESS,
    &SOFTWARE,
    &URL,
    &USER_ACCOUNT,
    &WINDOWS_REGISTRY_KEY,
    &X509_CERTIFICATE,
];
