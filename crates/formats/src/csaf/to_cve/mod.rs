//! An advisory to records of CVE, version 5.1: one for each vulnerability that has a CVE, as its numbering authority
//! would publish it.

mod affected;
mod texts;

use std::collections::{HashMap, HashSet};

use super::{
    Advisory, Product, Vulnerability, carried,
    look::{items, part, text},
    model,
    syntax::{
        is_cve,
        time::{in_utc, nanoseconds},
    },
};
use crate::{Json, Loss, Member, Reading};

/// Who publishes the record. The advisory does not say it: an organisation knows its number from the CVE programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigner<'a> {
    /// The number of the organisation: a random UUID.
    pub organisation: &'a str,
    /// Its short name, 2 to 32 characters.
    pub short_name: Option<&'a str>,
}

/// What goes over.
const CARRIED: &[&str] = &[
    "/$schema",
    "/document/csaf_version",
    "/document/lang",
    "/document/references/*/url",
    "/document/references/*/summary",
    "/document/references/*/category",
    "/document/publisher/name",
    "/document/title",
    "/document/tracking/current_release_date",
    "/document/tracking/id",
    "/document/tracking/initial_release_date",
    "/product_tree/branches/*/category",
    "/product_tree/branches/*/name",
    "/product_tree/branches/*/product/name",
    "/product_tree/branches/*/product/product_id",
    "/product_tree/branches/*/product/product_identification_helper/cpe",
    "/product_tree/full_product_names/*/name",
    "/product_tree/full_product_names/*/product_id",
    "/product_tree/full_product_names/*/product_identification_helper/cpe",
    "/product_tree/product_groups/*/group_id",
    "/product_tree/product_groups/*/product_ids",
    "/product_tree/relationships/*/full_product_name/name",
    "/product_tree/relationships/*/full_product_name/product_id",
    "/product_tree/relationships/*/full_product_name/product_identification_helper/cpe",
    "/product_tree/relationships/*/product_reference",
    "/product_tree/relationships/*/relates_to_product_reference",
    "/product_tree/product_paths/*/full_product_name/name",
    "/product_tree/product_paths/*/full_product_name/product_id",
    "/product_tree/product_paths/*/full_product_name/product_identification_helper/cpe",
    "/product_tree/product_paths/*/beginning_product_reference",
    "/vulnerabilities/*/acknowledgments/*/names",
    "/vulnerabilities/*/acknowledgments/*/organization",
    "/vulnerabilities/*/cve",
    "/vulnerabilities/*/cwe/**",
    "/vulnerabilities/*/cwes/*/id",
    "/vulnerabilities/*/cwes/*/name",
    "/vulnerabilities/*/disclosure_date",
    "/vulnerabilities/*/discovery_date",
    "/vulnerabilities/*/release_date",
    "/vulnerabilities/*/notes/*/text",
    "/vulnerabilities/*/notes/*/category",
    "/vulnerabilities/*/product_status/first_affected",
    "/vulnerabilities/*/product_status/first_fixed",
    "/vulnerabilities/*/product_status/fixed",
    "/vulnerabilities/*/product_status/known_affected",
    "/vulnerabilities/*/product_status/known_not_affected",
    "/vulnerabilities/*/product_status/last_affected",
    "/vulnerabilities/*/product_status/under_investigation",
    "/vulnerabilities/*/product_status/unknown",
    "/vulnerabilities/*/references/*/url",
    "/vulnerabilities/*/references/*/summary",
    "/vulnerabilities/*/references/*/category",
    "/vulnerabilities/*/remediations/*/category",
    "/vulnerabilities/*/remediations/*/details",
    "/vulnerabilities/*/scores/*/cvss_v2/**",
    "/vulnerabilities/*/scores/*/cvss_v3/**",
    "/vulnerabilities/*/metrics/*/content/cvss_v2/**",
    "/vulnerabilities/*/metrics/*/content/cvss_v3/**",
    "/vulnerabilities/*/metrics/*/content/cvss_v4/**",
    "/vulnerabilities/*/threats/*/category",
    "/vulnerabilities/*/threats/*/details",
    "/vulnerabilities/*/title",
];

