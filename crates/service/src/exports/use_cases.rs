//! What the caller filed, received, or would file, in the formats of others.

use model::{Caller, DutyKey, FilingDocument, FilingId, IncidentId, Marks, OrganisationId};
use policy::{Action, permit};
use regime::export::{Report, ReportHead};

use super::{export_file, export_formats};
use crate::{
    Service,
    error::{Error, Result},
    filings::{document::sides, prepare::Prepared},
    incidents::situation::Situation,
    view::{ExportFile, ExportOffers},
};

const PDF: &str = "pdf";

impl Service {
    /// The formats in which a filing is offered that the caller's organisation sent or received.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn filing_exports(&self, caller: &Caller, id: FilingId) -> Result<ExportOffers> {
        let (report, _) = self.filed_report(caller, id).await?;
        Ok(ExportOffers { formats: export_formats(&self.library, &report) })
    }

    /// A filing that the caller's organisation sent or received, in a format: what this copy discloses, no more.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the filing, and for a format in which it is not offered.
    pub async fn filing_export(&self, caller: &Caller, id: FilingId, format: &str) -> Result<ExportFile> {
        if format == PDF {
            let paper = self.filing_paper(caller, id).await?;
            return Ok(as_pdf(paper.reference, paper.pdf));
        }
        let (report, zones) = self.filed_report(caller, id).await?;
        export_file(&self.library, &report, format, &zones).ok_or(Error::NotFound("format"))
    }

    async fn filed_report(&self, caller: &Caller, id: FilingId) -> Result<(Report, Vec<String>)> {
        let mut tx = self.store.read().await?;
        for scope in sides(caller)? {
            let Some(filing) = tx.filing(&scope, id).await? else { continue };
            let own = tx.organisation(&scope, caller.organisation).await?;
            let zones = own.map(|organisation| organisation.zone).into_iter().collect();
            return Ok((of_filing(filing.document), zones));
        }
        Err(Error::NotFound("filing"))
    }

    /// The formats in which the stage is offered as it would be filed now.
    ///
    /// # Errors
    /// As [`Service::draft_export`].
    pub async fn draft_exports(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        recipient: Option<OrganisationId>,
    ) -> Result<ExportOffers> {
        let (report, _) = self.draft_report(caller, (id, key), recipient).await?;
        Ok(ExportOffers { formats: export_formats(&self.library, &report) })
    }

    /// What would be filed now to `recipient`, or to the first one, in a format.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the incident, the duty and the format; [`Error::Invalid`] for a recipient that
    /// the preview does not name.
    pub async fn draft_export(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        (recipient, format): (Option<OrganisationId>, &str),
    ) -> Result<ExportFile> {
        if format == PDF {
            let paper = self.preview_paper(caller, (id, key), recipient).await?;
            return Ok(as_pdf(paper.reference, paper.pdf));
        }
        let (report, zones) = self.draft_report(caller, (id, key), recipient).await?;
        export_file(&self.library, &report, format, &zones).ok_or(Error::NotFound("format"))
    }

    async fn draft_report(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        recipient: Option<OrganisationId>,
    ) -> Result<(Report, Vec<String>)> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        let incident = tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        let prepared = Prepared::of(&self.library, &situation, key, self.clock.now())?;
        let copy = prepared.copy_for(recipient)?;
        let groups = copy.map_or_else(|| prepared.unaddressed.clone(), |copy| copy.content.clone());
        let zones = vec![situation.case.zone.clone()];
        Ok((Report { duty: key.clone(), groups, filing: None, marks: prepared.marks }, zones))
    }
}

fn as_pdf(reference: String, bytes: Vec<u8>) -> ExportFile {
    ExportFile {
        reference,
        extension: PDF,
        content_type: "application/pdf",
        bytes,
        errors: vec![],
        losses: vec![],
    }
}

/// What a copy of a filing discloses.
pub(crate) fn of_filing(document: FilingDocument) -> Report {
    let FilingDocument { head, disclosures, .. } = document;
    let markings = disclosures.iter().filter_map(|(group, shown)| Some((group.clone(), shown.marking?)));
    let marks = Marks { report: head.marking, groups: markings.collect(), ..Marks::default() };
    Report {
        duty: head.duty,
        groups: disclosures.into_iter().map(|(group, shown)| (group, shown.content)).collect(),
        filing: Some(ReportHead {
            reference: head.reference,
            version: head.version,
            filed_at: head.filed_at,
            from: head.from.name,
            to: head.to.name,
        }),
        marks,
    }
}
