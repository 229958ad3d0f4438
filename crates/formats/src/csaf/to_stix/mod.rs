//! An advisory to a bundle of STIX 2.1: who published it, the vulnerabilities, the products, what is said of both.
//!
//! The same advisory gives the same bytes: identifiers are UUIDs version 5 in a name space of ours, made of the
//! identifier of the publisher and of the document; products are identified by what they are (STIX 2.1, 2.9).

mod notes;
mod objects;
mod products;

use super::{
    Advisory, Vulnerability,
    advisory::best_note,
    carried,
    check::Survey,
    look::{items, part, text, texts},
};
use crate::{Json, Reading, stix};
use objects::Builder;

/// What goes over; see the README of this folder for where to.
const CARRIED: &[&str] = &[
    "/$schema",
    "/document/category",
    "/document/csaf_version",
    "/document/aggregate_severity/text",
    "/document/distribution/tlp/label",
    "/document/lang",
    "/document/notes/*/category",
    "/document/notes/*/text",
    "/document/notes/*/title",
    "/document/publisher/category",
    "/document/publisher/contact_details",
    "/document/publisher/name",
    "/document/publisher/namespace",
    "/document/references/**",
    "/document/title",
    "/document/tracking/aliases",
    "/document/tracking/current_release_date",
    "/document/tracking/id",
    "/document/tracking/initial_release_date",
    "/document/tracking/status",
    "/document/tracking/version",
    "/product_tree/branches/*/category",
    "/product_tree/branches/*/name",
    "/product_tree/branches/*/product/name",
    "/product_tree/branches/*/product/product_id",
    "/product_tree/branches/*/product/product_identification_helper/cpe",
    "/product_tree/full_product_names/*/name",
    "/product_tree/full_product_names/*/product_id",
    "/product_tree/full_product_names/*/product_identification_helper/cpe",
    "/product_tree/relationships/*/full_product_name/name",
    "/product_tree/relationships/*/full_product_name/product_id",
    "/product_tree/relationships/*/full_product_name/product_identification_helper/cpe",
    "/product_tree/product_paths/*/full_product_name/name",
    "/product_tree/product_paths/*/full_product_name/product_id",
    "/product_tree/product_paths/*/full_product_name/product_identification_helper/cpe",
    // Groups are resolved to their products.
    "/product_tree/product_groups/*/group_id",
    "/product_tree/product_groups/*/product_ids",
    "/vulnerabilities/*/cve",
    "/vulnerabilities/*/cwe/**",
    "/vulnerabilities/*/cwes/*/id",
    "/vulnerabilities/*/cwes/*/name",
    "/vulnerabilities/*/flags/*/label",
    "/vulnerabilities/*/flags/*/product_ids",
    "/vulnerabilities/*/flags/*/group_ids",
    "/vulnerabilities/*/ids/*/system_name",
    "/vulnerabilities/*/ids/*/text",
    "/vulnerabilities/*/notes/*/category",
    "/vulnerabilities/*/notes/*/text",
    "/vulnerabilities/*/notes/*/title",
    "/vulnerabilities/*/product_status/**",
    "/vulnerabilities/*/references/**",
    "/vulnerabilities/*/remediations/*/category",
    "/vulnerabilities/*/remediations/*/details",
    "/vulnerabilities/*/remediations/*/url",
    "/vulnerabilities/*/remediations/*/product_ids",
    "/vulnerabilities/*/remediations/*/group_ids",
    "/vulnerabilities/*/scores/*/products",
    "/vulnerabilities/*/scores/*/cvss_v2/**",
    "/vulnerabilities/*/scores/*/cvss_v3/**",
    "/vulnerabilities/*/metrics/*/products",
    "/vulnerabilities/*/metrics/*/content/cvss_v2/**",
    "/vulnerabilities/*/metrics/*/content/cvss_v3/**",
    "/vulnerabilities/*/metrics/*/content/cvss_v4/**",
    "/vulnerabilities/*/threats/*/category",
    "/vulnerabilities/*/threats/*/details",
    "/vulnerabilities/*/threats/*/product_ids",
    "/vulnerabilities/*/threats/*/group_ids",
    "/vulnerabilities/*/title",
];

