//! A report as a file of any format: those that laws bring, and those that every report has.

use model::Instant;
use paper::{Letter, Office, Words};
use regime::{
    Library, Problem,
    export::{
        Export, ExportKind, Exported, Report, SheetRow, csv_of, exports_of, heading, json_of, mail_of,
        report_of, sheet_csv, sheet_of,
    },
    package::packages_of,
};
use serde_json::{Value, json};

use crate::{
    error::{Error, Result},
    filings::paper::words,
    view::{ExportFile, ExportFormat},
};

/// Formats of every report: name, name for people, ending of the file.
const COMMON: [(&str, &str, &str); 7] = [
    ("report", "JSON, as this platform publishes it", "json"),
    ("csv", "Table (CSV)", "csv"),
    ("mail", "Text of a mail", "txt"),
    ("pdf", "PDF", "pdf"),
    ("odt", "Document (ODT)", "odt"),
    ("docx", "Document (Word)", "docx"),
    ("stix", "STIX 2.1 bundle", "json"),
];

/// What the ways of a sheet are called behind its name, and what they are.
const SHEETS: [(&str, &str, &str); 3] =
    [("", "text", "txt"), (".csv", "table", "csv"), (".json", "JSON", "json")];

/// The formats in which a report is offered, those of its law first, each with what it does not take.
#[must_use]
pub fn export_formats(library: &Library, report: &Report) -> Vec<ExportFormat> {
    let mut formats = vec![];
    for export in exports_of(library, &report.duty) {
        match export.kind {
            ExportKind::Json => {
                let out = json_of(library, export, report);
                formats.push(offer(&export.id, &export.name, "json", (out.errors, out.losses)));
            }
            ExportKind::Sheet => {
                let out = sheet_of(library, export, report);
                let noted = (out.errors, out.losses);
                formats.extend(SHEETS.map(|(ending, way, extension)| ExportFormat {
                    sheet: Some(export.id.clone()),
                    ..offer(
                        &format!("{}{ending}", export.id),
                        &format!("{} ({way})", export.name),
                        extension,
                        noted.clone(),
                    )
                }));
            }
        }
    }
    for package in packages_of(library, &report.duty) {
        formats.push(offer(&package.id, &package.name, "zip", (vec![], vec![])));
    }
    formats.extend(COMMON.map(|(id, name, extension)| offer(id, name, extension, (vec![], vec![]))));
    formats
}

fn offer(
    id: &str,
    name: &str,
    extension: &str,
    (errors, losses): (Vec<Problem>, Vec<Problem>),
) -> ExportFormat {
    let text = str::to_owned;
    ExportFormat { id: text(id), name: text(name), extension: text(extension), sheet: None, errors, losses }
}

/// The report in a format; nothing where it is not offered in it. PDF is not made here: papers of filings are
/// kept as they were typeset. Words for tables are those of the first zone.
///
/// # Errors
/// [`Error::Internal`] for what cannot be written, which no report causes.
pub fn export_file(
    library: &Library,
    report: &Report,
    format: &str,
    zones: &[String],
) -> Result<Option<ExportFile>> {
    let reference = match &report.filing {
        Some(filing) => filing.reference.clone(),
        None => report.duty.to_string(),
    };
    let made = match format {
        "report" => Made::json(&report_of(library, report)),
        "csv" => Made::text("csv", csv_of(library, report)),
        "mail" => Made::text("txt", mail_of(library, report)),
        "odt" => office(library, report, (Office::Odt, "odt"), zones)?,
        "docx" => office(library, report, (Office::Docx, "docx"), zones)?,
        "stix" => stix(library, report)?,
        name => match of_law(library, report, name) {
            Some(made) => made,
            None => return Ok(None),
        },
    };
    let Made { extension, bytes, errors, losses } = made;
    let content_type = content_type(extension);
    Ok(Some(ExportFile { reference, extension, content_type, bytes, errors, losses }))
}

/// A file in the making.
struct Made {
    extension: &'static str,
    bytes: Vec<u8>,
    errors: Vec<Problem>,
    losses: Vec<Problem>,
}

impl Made {
    fn text(extension: &'static str, text: String) -> Self {
        Self { extension, bytes: text.into_bytes(), errors: vec![], losses: vec![] }
    }

    fn json(document: &Value) -> Self {
        Self::text("json", format!("{document:#}\n"))
    }
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "csv" => "text/csv; charset=utf-8; header=present",
        "txt" => "text/plain; charset=utf-8",
        "odt" => "application/vnd.oasis.opendocument.text",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/json",
    }
}

/// A format that the law of the report brings.
fn of_law(library: &Library, report: &Report, name: &str) -> Option<Made> {
    for export in exports_of(library, &report.duty) {
        match export.kind {
            ExportKind::Json if export.id == name => {
                let Exported { result, errors, losses } = json_of(library, export, report);
                return Some(Made { errors, losses, ..Made::json(&result) });
            }
            ExportKind::Sheet => {
                let way = SHEETS.into_iter().find(|(ending, ..)| name == format!("{}{ending}", export.id));
                if let Some((_, _, extension)) = way {
                    return Some(sheet(library, report, export, extension));
                }
            }
            ExportKind::Json => {}
        }
    }
    None
}

