//! The parts and predefined extensions of observables.

use super::{
    Class, Entries, Kind, Precision, Rule, count, hex, many, must, object_ref, object_refs,
    observable::HASHES, one, part, text, texts, time, truth, whole,
};
use crate::stix::words;

/// Section 6.6.2.
pub static MIME_PART: Class = part(
    "mime-part-type",
    "STIX 2.1, 6.6.2",
    &[
        text("body"),
        object_ref("body_raw_ref", &["artifact", "file"]),
        text("content_type"),
        text("content_disposition"),
    ],
    &[Rule::Some(&["body", "body_raw_ref"]), Rule::NotBoth("body", "body_raw_ref")],
);

/// Section 6.7.2.
pub static ARCHIVE: Class = part(
    "archive-ext",
    "STIX 2.1, 6.7.2",
    &[must(object_refs("contains_refs", &["file", "directory"])), text("comment")],
    &[],
);

/// Section 6.7.3.
pub static NTFS: Class = part(
    "ntfs-ext",
    "STIX 2.1, 6.7.3",
    &[text("sid"), many("alternate_data_streams", Kind::Part(&ALTERNATE_DATA_STREAM))],
    &[Rule::Some(&["sid", "alternate_data_streams"])],
);

static ALTERNATE_DATA_STREAM: Class = part(
    "alternate-data-stream-type",
    "STIX 2.1, 6.7.3.1",
    &[must(text("name")), HASHES, count("size")],
    &[],
);

/// Section 6.7.4.
pub static PDF: Class = part(
    "pdf-ext",
    "STIX 2.1, 6.7.4",
    &[
        text("version"),
        truth("is_optimized"),
        one("document_info_dict", Kind::Dictionary(Entries::Text)),
        text("pdfid0"),
        text("pdfid1"),
    ],
    &[Rule::Some(&["version", "is_optimized", "document_info_dict", "pdfid0", "pdfid1"])],
);

/// Section 6.7.5.
pub static RASTER_IMAGE: Class = part(
    "raster-image-ext",
    "STIX 2.1, 6.7.5",
    &[
        whole("image_height"),
        whole("image_width"),
        whole("bits_per_pixel"),
        one("exif_tags", Kind::Dictionary(Entries::TextOrInteger)),
    ],
    &[Rule::Some(&["image_height", "image_width", "bits_per_pixel", "exif_tags"])],
);

/// Section 6.7.6.
pub static WINDOWS_PEBINARY: Class = part(
    "windows-pebinary-ext",
    "STIX 2.1, 6.7.6",
    &[
        must(one("pe_type", Kind::Words(&words::WINDOWS_PEBINARY_TYPE))),
        text("imphash"),
        hex("machine_hex"),
        count("number_of_sections"),
        one("time_date_stamp", Kind::Time(Precision::Second)),
        hex("pointer_to_symbol_table_hex"),
        count("number_of_symbols"),
        count("size_of_optional_header"),
        hex("characteristics_hex"),
        one("file_header_hashes", Kind::Hashes),
        one("optional_header", Kind::Part(&PE_OPTIONAL_HEADER)),
        many("sections", Kind::Part(&PE_SECTION)),
    ],
    &[Rule::Some(&[
        "imphash",
        "machine_hex",
        "number_of_sections",
        "time_date_stamp",
        "pointer_to_symbol_table_hex",
        "number_of_symbols",
        "size_of_optional_header",
        "characteristics_hex",
        "file_header_hashes",
        "optional_header",
        "sections",
    ])],
);

static PE_OPTIONAL_HEADER: Class = part(
    "windows-pe-optional-header-type",
    "STIX 2.1, 6.7.6.2",
    &[
        hex("magic_hex"),
        whole("major_linker_version"),
        whole("minor_linker_version"),
        count("size_of_code"),
        count("size_of_initialized_data"),
        count("size_of_uninitialized_data"),
        whole("address_of_entry_point"),
        whole("base_of_code"),
        whole("base_of_data"),
        whole("image_base"),
        whole("section_alignment"),
        whole("file_alignment"),
        whole("major_os_version"),
        whole("minor_os_version"),
        whole("major_image_version"),
        whole("minor_image_version"),
        whole("major_subsystem_version"),
        whole("minor_subsystem_version"),
        hex("win32_version_value_hex"),
        count("size_of_image"),
        count("size_of_headers"),
        hex("checksum_hex"),
        hex("subsystem_hex"),
        hex("dll_characteristics_hex"),
        count("size_of_stack_reserve"),
        count("size_of_stack_commit"),
        count("size_of_heap_reserve"),
        count("size_of_heap_commit"),
        hex("loader_flags_hex"),
        whole("number_of_rva_and_sizes"),
        HASHES,
    ],
    &[],
);

static PE_SECTION: Class = part(
    "windows-pe-section-type",
    "STIX 2.1, 6.7.6.3",
    &[must(text("name")), count("size"), one("entropy", Kind::Number(f64::MIN, f64::MAX)), HASHES],
    &[],
);

