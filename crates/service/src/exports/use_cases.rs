//! What the caller filed, received, or would file, in the formats of others.

use model::{Caller, DutyKey, FilingDocument, FilingId, IncidentId, Marks, OrganisationId};
use policy::{Action, permit};
use regime::{
    Library,
    export::{Report, ReportHead},
};

use super::{export_file, export_formats, package::package};
use crate::{
    Service,
    error::{Error, Result},
    filings::{document::sides, prepare::Prepared, read_filing::as_filed},
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
        let Found { laws, report, .. } = self.filed_report(caller, id).await?;
        Ok(ExportOffers { formats: export_formats(&laws, &report) })
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
        let mut tx = self.store.read().await?;
        for scope in sides(caller)? {
            let Some(filing) = tx.filing(&scope, id).await? else { continue };
            if let Some(file) = self.filed_package(&mut tx, &scope, (filing.document, format)).await? {
                return Ok(file);
            }
            break;
        }
        drop(tx);
        self.filed_report(caller, id).await?.file(format)
    }

    async fn filed_report(&self, caller: &Caller, id: FilingId) -> Result<Found> {
        let mut tx = self.store.read().await?;
        for scope in sides(caller)? {
            let Some(filing) = tx.filing(&scope, id).await? else { continue };
            let own = tx.organisation(&scope, caller.organisation).await?;
            let zones = own.map(|organisation| organisation.zone).into_iter().collect();
            let laws = as_filed(&self.library, &filing.document.head);
            return Ok(Found { laws, report: of_filing(filing.document), zones });
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
        let Found { laws, report, .. } = self.draft_report(caller, (id, key), recipient).await?;
        Ok(ExportOffers { formats: export_formats(&laws, &report) })
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
        let found = self.draft_report(caller, (id, key), recipient).await?;
        let Some(package) = package(&found.laws, &found.report, format, &found.zones) else {
            return found.file(format);
        };
        let printed = package.printed().groups.clone();
        let paper = self.draft_paper(caller, (id, key), (recipient, Some(printed))).await?;
        package.sealed(paper.pdf, |_| Ok(None))
    }

    async fn draft_report(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        recipient: Option<OrganisationId>,
    ) -> Result<Found> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let mut tx = self.store.read().await?;
        let incident = tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        let laws = self.laws(&situation.incident);
        let prepared = Prepared::of(&laws, &situation, key, self.clock.now())?;
        let groups = prepared.content_for(recipient)?.clone();
        let zones = vec![situation.case.zone.clone()];
        let report = Report { duty: key.clone(), groups, filing: None, marks: prepared.marks };
        Ok(Found { laws, report, zones })
    }
}

/// A report with the laws under which it stands and the zones of whoever reads it.
struct Found {
    laws: Library,
    report: Report,
    zones: Vec<String>,
}

impl Found {
    fn file(&self, format: &str) -> Result<ExportFile> {
        export_file(&self.laws, &self.report, format, &self.zones)?.ok_or(Error::NotFound("format"))
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
