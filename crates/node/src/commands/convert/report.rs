//! Incidents into the formats of reports, and reports that were filed elsewhere into incidents.

use std::{io::Write, path::Path};

use anyhow::{Context, anyhow};
use model::{DutyKey, OrganisationId, Party};
use regime::{
    Case, Library, Problem,
    export::{Imported, Report, export_names, exports_of, import},
    package::{package_names, packages_of},
};
use serde_json::json;
use service::{Clock, export_file, export_formats};

use crate::{
    commands::duties::case_of,
    output::{Outcome, Output, Unreadable, read_input},
};

/// Names of what every stage can be brought to, beside the formats of its law; STIX has a converter of its own,
/// which knows more of an incident.
const COMMON: [&str; 6] = ["report", "csv", "mail", "pdf", "odt", "docx"];

/// Whether a name is that of a format of reports.
pub fn is_format(library: &Library, name: &str) -> bool {
    COMMON.contains(&name)
        || package_names(library).contains(&name)
        || export_names(library).contains_key(name.split('.').next().unwrap_or_default())
}

/// The ways, as from and to.
pub fn ways(library: &Library) -> Vec<(String, String)> {
    let names = export_names(library).into_keys().chain(package_names(library)).chain(COMMON);
    let names: Vec<String> = names.map(str::to_owned).collect();
    let read = library.packs().iter().flat_map(|pack| pack.exports.values());
    let mut read: Vec<&str> =
        read.filter(|one| one.is_read()).map(|one| one.id.as_str()).chain(["report", "csv"]).collect();
    read.sort_unstable();
    read.dedup();
    let out = names.into_iter().map(|name| ("incident".to_owned(), name));
    out.chain(read.into_iter().map(|name| (name.to_owned(), "incident".to_owned()))).collect()
}

/// Writes the stage of the incident in a format; without `duty` the last stage that could be filed, else the first.
///
/// # Errors
/// Input that cannot be read, and stages that are not offered in that format.
pub fn write(
    library: &Library,
    (file, to): (&Path, &str),
    duty: Option<&DutyKey>,
    output: Output,
) -> anyhow::Result<Outcome> {
    let case = case_of(library, &read_input(file)?)?;
    let key = match duty {
        Some(duty) => duty.clone(),
        None => stage_for(library, &case, to)?,
    };
    let role =
        regime::first_role(library, &key).with_context(|| Unreadable(format!("there is no stage {key}")))?;
    let report = Report::of_case(library, &case, &key, role);
    let (bytes, errors, losses) = if to == "pdf" {
        (paper_of(library, &case, &report)?, vec![], vec![])
    } else if let Some(package) = service::package(library, &report, to, std::slice::from_ref(&case.zone)) {
        let pdf = paper_of(library, &case, package.printed())?;
        (package.sealed(pdf, |_| Ok(None))?.bytes, vec![], vec![])
    } else {
        let zones = [case.zone.clone()];
        let made = export_file(library, &report, to, &zones)?.with_context(|| {
            let offered: Vec<String> =
                export_formats(library, &report).into_iter().map(|one| one.id).collect();
            Unreadable(format!("{key} is not offered as {to}; it is as {}", offered.join(", ")))
        })?;
        (made.bytes, made.errors, made.losses)
    };
    std::io::stdout().lock().write_all(&bytes).context("cannot write to the standard output")?;
    let missing = regime::missing_to_file(library, &case, &key);
    told(output, &json!({ "duty": key, "missing": missing, "errors": errors, "losses": losses }), || {
        let mut lines = vec![format!("{key}")];
        lines.extend(missing.iter().map(|missing| format!("missing  {}: {}", missing.field, missing.label)));
        lines.extend(in_words("error", &errors));
        lines.extend(in_words("loss", &losses));
        lines
    });
    Ok(if errors.is_empty() && missing.is_empty() { Outcome::Fine } else { Outcome::Found })
}

/// Reads a report that was filed elsewhere into an incident as `beffroi duties` takes it.
///
/// # Errors
/// What is no report.
pub fn read(library: &Library, (file, from): (&Path, &str), output: Output) -> anyhow::Result<Outcome> {
    let Imported { duty, answers, entity, problems, losses, .. } =
        import(library, Some(from), &read_input(file)?)
            .map_err(|error| anyhow!(Unreadable(error.to_string())))?;
    let incident = json!({ "country": "LU", "zone": "UTC", "entity": entity, "facts": answers });
    writeln!(std::io::stdout().lock(), "{incident:#}").context("cannot write to the standard output")?;
    told(output, &json!({ "duty": duty, "problems": problems, "losses": losses }), || {
        let duty = duty.iter().map(|duty| format!("{duty}"));
        let country =
            "the report does not say the country and the zone of the entity: LU and UTC stand there"
                .to_owned();
        duty.chain([country]).chain(in_words("problem", &problems)).chain(in_words("loss", &losses)).collect()
    });
    Ok(if problems.is_empty() { Outcome::Fine } else { Outcome::Found })
}

fn told(output: Output, document: &serde_json::Value, words: impl FnOnce() -> Vec<String>) {
    let text = match output {
        Output::Json => format!("{document}\n"),
        Output::Words => words().into_iter().map(|line| line + "\n").collect(),
    };
    let _closed = std::io::stderr().lock().write_all(text.as_bytes());
}

fn in_words(kind: &str, problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{kind}  {}  {}", problem.pointer, problem.message)).collect()
}

/// Of the stages that speak for the case and are offered in the format the last that could be filed, else the first
/// that is owed, else the first.
fn stage_for(library: &Library, case: &Case, to: &str) -> anyhow::Result<DutyKey> {
    let now = Clock::System.now();
    let wanted = to.split('.').next().unwrap_or_default();
    let common = COMMON.contains(&to);
    let offered = |key: &DutyKey| {
        common
            || exports_of(library, key).iter().any(|export| export.id == wanted)
            || packages_of(library, key).iter().any(|package| package.id == to)
    };
    let duties = regime::duties(library, case, &[], now);
    let owed = regime::owed(&duties);
    let with_form = |key: &&DutyKey| regime::form(library, case, key, regime::Screen::First, "en").is_some();
    let keys: Vec<&DutyKey> = owed.iter().filter(|key| offered(key)).filter(with_form).collect();
    let ready = keys.iter().rev().find(|key| regime::missing_to_file(library, case, key).is_empty());
    let any = || duties.iter().map(|duty| &duty.key).find(|key| offered(key) && with_form(key));
    let found = ready.copied().or_else(|| keys.first().copied()).or_else(any);
    found.cloned().with_context(|| {
        Unreadable(format!("no stage that concerns this incident is offered as {to}; name one with --duty"))
    })
}

/// The draft on paper.
fn paper_of(library: &Library, case: &Case, report: &Report) -> anyhow::Result<Vec<u8>> {
    let now = Clock::System.now();
    let name =
        case.entity.get("entity.name").and_then(|name| name.as_str()).unwrap_or("not named").to_owned();
    let pack = library.pack(&report.duty.pack);
    let draft = paper::Draft {
        at: now,
        pack_version: pack.map(regime::Pack::version).unwrap_or_default(),
        due_at: None,
        from: Party { organisation: OrganisationId::new(now, [0; 10]), name },
        to: None,
        marking: report.marks.report,
        content: report.groups.clone(),
        markings: report.markings(),
    };
    let words = service::paper_words(library, report, (std::slice::from_ref(&case.zone), &[Some(now)]));
    Ok(paper::draft(&draft, &words)?.pdf)
}
