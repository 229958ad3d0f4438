//! An advisory: the document as it came, and what everybody asks of it.
//!
//! Nothing is taken out of the document, so what we do not know survives (decision 0007); what is asked often has
//! a name here, all else is found by its name in the standard, in [`Advisory::json`].

use std::fmt;

use super::{
    DocumentProfile, Version,
    check::{Standing, Status, Survey, standings},
    look::{items, part, text},
    version_of,
};
use crate::{Json, Limits, Loss, Reading, reading::documents};

/// A CSAF document.
#[derive(Clone, Debug, PartialEq)]
pub struct Advisory(Json<'static>);

/// Compact JSON, with all that came and in its order; `{:#}` is indented.
impl fmt::Display for Advisory {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if out.alternate() { write!(out, "{:#}", self.0) } else { write!(out, "{}", self.0) }
    }
}

/// A product of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Product<'d> {
    /// `product_id`.
    pub id: &'d str,
    /// The full name.
    pub name: &'d str,
    /// The branch of the category `vendor` above it.
    pub vendor: Option<&'d str>,
    /// The branch of the category `product_name` above it.
    pub product: Option<&'d str>,
    /// The branch of the category `product_version` above it.
    pub version: Option<&'d str>,
    /// The branch of the category `product_version_range` above it.
    pub range: Option<&'d str>,
    /// `cpe` of its identification helper.
    pub cpe: Option<&'d str>,
    /// The products that it is made of by a relationship, or by the ends of a path: what, and on what.
    pub made_of: Option<(&'d str, &'d str)>,
}

/// A vulnerability, with its place in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vulnerability<'d> {
    /// From 0.
    pub index: usize,
    /// `cve`.
    pub cve: Option<&'d str>,
    /// `title`.
    pub title: Option<&'d str>,
    /// The whole object.
    pub json: &'d Json<'d>,
}

/// Reads advisories: one document, a list of them, or one after the other. What is no JSON object with a member
/// `document` is named as a loss; everything else is kept as it came.
#[must_use]
pub fn read(bytes: &[u8], limits: &Limits) -> Reading<Advisory> {
    documents(bytes, limits, "an advisory", |value| match Advisory::of(value) {
        Ok(advisory) => Reading { items: vec![advisory], losses: Vec::new() },
        Err(loss) => Reading { items: Vec::new(), losses: vec![loss] },
    })
}

impl Advisory {
    /// The advisory that this document is.
    ///
    /// # Errors
    /// What is no object with the member `document`.
    pub fn of(document: Json<'static>) -> Result<Self, Loss> {
        if document.get("document").is_some() {
            return Ok(Self(document));
        }
        Err(Loss::at(&[], document.in_short(), "an advisory is an object with the member document"))
    }

    /// The document as it is.
    #[must_use]
    pub const fn json(&self) -> &Json<'static> {
        &self.0
    }

    /// The version that it names; 2.0 when it names none that we know.
    #[must_use]
    pub fn version(&self) -> Version {
        version_of(&self.0)
    }

    /// Its profile.
    #[must_use]
    pub fn profile(&self) -> DocumentProfile {
        DocumentProfile::of(text(self.document(), "category"), self.version())
    }

    /// `tracking.id`, empty when it has none.
    #[must_use]
    pub fn id(&self) -> &str {
        text(self.tracking(), "id")
    }

    /// `title`, empty when it has none.
    #[must_use]
    pub fn title(&self) -> &str {
        text(self.document(), "title")
    }

    /// The label of the traffic light protocol.
    #[must_use]
    pub fn tlp(&self) -> Option<&str> {
        part(part(part(self.document(), "distribution"), "tlp"), "label").as_text()
    }

    /// The name of the file that it is published as (CSAF, 5.1).
    #[must_use]
    pub fn file_name(&self) -> String {
        super::file_name(self.id())
    }

    pub(super) fn document(&self) -> &Json<'_> {
        part(&self.0, "document")
    }

    pub(super) fn tracking(&self) -> &Json<'_> {
        part(self.document(), "tracking")
    }

    /// The products of the tree, in its order.
    #[must_use]
    pub fn products(&self) -> Vec<Product<'_>> {
        let survey = Survey::of(&self.0, self.version());
        survey.products.iter().map(|product| describe(&survey, product)).collect()
    }

    /// The vulnerabilities, in their order.
    pub fn vulnerabilities(&self) -> impl Iterator<Item = Vulnerability<'_>> {
        items(&self.0, "vulnerabilities").iter().enumerate().map(|(index, json)| Vulnerability {
            index,
            cve: part(json, "cve").as_text(),
            title: part(json, "title").as_text(),
            json,
        })
    }
}

impl<'d> Vulnerability<'d> {
    /// Weaknesses: number and name.
    pub fn weaknesses(&self) -> impl Iterator<Item = (&'d str, &'d str)> {
        let all = self.json.get("cwe").into_iter().chain(items(self.json, "cwes"));
        all.map(|cwe| (text(cwe, "id"), text(cwe, "name")))
    }

    /// The products and their status, each as often as the document says it.
    pub fn statuses(&self) -> impl Iterator<Item = (&'d str, Status)> {
        self.standings().into_iter().map(|standing| (standing.product, standing.status))
    }

    /// The products and their status, with the name of the member that says so.
    pub(super) fn standings(&self) -> Vec<Standing<'d>> {
        standings(super::check::Vulnerability { index: self.index, value: self.json })
    }

    /// What it is called: its CVE, else its title, else an identifier of another system.
    #[must_use]
    pub fn name(&self) -> Option<&'d str> {
        let other = || items(self.json, "ids").first().and_then(|id| part(id, "text").as_text());
        let said = |name: Option<&'d str>| name.filter(|name| !name.is_empty());
        said(self.cve).or(said(self.title)).or_else(|| said(other()))
    }

    /// The note that describes it best: description, summary, details, general.
    #[must_use]
    pub fn description(&self) -> Option<&'d str> {
        best_note(self.json)
    }
}

/// The text of the note that describes best.
pub(super) fn best_note<'d>(value: &'d Json<'d>) -> Option<&'d str> {
    let notes = items(value, "notes");
    ["description", "summary", "details", "general"].into_iter().find_map(|category| {
        let note = notes.iter().find(|note| text(note, "category") == category)?;
        part(note, "text").as_text()
    })
}

fn describe<'d>(survey: &Survey<'d>, product: &super::check::Product<'d>) -> Product<'d> {
    let above = |category: &str| {
        survey.above(product.branch).find(|branch| branch.category == category).map(|branch| branch.name)
    };
    let helper = part(product.value, "product_identification_helper");
    Product {
        id: product.id,
        name: text(product.value, "name"),
        vendor: above("vendor"),
        product: above("product_name"),
        version: above("product_version"),
        range: above("product_version_range"),
        cpe: part(helper, "cpe").as_text(),
        made_of: made_of(survey.tree, &product.place),
    }
}

fn made_of<'d>(tree: &'d Json<'d>, place: &str) -> Option<(&'d str, &'d str)> {
    let mut steps = place.split('/').skip(2);
    let (list, index) = (steps.next()?, steps.next()?.parse::<usize>().ok()?);
    let value = items(tree, list).get(index)?;
    match list {
        "relationships" => {
            Some((text(value, "product_reference"), text(value, "relates_to_product_reference")))
        }
        "product_paths" => {
            let last = items(value, "subpaths").last()?;
            Some((text(value, "beginning_product_reference"), text(last, "next_product_reference")))
        }
        _ => None,
    }
}
