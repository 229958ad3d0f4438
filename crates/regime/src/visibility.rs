//! Who sees what: a recipient of a stage sees the stage's form, except what the pack keeps for other roles.

use std::collections::BTreeMap;

use model::{DutyKey, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Case, FieldView, Library, Pack, Verdict,
    evaluate::World,
    form::asked,
    pack::{Stage, Visibility},
};

/// A part of a stage that a recipient does not get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Withheld {
    /// The name of the group, when all of it is withheld, else the question.
    pub title: String,
    /// The field group.
    pub group: String,
    /// The fields that are withheld.
    pub fields: Vec<String>,
    /// Why, in words.
    pub why: String,
}

/// What a recipient in the role `to` does not get of the stage, group by group. Only what would be filed
/// otherwise is named: questions that the stage asks of this case.
#[must_use]
pub fn withheld(library: &Library, case: &Case, key: &DutyKey, language: &str, to: Role) -> Vec<Withheld> {
    let Some((pack, stage)) = stage_of(library, key) else { return vec![] };
    let holds = holding(library, pack, case, &key.track);
    let mut groups: BTreeMap<String, (Vec<FieldView>, usize)> = BTreeMap::new();
    for field in asked(library, case, key, language).into_iter().filter(is_filed) {
        let (hidden, all) = groups.entry(field.group.clone()).or_default();
        *all += 1;
        if !may_see(pack, stage, (&field.field, &field.group), to, &holds) {
            hidden.push(field);
        }
    }
    let mut found = vec![];
    for (group, (hidden, all)) in groups {
        let why = if is_recipient(pack, stage, to) || is_informed(pack, stage, to) {
            format!("{} keeps it for other recipients", pack.law.law)
        } else {
            format!("{} does not send this stage to that role", pack.law.law)
        };
        if hidden.len() == all {
            let title = library.vocabularies().group_label(&group);
            let fields = hidden.into_iter().map(|field| field.field).collect();
            found.push(Withheld { title, group, fields, why });
        } else {
            found.extend(hidden.into_iter().map(|field| Withheld {
                title: field.label,
                group: group.clone(),
                fields: vec![field.field],
                why: why.clone(),
            }));
        }
    }
    found
}

/// Whether a question goes into a filing: it is answered, or somebody wants it and "unknown yet" is said.
pub(crate) fn is_filed(field: &FieldView) -> bool {
    field.value.is_some() || field.basis != crate::Basis::Voluntary
}

/// The pack and the stage of a duty.
pub(crate) fn stage_of<'a>(library: &'a Library, key: &DutyKey) -> Option<(&'a Pack, &'a Stage)> {
    let pack = library.pack(&key.pack)?;
    let (_, stage) = pack.stage(&key.track, &key.stage)?;
    Some((pack, stage))
}

/// Whether a role may see a field of a group at a stage. A rule that names the field counts before those
/// that name its group; where several count, all must allow it. `holds` says which rules count in this case.
pub(crate) fn may_see(
    pack: &Pack,
    stage: &Stage,
    (field, group): (&str, &str),
    to: Role,
    holds: impl Fn(&Visibility) -> bool,
) -> bool {
    let names = |names: &[String], name: &str| names.iter().any(|known| known == name);
    let here = |rule: &&Visibility| rule.stages.is_empty() || names(&rule.stages, &stage.id);
    let rules = || pack.law.visibility.iter().filter(here).filter(|rule| holds(rule));
    let mut of_field = rules().filter(|rule| names(&rule.fields, field)).peekable();
    let allowed = if of_field.peek().is_some() {
        of_field.all(|rule| rule.roles.contains(&to))
    } else {
        rules().filter(|rule| names(&rule.groups, group)).all(|rule| rule.roles.contains(&to))
    };
    allowed && (is_recipient(pack, stage, to) || is_informed(pack, stage, to))
}

/// Which rules of visibility count in a case: those without a condition, and those whose condition holds or is
/// open.
pub(crate) fn holding<'a>(
    library: &'a Library,
    pack: &'a Pack,
    case: &'a Case,
    track: &'a str,
) -> impl Fn(&Visibility) -> bool + use<'a> {
    let world = World::new(library.vocabularies(), pack, case, "en").within(Some(track));
    move |rule| rule.when.as_ref().is_none_or(|when| world.evaluate(when).verdict != Verdict::No)
}

/// Whether a role is among those that the stage goes to.
pub(crate) fn is_recipient(pack: &Pack, stage: &Stage, to: Role) -> bool {
    roles_of(pack, stage).any(|role| role == to)
}

/// Whether a role is among those that may get a copy of the stage for information.
fn is_informed(pack: &Pack, stage: &Stage, to: Role) -> bool {
    let rules = pack.law.copies.iter().filter(|copies| copies.of == stage.recipients);
    let receivers = rules.filter_map(|copies| pack.law.recipients.get(&copies.to)).flatten();
    receivers.flat_map(|rule| &rule.first_of).any(|role| *role == to)
}

/// The first of the roles that a stage may go to.
#[must_use]
pub fn first_role(library: &Library, key: &DutyKey) -> Option<Role> {
    let (pack, stage) = stage_of(library, key)?;
    roles_of(pack, stage).next()
}

/// The roles that a stage may go to.
pub(crate) fn roles_of<'a>(pack: &'a Pack, stage: &Stage) -> impl Iterator<Item = Role> + use<'a> {
    let rules = pack.law.recipients.get(&stage.recipients).map_or(&[][..], Vec::as_slice);
    rules.iter().flat_map(|rule| &rule.first_of).copied()
}
