//! What is said of vulnerabilities and products: statuses, scores, threats as notes, remediations as courses of action.

use super::{
    super::{
        Vulnerability,
        check::{Status, Survey},
        look::{items, part, text, texts},
    },
    objects::{Builder, url},
    products::Software,
};
use crate::{Json, Member};

/// A note about these objects.
pub fn note(builder: &mut Builder<'_>, key: &str, (heading, content): (&str, &str), about: &[String]) {
    if content.is_empty() {
        return;
    }
    let id = builder.id("note", key);
    let mut object = builder.object("note", &id);
    object.text("abstract", Some(heading));
    object.text("content", Some(content));
    object.list("object_refs", about.iter().map(|id| Json::text(id.clone())).collect());
    builder.put(object);
}

/// The title of a note of CSAF, with its category.
pub fn heading(note: &Json<'_>) -> String {
    match (text(note, "category"), text(note, "title")) {
        (category, "") => category.to_owned(),
        (category, title) => format!("{category}: {title}"),
    }
}

pub fn of_vulnerability(
    builder: &mut Builder<'_>,
    survey: &Survey<'_>,
    (vulnerability, id): (Vulnerability<'_>, &str),
    software: &Software<'_>,
) {
    for (index, one) in items(vulnerability.json, "notes").iter().enumerate() {
        note(builder, &format!("{id} note {index}"), (&heading(one), text(one, "text")), &[id.to_owned()]);
    }
    statuses(builder, (vulnerability, id), software);
    scores(builder, (vulnerability, id), software);
    for (list, heading) in [("flags", "label"), ("threats", "category")] {
        for (index, one) in items(vulnerability.json, list).iter().enumerate() {
            let mut products: Vec<&str> = survey.products_of(one).into_iter().collect();
            products.sort_unstable();
            let said = format!("{} {}", text(one, heading), text(one, "details"));
            let content = lines(said.trim(), &products, software);
            let about = about(id, &products, software);
            note(builder, &format!("{id} {list} {index}"), (text(one, heading), &content), &about);
        }
    }
}

/// One note per status, so that the products of each are found; affected ones are related to the vulnerability.
fn statuses(
    builder: &mut Builder<'_>,
    (vulnerability, id): (Vulnerability<'_>, &str),
    software: &Software<'_>,
) {
    let status = part(vulnerability.json, "product_status");
    let known = |member: &&Member<'_>| Status::parse(&member.name).is_some();
    for member in status.as_object().unwrap_or_default().iter().filter(known) {
        let products: Vec<&str> = texts(status, &member.name).map(|(_, product)| product).collect();
        let content = lines(&member.name, &products, software);
        let heading = format!("product status: {}", member.name);
        note(
            builder,
            &format!("{id} status {}", member.name),
            (&heading, &content),
            &about(id, &products, software),
        );
    }
    let standings = vulnerability.standings();
    let affected = standings.iter().filter(|standing| standing.status == Status::Affected);
    for software in software.refs(affected.map(|standing| standing.product)) {
        builder.relationship(&software, "has", id);
    }
}

fn scores(
    builder: &mut Builder<'_>,
    (vulnerability, id): (Vulnerability<'_>, &str),
    software: &Software<'_>,
) {
    for list in ["scores", "metrics"] {
        for (index, item) in items(vulnerability.json, list).iter().enumerate() {
            let value = if list == "scores" { item } else { part(item, "content") };
            let products: Vec<&str> = texts(item, "products").map(|(_, product)| product).collect();
            for name in ["cvss_v2", "cvss_v3", "cvss_v4"] {
                let Some(score) = value.get(name) else { continue };
                let said = format!(
                    "CVSS {} {} {}",
                    text(score, "version"),
                    part(score, "baseScore"),
                    text(score, "vectorString")
                );
                let content = lines(&said, &products, software);
                let key = format!("{id} {name} {index}");
                note(builder, &key, (&said, &content), &about(id, &products, software));
            }
        }
    }
}

/// Remediations as courses of action that mitigate the vulnerability; that there is none is a note.
pub fn remediations(
    builder: &mut Builder<'_>,
    survey: &Survey<'_>,
    (vulnerability, id): (Vulnerability<'_>, &str),
    software: &Software<'_>,
) {
    for (index, one) in items(vulnerability.json, "remediations").iter().enumerate() {
        let category = text(one, "category");
        let mut products: Vec<&str> = survey.products_of(one).into_iter().collect();
        products.sort_unstable();
        let content = lines(text(one, "details"), &products, software);
        let key = format!("{id} remediation {index}");
        if matches!(category, "none_available" | "no_fix_planned" | "fix_planned") {
            note(builder, &key, (category, &content), &about(id, &products, software));
            continue;
        }
        let action = builder.id("course-of-action", &key);
        let mut object = builder.object("course-of-action", &action);
        let target = vulnerability.name().unwrap_or("the vulnerability");
        object.text("name", Some(&format!("{category} for {target}")));
        object.text("description", Some(&content));
        if let Some(address) = part(one, "url").as_text() {
            object.list("external_references", url("remediation", "", address).into_iter().collect());
        }
        builder.put(object);
        builder.relationship(&action, "mitigates", id);
    }
}

/// What is said, then the products, one on each line.
fn lines(said: &str, products: &[&str], software: &Software<'_>) -> String {
    let mut text = said.to_owned();
    for product in products {
        text += &format!("\n- {} ({product})", software.name(product));
    }
    text
}

fn about(id: &str, products: &[&str], software: &Software<'_>) -> Vec<String> {
    let mut about = vec![id.to_owned()];
    about.extend(software.refs(products.iter().copied()));
    about
}
