//! Several files for an authority as one: the report, what belongs to it, the list of the files and its seal.

use std::collections::BTreeMap;

use model::{Disclosure, FilingDocument, Instant};
use paper::Standing;
use policy::{Scope, for_node};
use regime::{
    Library,
    export::Report,
    package::{Contents, PackageSpec, contents, packages_of},
};
use store::Tx;

use super::use_cases::of_filing;
use crate::{
    Service,
    error::Result,
    filings::{file_stage::key_of, read_filing::as_filed},
    view::ExportFile,
};

/// What whoever opens the package reads first.
const README: &str = "README.txt";

/// A package before its paper and its seal are there.
pub struct Unsealed {
    spec: PackageSpec,
    reference: String,
    contents: Contents,
}

/// The package of that name in which the stage of the report is offered; instants also in the first zone.
#[must_use]
pub fn package(library: &Library, report: &Report, name: &str, zones: &[String]) -> Option<Unsealed> {
    let spec = packages_of(library, &report.duty).into_iter().find(|package| package.id == name)?;
    let zone = zones.first().map_or("UTC", String::as_str);
    let reference = match &report.filing {
        Some(filing) => filing.reference.clone(),
        None => report.duty.to_string(),
    };
    Some(Unsealed { spec: spec.clone(), reference, contents: contents(library, spec, report, zone) })
}

impl Unsealed {
    /// The report as its paper says it.
    #[must_use]
    pub const fn printed(&self) -> &Report {
        &self.contents.printed
    }

    /// The package with its paper, sealed by `seal` over the list of its files; a draft has no seal.
    ///
    /// # Errors
    /// What `seal` answers; [`crate::Error::Internal`] for what cannot be packed.
    pub fn sealed(
        self,
        pdf: Vec<u8>,
        seal: impl FnOnce(&str) -> Result<Option<Vec<u8>>>,
    ) -> Result<ExportFile> {
        let mut files: BTreeMap<String, Vec<u8>> = self.contents.files.into_iter().collect();
        files.insert(format!("{}.pdf", self.spec.document), pdf);
        files.insert(README.to_owned(), read_me(&self.spec.name, &self.reference).into_bytes());
        let sums = vault::package_sums(&files);
        let seal = seal(&sums)?;
        files.insert(vault::PACKAGE_SUMS.to_owned(), sums.into_bytes());
        files.extend(seal.map(|seal| (vault::PACKAGE_SEAL.to_owned(), seal)));
        let bytes = paper::archive(files.iter().map(|(name, content)| (name.as_str(), content.as_slice())))?;
        Ok(ExportFile {
            reference: self.reference,
            extension: "zip",
            content_type: "application/zip",
            bytes,
            errors: vec![],
            losses: vec![],
        })
    }
}

impl Service {
    /// The package of a filing that lies in `scope`, sealed by whoever filed it; none when the stage has no
    /// package of that name. The same filing gives the same bytes as long as the filer signs by the same key.
    pub(super) async fn filed_package(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        (document, name): (FilingDocument, &str),
    ) -> Result<Option<ExportFile>> {
        let head = document.head.clone();
        let laws = as_filed(&self.library, &head);
        let filer = tx.organisation(scope, head.from.organisation).await?;
        let zones: Vec<String> = filer.into_iter().map(|filer| filer.zone).collect();
        let Some(package) = package(&laws, &of_filing(document.clone()), name, &zones) else {
            return Ok(None);
        };
        let shown = as_printed(document, package.printed());
        let words = self.words_of(tx, scope, &shown).await?;
        let pdf = paper::filing(&shown, &words, Standing::Packaged)?.pdf;
        let key = key_of(tx, head.from.organisation, self.clock.now()).await?;
        let since = tx
            .published_keys(&for_node(head.from.organisation))
            .await?
            .into_iter()
            .find(|known| known.key == key.id())
            .map_or(Instant::MIN, |known| known.valid_from);
        let as_of = head.filed_at.max(since);
        let sealed = package.sealed(pdf, |sums| {
            let seal = vault::seal_package(sums, (head.from, head.reference), as_of, &key)?;
            Ok(Some(serde_json::to_vec_pretty(&seal)?))
        })?;
        Ok(Some(sealed))
    }
}

/// The filing with the answers that the paper shows.
fn as_printed(mut document: FilingDocument, printed: &Report) -> FilingDocument {
    for (group, disclosure) in &mut document.disclosures {
        let Disclosure { content, .. } = disclosure;
        *content = printed.groups.get(group).cloned().unwrap_or_default();
    }
    document
}

fn read_me(name: &str, reference: &str) -> String {
    format!(
        "{name}: {reference}\r\n\r\n\
         Check that nothing was changed:\r\n    sha256sum -c SHA256SUMS\r\n\r\n\
         Check who made it, with the published keys of the node (GET /api/v1/keys):\r\n    \
         beffroi verify --trust keys.json PACKAGE.zip\r\n\r\n\
         Without SHA256SUMS.sig.json it is a draft: nobody filed it.\r\n\r\n\
         The evidence manifest names by its number what is withheld for want of consent; nothing else of it is in the\r\n\
         package. In tables a cell that a spreadsheet would take for a formula begins with an apostrophe. Instants are\r\n\
         in UTC, beside them in the zone that is named. clock_fast_by_seconds: so much was the clock of the source\r\n\
         ahead. Addresses in the PDF are written so that no program follows them; in observables.csv they stand as\r\n\
         they are.\r\n"
    )
}
