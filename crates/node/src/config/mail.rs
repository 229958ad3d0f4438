//! The mail server by which the node reminds people.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use exchange::{MailServer, Post, Security};
use serde::Deserialize;

/// The environment variable that goes before the password file.
pub const VARIABLE: &str = "BEFFROI_MAIL_PASSWORD";

/// The mail server.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Its name; no mail leaves without one.
    #[serde(default)]
    pub server: Option<String>,
    /// Its port; the usual one of `security` when not said.
    #[serde(default)]
    pub port: Option<u16>,
    /// How the way to it is kept secret.
    #[serde(default)]
    pub security: Way,
    /// The certificate of an authority of one's own.
    #[serde(default)]
    pub certificate_authority: Option<PathBuf>,
    /// The account at the server.
    #[serde(default)]
    pub account: Option<String>,
    /// The file with the password of the account.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// From whom mails are.
    #[serde(default)]
    pub from: Option<String>,
}

/// How the way to the server is kept secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// From the first byte.
    #[default]
    Tls,
    /// By STARTTLS.
    StartTls,
    /// Not at all, on this machine.
    Plain,
}

impl Mail {
    pub(super) fn resolve(&mut self, folder: &Path) {
        for path in [&mut self.certificate_authority, &mut self.password_file].into_iter().flatten() {
            *path = folder.join(&*path);
        }
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        match (&self.server, &self.from) {
            (Some(_), None) => bail!("mail.server is given without mail.from; say from whom mails are"),
            (None, Some(_)) => bail!("mail.from is given without mail.server; name the server"),
            (Some(_), Some(_)) | (None, None) => Ok(()),
        }
    }

    /// The way out for mails; none when no server is given.
    ///
    /// # Errors
    /// A password or certificate that cannot be read, a setting that cannot be.
    pub fn post(&self, public_address: String) -> anyhow::Result<Option<Post>> {
        let (Some(host), Some(from)) = (&self.server, &self.from) else { return Ok(None) };
        let security = match self.security {
            Way::Tls => Security::Tls,
            Way::StartTls => Security::StartTls,
            Way::Plain => Security::Plain,
        };
        let usual = match self.security {
            Way::Tls => 465,
            Way::StartTls => 587,
            Way::Plain => 25,
        };
        let authority = self.certificate_authority.as_ref().map(|file| {
            std::fs::read(file).with_context(|| format!("cannot read the certificate {}", file.display()))
        });
        let server = MailServer {
            host: host.clone(),
            port: self.port.unwrap_or(usual),
            security,
            authority: authority.transpose()?,
            account: self.password()?,
            from: from.clone(),
            public_address,
        };
        Ok(Some(Post::open(&server)?))
    }

    fn password(&self) -> anyhow::Result<Option<(String, String)>> {
        let Some(account) = self.account.clone() else { return Ok(None) };
        if let Ok(password) = std::env::var(VARIABLE) {
            return Ok(Some((account, password)));
        }
        let Some(file) = &self.password_file else {
            bail!("mail.account is given without a password; set mail.password_file or {VARIABLE}");
        };
        let text = std::fs::read_to_string(file).with_context(|| {
            format!("cannot read the password of the mail account from {}", file.display())
        })?;
        Ok(Some((account, text.trim_end_matches(['\r', '\n']).to_owned())))
    }
}