fn sheet(library: &Library, report: &Report, export: &Export, extension: &'static str) -> Made {
    let Exported { result: rows, errors, losses } = sheet_of(library, export, report);
    let made = match extension {
        "csv" => Made::text("csv", sheet_csv(&rows)),
        "json" => Made::json(
            &json!({ "sheet": export.id, "name": export.name, "version": export.version, "rows": rows }),
        ),
        _ => Made::text("txt", rows.iter().map(in_words).collect()),
    };
    Made { errors, losses, ..made }
}

/// A field of a portal in plain text.
fn in_words(row: &SheetRow) -> String {
    let limit = row.limit.map_or_else(String::new, |limit| format!(" of {limit}"));
    let remark = if row.too_long { ", too long" } else { "" };
    format!("[{}] {} ({}{limit} characters{remark})\n{}\n\n", row.number, row.label, row.length, row.text)
}

/// The words for a report on paper, with these instants in these zones.
#[must_use]
pub fn paper_words(
    library: &Library,
    report: &Report,
    (zones, instants): (&[String], &[Option<Instant>]),
) -> Words {
    let answers = report.groups.iter().map(|(group, answers)| (group.as_str(), answers));
    words(library, &report.duty, answers, (zones, instants))
}

fn office(
    library: &Library,
    report: &Report,
    (kind, extension): (Office, &'static str),
    zones: &[String],
) -> Result<Made> {
    let titles = heading(library, &report.duty);
    let at: Option<Instant> = report.filing.as_ref().map(|filing| filing.filed_at);
    let words = paper_words(library, report, (zones, &[at]));
    let mut facts =
        vec![("Law and stage".to_owned(), format!("{}, {} ({})", titles.law, titles.stage, titles.article))];
    let mut say = |label: &str, text: String| facts.push((label.to_owned(), text));
    match &report.filing {
        Some(filing) => {
            say("Reference", format!("{}, version {}", filing.reference, filing.version));
            say("Filed by", filing.from.clone());
            say("Filed to", filing.to.clone());
            let when = words.when.get(&filing.filed_at).cloned().unwrap_or_default();
            say("Filed at", if when.is_empty() { filing.filed_at.to_string() } else { when.join("\n") });
        }
        None => say("State", "Draft, not filed".to_owned()),
    }
    let letter = Letter {
        title: format!("{}: {}", titles.law, titles.stage),
        facts,
        marking: report.marks.report,
        markings: report.markings(),
        content: report.groups.clone(),
    };
    let bytes = paper::office(kind, &letter, &words)?;
    Ok(Made { extension, bytes, errors: vec![], losses: vec![] })
}

/// The answers as a STIX bundle, with the duty in the regulatory extension.
fn stix(library: &Library, report: &Report) -> Result<Made> {
    let (entity, answers): (Vec<_>, Vec<_>) =
        report.answers().partition(|(field, _)| field.starts_with("entity."));
    let answers: serde_json::Map<String, Value> = answers
        .into_iter()
        .map(|(field, answer)| {
            let mut said = json!({ "value": answer.value, "estimated": answer.estimated });
            if let Some(said) = said.as_object_mut().filter(|_| !answer.terms.is_empty()) {
                said.insert("terms".to_owned(), json!(answer.terms));
            }
            (field.to_owned(), said)
        })
        .collect();
    let entity: serde_json::Map<String, Value> = entity
        .into_iter()
        .filter_map(|(field, answer)| {
            Some((field.strip_prefix("entity.")?.to_owned(), answer.value.clone()?))
        })
        .collect();
    let record = json!({ "answers": answers, "entity": entity, "marks": report.marks });
    let titles = heading(library, &report.duty);
    let filed = report.filing.as_ref();
    let duty = json!([{
        "key": report.duty, "law": titles.law, "article": titles.article,
        "state": if filed.is_some() { "filed" } else { "drafted" },
        "pack_version": library.pack(&report.duty.pack).map(regime::Pack::version),
        "submissions": filed.map(|filing| filing.filed_at).into_iter().collect::<Vec<_>>(),
        "recipients": filed.map(|filing| json!({ "organisations": [{ "name": filing.to }] })).into_iter().collect::<Vec<_>>(),
    }]);
    let limits = formats::Limits::default();
    let parsed = |value: &Value| {
        let parsed = formats::parse(value.to_string().as_bytes(), &limits).map(formats::Json::into_owned);
        parsed.map_err(|fault| Error::Internal(format!("a report is no document: {fault}")))
    };
    let duties = formats::incident::duties(&parsed(&duty)?).items;
    let bundle = formats::incident::to_stix(&parsed(&record)?, &duties);
    let losses = bundle.losses.into_iter().map(|loss| Problem {
        field: String::new(),
        pointer: loss.pointer,
        rule: "no_place".to_owned(),
        message: format!("{}: {}", loss.what, loss.why),
    });
    let losses = losses.collect();
    let written = bundle.items.first().map(|bundle| format!("{bundle:#}\n"));
    let text = written.ok_or_else(|| Error::Internal("a report gives no bundle".to_owned()))?;
    Ok(Made { losses, ..Made::text("json", text) })
}
