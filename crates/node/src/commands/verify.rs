//! `beffroi verify`: check a receipt, a filing, a package, a pack of laws or the signatures of a playbook without a node.

mod pack;
mod playbook;

use std::path::PathBuf;

use clap::Args;
use service::Clock;
use vault::{DocumentKind, PublishedKey, Severity, Verdict};

use crate::{
    config::Config,
    output::{Outcome, Output, Unreadable, read_input},
};

/// How an archive begins (APPNOTE.TXT, section 4.3.7).
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// Check a receipt, a filing, a package, a pack of laws or the signatures of a playbook without a node.
#[derive(Debug, Args)]
pub struct Verify {
    /// The keys one trusts, as `beffroi key list --json` prints them; for a playbook also certificates or public
    /// keys in PEM. Publishers of packs are also trusted as the configuration names them. May be repeated.
    #[arg(long, value_name = "KEYS")]
    pub trust: Vec<PathBuf>,
    /// The PDF of the filing, to be compared with the digest that the receipt names.
    #[arg(long, value_name = "PDF")]
    pub paper: Option<PathBuf>,
    /// The receipt, filing, package or playbook, `-` reads the standard input; or the folder of a pack, or its pack.sig.json.
    pub file: PathBuf,
}

impl Verify {
    /// Prints the verdict; fine is intact and signed by a key one trusts.
    ///
    /// # Errors
    /// Files that cannot be read.
    pub fn run(self, config: &Config, output: Output) -> anyhow::Result<Outcome> {
        if let Some(folder) = pack::folder(&self.file) {
            return pack::run(&folder, &self.trust, &config.regimes.publishers, output);
        }
        let document = read_input(&self.file)?;
        if formats::sniff(&document) == Some(formats::Format::Cacao) {
            return playbook::run(&document, &self.trust, Clock::System.now(), output);
        }
        let trust = self.trust()?;
        let verdict = match &self.paper {
            None if document.starts_with(ARCHIVE) => {
                let files = paper::read_archive(&document)
                    .map_err(|error| Unreadable(format!("{}: {error}", self.file.display())))?;
                vault::verify_package(&files, &trust)
            }
            Some(paper) => vault::verify_with_paper(&document, &read_input(paper)?, &trust),
            None => vault::verify(&document, &trust),
        };
        output.print(&verdict, in_words)?;
        if verdict.kind == DocumentKind::Unknown {
            return Err(Unreadable(format!(
                "{} is neither a receipt nor a filing nor a package nor a playbook nor a pack",
                self.file.display()
            ))
            .into());
        }
        Ok(if verdict.intact && verdict.trusted { Outcome::Fine } else { Outcome::Found })
    }

    fn trust(&self) -> anyhow::Result<Vec<PublishedKey>> {
        let mut keys = Vec::new();
        for file in &self.trust {
            let read = vault::read_trust(&read_input(file)?)
                .map_err(|error| Unreadable(format!("{}: {error}", file.display())))?;
            keys.extend(read);
        }
        Ok(keys)
    }
}

fn in_words(verdict: &Verdict) -> String {
    let mut text = format!("{verdict}\n");
    if let Some(signer) = &verdict.signer {
        text += &format!("signed by    {}\nfingerprint  {}\n", signer.name, signer.fingerprint);
    }
    if let Some(at) = verdict.signed_at {
        text += &format!("signed at    {at}\n");
    }
    for finding in &verdict.findings {
        let weight = match finding.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        text += &format!("{weight}: {} ({})\n", finding.message, finding.rule);
    }
    text
}
