//! The card for the first hour, to be printed.

use model::{Caller, Role};
use paper::{Card, CardSection};
use policy::{Action, permit};
use regime::vocabulary::ListValue;

use super::{CARD, read::Stand};
use crate::{
    Service,
    error::{Error, Result},
    view::{PaperFile, ReadinessContact},
};

/// The points whose card also names whom the node knows.
const KNOWN: [(&str, Role); 2] =
    [("police_contact", Role::LawEnforcement), ("prosecutor_contact", Role::Prosecutor)];

impl Service {
    /// What to leave alone, what to write down and whom to call in the first hour: one page, with what the
    /// checklist says.
    ///
    /// # Errors
    /// [`Error::Denied`].
    pub async fn first_hour_card(&self, caller: &Caller) -> Result<PaperFile> {
        let scope = permit(caller, Action::ReadReadiness)?;
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let stand = Stand::read(&mut tx, &scope, now).await?;
        let contacts = self.readiness_in(&mut tx, caller, &scope).await?.contacts;
        let list = self.library.vocabularies().list(CARD).ok_or(Error::NotFound("list of the card"))?;
        let sections = list.groups.iter().map(|group| CardSection {
            title: group.label.clone(),
            rows: list
                .values
                .iter()
                .filter(|value| value.group.as_ref() == Some(&group.id))
                .map(|value| (value.label.clone(), said(value, &stand, &contacts)))
                .collect(),
        });
        let card = Card {
            title: "The first hour after an attack".to_owned(),
            language: "en".to_owned(),
            organisation: stand.organisation.name.clone(),
            at: now,
            as_of: regime::clock::local_words(now, &stand.zone),
            sections: sections.collect(),
        };
        Ok(PaperFile { reference: "card".to_owned(), pdf: paper::card(&card)?.pdf })
    }
}

/// What the list says, then who is responsible and what was noted of the point of the same name.
fn said(value: &ListValue, stand: &Stand, contacts: &[ReadinessContact]) -> Vec<String> {
    let kept = stand.points.get(&value.id).map(|kept| &kept.point);
    let noted = kept.into_iter().flat_map(|point| [point.responsible.clone(), point.note.clone()]);
    let known = KNOWN.iter().filter(|(item, _)| *item == value.id).flat_map(|(_, role)| {
        contacts.iter().filter(|contact| contact.role == *role).map(|contact| match &contact.address {
            Some(address) => format!("{}, {address}", contact.name),
            None => format!("{} (on this node)", contact.name),
        })
    });
    [value.help.clone()].into_iter().chain(noted).chain(known).filter(|text| !text.is_empty()).collect()
}
