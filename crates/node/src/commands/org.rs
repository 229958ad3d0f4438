//! `beffroi org`: organisations and the directory of recipients.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use model::{Country, Organisation, OrganisationId, OrganisationRole, RoleScope};
use serde_json::{Value, json};
use service::{NewOrganisation, OrganisationChange, Service};

use crate::output::{Outcome, Output, Unreadable, in_full, table};

/// Organisations and the directory of recipients.
#[derive(Debug, Subcommand)]
pub enum Org {
    /// Enter an organisation, with its keys.
    Create(Create),
    /// List the organisations with their roles.
    List,
    /// Give or take roles, and change what is known of an organisation.
    Role(Change),
}

/// Enter an organisation.
#[derive(Debug, Args)]
pub struct Create {
    /// The name by which people know it.
    #[arg(long)]
    pub name: String,
    /// The Member State of establishment, for example LU.
    #[arg(long)]
    pub country: Country,
    /// The time zone in which its people work, for example Europe/Luxembourg.
    #[arg(long)]
    pub zone: String,
    /// A role with its scope, for example reporting_entity, or csirt:regime=ID,sector=health,country=LU.
    #[arg(long = "role", value_name = "ROLE[:SCOPE]", value_parser = read_role)]
    pub roles: Vec<OrganisationRole>,
    /// What is known of it for the laws, for example entity.sector=health.
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = read_fact)]
    pub facts: Vec<(String, Value)>,
}

/// Change an organisation.
#[derive(Debug, Args)]
pub struct Change {
    /// The organisation: its identifier or its whole name.
    pub organisation: String,
    /// A role to give.
    #[arg(long = "add", value_name = "ROLE[:SCOPE]", value_parser = read_role)]
    pub add: Vec<OrganisationRole>,
    /// A role to take, with the scope in which it is held.
    #[arg(long = "remove", value_name = "ROLE[:SCOPE]", value_parser = read_role)]
    pub remove: Vec<OrganisationRole>,
    /// What is known of it for the laws, for example entity.sector=health.
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = read_fact)]
    pub facts: Vec<(String, Value)>,
}

impl Org {
    /// Does it.
    ///
    /// # Errors
    /// What the use case refuses.
    pub async fn run(self, service: &Service, output: Output) -> anyhow::Result<Outcome> {
        match self {
            Self::Create(create) => create.run(service, output).await,
            Self::List => list(service, output).await,
            Self::Role(change) => change.run(service, output).await,
        }
    }
}

impl Create {
    async fn run(self, service: &Service, output: Output) -> anyhow::Result<Outcome> {
        let name = self.name.clone();
        let new = NewOrganisation {
            name: self.name,
            country: self.country,
            zone: self.zone,
            roles: self.roles,
            profile: self.facts.into_iter().collect(),
        };
        let id = service
            .create_organisation(new)
            .await
            .map_err(in_full)
            .context("the organisation was not entered")?;
        output
            .print(&json!({ "organisation": id, "name": name }), |_| format!("{name} is entered as {id}"))?;
        Ok(Outcome::Fine)
    }
}

impl Change {
    async fn run(self, service: &Service, output: Output) -> anyhow::Result<Outcome> {
        let id = find(service, &self.organisation).await?.id;
        let change = OrganisationChange {
            add_roles: self.add,
            remove_roles: self.remove,
            profile: self.facts.into_iter().collect::<BTreeMap<_, _>>(),
        };
        service
            .change_organisation(id, change)
            .await
            .map_err(in_full)
            .context("the organisation was not changed")?;
        // With the profile, which the directory does not show.
        let mut tx = service.store().read().await?;
        let now = tx.organisation(&policy::for_node(id), id).await?.context("the organisation is gone")?;
        output.print(&now, |now| format!("{} now holds: {}", now.name, roles_in_words(&now.roles)))?;
        Ok(Outcome::Fine)
    }
}

