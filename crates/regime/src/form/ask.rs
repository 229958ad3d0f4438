//! Which questions a stage asks of this case, and what is still wrong or missing.

use model::{DutyKey, Instant};
use serde_json::Value;

use super::{Basis, FieldView, FormView, Problem, Screen, Section};
use crate::{
    Case, Library, Missing, Pack, Verdict,
    conversion::proposal,
    duties::{counted, due_of, world_of},
    evaluate::World,
    pack::{Condition, Form, FormField, Obligation, Stage},
    value::{escaped, known},
    visibility::stage_of,
    vocabulary::Field,
};

/// The form of a stage for this case, whatever the time; `None` when the stage does not exist or has no
/// form.
#[must_use]
pub fn form(
    library: &Library,
    case: &Case,
    key: &DutyKey,
    screen: Screen,
    language: &str,
) -> Option<FormView> {
    drawn(library, case, key, &Wish { screen, language, now: None })
}

/// As [`form`], at an instant: what is asked only of a late report is required once the stage is late, and
/// not shown before.
#[must_use]
pub fn form_at(
    library: &Library,
    case: &Case,
    key: &DutyKey,
    (screen, language): (Screen, &str),
    now: Instant,
) -> Option<FormView> {
    drawn(library, case, key, &Wish { screen, language, now: Some(now) })
}

/// How a form is wanted.
struct Wish<'a> {
    screen: Screen,
    language: &'a str,
    now: Option<Instant>,
}

fn drawn(library: &Library, case: &Case, key: &DutyKey, wish: &Wish<'_>) -> Option<FormView> {
    let (pack, stage) = stage_of(library, key)?;
    let form = pack.forms.get(stage.form.as_ref()?)?;
    let case = counted(library, pack, case);
    let asker = Asker::new(library, (pack, stage), &case, key, wish);
    let sections = asker.sections(form, wish.screen);
    let asked = || sections.iter().flat_map(|section| &section.fields).filter(|field| field.visible);
    let missing: Vec<Missing> = asked()
        .filter(|field| field.required && field.value.is_none())
        .map(|field| Missing { field: field.field.clone(), label: field.label.clone() })
        .collect();
    let problems: Vec<Problem> = asked().flat_map(|field| field.problems.clone()).collect();
    Some(FormView {
        duty: key.clone(),
        title: pack.text(wish.language, &format!("stage-{}", stage.id)),
        law: pack.law.law.clone(),
        article: stage.article.clone(),
        ready: missing.is_empty() && problems.is_empty(),
        sections,
        missing,
        problems,
    })
}

/// What is still missing to file a stage: the required questions of its form without an answer, without
/// drawing the form. What only a late report must say is left to [`form_at`].
#[must_use]
pub fn missing_to_file(library: &Library, case: &Case, key: &DutyKey) -> Vec<Missing> {
    let Some((pack, stage)) = stage_of(library, key) else { return vec![] };
    let Some(form) = stage.form.as_ref().and_then(|form| pack.forms.get(form)) else { return vec![] };
    let case = &*counted(library, pack, case);
    let mut world = None;
    let mut holds = |when: &Condition| {
        let world = world.get_or_insert_with(|| world_of(library, pack, case, (&key.track, "en")));
        world.evaluate(when).verdict == Verdict::Yes
    };
    let mut is_missing = |asked: &FormField, field: &Field| {
        let open = value_of(case, field).is_none() && !field.when_late && asked.fixed_at(&stage.id).is_none();
        let asks = open
            && match asked.obligation(&stage.id) {
                Some(Obligation::Required) => true,
                Some(Obligation::IfAvailable) => asked.required_if.as_ref().is_some_and(&mut holds),
                Some(Obligation::Optional | Obligation::CarriedOver) | None => false,
            };
        asks && asked.when.as_ref().is_none_or(&mut holds)
    };
    form.fields()
        .filter_map(|asked| Some((asked, library.vocabularies().field(&asked.field)?)))
        .filter(|(asked, field)| is_missing(asked, field))
        .map(|(_, field)| Missing { field: field.id.clone(), label: label_of(pack, "en", field) })
        .collect()
}

/// The answer to a field: of the record, or of the entity's profile.
fn value_of<'a>(case: &'a Case, field: &Field) -> Option<&'a Value> {
    let source = if field.is_of_entity() { &case.entity } else { &case.facts };
    source.get(&field.id).filter(|value| !value.is_null())
}

