//! Which questions a stage asks of this case, and what is still wrong or missing.

use model::DutyKey;

use super::{Basis, FieldView, FormView, Problem, Screen, Section};
use crate::{
    Case, Library, Missing, Pack, Verdict,
    duties::due,
    evaluate::World,
    pack::{Form, FormField, Obligation, Stage},
    value::{escaped, known},
    vocabulary::Field,
};

/// The form of a stage for this case; `None` when the stage does not exist or has no form.
#[must_use]
pub fn form(
    library: &Library,
    case: &Case,
    key: &DutyKey,
    screen: Screen,
    language: &str,
) -> Option<FormView> {
    let pack = library.pack(&key.pack)?;
    let (_, stage) = pack.stage(&key.track, &key.stage)?;
    let form = pack.forms.get(stage.form.as_ref()?)?;
    let asker = Asker { library, pack, case, stage, world: world(library, pack, case, language) };
    let sections = asker.sections(form, screen);
    let asked = || sections.iter().flat_map(|section| &section.fields).filter(|field| field.visible);
    let missing: Vec<Missing> = asked()
        .filter(|field| field.required && field.value.is_none())
        .map(|field| Missing { field: field.field.clone(), label: field.label.clone() })
        .collect();
    let problems: Vec<Problem> = asked().flat_map(|field| field.problems.clone()).collect();
    Some(FormView {
        duty: key.clone(),
        title: pack.text(language, &format!("stage-{}", stage.id)),
        law: pack.law.law.clone(),
        article: stage.article.clone(),
        ready: missing.is_empty() && problems.is_empty(),
        sections,
        missing,
        problems,
    })
}

fn world<'a>(library: &'a Library, pack: &'a Pack, case: &'a Case, language: &'a str) -> World<'a> {
    let mut world = World::new(library.vocabularies(), pack, case, language);
    let events = due::events(library, pack, case);
    let utc = jiff::tz::TimeZone::UTC;
    let zone = crate::clock::zone(&case.zone).unwrap_or(utc);
    let dues: Vec<_> = {
        let dues = due::Dues {
            library,
            world: &world,
            events: &events,
            zone: &zone,
            country: case.country,
            ordinary: false,
        };
        pack.stages().filter_map(|(_, stage)| Some((stage.id.clone(), dues.simple(stage)?))).collect()
    };
    world.dues.extend(dues);
    world
}

/// The questions of a stage that are shown for this case, in the order of the form.
pub(crate) fn asked(library: &Library, case: &Case, key: &DutyKey, language: &str) -> Vec<FieldView> {
    form(library, case, key, Screen::Full, language)
        .into_iter()
        .flat_map(|form| form.sections)
        .flat_map(|section| section.fields)
        .filter(|field| field.visible)
        .collect()
}

struct Asker<'a> {
    library: &'a Library,
    pack: &'a Pack,
    case: &'a Case,
    stage: &'a Stage,
    world: World<'a>,
}

impl Asker<'_> {
    fn sections(&self, form: &Form, screen: Screen) -> Vec<Section> {
        let wanted = |field: &&FormField| screen == Screen::Full || field.first;
        let section = |section: &crate::pack::FormSection| Section {
            id: section.id.clone(),
            title: self.pack.text(self.world.language, &format!("section-{}", section.id)),
            fields: section.fields.iter().filter(wanted).filter_map(|field| self.field(field)).collect(),
        };
        form.sections.iter().map(section).filter(|section| !section.fields.is_empty()).collect()
    }

    /// The question as this stage asks it; `None` when the stage does not ask.
    fn field(&self, asked: &FormField) -> Option<FieldView> {
        let obligation = asked.obligation(&self.stage.id)?;
        let field = self.library.vocabularies().field(&asked.field)?;
        let when = asked.when.as_ref().map(|when| self.world.evaluate(when));
        let visible = when.as_ref().is_none_or(|trace| trace.verdict != Verdict::No);
        // A condition that is still open does not yet make an answer compulsory.
        let certain = when.as_ref().is_none_or(|trace| trace.verdict == Verdict::Yes);
        let mut view = self.view(field, &field.id, asked);
        view.required = obligation == Obligation::Required && certain;
        view.unknown_allowed = obligation != Obligation::Required;
        view.visible = visible;
        view.why = when.filter(|_| visible).map(|trace| trace.rule);
        if let Some(values) = asked.values.get(&self.stage.id) {
            view.choices.retain(|choice| values.contains(&choice.id));
        }
        view.value = self.case.facts.get(&field.id).filter(|value| !value.is_null()).cloned();
        view.problems = if visible { self.problems(field, &view) } else { vec![] };
        Some(view)
    }

    fn view(&self, field: &Field, id: &str, asked: &FormField) -> FieldView {
        let vocabularies = self.library.vocabularies();
        let own = |attribute: &str| {
            self.pack.find_text(self.world.language, &format!("field-{}{attribute}", id.replace('.', "-")))
        };
        FieldView {
            field: id.to_owned(),
            kind: field.kind,
            label: own("").unwrap_or_else(|| field.label.clone()),
            help: own(".help").unwrap_or_else(|| field.help.clone()),
            article: asked.article.clone(),
            why: None,
            basis: asked.basis,
            required: false,
            visible: true,
            unknown_allowed: true,
            choices: vocabularies.choices(field),
            max_length: asked.max_length.or(field.max_length),
            unit: field.unit.clone(),
            columns: field
                .columns
                .iter()
                .map(|column| column_view(self.library, column, &field.group))
                .collect(),
            group: field.group.clone(),
            problems: vec![],
            value: None,
        }
    }

    fn problems(&self, field: &Field, view: &FieldView) -> Vec<Problem> {
        let Some(value) = &view.value else { return vec![] };
        if let Err(problem) = known(self.library.vocabularies(), field, value) {
            return vec![problem];
        }
        let problem = |rule: &str, message: String| Problem {
            field: field.id.clone(),
            pointer: format!("/{}", escaped(&field.id)),
            rule: rule.to_owned(),
            message,
        };
        let mut problems = vec![];
        let chosen = value
            .as_str()
            .into_iter()
            .chain(value.as_array().into_iter().flatten().filter_map(|id| id.as_str()));
        for id in chosen.filter(|_| !view.choices.is_empty()) {
            if !view.choices.iter().any(|choice| choice.id == id) {
                problems.push(problem(
                    "not_at_this_stage",
                    format!("{} ({}) cannot be {id:?} at this stage", field.id, view.label),
                ));
            }
        }
        let most = view.max_length.and_then(|most| usize::try_from(most).ok());
        if most.zip(value.as_str()).is_some_and(|(most, text)| text.chars().count() > most) {
            problems.push(problem(
                "too_long",
                format!("{} ({}) is too long for this form", field.id, view.label),
            ));
        }
        if view.required && is_blank(value) {
            problems.push(problem("blank", format!("{} ({}) must not be blank", field.id, view.label)));
        }
        problems
    }
}

/// An answer without content.
fn is_blank(value: &serde_json::Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty()) || value.as_array().is_some_and(Vec::is_empty)
}

fn column_view(library: &Library, column: &Field, group: &str) -> FieldView {
    FieldView {
        field: column.id.clone(),
        kind: column.kind,
        label: column.label.clone(),
        help: column.help.clone(),
        article: None,
        why: None,
        basis: Basis::Voluntary,
        required: column.required,
        visible: true,
        unknown_allowed: !column.required,
        choices: library.vocabularies().choices(column),
        max_length: column.max_length,
        unit: column.unit.clone(),
        columns: vec![],
        group: group.to_owned(),
        problems: vec![],
        value: None,
    }
}