async fn list(service: &Service, output: Output) -> anyhow::Result<Outcome> {
    let organisations = service.organisations().await?;
    output.print(&json!({ "organisations": organisations }), |_| {
        if organisations.is_empty() {
            return "no organisation yet; enter one with `beffroi org create`".to_owned();
        }
        let rows: Vec<Vec<String>> = organisations
            .iter()
            .map(|one| {
                vec![
                    one.name.clone(),
                    one.country.to_string(),
                    roles_in_words(&one.roles),
                    one.id.to_string(),
                ]
            })
            .collect();
        table(&["name", "country", "roles", "id"], &rows)
    })?;
    Ok(Outcome::Fine)
}

/// The organisation with this identifier or this whole name.
///
/// # Errors
/// None, or more than one of the name.
pub async fn find(service: &Service, wanted: &str) -> anyhow::Result<Organisation> {
    let id: Option<OrganisationId> = wanted.parse().ok();
    let mut found = service.organisations().await?;
    found.retain(|one| Some(one.id) == id || one.name == wanted);
    match <[Organisation; 1]>::try_from(found) {
        Ok([one]) => Ok(one),
        Err(none) if none.is_empty() => {
            Err(anyhow!("there is no organisation {wanted:?}; `beffroi org list` shows those there are"))
        }
        Err(_several) => Err(anyhow!("more than one organisation is named {wanted:?}; give its identifier")),
    }
}

fn roles_in_words(roles: &[OrganisationRole]) -> String {
    let words: Vec<String> = roles.iter().map(role_in_words).collect();
    words.join(" ")
}

fn role_in_words(held: &OrganisationRole) -> String {
    let RoleScope { regime, sector, country, entity_class, desk } = held.scope.clone();
    let parts: Vec<String> = [
        ("regime", regime),
        ("sector", sector),
        ("country", country.map(|country| country.to_string())),
        ("entity_class", entity_class),
        ("desk", desk),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
    .collect();
    if parts.is_empty() { held.role.to_string() } else { format!("{}:{}", held.role, parts.join(",")) }
}

/// Reads `csirt:regime=ID,country=LU`.
fn read_role(text: &str) -> anyhow::Result<OrganisationRole> {
    let (role, parts) = text.split_once(':').unwrap_or((text, ""));
    let mut scope = RoleScope::default();
    for part in parts.split(',').filter(|part| !part.is_empty()) {
        let (name, value) =
            part.split_once('=').with_context(|| format!("a part of a scope is NAME=VALUE, got {part:?}"))?;
        match name {
            "regime" => scope.regime = Some(value.to_owned()),
            "sector" => scope.sector = Some(value.to_owned()),
            "country" => scope.country = Some(value.parse()?),
            "entity_class" => scope.entity_class = Some(value.to_owned()),
            "desk" => scope.desk = Some(value.to_owned()),
            other => bail!("a scope has regime, sector, country, entity_class and desk, not {other:?}"),
        }
    }
    Ok(OrganisationRole { role: role.parse()?, scope })
}

/// Reads `FIELD=VALUE`, the value as JSON when it is JSON, else as text.
fn read_fact(text: &str) -> anyhow::Result<(String, Value)> {
    let (field, value) = text.split_once('=').ok_or_else(|| {
        Unreadable(format!("a fact is FIELD=VALUE, for example entity.sector=health, got {text:?}"))
    })?;
    Ok((field.to_owned(), serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_written_as_they_are_read() {
        for text in [
            "csirt",
            "csirt:regime=a-law,country=LU,desk=govcert",
            "competent_authority:sector=health,entity_class=essential",
        ] {
            assert_eq!(role_in_words(&read_role(text).unwrap()), text);
        }
        for wrong in ["cert", "csirt:land=LU", "csirt:country", "csirt:country=Luxembourg"] {
            assert!(read_role(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_fact_is_json_or_text() {
        assert_eq!(read_fact("entity.turnover_eur=80000000").unwrap().1, json!(80_000_000));
        assert_eq!(read_fact("entity.sector=health").unwrap().1, json!("health"));
        assert!(read_fact("entity.sector").is_err());
    }
}
