//! Own terms and official lists as files: machine tags of MISP, SKOS as JSON-LD and Turtle.

use formats::taxonomy::{Scheme, json_ld, machine_tags, turtle};
use model::{Caller, OrganisationId};
use policy::{Action, permit};
use regime::vocabulary::List;

use super::{
    read_taxonomy::found,
    scheme::{of_list, of_taxonomy},
};
use crate::{
    Service,
    error::{Error, Result},
    view::ExportFile,
};

/// How a taxonomy is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxonomyFile {
    /// As MISP reads it.
    MachineTags,
    /// SKOS in JSON-LD.
    JsonLd,
    /// SKOS in Turtle.
    Turtle,
}

impl TaxonomyFile {
    /// Each with its name in addresses.
    pub const ALL: [(Self, &str); 3] =
        [(Self::MachineTags, "machinetag.json"), (Self::JsonLd, "skos.jsonld"), (Self::Turtle, "skos.ttl")];

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(file, _)| file)
    }

    const fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::MachineTags => ("json", "application/json"),
            Self::JsonLd => ("jsonld", "application/ld+json"),
            Self::Turtle => ("ttl", "text/turtle; charset=utf-8"),
        }
    }

    pub(super) fn write(self, scheme: &Scheme) -> String {
        match self {
            Self::MachineTags => format!("{:#}\n", machine_tags(scheme)),
            Self::JsonLd => format!("{:#}\n", json_ld(scheme)),
            Self::Turtle => turtle(scheme),
        }
    }
}

/// An official list as a file.
#[must_use]
pub fn list_as(list: &List, file: TaxonomyFile) -> String {
    file.write(&of_list(list))
}

impl Service {
    /// The own terms of the caller's organisation, or of another one that published them, as a file.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a taxonomy that is not there or not published, and for another file.
    pub async fn taxonomy_file(
        &self,
        caller: &Caller,
        of: Option<OrganisationId>,
        file: &str,
    ) -> Result<ExportFile> {
        let mut tx = self.store.read().await?;
        let found = found(&mut tx, caller, of).await?;
        let file = TaxonomyFile::named(file).ok_or(Error::NotFound("file"))?;
        let organisation = of.unwrap_or(caller.organisation);
        let scheme = of_taxonomy(&self.library, organisation, &found.taxonomy);
        let namespace = &found.taxonomy.head.namespace;
        if namespace.is_empty() {
            return Err(Error::NotFound("taxonomy"));
        }
        let reference = format!("{namespace}-{}", found.taxonomy.version);
        Ok(as_file(reference, file, file.write(&scheme)))
    }

    /// An official list as a file.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a list and a file that there is not.
    pub fn list_file(&self, caller: &Caller, list: &str, file: &str) -> Result<ExportFile> {
        permit(caller, Action::ReadDirectory)?;
        let list = self.library.vocabularies().list(list).ok_or(Error::NotFound("list"))?;
        let file = TaxonomyFile::named(file).ok_or(Error::NotFound("file"))?;
        Ok(as_file(format!("{}-{}", list.id, list.version), file, list_as(list, file)))
    }
}

fn as_file(reference: String, file: TaxonomyFile, text: String) -> ExportFile {
    let (extension, content_type) = file.kind();
    ExportFile {
        reference,
        extension,
        content_type,
        bytes: text.into_bytes(),
        errors: vec![],
        losses: vec![],
    }
}
