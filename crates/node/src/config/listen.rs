//! Where the node serves, and with which certificate.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{anyhow, bail};
use serde::Deserialize;

/// Where the node serves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listen {
    /// Address and port.
    pub address: SocketAddr,
    /// Whether a proxy in front ends TLS.
    pub behind_proxy: bool,
    /// Under which address people reach the node.
    #[serde(default)]
    pub public_address: Option<String>,
}

/// The node's own certificate, PEM files.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The certificate chain.
    #[serde(default)]
    pub certificate: Option<PathBuf>,
    /// The private key.
    #[serde(default)]
    pub private_key: Option<PathBuf>,
}

impl Tls {
    /// Whether a certificate is given.
    #[must_use]
    pub const fn is_given(&self) -> bool {
        self.certificate.is_some()
    }

    pub(super) fn resolve(&mut self, folder: &Path) {
        for path in [&mut self.certificate, &mut self.private_key].into_iter().flatten() {
            *path = folder.join(&*path);
        }
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        match (&self.certificate, &self.private_key) {
            (Some(_), Some(_)) | (None, None) => Ok(()),
            (Some(_), None) => Err(anyhow!("tls.certificate is given without tls.private_key; give both")),
            (None, Some(_)) => Err(anyhow!("tls.private_key is given without tls.certificate; give both")),
        }
    }
}

/// Refuses to send sessions and reports in the clear over a network.
///
/// # Errors
/// A plain address that other machines can reach, with the ways out.
pub fn refuse_plain(listen: &Listen, tls: &Tls) -> anyhow::Result<()> {
    if tls.is_given() || listen.behind_proxy || listen.address.ip().is_loopback() {
        return Ok(());
    }
    bail!(
        "{} can be reached by other machines, and without TLS everybody on the way reads the reports: give \
         tls.certificate and tls.private_key, or set listen.behind_proxy = true when a proxy ends TLS, or \
         listen on 127.0.0.1",
        listen.address
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(address: &str, behind_proxy: bool) -> Listen {
        Listen { address: address.parse().unwrap(), behind_proxy, public_address: None }
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        let plain = Tls::default();
        let own = Tls { certificate: Some("c.pem".into()), private_key: Some("k.pem".into()) };
        for address in ["127.0.0.1:80", "127.9.9.9:80", "[::1]:80"] {
            refuse_plain(&listen(address, false), &plain).unwrap();
        }
        for address in ["0.0.0.0:80", "192.0.2.1:80", "[::]:80"] {
            let refusal = refuse_plain(&listen(address, false), &plain).unwrap_err().to_string();
            assert!(refusal.contains("behind_proxy"), "{refusal}");
            refuse_plain(&listen(address, true), &plain).unwrap();
            refuse_plain(&listen(address, false), &own).unwrap();
        }
    }
}
