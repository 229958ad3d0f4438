//! The first screen of a new report, before a record exists.

use std::collections::{BTreeMap, BTreeSet};

use model::{Caller, DutyState};
use policy::{Action, permit};
use regime::{Case, Duty, FormView, Screen, Section};

use crate::{
    Service,
    case::entity_of,
    error::{Error, Result},
    incidents::situation::directory,
    taxonomy::chosen::offer_terms,
};

impl Service {
    /// What to ask first: the first screens of the stage that each law in reach wants soonest, laid
    /// over each other so that each fact is asked once.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no law on this node could ask this organisation for anything.
    pub async fn wizard(&self, caller: &Caller) -> Result<FormView> {
        let scope = permit(caller, Action::WriteIncidents)?;
        let mut tx = self.store.read().await?;
        let organisation =
            tx.organisation(&scope, caller.organisation).await?.ok_or(Error::NotFound("organisation"))?;
        let directory = directory(&mut tx, &scope).await?;
        let case = Case {
            entity: entity_of(&organisation),
            facts: BTreeMap::new(),
            country: organisation.country,
            zone: organisation.zone.clone(),
            submissions: vec![],
            requests: vec![],
            opened: None,
            simulated: vec![],
        };
        let now = self.clock.now();
        let laws = self.library.on(now);
        let duties = regime::duties(&laws, &case, &directory, now);
        let forms = first_stages(&duties)
            .into_iter()
            .filter_map(|duty| regime::form(&laws, &case, &duty.key, Screen::First, "en"))
            .collect();
        let mut form = join(forms).ok_or(Error::NotFound("law that asks your organisation to report"))?;
        let order = regime::finder::order(&laws, &case, now);
        form.sections.iter_mut().for_each(|section| decisive_first(section, &order));
        offer_terms(&mut tx, &scope, (&laws, &BTreeMap::new()), &mut form).await?;
        Ok(form)
    }
}

/// The first stage in reach of each pack; what is voluntary only when nothing else is in reach.
fn first_stages(duties: &[Duty]) -> Vec<&Duty> {
    let mut packs = BTreeSet::new();
    let in_reach = |duty: &&Duty| match duty.state {
        DutyState::Undecided
        | DutyState::Due
        | DutyState::Late
        | DutyState::Drafted
        | DutyState::InApproval => true,
        DutyState::NotApplicable
        | DutyState::Displaced
        | DutyState::Filed
        | DutyState::Acknowledged
        | DutyState::Withdrawn
        | DutyState::Waived => false,
    };
    let (wanted, offered): (Vec<&Duty>, Vec<&Duty>) =
        duties.iter().filter(in_reach).filter(|duty| !duty.on_request).partition(|duty| !duty.voluntary);
    let pool = if wanted.is_empty() { offered } else { wanted };
    pool.into_iter().filter(|duty| packs.insert(duty.key.pack.clone())).collect()
}

/// Among the questions of a section that decide about duties, those that decide most come first; every
/// other question keeps its place.
fn decisive_first(section: &mut Section, order: &[String]) {
    let rank = |field: &str| order.iter().position(|known| known == field);
    let (places, mut decisive): (Vec<usize>, Vec<_>) = section
        .fields
        .iter()
        .enumerate()
        .filter_map(|(place, field)| Some((place, (rank(&field.field)?, field.clone()))))
        .unzip();
    decisive.sort_by_key(|(rank, _)| *rank);
    for (place, (_, field)) in places.into_iter().zip(decisive) {
        if let Some(slot) = section.fields.get_mut(place) {
            *slot = field;
        }
    }
}

/// One form from many: sections by name, each field once, in the order of first appearance.
fn join(forms: Vec<FormView>) -> Option<FormView> {
    let mut forms = forms.into_iter();
    let mut whole = forms.next()?;
    for form in forms {
        let known: BTreeSet<String> = whole
            .sections
            .iter()
            .flat_map(|section| &section.fields)
            .map(|field| field.field.clone())
            .collect();
        for mut section in form.sections {
            section.fields.retain(|field| !known.contains(&field.field));
            append(&mut whole.sections, section);
        }
    }
    Some(whole)
}

fn append(sections: &mut Vec<Section>, section: Section) {
    match sections.iter_mut().find(|known| known.id == section.id) {
        Some(known) => known.fields.extend(section.fields),
        None if section.fields.is_empty() => {}
        None => sections.push(section),
    }
}
