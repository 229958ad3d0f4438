//! A report as the text of a mail, for those who must send one.

use std::fmt::Write as _;

use model::{Marking, Pap, Tlp, taxonomy::with_terms};

use super::{
    Report,
    report::{heading, in_utc},
};
use crate::Library;

/// Subject, an empty line, and the answers in plain text, group by group.
#[must_use]
pub fn mail_of(library: &Library, report: &Report) -> String {
    let heading = heading(library, &report.duty);
    let reference =
        report.filing.as_ref().map(|filing| format!(", {}", filing.reference)).unwrap_or_default();
    let mut text = format!("Subject: {}: {}{reference}\r\n\r\n", heading.law, heading.stage);
    let mut say = |line: &str| {
        let _infallible = write!(text, "{line}\r\n");
    };
    say(&format!("{}, {} ({})", heading.law, heading.stage, heading.article));
    match &report.filing {
        Some(filing) => {
            say(&format!("From: {}", filing.from));
            say(&format!("To: {}", filing.to));
            say(&format!("Reference: {}, version {}", filing.reference, filing.version));
            say(&format!("Filed: {}", in_utc(filing.filed_at)));
        }
        None => say("Draft, not filed"),
    }
    marks_of(report.marking()).for_each(&mut say);
    let mut group = "";
    for (of, _, answer) in report.in_order(library) {
        if of != group {
            group = of;
            let title = library.vocabularies().group_label(of);
            say("");
            say(&title);
            say(&"-".repeat(title.chars().count()));
            report.marks.of_group(of).into_iter().flat_map(marks_of).for_each(&mut say);
        }
        let number = answer.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        let said = with_terms(&answer.text, &answer.terms);
        let mut lines = said.lines();
        say(&format!("{number}{}: {}", answer.label, lines.next().unwrap_or_default()));
        for line in lines {
            say(&format!("    {line}"));
        }
    }
    text
}

/// A marking as its protocols write it.
fn marks_of(marking: Marking) -> impl Iterator<Item = &'static str> {
    marking.tlp.map(Tlp::name).into_iter().chain(marking.pap.map(Pap::name))
}
