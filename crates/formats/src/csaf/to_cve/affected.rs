//! Products and their versions, as a record lists them: one entry per vendor and product.

use std::collections::BTreeMap;

use super::{
    super::{
        Product,
        check::Status,
        look::{part, text},
    },
    Members, Record,
};
use crate::Json;

/// An entry that is being made.
#[derive(Default)]
struct Entry {
    versions: Vec<Json<'static>>,
    cpes: Vec<Json<'static>>,
}

/// The products with a status.
pub(super) fn products(record: &Record<'_, '_>) -> Vec<Json<'static>> {
    let known = record.products;
    let mut entries: BTreeMap<(String, String, &str), Entry> = BTreeMap::new();
    for standing in record.vulnerability.standings() {
        let Some(product) = known.get(standing.product) else { continue };
        // What another is made of has the version of its first part, and runs on its second.
        let (part, platform) = match product.made_of {
            Some((part, platform)) => (known.get(part), known.get(platform)),
            None => (None, None),
        };
        let named = part.unwrap_or(product);
        let Some(status) = status(standing.status) else { continue };
        let (vendor, name) = key(record, named);
        // The same version may stand otherwise on another platform.
        let platform = platform.map_or("", |platform| platform.name);
        let entry = entries.entry((vendor, name, platform)).or_default();
        entry.versions.push(version(named, status));
        entry.cpes.extend(product.cpe.filter(|cpe| !cpe.is_empty()).map(|cpe| Json::text(cpe.to_owned())));
    }
    if entries.is_empty() {
        let mut unknown = Members::default();
        unknown.text("vendor", "n/a");
        unknown.text("product", "n/a");
        unknown.text("defaultStatus", "unknown");
        return vec![unknown.into_json()];
    }
    let written = |((vendor, product, platform), entry): ((String, String, &str), Entry)| {
        entry.into_json(&vendor, &product, platform)
    };
    entries.into_iter().map(written).collect()
}

impl Entry {
    fn into_json(self, vendor: &str, product: &str, platform: &str) -> Json<'static> {
        let mut object = Members::default();
        object.text("vendor", &vendor.chars().take(512).collect::<String>());
        object.text("product", &product.chars().take(2048).collect::<String>());
        object.list("cpes", self.cpes);
        let platform: String = platform.chars().take(1024).collect();
        object.list(
            "platforms",
            Some(platform).filter(|name| !name.is_empty()).map(Json::text).into_iter().collect(),
        );
        object.list("versions", self.versions);
        // Nothing is said of versions that are not named.
        object.text("defaultStatus", "unknown");
        object.into_json()
    }
}

/// Vendor and product; products that stand outside the branches have the publisher, if that is a vendor.
fn key(record: &Record<'_, '_>, product: &Product<'_>) -> (String, String) {
    let publisher = part(record.advisory.document(), "publisher");
    let maker = Some(text(publisher, "name")).filter(|_| text(publisher, "category") == "vendor");
    let vendor = product.vendor.or(maker).filter(|name| !name.is_empty()).unwrap_or("n/a");
    let name = product.product.unwrap_or(product.name);
    let name = if name.is_empty() { product.id } else { name };
    (vendor.to_owned(), name.to_owned())
}

/// The status in a record; recommended products have one besides.
const fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Affected => Some("affected"),
        Status::Fixed | Status::NotAffected => Some("unaffected"),
        Status::UnderInvestigation | Status::Unknown => Some("unknown"),
        Status::Recommended => None,
    }
}

fn version(product: &Product<'_>, status: &'static str) -> Json<'static> {
    if let Some(range) = product.range.and_then(range) {
        return range.into_json(status);
    }
    let version = product.version.or(product.range).filter(|version| !version.is_empty());
    let version: String = version.unwrap_or("unspecified").chars().take(1024).collect();
    Json::object([("version", Json::text(version)), ("status", Json::text(status))])
}

/// A range with one lower and one upper end, as a record can say it.
struct Range<'t> {
    kind: &'t str,
    from: &'t str,
    /// The member for the upper end, and the version.
    until: Option<(&'static str, &'t str)>,
}

/// `vers:type/>=a|<b`, with one of both ends or with both.
fn range(text: &str) -> Option<Range<'_>> {
    let (kind, constraints) = text.strip_prefix("vers:")?.split_once('/')?;
    let mut range = Range { kind, from: "0", until: None };
    let (mut lower, mut upper) = (0, 0);
    for constraint in constraints.split('|') {
        if let Some(version) = constraint.strip_prefix("<=") {
            range.until = Some(("lessThanOrEqual", version));
            upper += 1;
        } else if let Some(version) = constraint.strip_prefix('<') {
            range.until = Some(("lessThan", version));
            upper += 1;
        } else if let Some(version) = constraint.strip_prefix(">=") {
            range.from = version;
            lower += 1;
        } else {
            return None;
        }
    }
    let is_whole = !kind.is_empty()
        && !range.from.is_empty()
        && range.until.is_some_and(|(_, version)| !version.is_empty());
    (is_whole && upper == 1 && lower < 2).then_some(range)
}

impl Range<'_> {
    fn into_json(self, status: &'static str) -> Json<'static> {
        let mut object = Members::default();
        object.text("version", self.from);
        object.text("status", status);
        object.text("versionType", self.kind);
        if let Some((member, version)) = self.until {
            object.text(member, version);
        }
        object.into_json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_with_two_ends_are_understood_others_are_not() {
        let written = |text: &str| range(text).map(|range| range.into_json("affected").to_string());
        assert_eq!(
            written("vers:npm/>=1.0|<2.0").as_deref(),
            Some(r#"{"version":"1.0","status":"affected","versionType":"npm","lessThan":"2.0"}"#)
        );
        assert_eq!(
            written("vers:generic/<=1.4").as_deref(),
            Some(r#"{"version":"0","status":"affected","versionType":"generic","lessThanOrEqual":"1.4"}"#)
        );
        for other in [
            "vers:npm/>=1.0",
            "vers:npm/1.0|2.0",
            "vers:npm/<1|<2",
            "<2.0",
            "vers:all/*",
            "vers:npm/>=1|<2|!=1.5",
        ] {
            assert_eq!(written(other), None, "{other}");
        }
    }
}
