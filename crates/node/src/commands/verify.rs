//! `beffroi verify`: check a receipt or a filing without a node.

use std::path::PathBuf;

use clap::Args;
use vault::{DocumentKind, PublishedKey, Severity, Verdict};

use crate::output::{Outcome, Output, Unreadable, read_input};

/// Check a receipt or a filing without a node.
#[derive(Debug, Args)]
pub struct Verify {
    /// The keys one trusts, as `beffroi key list --json` prints them.
    #[arg(long, value_name = "KEYS")]
    pub trust: Option<PathBuf>,
    /// The PDF of the filing, to be compared with the digest that the receipt names.
    #[arg(long, value_name = "PDF")]
    pub paper: Option<PathBuf>,
    /// The receipt or filing; `-` reads the standard input.
    pub file: PathBuf,
}

impl Verify {
    /// Prints the verdict; fine is intact and signed by a key one trusts.
    ///
    /// # Errors
    /// Files that cannot be read.
    pub fn run(self, output: Output) -> anyhow::Result<Outcome> {
        let trust = self.trust()?;
        let document = read_input(&self.file)?;
        let verdict = match &self.paper {
            Some(paper) => vault::verify_with_paper(&document, &read_input(paper)?, &trust),
            None => vault::verify(&document, &trust),
        };
        output.print(&verdict, in_words)?;
        if verdict.kind == DocumentKind::Unknown {
            return Err(
                Unreadable(format!("{} is neither a receipt nor a filing", self.file.display())).into()
            );
        }
        Ok(if verdict.intact && verdict.trusted { Outcome::Fine } else { Outcome::Found })
    }

    fn trust(&self) -> anyhow::Result<Vec<PublishedKey>> {
        let Some(file) = &self.trust else { return Ok(Vec::new()) };
        let keys = vault::read_trust(&read_input(file)?)
            .map_err(|error| Unreadable(format!("{}: {error}", file.display())))?;
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