/// One record per vulnerability with a CVE, and what did not go into them.
#[must_use]
pub fn to_cve(advisory: &Advisory, assigner: &Assigner<'_>) -> Reading<Json<'static>> {
    let why = "a CVE record has no place for it, or we found none";
    let mut reading = Reading { items: Vec::new(), losses: carried::losses(advisory.json(), CARRIED, why) };
    let products = advisory.products().into_iter().map(|product| (product.id, product)).collect();
    let mut seen = HashSet::new();
    for vulnerability in advisory.vulnerabilities() {
        let index = vulnerability.index.to_string();
        let place = ["vulnerabilities", &index];
        match vulnerability.cve.filter(|cve| is_cve(cve)) {
            None => reading.losses.push(Loss::at(
                &place,
                vulnerability.name().unwrap_or("a vulnerability without a name"),
                "without a CVE there is no CVE record",
            )),
            Some(cve) if !seen.insert(cve) => {
                reading.losses.push(Loss::at(
                    &place,
                    cve,
                    "this CVE stands in the list before: one record each",
                ));
            }
            Some(cve) => {
                let mut record =
                    Record { advisory, vulnerability, products: &products, losses: &mut reading.losses };
                reading.items.push(record.whole(cve, assigner));
            }
        }
    }
    reading
}

/// A record that is being made.
struct Record<'d, 'l> {
    advisory: &'d Advisory,
    vulnerability: Vulnerability<'d>,
    products: &'l HashMap<&'d str, Product<'d>>,
    losses: &'l mut Vec<Loss>,
}

impl Record<'_, '_> {
    fn whole(&mut self, cve: &str, assigner: &Assigner<'_>) -> Json<'static> {
        let date = |name: &str| nanoseconds(text(self.advisory.tracking(), name)).map(in_utc);
        let mut metadata = Members::default();
        metadata.text("cveId", cve);
        metadata.text("assignerOrgId", assigner.organisation);
        metadata.some("assignerShortName", assigner.short_name.map(str::to_owned));
        metadata.text("state", "PUBLISHED");
        metadata.some("datePublished", date("initial_release_date"));
        metadata.some("dateUpdated", date("current_release_date"));
        let mut provider = Members::default();
        provider.text("orgId", assigner.organisation);
        provider.some("shortName", assigner.short_name.map(str::to_owned));
        provider.some("dateUpdated", date("current_release_date"));
        let container = self.container(provider.into_json());
        Json::object([
            ("dataType", Json::text("CVE_RECORD")),
            ("dataVersion", Json::text("5.1")),
            ("cveMetadata", metadata.into_json()),
            ("containers", Json::object([("cna", container)])),
        ])
    }

    fn container(&mut self, provider: Json<'static>) -> Json<'static> {
        let value = self.vulnerability.json;
        let mut cna = Members::default();
        cna.put("providerMetadata", provider);
        let public =
            ["disclosure_date", "release_date"].into_iter().find_map(|name| nanoseconds(text(value, name)));
        cna.some("datePublic", public.map(in_utc));
        let title = self.vulnerability.title.unwrap_or_else(|| self.advisory.title()).to_owned();
        if let Some(title) = self.cut("title", &title, 256) {
            cna.text("title", &title);
        }
        let descriptions = self.descriptions();
        cna.list("descriptions", descriptions);
        cna.list("affected", affected::products(self));
        cna.list("problemTypes", problem_types(self.vulnerability));
        let references = self.references();
        cna.list("references", references);
        cna.list("metrics", metrics(value));
        self.told(&mut cna);
        let mut source = Members::default();
        source.text("advisory", self.advisory.id());
        source.text("discovery", "UNKNOWN");
        cna.put("source", source.into_json());
        cna.into_json()
    }

    fn references(&mut self) -> Vec<Json<'static>> {
        let both = [self.vulnerability.json, self.advisory.document()];
        let all = both.into_iter().flat_map(|value| items(value, "references"));
        let mut seen = HashSet::new();
        let mut references = Vec::new();
        for reference in all.filter(|reference| seen.insert(text(reference, "url"))) {
            let address = text(reference, "url");
            if address.is_empty() || address.chars().nth(2048).is_some() || references.len() == 512 {
                let why = "a record has up to 512 references of up to 2048 characters";
                self.losses.push(Loss::at(&["document", "references"], crate::json::short(address), why));
                continue;
            }
            let mut member = Members::default();
            member.text("url", address);
            if let Some(name) = self.cut("references", text(reference, "summary"), 512) {
                member.text("name", &name);
            }
            if text(reference, "category") == "self" {
                member.put("tags", Json::List(vec![Json::text("vendor-advisory")]));
            }
            references.push(member.into_json());
        }
        if references.is_empty() {
            let namespace = text(part(self.advisory.document(), "publisher"), "namespace");
            references.push(Json::object([("url", Json::text(namespace.to_owned()))]));
        }
        references
    }
}

fn problem_types(vulnerability: Vulnerability<'_>) -> Vec<Json<'static>> {
    let weaknesses = vulnerability.weaknesses().filter(|(id, _)| super::syntax::Form::Cwe.fits(id));
    weaknesses
        .map(|(id, name)| {
            let description = Json::object([
                ("lang", Json::text("en")),
                ("description", Json::text(format!("{id} {name}").trim().to_owned())),
                ("cweId", Json::text(id.to_owned())),
                ("type", Json::text("CWE")),
            ]);
            Json::object([("descriptions", Json::List(vec![description]))])
        })
        .collect()
}

fn metrics(value: &Json<'_>) -> Vec<Json<'static>> {
    let mut found = Vec::new();
    let contents = items(value, "metrics").iter().map(|metric| part(metric, "content"));
    for item in items(value, "scores").iter().chain(contents) {
        for name in ["cvss_v2", "cvss_v3", "cvss_v4"] {
            let score = part(item, name);
            let member = match text(score, "version") {
                "2.0" => "cvssV2_0",
                "3.0" => "cvssV3_0",
                "3.1" => "cvssV3_1",
                "4.0" => "cvssV4_0",
                _ => continue,
            };
            let scenario = Json::object([("lang", Json::text("en")), ("value", Json::text("GENERAL"))]);
            found.push(Json::object([
                ("format", Json::text("CVSS")),
                ("scenarios", Json::List(vec![scenario])),
                (member, known_members(score)),
            ]));
        }
    }
    found
}

/// What the schema of CVSS knows: a CVE record takes nothing else.
fn known_members(score: &Json<'_>) -> Json<'static> {
    let class = match text(score, "version") {
        "2.0" => &model::CVSS_2,
        "3.0" => &model::CVSS_30,
        "4.0" => &model::CVSS_4,
        _ => &model::CVSS_31,
    };
    let members = score.as_object().unwrap_or_default().iter();
    let known =
        members.filter(|member| class.attributes.iter().any(|attribute| attribute.name == member.name));
    let owned = known.map(|member| Member {
        name: member.name.clone().into_owned().into(),
        value: member.value.clone().into_owned(),
    });
    Json::Object(owned.collect())
}

/// Members of an object that is being made.
#[derive(Default)]
struct Members(Vec<Member<'static>>);

impl Members {
    fn put(&mut self, name: &'static str, value: Json<'static>) {
        self.0.push(Member { name: name.into(), value });
    }

    fn text(&mut self, name: &'static str, text: &str) {
        self.some(name, Some(text.to_owned()).filter(|text| !text.is_empty()));
    }

    fn some(&mut self, name: &'static str, text: Option<String>) {
        if let Some(text) = text {
            self.put(name, Json::text(text));
        }
    }

    /// A list with something in it, each item once.
    fn list(&mut self, name: &'static str, items: Vec<Json<'static>>) {
        let mut seen = HashSet::new();
        let items: Vec<_> = items.into_iter().filter(|item| seen.insert(item.to_string())).collect();
        if !items.is_empty() {
            self.put(name, Json::List(items));
        }
    }

    fn into_json(self) -> Json<'static> {
        Json::Object(self.0)
    }
}
