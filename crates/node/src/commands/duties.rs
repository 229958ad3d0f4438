//! `beffroi duties`: which duties an incident brings, why and until when.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use anyhow::anyhow;
use clap::Args;
use model::Instant;
use regime::{
    Case, Duty, Library, Problem,
    finder::{self, Question},
};
use serde_json::json;
use service::Clock;

use crate::{
    config::Config,
    laws,
    output::{Outcome, Output, Unreadable, read_input, table},
};

/// Say which duties an incident brings, why and until when.
#[derive(Debug, Args)]
pub struct Duties {
    /// The incident: {"entity":{..},"facts":{..},"events":{..},"country","zone"}; `-` reads the standard input.
    #[arg(required_unless_present_any = ["vectors", "questions", "next"])]
    pub file: Option<PathBuf>,
    /// Answer for this instant instead of now, for example 2026-03-06T15:30:00Z.
    #[arg(long, value_name = "INSTANT")]
    pub at: Option<Instant>,
    /// Compare worked deadlines: {"vectors":[{"id","pack","stage","country","zone","events","due"}]}.
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    pub vectors: Option<PathBuf>,
    /// For an incident as above, count the questions that are asked once, beside the sum of the separate forms.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "vectors"])]
    pub questions: Option<PathBuf>,
    /// For an incident as above, also say which question decides most about what is open.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "vectors", "questions"])]
    pub next: Option<PathBuf>,
    /// Take this law to be in force although it is a bill or begins later; may be repeated.
    #[arg(long, value_name = "PACK", conflicts_with = "vectors")]
    pub simulate: Vec<String>,
    /// With --vectors: a vector of a law that this node does not know is a difference.
    #[arg(long, requires = "vectors")]
    pub strict: bool,
}

impl Duties {
    /// Prints the duties, or the comparison.
    ///
    /// # Errors
    /// Input that cannot be read.
    pub fn run(self, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        let library = laws::library(&config.regimes)?;
        let now = self.at.unwrap_or_else(|| Clock::System.now());
        if let Some(file) = &self.next {
            return answer_and_ask(&library, &self.case(&library, file)?, now, output);
        }
        match (&self.vectors, &self.questions, &self.file) {
            (Some(vectors), _, _) => compare(&library, &read_input(vectors)?, self.strict, output),
            (None, Some(file), _) => count(&library, &self.case(&library, file)?, now, output),
            (None, None, Some(file)) => answer(&library, &self.case(&library, file)?, now, output),
            (None, None, None) => {
                Err(anyhow!(Unreadable("name a file, --vectors or --questions".to_owned())))
            }
        }
    }

    fn case(&self, library: &Library, file: &Path) -> anyhow::Result<Case> {
        let mut case = case_of(library, &read_input(file)?)?;
        case.simulated.extend(self.simulate.iter().cloned());
        if let Some(unknown) = case.simulated.iter().find(|name| library.pack(name).is_none()) {
            let rule = format!("{unknown} cannot be simulated: no law of that name (`beffroi regime list`)");
            return Err(anyhow!(Unreadable(rule)));
        }
        Ok(case)
    }
}

fn answer(library: &Library, case: &Case, now: Instant, output: Output) -> anyhow::Result<Outcome> {
    let library = &library.on(case.opened.unwrap_or(now));
    let duties = regime::duties(library, case, &[], now);
    output.print(&json!({ "now": now, "duties": duties }), |_| in_words(&duties))?;
    Ok(Outcome::Fine)
}

/// The duties, and the question that decides most. A fact that is `null` is not known and not asked.
fn answer_and_ask(library: &Library, case: &Case, now: Instant, output: Output) -> anyhow::Result<Outcome> {
    let library = &library.on(case.opened.unwrap_or(now));
    let duties = regime::duties(library, case, &[], now);
    let nulls = case.facts.iter().chain(&case.entity).filter(|(_, value)| value.is_null());
    let unknown: BTreeSet<String> = nulls.map(|(field, _)| field.clone()).collect();
    let question = finder::next_question(library, case, (&duties, &unknown), now);
    let open = finder::open_duties(&duties);
    output.print(&json!({ "now": now, "duties": duties, "open": open, "next": question }), |_| {
        let asked = question.as_ref().map_or_else(
            || format!("no question is left that would change anything; open duties: {open}"),
            |question| {
                let Question { field, laws, at_most, .. } = question;
                let laws = laws.join(", ");
                format!("next: {} ({}), for {laws}; at most {at_most} more", field.label, field.field)
            },
        );
        format!("{}\n{asked}", in_words(&duties))
    })?;
    Ok(Outcome::Fine)
}

