//! Filings and receipts on paper: as typeset when they were filed, or now.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{
    Caller, DutyKey, FiledAnswer, FilingDocument, FilingId, IncidentId, Instant, Organisation,
    OrganisationId, Party, Signature,
};
use paper::{Draft, GroupWords, Paper, PaperError, Standing, TableWords, Words};
use policy::{Action, Scope, permit};
use regime::Library;
use store::Tx;

use super::{
    document::sides,
    prepare::{Content, Prepared},
    read_filing::as_filed,
};
use crate::{
    Service,
    error::{Error, Result},
    incidents::situation::Situation,
    view::PaperFile,
};

/// The one language in which filings are written today.
const LANGUAGE: &str = "en";

impl Service {
    /// The paper of a filing that the caller's organisation sent or received: the one that the receipt
    /// names; where none was kept, one that is typeset now and says so.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn filing_paper(&self, caller: &Caller, id: FilingId) -> Result<PaperFile> {
        let mut tx = self.store.read().await?;
        for scope in sides(caller)? {
            let Some(filing) = tx.filing(&scope, id).await? else { continue };
            let reference = filing.document.head.reference.clone();
            if let Some(pdf) = tx.paper(&scope, id).await? {
                return Ok(PaperFile { reference, pdf });
            }
            let words = self.words_of(&mut tx, &scope, &filing.document).await?;
            let paper = paper::filing(&filing.document, &words, Standing::TypesetLater)?;
            return Ok(PaperFile { reference, pdf: paper.pdf });
        }
        Err(Error::NotFound("filing"))
    }

    /// The receipt of a filing that the caller's organisation sent or received, on paper.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn receipt_paper(&self, caller: &Caller, id: FilingId) -> Result<PaperFile> {
        let mut tx = self.store.read().await?;
        for scope in sides(caller)? {
            let Some(receipt) = tx.receipt(&scope, id).await? else { continue };
            let words = Words {
                recipient_fingerprint: fingerprint(&receipt.signature),
                ..self.words_of(&mut tx, &scope, &receipt.filing).await?
            };
            let paper = paper::receipt(&receipt, &words)?;
            return Ok(PaperFile { reference: receipt.receipt.reference, pdf: paper.pdf });
        }
        Err(Error::NotFound("receipt"))
    }

    /// What would be filed now to `recipient`, or to the first one, on paper that says on each page
    /// that it is a draft.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the incident or the duty; [`Error::Invalid`] for a recipient that the
    /// preview does not name.
    pub async fn preview_paper(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        recipient: Option<OrganisationId>,
    ) -> Result<PaperFile> {
        self.draft_paper(caller, (id, key), (recipient, None)).await
    }

    /// As [`Self::preview_paper`]; with these answers in the place of what would be filed.
    pub(crate) async fn draft_paper(
        &self,
        caller: &Caller,
        (id, key): (IncidentId, &DutyKey),
        (recipient, instead): (Option<OrganisationId>, Option<Content>),
    ) -> Result<PaperFile> {
        let scope = permit(caller, Action::ReadIncidents)?;
        let directory = permit(caller, Action::ReadDirectory)?;
        let mut tx = self.store.read().await?;
        let incident = tx.incident(&scope, id).await?.ok_or(Error::NotFound("incident"))?;
        let situation = Situation::read(&mut tx, &scope, incident).await?;
        let now = self.clock.now();
        let laws = self.laws(&situation.incident);
        let prepared = Prepared::of(&laws, &situation, key, now)?;
        let from = tx.organisation(&directory, situation.incident.organisation).await?;
        let from = from.ok_or(Error::NotFound("organisation"))?;
        let copy = prepared.copy_for(recipient)?;
        let to = match copy {
            Some(copy) => tx.organisation(&directory, copy.to).await?,
            None => None,
        };
        let filed = prepared.content_for(recipient)?.clone();
        let content = instead.unwrap_or(filed);
        let due_at = prepared.duty.due.as_ref().map(|due| due.at);
        let zones = zones(Some(&from), to.as_ref());
        let answers = content.iter().map(|(group, answers)| (group.as_str(), answers));
        let words = words(&laws, key, answers, (&zones, &[Some(now), due_at]));
        let groups = content.keys();
        let draft = Draft {
            at: now,
            pack_version: prepared.duty.pack_version.clone(),
            due_at,
            from: party(&from),
            to: to.as_ref().map(party),
            marking: prepared.marks.report,
            markings: groups
                .filter_map(|group| Some((group.clone(), prepared.marks.of_group(group)?)))
                .collect(),
            content,
        };
        Ok(PaperFile { reference: key.to_string(), pdf: paper::draft(&draft, &words)?.pdf })
    }

    /// The paper of a filing that is being filed. A fault in typesetting never keeps a report from
    /// being filed in time: then there is none, and the receipt names none.
    pub(super) async fn typeset(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        document: &FilingDocument,
    ) -> Result<Option<Vec<u8>>> {
        let words = self.words_of(tx, scope, document).await?;
        match paper::filing(document, &words, Standing::Filed) {
            Ok(Paper { pdf, .. }) => Ok(Some(pdf)),
            Err(error) => {
                tracing::error!(filing = %document.head.filing, "a filing has no paper: {error}");
                Ok(None)
            }
        }
    }

    /// The words for a filing, which lies in `scope`.
    pub(crate) async fn words_of(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        document: &FilingDocument,
    ) -> Result<Words> {
        let head = &document.head;
        let from = tx.organisation(scope, head.from.organisation).await?;
        let to = tx.organisation(scope, head.to.organisation).await?;
        let corrected = match head.corrects {
            Some(filing) => tx.filing(scope, filing).await?,
            None => None,
        };
        let zones = zones(from.as_ref(), to.as_ref());
        let answers = document.disclosures.iter().map(|(group, shown)| (group.as_str(), &shown.content));
        Ok(Words {
            corrects: corrected.map(|filing| filing.document.head.reference),
            filer_fingerprint: fingerprint(&document.signature),
            ..words(
                &as_filed(&self.library, head),
                &head.duty,
                answers,
                (&zones, &[Some(head.filed_at), head.due_at]),
            )
        })
    }
}