/// The question in the words of the law, or else of the vocabulary.
fn label_of(pack: &Pack, language: &str, field: &Field) -> String {
    let own = pack.find_text(language, &format!("field-{}", field.id.replace('.', "-")));
    own.unwrap_or_else(|| field.label.clone())
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
    /// Whether the stage is late; unknown when no time was given.
    late: Option<bool>,
}

impl<'a> Asker<'a> {
    fn new(
        library: &'a Library,
        (pack, stage): (&'a Pack, &'a Stage),
        case: &'a Case,
        key: &'a DutyKey,
        wish: &Wish<'a>,
    ) -> Self {
        let mut world = world_of(library, pack, case, (&key.track, wish.language));
        world.now = wish.now;
        let late = wish.now.map(|now| {
            let filed = case.submissions.iter().any(|submission| submission.duty == *key);
            !filed && !stage.is_soft() && due_of(library, &world, stage, key).is_some_and(|due| due < now)
        });
        Self { library, pack, case, stage, world, late }
    }

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
        let mut view = self.view(field, asked);
        view.visible = when.as_ref().is_none_or(|trace| trace.verdict != Verdict::No);
        // A condition that is still open does not yet make an answer compulsory.
        let certain = when.as_ref().is_none_or(|trace| trace.verdict == Verdict::Yes);
        let holds = |when: &Condition| self.world.evaluate(when).verdict == Verdict::Yes;
        let asks = match obligation {
            Obligation::Required => true,
            Obligation::IfAvailable => asked.required_if.as_ref().is_some_and(holds),
            Obligation::Optional | Obligation::CarriedOver => false,
        };
        view.required = asks && certain;
        let fixed = asked.fixed_at(&self.stage.id).map(|value| Value::String(value.clone()));
        view.read_only = field.is_of_entity() || fixed.is_some();
        view.value = fixed.or_else(|| value_of(self.case, field).cloned());
        if field.when_late {
            view.required = view.visible && self.late == Some(true);
            view.visible &= self.late != Some(false) || view.value.is_some();
        }
        view.unknown_allowed = !(view.required || asks);
        view.why = when.filter(|_| view.visible).map(|trace| trace.rule);
        view.choices.retain(|choice| {
            asked.takes(&self.stage.id, &choice.id)
                && asked
                    .value_when
                    .get(&choice.id)
                    .is_none_or(|when| self.world.evaluate(when).verdict != Verdict::No)
        });
        for column in view.columns.iter_mut().filter(|one| asked.required_columns.contains(&one.field)) {
            column.required = true;
            column.unknown_allowed = false;
        }
        if view.visible {
            view.problems = self.problems(field, &view);
            view.proposed = proposal(self.library, &self.world, field, &view);
        }
        Some(view)
    }

    fn view(&self, field: &Field, asked: &FormField) -> FieldView {
        let vocabularies = self.library.vocabularies();
        let own = format!("field-{}.help", field.id.replace('.', "-"));
        let own = self.pack.find_text(self.world.language, &own);
        FieldView {
            field: field.id.clone(),
            kind: field.kind,
            label: label_of(self.pack, self.world.language, field),
            help: own.unwrap_or_else(|| field.help.clone()),
            number: asked.number.clone(),
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
                .map(|column| FieldView {
                    number: asked.numbers.get(&column.id).cloned(),
                    ..column_view(self.library, column, &field.group)
                })
                .collect(),
            group: field.group.clone(),
            problems: vec![],
            value: None,
            terms: vec![],
            proposed: None,
            read_only: false,
            format: field.format,
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
        for column in view.columns.iter().filter(|column| column.required) {
            let lacks =
                |row: &Value| row.get(&column.field).is_none_or(|cell| cell.is_null() || is_blank(cell));
            if value.as_array().into_iter().flatten().any(lacks) {
                let message = format!("{} ({}) lacks {:?} in a record", field.id, view.label, column.label);
                problems.push(problem("missing_column", message));
            }
        }
        if view.required && is_blank(value) {
            problems.push(problem("blank", format!("{} ({}) must not be blank", field.id, view.label)));
        }
        problems
    }
}

/// An answer without content.
fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty()) || value.as_array().is_some_and(Vec::is_empty)
}

pub(crate) fn column_view(library: &Library, column: &Field, group: &str) -> FieldView {
    FieldView {
        field: column.id.clone(),
        kind: column.kind,
        label: column.label.clone(),
        help: column.help.clone(),
        number: None,
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
        terms: vec![],
        proposed: None,
        read_only: false,
        format: column.format,
    }
}