/// One bundle, and what did not go into it.
#[must_use]
pub fn to_stix(advisory: &Advisory) -> Reading<Json<'static>> {
    let mut losses =
        carried::losses(advisory.json(), CARRIED, "STIX 2.1 has no place for it, or we found none");
    let mut builder = Builder::over(advisory);
    builder.publisher();
    let products = products::software(advisory, &mut builder);
    let survey = Survey::of(advisory.json(), advisory.version());
    for vulnerability in advisory.vulnerabilities() {
        let id = vulnerability_object(&mut builder, vulnerability);
        notes::of_vulnerability(&mut builder, &survey, (vulnerability, &id), &products);
        notes::remediations(&mut builder, &survey, (vulnerability, &id), &products);
    }
    report(&mut builder, advisory);
    losses.append(&mut builder.losses);
    Reading { items: vec![stix::bundle(builder.finish())], losses }
}

fn vulnerability_object(builder: &mut Builder<'_>, vulnerability: Vulnerability<'_>) -> String {
    let key = vulnerability.name().map_or_else(|| vulnerability.index.to_string(), str::to_owned);
    let mut id = builder.id("vulnerability", &key);
    if builder.has(&id) {
        id = builder.id("vulnerability", &format!("{key} {}", vulnerability.index));
    }
    let mut object = builder.object("vulnerability", &id);
    object.text("name", Some(vulnerability.name().unwrap_or("a vulnerability without a name")));
    object.text("description", vulnerability.description().or(vulnerability.title));
    let mut references: Vec<Json<'static>> = Vec::new();
    references.extend(vulnerability.cve.map(|cve| objects::external("cve", cve)));
    references.extend(vulnerability.weaknesses().map(|(cwe, _)| objects::external("cwe", cwe)));
    let others = items(vulnerability.json, "ids");
    references.extend(others.iter().map(|id| objects::external(text(id, "system_name"), text(id, "text"))));
    references.extend(objects::references(vulnerability.json));
    object.list("external_references", references);
    builder.put(object);
    id
}

/// The advisory itself, which holds all else together.
fn report(builder: &mut Builder<'_>, advisory: &Advisory) {
    let document = advisory.document();
    for (index, note) in items(document, "notes").iter().enumerate() {
        let about = [builder.id("report", "")];
        notes::note(
            builder,
            &format!("document note {index}"),
            (&notes::heading(note), text(note, "text")),
            &about,
        );
    }
    let id = builder.id("report", "");
    let mut object = builder.object("report", &id);
    let title = Some(advisory.title()).filter(|title| !title.is_empty());
    object.text("name", title.or(Some("an advisory without a title")));
    object.text("description", best_note(document));
    object.list("report_types", vec![Json::text("vulnerability")]);
    object.text("published", Some(&builder.modified));
    let severity = text(part(document, "aggregate_severity"), "text");
    let labels = [("category: ", text(document, "category")), ("severity: ", severity)];
    let version = text(advisory.tracking(), "version");
    let status = text(advisory.tracking(), "status");
    let labels = labels
        .into_iter()
        .chain([("version: ", version), ("status: ", status)])
        .filter(|(_, word)| !word.is_empty());
    object.list("labels", labels.map(|(kind, word)| Json::text(format!("{kind}{word}"))).collect());
    let mut references = vec![objects::external("csaf", advisory.id())];
    let aliases = texts(advisory.tracking(), "aliases");
    references.extend(aliases.map(|(_, alias)| objects::external("csaf-alias", alias)));
    references.extend(objects::references(document));
    object.list("external_references", references);
    let refs = builder
        .ids()
        .filter(|other| !other.starts_with("marking-definition"))
        .map(|id| Json::text(id.to_owned()))
        .collect();
    object.list("object_refs", refs);
    builder.put(object);
}
