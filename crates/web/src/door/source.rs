//! From where a request comes.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};

use crate::App;

/// The caller's network in words, for throttling. The peer's own address; behind a proxy that the
/// node trusts, the last entry of `X-Forwarded-For`, which that proxy wrote itself. Of IPv6 only
/// the first 64 bits: every household owns the others (RFC 6177), and could take a new one per guess.
pub struct Source(pub String);

impl FromRequestParts<App> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| network_of(peer.0.ip()));
        let forwarded = app.settings.trust_proxy.then(|| last_forwarded(&parts.headers)).flatten();
        Ok(Self(forwarded.or(peer).unwrap_or_else(|| "unknown".to_owned())))
    }
}

/// The caller's network and browser, for the list of sessions too.
pub struct Origin(pub service::From);

impl FromRequestParts<App> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let Source(source) = Source::from_request_parts(parts, app).await?;
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self(service::From { source, agent: agent.unwrap_or_default().to_owned() }))
    }
}

fn last_forwarded(headers: &HeaderMap) -> Option<String> {
    let header = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let address: IpAddr = header.rsplit(',').next()?.trim().parse().ok()?;
    Some(network_of(address))
}

fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            format!("{}/64", Ipv6Addr::from(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_address_of_the_same_household_is_the_same_source() {
        let source = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(source("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(source("2001:db8:1:2::1"), source("2001:db8:1:2:ffff::1"));
        assert_ne!(source("2001:db8:1:2::1"), source("2001:db8:1:3::1"));
        assert_eq!(source("203.0.113.7"), "203.0.113.7");
        assert_eq!(source("::ffff:203.0.113.7"), "203.0.113.7");
    }

    #[test]
    fn what_a_caller_writes_itself_stands_before_what_the_proxy_adds() {
        let mut headers = HeaderMap::new();
        assert_eq!(last_forwarded(&headers), None);
        headers.append("x-forwarded-for", "198.51.100.7".parse().unwrap());
        headers.append("x-forwarded-for", "203.0.113.9, 192.0.2.1".parse().unwrap());
        assert_eq!(last_forwarded(&headers).as_deref(), Some("192.0.2.1"));
        headers.append("x-forwarded-for", "nowhere".parse().unwrap());
        assert_eq!(last_forwarded(&headers), None);
    }
}