impl From<PaperError> for Error {
    fn from(error: PaperError) -> Self {
        Self::Internal(error.to_string())
    }
}

fn party(organisation: &Organisation) -> Party {
    Party { organisation: organisation.id, name: organisation.name.clone() }
}

fn fingerprint(signature: &Signature) -> String {
    vault::fingerprint(&BASE64_URL_SAFE_NO_PAD.decode(&signature.public_key).unwrap_or_default())
}

/// The zones of both sides, the filer's first, each once.
fn zones(from: Option<&Organisation>, to: Option<&Organisation>) -> Vec<String> {
    let mut zones: Vec<String> =
        from.into_iter().chain(to).map(|organisation| organisation.zone.clone()).collect();
    zones.dedup();
    zones
}

/// The words of the law, of the vocabulary and of the zones for what is filed.
pub(crate) fn words<'a>(
    library: &Library,
    duty: &DutyKey,
    answers: impl Iterator<Item = (&'a str, &'a BTreeMap<String, FiledAnswer>)> + Clone,
    (zones, instants): (&[String], &[Option<Instant>]),
) -> Words {
    let titles = regime::export::heading(library, duty);
    let all = || answers.clone().flat_map(|(_, content)| content);
    let earlier = all().flat_map(|(_, answer)| answer.earlier.iter().map(|earlier| earlier.until));
    let instants: BTreeSet<Instant> = instants.iter().flatten().copied().chain(earlier).collect();
    let zone = zones.first().map_or("UTC", String::as_str);
    let tables = all().filter_map(|(field, answer)| {
        let (columns, rows) = regime::records_text(library, field, answer.value.as_ref()?, zone)?;
        Some((field.clone(), TableWords { columns, rows }))
    });
    Words {
        language: LANGUAGE.to_owned(),
        law: titles.law,
        stage: titles.stage,
        article: titles.article,
        tables: tables.collect(),
        groups: groups(library),
        when: instants.into_iter().map(|at| (at, in_zones(at, zones))).collect(),
        ..Words::default()
    }
}

fn groups(library: &Library) -> Vec<GroupWords> {
    let vocabularies = library.vocabularies();
    let fields_of = |group: &str| {
        vocabularies.fields().filter(|field| field.group == group).map(|field| field.id.clone()).collect()
    };
    let groups = vocabularies.groups().iter();
    groups
        .map(|group| GroupWords {
            id: group.id.clone(),
            title: group.label.clone(),
            fields: fields_of(&group.id),
        })
        .collect()
}

fn in_zones(at: Instant, zones: &[String]) -> Vec<String> {
    let known = zones.iter().filter_map(|zone| regime::clock::zone(zone).ok());
    known.map(|zone| regime::clock::local_words(at, &zone)).collect()
}