/// Section 6.12.2.
pub static HTTP_REQUEST: Class = part(
    "http-request-ext",
    "STIX 2.1, 6.12.2",
    &[
        must(text("request_method")),
        must(text("request_value")),
        text("request_version"),
        one("request_header", Kind::Dictionary(Entries::Texts)),
        whole("message_body_length"),
        object_ref("message_body_data_ref", &["artifact"]),
    ],
    &[],
);

/// Section 6.12.3.
pub static ICMP: Class =
    part("icmp-ext", "STIX 2.1, 6.12.3", &[must(hex("icmp_type_hex")), must(hex("icmp_code_hex"))], &[]);

/// Section 6.12.4.
pub static SOCKET: Class = part(
    "socket-ext",
    "STIX 2.1, 6.12.4",
    &[
        must(one("address_family", Kind::Enumeration(words::ADDRESS_FAMILY))),
        truth("is_blocking"),
        truth("is_listening"),
        one("options", Kind::Dictionary(Entries::Integer)),
        one("socket_type", Kind::Enumeration(words::SOCKET_TYPE)),
        count("socket_descriptor"),
        whole("socket_handle"),
    ],
    &[],
);

/// Section 6.12.5.
pub static TCP: Class = part(
    "tcp-ext",
    "STIX 2.1, 6.12.5",
    &[hex("src_flags_hex"), hex("dst_flags_hex")],
    &[Rule::Some(&["src_flags_hex", "dst_flags_hex"])],
);

/// Section 6.13.2.
pub static WINDOWS_PROCESS: Class = part(
    "windows-process-ext",
    "STIX 2.1, 6.13.2",
    &[
        truth("aslr_enabled"),
        truth("dep_enabled"),
        text("priority"),
        text("owner_sid"),
        text("window_title"),
        one("startup_info", Kind::Dictionary(Entries::Any)),
        one("integrity_level", Kind::Enumeration(words::INTEGRITY_LEVEL)),
    ],
    &[Rule::Some(&[
        "aslr_enabled",
        "dep_enabled",
        "priority",
        "owner_sid",
        "window_title",
        "startup_info",
        "integrity_level",
    ])],
);

/// Section 6.13.3.
pub static WINDOWS_SERVICE: Class = part(
    "windows-service-ext",
    "STIX 2.1, 6.13.3",
    &[
        text("service_name"),
        texts("descriptions"),
        text("display_name"),
        text("group_name"),
        one("start_type", Kind::Enumeration(words::SERVICE_START)),
        object_refs("service_dll_refs", &["file"]),
        one("service_type", Kind::Enumeration(words::SERVICE_TYPE)),
        one("service_status", Kind::Enumeration(words::SERVICE_STATUS)),
    ],
    &[Rule::Some(&[
        "service_name",
        "descriptions",
        "display_name",
        "group_name",
        "start_type",
        "service_dll_refs",
        "service_type",
        "service_status",
    ])],
);

/// Section 6.16.2.
pub static UNIX_ACCOUNT: Class = part(
    "unix-account-ext",
    "STIX 2.1, 6.16.2",
    &[one("gid", Kind::Number(f64::MIN, f64::MAX)), texts("groups"), text("home_dir"), text("shell")],
    &[Rule::Some(&["gid", "groups", "home_dir", "shell"])],
);

/// Section 6.17.2.
pub static REGISTRY_VALUE: Class = part(
    "windows-registry-value-type",
    "STIX 2.1, 6.17.2",
    &[text("name"), text("data"), one("data_type", Kind::Enumeration(words::REGISTRY_DATA_TYPE))],
    &[Rule::Some(&["name", "data", "data_type"])],
);

/// Section 6.18.2.
pub static X509_V3: Class = part(
    "x509-v3-extensions-type",
    "STIX 2.1, 6.18.2",
    &[
        text("basic_constraints"),
        text("name_constraints"),
        text("policy_constraints"),
        text("key_usage"),
        text("extended_key_usage"),
        text("subject_key_identifier"),
        text("authority_key_identifier"),
        text("subject_alternative_name"),
        text("issuer_alternative_name"),
        text("subject_directory_attributes"),
        text("crl_distribution_points"),
        text("inhibit_any_policy"),
        time("private_key_usage_period_not_before"),
        time("private_key_usage_period_not_after"),
        text("certificate_policies"),
        text("policy_mappings"),
    ],
    &[Rule::Some(&[
        "basic_constraints",
        "name_constraints",
        "policy_constraints",
        "key_usage",
        "extended_key_usage",
        "subject_key_identifier",
        "authority_key_identifier",
        "subject_alternative_name",
        "issuer_alternative_name",
        "subject_directory_attributes",
        "crl_distribution_points",
        "inhibit_any_policy",
        "private_key_usage_period_not_before",
        "private_key_usage_period_not_after",
        "certificate_policies",
        "policy_mappings",
    ])],
);
