//! What goes to an authority as several files: which answers feed which file is data of the pack (`packages/*.toml`).
//!
//! Only evidence goes in to which its owner has consented; what is left out is named by its number, and nothing
//! else of it is there.

mod defang;
mod evidence;
mod link;
mod spec;
mod tables;
mod timeline;

use model::DutyKey;
use serde_json::Value;

pub(crate) use self::link::problems;
pub use self::{
    defang::defanged,
    spec::{Damage, Evidence, Observables, PackageSpec, Statement},
};
use crate::{
    Library,
    clock::zone,
    export::{Report, report_of},
    visibility::stage_of,
};

/// The files of a package, but for its paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// The report without the evidence that is withheld, with addresses that nobody follows by accident: for the
    /// paper.
    pub printed: Report,
    /// The numbers of the pieces of evidence that are withheld.
    pub withheld: Vec<String>,
    /// The files by name.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The packages in which a stage is offered.
#[must_use]
pub fn packages_of<'a>(library: &'a Library, key: &DutyKey) -> Vec<&'a PackageSpec> {
    let Some((pack, stage)) = stage_of(library, key) else { return vec![] };
    if stage.form.is_none() {
        return vec![];
    }
    pack.packages.values().filter(|package| package.takes(&key.track, &key.stage)).collect()
}

/// The names of all packages that laws bring.
#[must_use]
pub fn package_names(library: &Library) -> Vec<&str> {
    let all = library.packs().iter().flat_map(|pack| pack.packages.values());
    let mut names: Vec<&str> = all.map(|package| package.id.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What goes into the package; instants also in the zone named, where a statement has none of its own.
#[must_use]
pub fn contents(library: &Library, package: &PackageSpec, report: &Report, own_zone: &str) -> Contents {
    let own_zone = if zone(own_zone).is_ok() { own_zone } else { "UTC" };
    let (report, withheld) = evidence::without_withheld(library, &package.evidence, report, own_zone);
    let manifest = evidence::manifest(library, &package.evidence, (&report, &withheld));
    let moments = timeline::moments(library, &package.timeline, &report, own_zone);
    let json = |value: &Value| format!("{value:#}\n").into_bytes();
    let files = vec![
        (format!("{}.json", package.document), json(&report_of(library, &report))),
        ("damage.csv".to_owned(), tables::damage(&package.damage, &report).into_bytes()),
        ("evidence-manifest.csv".to_owned(), evidence::table(&manifest).into_bytes()),
        ("evidence-manifest.json".to_owned(), json(&evidence::document(library, &report, &manifest))),
        ("observables.csv".to_owned(), tables::observables(library, package, &report).into_bytes()),
        ("timeline.csv".to_owned(), timeline::table(&moments).into_bytes()),
        ("timeline.json".to_owned(), json(&timeline::document(&moments))),
    ];
    Contents { printed: defang::printed(library, package, &report, own_zone), withheld, files }
}

/// The rows of a field of records, as they were answered.
fn rows<'a>(report: &'a Report, field: &str) -> impl Iterator<Item = &'a serde_json::Map<String, Value>> {
    let rows = report.value(field).and_then(Value::as_array);
    rows.into_iter().flatten().filter_map(Value::as_object)
}

/// A cell as plain text; nothing for what is unknown.
fn cell(row: &serde_json::Map<String, Value>, column: Option<&str>) -> String {
    let value = column.and_then(|column| row.get(column)).filter(|value| !value.is_null());
    value.map_or_else(String::new, crate::export::plain)
}
