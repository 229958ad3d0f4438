//! Addresses: IP, mail, URI.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Flaw;
use crate::{
    json::short,
    syntax::address::{fault_of_uri, is_email},
};

const IP: &str = "draft-lehmann-idmefv2-08, 3.3.6 (RFC 5321, RFC 4291 2.2)";
const EMAIL: &str = "draft-lehmann-idmefv2-08, 3.3.7 (RFC 5322, 3.4.1)";
const URI: &str = "draft-lehmann-idmefv2-08, 3.3.5 (RFC 3986)";

/// What is wrong with an address of version 4 or 6.
pub fn ip(text: &str) -> Option<Flaw> {
    if text.parse::<Ipv4Addr>().is_ok() {
        return None;
    }
    if let Ok(address) = text.parse::<Ipv6Addr>() {
        // The standard library writes as RFC 5952 says.
        let advised = address.to_string();
        let message = format!("RFC 5952 writes this address {advised}");
        return (advised != text)
            .then(|| Flaw::note("idmef.ip.form", "draft-lehmann-idmefv2-08, 3.3.6 (RFC 5952)", message));
    }
    let hint = if text.contains('/') {
        "one address is expected, not a prefix: leave the part from the slash away"
    } else if text.split('.').count() == 4
        && text.split('.').any(|part| part.len() > 1 && part.starts_with('0'))
    {
        "octets have no leading zeros: some read them as octal"
    } else if text.contains('%') {
        "the zone of an address has no meaning elsewhere: leave the part from the percent sign away"
    } else {
        "write 192.0.2.1 or 2001:db8::1"
    };
    Some(Flaw::error("idmef.ip.syntax", IP, format!("\"{}\" is no IP address: {hint}", short(text))))
}

/// What is wrong with a mail address.
pub fn email(text: &str) -> Option<Flaw> {
    (!is_email(text)).then(|| {
        let message =
            format!("\"{}\" is no mail address: write name@example.org, and nothing around it", short(text));
        Flaw::error("idmef.email", EMAIL, message)
    })
}

/// What is wrong with a URI.
pub fn uri(text: &str) -> Option<Flaw> {
    let hint = fault_of_uri(text)?;
    Some(Flaw::error("idmef.uri", URI, format!("\"{}\" is no URI: {hint}", short(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_machines() {
        for fine in ["192.0.2.1", "::1", "2001:db8::1", "::ffff:192.0.2.1", "::"] {
            assert_eq!(ip(fine), None, "{fine}");
        }
        assert_eq!(ip("2001:DB8:0::1").unwrap().message, "RFC 5952 writes this address 2001:db8::1");
        for wrong in
            ["", "10.0.0.0/8", "010.1.1.1", "fe80::1%eth0", "256.1.1.1", "1.2.3", "::1::", "localhost"]
        {
            assert_eq!(ip(wrong).unwrap().rule, "idmef.ip.syntax", "{wrong}");
        }
    }
}
