//! Which format is this? Told from the beginning of the bytes; nothing is parsed.

/// A format that we know by sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// IDMEFv2, any version.
    Idmefv2,
    /// IDEA, the format of Warden.
    Idea,
    /// STIX 2.1, or 2.0.
    Stix,
    /// An event of MISP.
    Misp,
    /// A playbook of CACAO 2.0.
    Cacao,
    /// An advisory of CSAF.
    Csaf,
    /// An incident record of our own, as the API or the command line has it.
    Incident,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Idmefv2, Self::Idea, Self::Stix, Self::Misp, Self::Cacao, Self::Csaf, Self::Incident];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idmefv2 => "idmefv2",
            Self::Idea => "idea",
            Self::Stix => "stix2.1",
            Self::Misp => "misp",
            Self::Cacao => "cacao",
            Self::Csaf => "csaf",
            Self::Incident => "incident",
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name))
    }
}

/// The format of a document of which these are the first bytes; a few kilobytes are enough.
#[must_use]
pub fn sniff(beginning: &[u8]) -> Option<Format> {
    let members = first_members(beginning);
    let has = |name: &str| members.iter().any(|(member, _)| *member == name.as_bytes());
    let value = |name: &str| {
        let found = members.iter().find(|(member, _)| *member == name.as_bytes());
        found.map(|(_, value)| *value).unwrap_or_default()
    };
    let kind = value("type");
    if value("Format").starts_with(b"IDEA") {
        return Some(Format::Idea);
    }
    if value("Version").starts_with(b"2.D.") || value("Version").starts_with(b"2.0.") {
        return Some(Format::Idmefv2);
    }
    if has("answers") && has("revision") || has("facts") && (has("events") || has("entity")) {
        return Some(Format::Incident);
    }
    if kind == b"playbook" || kind == b"playbook-template" {
        return Some(Format::Cacao);
    }
    let names_itself =
        |id: &[u8]| !kind.is_empty() && id.strip_prefix(kind).is_some_and(|rest| rest.starts_with(b"--"));
    let is_stix_type = std::str::from_utf8(kind).is_ok_and(crate::stix::is_type);
    if kind == b"bundle" || has("spec_version") || is_stix_type || names_itself(value("id")) {
        return Some(Format::Stix);
    }
    if has("Event") || has("response") || has("info") && (has("Attribute") || has("Object")) {
        return Some(Format::Misp);
    }
    if has("document") && has("vulnerabilities") || has("csaf_version") {
        return Some(Format::Csaf);
    }
    let idmef =
        ["Analyzer", "CreateTime", "Category", "Source", "Target"].into_iter().filter(|name| has(name));
    if has("Analyzer") || idmef.count() >= 2 {
        return Some(Format::Idmefv2);
    }
    if has("document") { Some(Format::Csaf) } else { None }
}

/// The members of the first object, with the bytes of their values where these are texts. What follows the
/// end of `bytes` is not known, and nothing is said of it.
fn first_members(bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut members = Vec::new();
    let start = bytes.iter().position(|byte| *byte == b'{').map_or(bytes.len(), |at| at + 1);
    let mut at = start;
    let mut depth = 1_usize;
    let mut name: Option<&[u8]> = None;
    let mut expects_value = false;
    while let Some(byte) = bytes.get(at).copied() {
        at += 1;
        match byte {
            b'"' => {
                let text = bytes.get(at..).unwrap_or_default();
                let length = end_of_text(text);
                let text = text.get(..length).unwrap_or_default();
                at += length + 1;
                match (depth, expects_value) {
                    (1, false) => name = Some(text),
                    (1, true) => members.extend(name.take().map(|name| (name, text))),
                    _ => {}
                }
            }
            b':' if depth == 1 => expects_value = true,
            b',' if depth == 1 => {
                members.extend(name.take().map(|name| (name, &[] as &[u8])));
                expects_value = false;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
        // Enough to know any format.
        if members.len() > 200 {
            break;
        }
    }
    members.extend(name.filter(|_| expects_value).map(|name| (name, &[] as &[u8])));
    members
}

/// Up to the closing quote, or to the end.
fn end_of_text(text: &[u8]) -> usize {
    let mut escaped = false;
    for (at, byte) in text.iter().enumerate() {
        match (escaped, byte) {
            (true, _) => escaped = false,
            (false, b'\\') => escaped = true,
            (false, b'"') => return at,
            (false, _) => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_sight() {
        let known: [(&str, Option<Format>); 15] = [
            (r#"{"Version": "2.D.V04", "ID"#, Some(Format::Idmefv2)),
            (r#"[{"CreateTime":"x","Analyzer":{"Na"#, Some(Format::Idmefv2)),
            (r#"{"Format":"IDEA0","Category":["x"]}"#, Some(Format::Idea)),
            (r#"{"type":"bundle","objects":[]}"#, Some(Format::Stix)),
            (r#"{"spec_version":"2.1","type":"indicator"}"#, Some(Format::Stix)),
            (r#"{"type":"indicator","id":"x"}"#, Some(Format::Stix)),
            (r#"{"id":"x-own--1","type":"x-own"}"#, Some(Format::Stix)),
            (r#"{"Event":{"info":"x"}}"#, Some(Format::Misp)),
            (r#"{"type":"playbook","spec_version":"cacao-2.0"}"#, Some(Format::Cacao)),
            (r#"{"document":{"category":"csaf_vex"},"vulnerabilities":[]}"#, Some(Format::Csaf)),
            (r#"{"id":"x","revision":3,"answers":{}}"#, Some(Format::Incident)),
            (r#"{"entity":{},"facts":{},"country":"LU"}"#, Some(Format::Incident)),
            (r#"{"a":"type","b":{"type":"bundle"}}"#, None),
            ("", None),
            ("<html>", None),
        ];
        for (text, format) in known {
            assert_eq!(sniff(text.as_bytes()), format, "{text}");
            for end in 0..text.len() {
                let _no_panic = sniff(&text.as_bytes()[..end]);
            }
        }
    }
}
