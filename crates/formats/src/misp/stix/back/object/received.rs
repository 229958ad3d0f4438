//! Addresses that the header of a message names.

use std::{borrow::Cow, net::IpAddr};

use super::Made;
use crate::{Json, misp::stix::back::text};

/// Adds the addresses of the hosts that a message came through: what the first server was told, and what stands
/// in brackets in the lines that each server added (RFC 5321, 4.1.3 and 4.4).
pub fn received<'b>(made: &mut Made<'b>, message: &'b Json<'b>) {
    let told = message.get("additional_header_fields").and_then(|fields| text(fields, "X-Originating-IP"));
    let lines = message.get("received_lines").and_then(Json::as_list).unwrap_or_default();
    let named = lines.iter().filter_map(Json::as_text).flat_map(in_brackets);
    let mut known: Vec<&str> = Vec::new();
    for address in told.into_iter().filter_map(address).chain(named) {
        if !known.contains(&address) {
            known.push(address);
            made.put("received-header-ip", "ip-src", Cow::Borrowed(address));
        }
    }
}

fn in_brackets(line: &str) -> impl Iterator<Item = &str> {
    line.split('[').skip(1).filter_map(|rest| address(rest.split_once(']')?.0))
}

/// An address, with or without what says its kind.
fn address(literal: &str) -> Option<&str> {
    let plain = literal.trim().trim_start_matches('[').trim_end_matches(']');
    let plain = plain.strip_prefix("IPv6:").unwrap_or(plain);
    plain.parse::<IpAddr>().is_ok().then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_in_brackets() {
        let line = "from a.example (a.example [192.0.2.1]) by [IPv6:2001:db8::1] (10.0 [x]) with ESMTP";
        assert_eq!(in_brackets(line).collect::<Vec<_>>(), ["192.0.2.1", "2001:db8::1"]);
        assert_eq!(address("[192.0.2.1]"), Some("192.0.2.1"));
    }
}