/// The questions of the stages that are owed or may still turn out to be.
fn count(library: &Library, case: &Case, now: Instant, output: Output) -> anyhow::Result<Outcome> {
    let library = &library.on(case.opened.unwrap_or(now));
    let keys = regime::owed(&regime::duties(library, case, &[], now));
    let questions = regime::questions(library, &keys, case);
    output.print(&questions, |questions| {
        let per_law = questions.per_law.iter().map(|(law, count)| vec![law.clone(), count.to_string()]);
        let total = vec!["all, each for itself".to_owned(), questions.separate_forms.to_string()];
        let once = vec!["asked once".to_owned(), questions.asked_once.to_string()];
        table(&["law", "questions"], &per_law.chain([total, once]).collect::<Vec<_>>())
    })?;
    Ok(Outcome::Fine)
}

/// The incident of a document, its events under the names of their fields.
///
/// # Errors
/// [`Unreadable`] with everything that is no answer.
pub(super) fn case_of(library: &Library, bytes: &[u8]) -> anyhow::Result<Case> {
    let mut case = regime::case_from_json(bytes).map_err(|problems| unreadable("the incident", &problems))?;
    case.facts = case.facts.into_iter().map(|(name, value)| (field_of(library, name), value)).collect();
    let problems: Vec<Problem> = case
        .facts
        .iter()
        .chain(&case.entity)
        .filter(|(field, value)| !value.is_null() || library.vocabularies().field(field).is_none())
        .filter_map(|(field, value)| regime::check_answer(library, field, value).err())
        .collect();
    if !problems.is_empty() {
        return Err(unreadable("the incident", &problems));
    }
    Ok(case)
}

/// Events may be named as the clocks name them, or by the field that holds them.
fn field_of(library: &Library, name: String) -> String {
    library.vocabularies().field_of_event(&name).map_or(name, |field| field.id.clone())
}

fn unreadable(what: &str, problems: &[Problem]) -> anyhow::Error {
    let lines: Vec<String> =
        problems.iter().map(|problem| format!("  {} {}", problem.pointer, problem.message)).collect();
    anyhow!(Unreadable(format!("{what} cannot be read:\n{}", lines.join("\n"))))
}

fn in_words(duties: &[Duty]) -> String {
    let rows: Vec<Vec<String>> = duties
        .iter()
        .map(|duty| {
            let due = duty.due.as_ref().map_or(String::new(), |due| due.entity_time.clone());
            let missing: Vec<&str> = duty.missing.iter().map(|missing| missing.field.as_str()).collect();
            vec![
                format!("{} {}", duty.law, duty.article),
                duty.title.clone(),
                state(duty),
                due,
                missing.join(" "),
            ]
        })
        .collect();
    table(&["law", "stage", "state", "due", "missing"], &rows)
}

fn state(duty: &Duty) -> String {
    match serde_json::to_value(duty.state) {
        Ok(serde_json::Value::String(state)) => state.replace('_', " "),
        Ok(_) | Err(_) => String::new(),
    }
}

fn compare(library: &Library, bytes: &[u8], strict: bool, output: Output) -> anyhow::Result<Outcome> {
    let report =
        regime::vectors(library, bytes).map_err(|problems| unreadable("the file of vectors", &problems))?;
    output.print(&report, |report| {
        let mut text: String =
            report.differences.iter().map(|difference| format!("{difference}\n")).collect();
        text += &format!(
            "{} checked, {} differ, {} of laws that this node does not know",
            report.checked,
            report.differences.len(),
            report.no_pack
        );
        text
    })?;
    let found = !report.differences.is_empty() || (strict && report.no_pack > 0);
    Ok(if found { Outcome::Found } else { Outcome::Fine })
}
