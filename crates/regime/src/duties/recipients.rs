//! Whom a stage goes to: roles first, then the organisations of the directory that hold them here.

use jiff::tz::TimeZone;
use model::{Role, RoleScope};
use serde_json::Value;

use super::Docket;
use crate::{NamedOrganisation, Recipient, Verdict, clock, pack::RecipientRule};

/// The receivers of that name in the pack; of several roles the first that somebody holds here.
pub(super) fn of(docket: &Docket<'_>, name: &str) -> Vec<Recipient> {
    let rules = docket.pack.law.recipients.get(name).map_or(&[][..], Vec::as_slice);
    let applies = |rule: &&RecipientRule| {
        rule.when.as_ref().is_none_or(|when| docket.world.evaluate(when).verdict != Verdict::No)
    };
    rules.iter().filter(applies).filter_map(|rule| recipient(docket, name, rule)).collect()
}

fn recipient(docket: &Docket<'_>, name: &str, rule: &RecipientRule) -> Option<Recipient> {
    let text = docket.pack.find_text(docket.world.language, &format!("recipients-{name}"));
    let mut why = text.map_or_else(|| rule.article.clone(), |text| format!("{}: {text}", rule.article));
    if let Some(unsure) =
        rule.unsure.as_ref().and_then(|key| docket.pack.find_text(docket.world.language, key))
    {
        why = format!("{why} {unsure}");
    }
    let holders = |role: Role| -> Vec<NamedOrganisation> {
        let holds = |scope: &RoleScope| fits(docket, rule, scope);
        docket
            .directory
            .iter()
            .filter(|entry| entry.roles.iter().any(|held| held.role == role && holds(&held.scope)))
            .map(|entry| NamedOrganisation { id: entry.organisation, name: entry.name.clone() })
            .collect()
    };
    let found = rule.first_of.iter().map(|role| (*role, holders(*role)));
    let mut found: Vec<(Role, Vec<NamedOrganisation>)> = found.collect();
    let at = found.iter().position(|(_, organisations)| !organisations.is_empty()).unwrap_or(0);
    let (role, organisations) = if at < found.len() { found.swap_remove(at) } else { return None };
    Some(Recipient { role, why, organisations })
}

fn fits(docket: &Docket<'_>, rule: &RecipientRule, scope: &RoleScope) -> bool {
    let law = &docket.pack.law;
    let regime = scope.regime.as_ref().is_none_or(|regime| match &rule.regime {
        Some(wanted) => regime == wanted,
        None => *regime == law.id || law.changes.as_ref() == Some(regime),
    });
    let desk = match (&rule.desk, &scope.desk) {
        (Some(wanted), Some(desk)) => wanted == desk,
        (None, _) | (_, None) => true,
    };
    let country = scope.country.is_none_or(|country| is_wanted(docket, rule, country)) || !rule.same_country;
    regime && desk && country && sector_fits(docket, scope) && class_fits(docket, scope)
}

/// Whether a State is one of those for which a role must hold: named by a field, or the entity's.
fn is_wanted(docket: &Docket<'_>, rule: &RecipientRule, country: model::Country) -> bool {
    let case = docket.case;
    let named = rule.in_country_of.as_ref();
    let named = named.and_then(|field| case.facts.get(field).or_else(|| case.entity.get(field)));
    let several = named.and_then(Value::as_array).into_iter().flatten();
    let mut named = named.into_iter().chain(several).filter_map(Value::as_str).peekable();
    if named.peek().is_none() {
        return country == docket.case.country;
    }
    named.any(|name| name.parse() == Ok(country))
}

fn class_fits(docket: &Docket<'_>, scope: &RoleScope) -> bool {
    let class = docket.case.entity.get("entity.class").and_then(Value::as_str);
    scope.entity_class.as_deref().is_none_or(|wanted| class == Some(wanted))
}

/// A role for a sector holds for its sub-sectors too.
fn sector_fits(docket: &Docket<'_>, scope: &RoleScope) -> bool {
    let Some(wanted) = scope.sector.as_deref() else { return true };
    let own = ["entity.sector", "entity.subsector"].into_iter().filter_map(|name| {
        let field = docket.library.vocabularies().field(name)?;
        let id = docket.case.entity.get(name)?.as_str()?;
        Some((id, docket.library.vocabularies().value(field, id).and_then(|value| value.within.as_deref())))
    });
    own.into_iter().any(|(id, within)| id == wanted || within == Some(wanted))
}

/// The zone of the first organisation that receives.
pub(super) fn zone(docket: &Docket<'_>, recipients: &[Recipient]) -> Option<TimeZone> {
    let first = recipients.iter().flat_map(|recipient| &recipient.organisations).next()?;
    let entry = docket.directory.iter().find(|entry| entry.organisation == first.id)?;
    clock::zone(&entry.zone).ok()
}
