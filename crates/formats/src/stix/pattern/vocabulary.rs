//! Which objects and properties a pattern may speak of.

/// The model that patterns are checked against.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary {
    /// Whether the standard has an observable object of this type.
    pub is_type: fn(object_type: &str) -> bool,
    /// What a property of such an object holds; none when it has no such property.
    pub property: fn(object_type: &str, property: &str) -> Option<Kind>,
}

/// What a property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Float,
    /// `true` or `false`
    Boolean,
    /// A timestamp.
    Timestamp,
    /// Bytes, in hexadecimal digits or in Base64.
    Binary,
    /// The identifier of another object, or a list of such.
    Reference,
    /// A list, a dictionary or an object, of which steps of the path lead further.
    Nested,
}

impl Default for Vocabulary {
    /// The 18 observable objects of STIX 2.1 (section 6).
    fn default() -> Self {
        Self { is_type: |name| properties(name).is_some(), property: standard_property }
    }
}

fn standard_property(object_type: &str, property: &str) -> Option<Kind> {
    let listed = properties(object_type)?;
    match property {
        "type" | "id" | "spec_version" => return Some(Kind::Text),
        "defanged" => return Some(Kind::Boolean),
        "extensions" | "object_marking_refs" | "granular_markings" => return Some(Kind::Nested),
        _ => {}
    }
    let listed =
        listed.split(' ').find(|name| name.trim_end_matches(['#', '.', '?', '@', '*', '~']) == property)?;
    Some(match listed.as_bytes().last() {
        Some(b'#') => Kind::Integer,
        Some(b'.') => Kind::Float,
        Some(b'?') => Kind::Boolean,
        Some(b'@') => Kind::Timestamp,
        Some(b'~') => Kind::Binary,
        Some(b'*') => Kind::Nested,
        _ if listed.ends_with("_ref") || listed.ends_with("_refs") => Kind::Reference,
        _ => Kind::Text,
    })
}

/// The properties of an object: `#` whole number, `?` boolean, `@` timestamp, `~` bytes, `*` nested.
fn properties(object_type: &str) -> Option<&'static str> {
    Some(match object_type {
        "artifact" => "mime_type payload_bin~ url hashes* encryption_algorithm decryption_key",
        "autonomous-system" => "number# name rir",
        "directory" => "path path_enc ctime@ mtime@ atime@ contains_refs",
        "domain-name" => "value resolves_to_refs",
        "email-addr" => "value display_name belongs_to_ref",
        "email-message" => {
            "is_multipart? date@ content_type from_ref sender_ref to_refs cc_refs bcc_refs message_id subject \
             received_lines* additional_header_fields* body body_multipart* raw_email_ref"
        }
        "file" => {
            "hashes* size# name name_enc magic_number_hex~ mime_type ctime@ mtime@ atime@ \
             parent_directory_ref contains_refs content_ref"
        }
        "ipv4-addr" | "ipv6-addr" => "value resolves_to_refs belongs_to_refs",
        "mac-addr" | "url" => "value",
        "mutex" => "name",
        "network-traffic" => {
            "start@ end@ is_active? src_ref dst_ref src_port# dst_port# protocols* src_byte_count# \
             dst_byte_count# src_packets# dst_packets# ipfix* src_payload_ref dst_payload_ref \
             encapsulates_refs encapsulated_by_ref"
        }
        "process" => {
            "is_hidden? pid# created_time@ cwd command_line environment_variables* opened_connection_refs \
             creator_user_ref image_ref parent_ref child_refs"
        }
        "software" => "name cpe swid languages* vendor version",
        "user-account" => {
            "user_id credential account_login account_type display_name is_service_account? is_privileged? \
             can_escalate_privs? is_disabled? account_created@ account_expires@ credential_last_changed@ \
             account_first_login@ account_last_login@"
        }
        "windows-registry-key" => "key values* modified_time@ creator_user_ref number_of_subkeys#",
        "x509-certificate" => {
            "is_self_signed? hashes* version serial_number signature_algorithm issuer validity_not_before@ \
             validity_not_after@ subject subject_public_key_algorithm subject_public_key_modulus \
             subject_public_key_exponent# x509_v3_extensions*"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_have_their_kind() {
        assert_eq!(standard_property("file", "size"), Some(Kind::Integer));
        assert_eq!(standard_property("file", "magic_number_hex"), Some(Kind::Binary));
        assert_eq!(standard_property("file", "parent_directory_ref"), Some(Kind::Reference));
        assert_eq!(standard_property("network-traffic", "start"), Some(Kind::Timestamp));
        assert_eq!(standard_property("mutex", "type"), Some(Kind::Text));
        assert_eq!(standard_property("mutex", "value"), None);
        assert_eq!(standard_property("x-mutex", "name"), None);
    }
}
