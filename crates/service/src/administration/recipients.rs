//! The directory of recipients: who receives what, and where nobody does.

use std::collections::BTreeSet;

use model::{Caller, Country, Organisation, OrganisationRole, Role};
use policy::{Action, permit};
use regime::{Library, Pack, pack::RecipientRule};

use crate::{
    Service,
    error::Result,
    view::{RecipientDirectory, RecipientEntry, RecipientLine},
};

impl Service {
    /// Who receives the reports of each law: for an operator in every country in which an
    /// organisation of this node sits, for an administrator in the own.
    ///
    /// # Errors
    /// [`crate::Error::Denied`].
    pub async fn recipient_directory(&self, caller: &Caller) -> Result<RecipientDirectory> {
        let node = permit(caller, Action::AdministerNode).is_ok();
        if !node {
            permit(caller, Action::AdministerOrganisation)?;
        }
        let scope = permit(caller, Action::ReadDirectory)?;
        let mut tx = self.store.read().await?;
        let standings = tx.standings(&scope).await?;
        let mut organisations = tx.organisations(&scope).await?;
        organisations.retain(|one| standings.get(&one.id).is_some_and(|standing| standing.active));
        let countries: BTreeSet<Country> = organisations
            .iter()
            .filter(|one| node || one.id == caller.organisation)
            .map(|one| one.country)
            .collect();
        let now = self.clock.now();
        let laws = self.library.on(now);
        let mut lines = Vec::new();
        for country in countries {
            for pack in laws.packs_in(country, now, &[]) {
                lines.extend(lines_of(&laws, pack, country, &organisations));
            }
        }
        let gaps = lines.iter().filter(|line| line.gap).count();
        Ok(RecipientDirectory { lines, gaps })
    }
}

/// One line for each list of authorities that the law names.
fn lines_of(
    library: &Library,
    pack: &Pack,
    country: Country,
    organisations: &[Organisation],
) -> Vec<RecipientLine> {
    let mut lines: Vec<RecipientLine> = Vec::new();
    // Whom entities file with; to whom authorities pass things on is no gap of this node.
    let named: BTreeSet<&str> = pack.stages().map(|(_, stage)| stage.recipients.as_str()).collect();
    let rules = pack.law.recipients.iter().filter(|(name, _)| named.contains(name.as_str()));
    for rule in rules.flat_map(|(_, rules)| rules) {
        let roles: Vec<Role> = rule.first_of.iter().copied().filter(|role| role.is_authority()).collect();
        let known = lines.iter().any(|line| line.roles == roles && line.article == rule.article);
        if roles.is_empty() || known {
            continue;
        }
        let entries = entries_of(library, pack, rule, (country, &roles), organisations);
        lines.push(RecipientLine {
            pack: pack.id().to_owned(),
            law: pack.law.law.clone(),
            article: rule.article.clone(),
            country,
            roles,
            gap: entries.is_empty(),
            organisations: entries,
        });
    }
    lines
}

/// The holders of the first role that anybody holds for everybody, and those before it that hold
/// theirs for some only.
fn entries_of(
    library: &Library,
    pack: &Pack,
    rule: &RecipientRule,
    (country, roles): (Country, &[Role]),
    organisations: &[Organisation],
) -> Vec<RecipientEntry> {
    let mut entries = Vec::new();
    for role in roles {
        for organisation in organisations {
            for held in &organisation.roles {
                if held.role == *role && fits(pack, rule, held, country) {
                    entries.push(entry(library, organisation, held));
                }
            }
        }
        if entries.iter().any(|entry| entry.sector.is_none() && entry.entity_class.is_none()) {
            break;
        }
    }
    entries
}

fn fits(pack: &Pack, rule: &RecipientRule, held: &OrganisationRole, country: Country) -> bool {
    let law = held.scope.regime.as_deref();
    let regime = law.is_none_or(|law| match &rule.regime {
        Some(wanted) => law == wanted,
        None => law == pack.id() || pack.law.changes.as_deref() == Some(law),
    });
    regime && (!rule.same_country || held.scope.country.is_none_or(|here| here == country))
}

fn entry(library: &Library, organisation: &Organisation, held: &OrganisationRole) -> RecipientEntry {
    let vocabularies = library.vocabularies();
    let in_words = |id: &String| {
        let value = ["entity.sector", "entity.subsector"]
            .into_iter()
            .find_map(|field| vocabularies.field(field).and_then(|field| vocabularies.value(field, id)));
        value.map_or_else(|| id.clone(), |value| value.label.clone())
    };
    RecipientEntry {
        id: organisation.id,
        name: organisation.name.clone(),
        role: held.role,
        sector: held.scope.sector.as_ref().map(in_words),
        entity_class: held.scope.entity_class.clone(),
    }
}
