//! Police and prosecutors of a State, as the directory and the laws of the State know them.

use jiff::civil::Date;
use model::{Country, Organisation, Role};
use regime::{Library, Pack, pack::Channel};

use crate::view::ReadinessContact;

/// Who takes complaints.
pub(super) const ROLES: [Role; 2] = [Role::LawEnforcement, Role::Prosecutor];

/// Organisations of this node first, then the ways that laws in force name.
pub(super) fn contacts(
    library: &Library,
    holders: &[Organisation],
    (country, today): (Country, Date),
) -> Vec<ReadinessContact> {
    let mut contacts = Vec::new();
    for role in ROLES {
        let here = |one: &&Organisation| {
            let holds = |held: &model::OrganisationRole| {
                held.role == role && held.scope.country.is_none_or(|of| of == country)
            };
            one.roles.iter().any(holds)
        };
        contacts.extend(holders.iter().filter(here).map(|one| ReadinessContact {
            role,
            name: one.name.clone(),
            address: None,
            languages: vec![],
        }));
        let packs = library.packs().iter().filter(|pack| pack.in_force(today));
        for pack in packs.filter(|pack| pack.law.countries.contains(&country)) {
            let channels = pack.law.channels.iter().filter(|channel| leads_to(pack, channel, role));
            contacts.extend(channels.filter(|channel| is_of(channel, country)).map(|channel| {
                ReadinessContact {
                    role,
                    name: channel.name.clone(),
                    address: channel.address.clone(),
                    languages: channel.languages.clone(),
                }
            }));
        }
    }
    contacts
}

fn is_of(channel: &Channel, country: Country) -> bool {
    channel.countries.is_empty() || channel.countries.contains(&country)
}

/// Whether a list of recipients that the channel belongs to names the role.
fn leads_to(pack: &Pack, channel: &Channel, role: Role) -> bool {
    let lists = &pack.law.recipients;
    let named = lists.iter().filter(|(name, _)| channel.recipients.as_ref().is_none_or(|of| of == *name));
    named.flat_map(|(_, rules)| rules).any(|rule| rule.first_of.first() == Some(&role))
}
