//! The small world of the tests: who reports and who receives.

use std::collections::BTreeMap;

use model::{Country, OrganisationId, OrganisationRole, Role, RoleScope};
use serde_json::{Value, json};
use service::{NewOrganisation, Service};

/// An organisation of the world.
#[derive(Clone, Debug)]
pub struct Place {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its roles.
    pub roles: Vec<OrganisationRole>,
}

/// The organisations of the world.
#[derive(Clone, Debug)]
pub struct World {
    /// A hospital in Luxembourg, an essential entity of the health sector: reports.
    pub hospital: Place,
    /// Another hospital in Luxembourg: must never see what the first one writes.
    pub clinic: Place,
    /// A cloud provider in Luxembourg: its significance follows from numbers.
    pub cloud: Place,
    /// The CSIRT of Luxembourg: receives.
    pub csirt: Place,
    /// The CSIRT of Belgium: is not addressed.
    pub foreign_csirt: Place,
    /// The competent authority of Luxembourg.
    pub authority: Place,
}

impl World {
    /// Enters the organisations.
    pub async fn enter(service: &Service) -> Self {
        Self {
            hospital: enter(service, "Hospital of the North", "LU", Role::ReportingEntity, hospital()).await,
            clinic: enter(service, "Clinic of the South", "LU", Role::ReportingEntity, hospital()).await,
            cloud: enter(service, "Cloud of the West", "LU", Role::ReportingEntity, cloud()).await,
            csirt: enter(service, "CSIRT of Luxembourg", "LU", Role::Csirt, BTreeMap::new()).await,
            foreign_csirt: enter(service, "CSIRT of Belgium", "BE", Role::Csirt, BTreeMap::new()).await,
            authority: enter(
                service,
                "Authority of Luxembourg",
                "LU",
                Role::CompetentAuthority,
                BTreeMap::new(),
            )
            .await,
        }
    }

    /// Enters the single point of contact of Luxembourg, for the tests that tell of one.
    pub async fn contact_point(service: &Service) -> Place {
        enter(service, "Contact point of Luxembourg", "LU", Role::Spoc, BTreeMap::new()).await
    }
}

async fn enter(
    service: &Service,
    name: &str,
    country: &str,
    role: Role,
    profile: BTreeMap<String, Value>,
) -> Place {
    let country: Country = country.parse().expect("a country");
    // A reporting entity reports for itself; an authority receives for its country.
    let of_country = role.is_authority().then_some(country);
    let roles =
        vec![OrganisationRole { role, scope: RoleScope { country: of_country, ..RoleScope::default() } }];
    let zone = if name.ends_with("Belgium") { "Europe/Brussels" } else { "Europe/Luxembourg" };
    let new = NewOrganisation {
        name: name.to_owned(),
        country,
        zone: zone.to_owned(),
        roles: roles.clone(),
        profile,
    };
    let id = service.create_organisation(new).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    Place { id, name: name.to_owned(), roles }
}

fn hospital() -> BTreeMap<String, Value> {
    BTreeMap::from([
        ("entity.sector".to_owned(), json!("health")),
        ("entity.type".to_owned(), json!(["healthcare_provider"])),
        ("entity.class".to_owned(), json!("essential")),
        ("entity.critical_entity".to_owned(), json!(false)),
        ("entity.public_service".to_owned(), json!(false)),
        ("entity.product_roles".to_owned(), json!([])),
    ])
}

fn cloud() -> BTreeMap<String, Value> {
    BTreeMap::from([
        ("entity.sector".to_owned(), json!("digital_infrastructure")),
        ("entity.type".to_owned(), json!(["cloud_computing_service_provider"])),
        ("entity.class".to_owned(), json!("essential")),
        ("entity.turnover_eur".to_owned(), json!(80_000_000)),
        ("entity.critical_entity".to_owned(), json!(false)),
        ("entity.public_service".to_owned(), json!(false)),
        ("entity.product_roles".to_owned(), json!([])),
    ])
}
