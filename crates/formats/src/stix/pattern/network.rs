//! Addresses and networks in CIDR notation, IPv4 (RFC 4632) and IPv6 (RFC 4291).

use std::net::{Ipv4Addr, Ipv6Addr};

/// A network; an address is a network of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Network {
    V4 { bits: u32, prefix: u32 },
    V6 { bits: u128, prefix: u32 },
}

impl Network {
    /// Reads `198.51.100.7`, `198.51.100.0/24`, `2001:db8::1` or `2001:db8::/32`. Bits behind the prefix
    /// may be set; they do not count.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(self::prefix(prefix)?)),
            None => (text, None),
        };
        if let Ok(address) = address.parse::<Ipv4Addr>() {
            let prefix = prefix.unwrap_or(32);
            let bits = address.to_bits() & mask(u128::from(u32::MAX), 32, prefix)? as u32;
            return Some(Self::V4 { bits, prefix });
        }
        let address = address.parse::<Ipv6Addr>().ok()?;
        let prefix = prefix.unwrap_or(128);
        Some(Self::V6 { bits: address.to_bits() & mask(u128::MAX, 128, prefix)?, prefix })
    }

    /// How many bits all its addresses have in common.
    pub const fn prefix(&self) -> u32 {
        match self {
            Self::V4 { prefix, .. } | Self::V6 { prefix, .. } => *prefix,
        }
    }

    /// The network of this prefix that it lies in; none when the prefix is longer than its own.
    pub fn widened(&self, shorter: u32) -> Option<Self> {
        if shorter > self.prefix() {
            return None;
        }
        Some(match self {
            Self::V4 { bits, .. } => {
                let bits = bits & mask(u128::from(u32::MAX), 32, shorter)? as u32;
                Self::V4 { bits, prefix: shorter }
            }
            Self::V6 { bits, .. } => {
                Self::V6 { bits: bits & mask(u128::MAX, 128, shorter)?, prefix: shorter }
            }
        })
    }

    /// Whether all of `other` lies within.
    pub fn contains(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::V4 { bits, prefix }, Self::V4 { bits: inner, prefix: longer }) => {
                prefix <= longer && (bits ^ inner).leading_zeros() >= *prefix
            }
            (Self::V6 { bits, prefix }, Self::V6 { bits: inner, prefix: longer }) => {
                prefix <= longer && (bits ^ inner).leading_zeros() >= *prefix
            }
            (Self::V4 { .. }, Self::V6 { .. }) | (Self::V6 { .. }, Self::V4 { .. }) => false,
        }
    }
}

fn prefix(digits: &str) -> Option<u32> {
    let is_number =
        !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// The first `prefix` of `width` bits; none when there are not so many.
fn mask(all: u128, width: u32, prefix: u32) -> Option<u128> {
    let behind = width.checked_sub(prefix)?;
    Some(all.checked_shl(behind).unwrap_or(0) & all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(outer: &str, inner: &str) -> bool {
        Network::parse(outer).unwrap().contains(&Network::parse(inner).unwrap())
    }

    #[test]
    fn networks_hold_what_lies_within() {
        assert!(holds("11.22.41.123/20", "11.22.33.44"));
        assert!(holds("11.22.33.44/20", "11.22.41.123/29"));
        assert!(!holds("11.22.33.44/20", "11.22.33.44/13"));
        assert!(holds("0.0.0.0/0", "255.255.255.255"));
        assert!(holds("198.51.100.7", "198.51.100.7/32"));
        assert!(holds("2001:db8:dead:beef::/64", "2001:db8:dead:beef::7"));
        assert!(!holds("2001:db8:dead:beef::/64", "2001:db8:dead:bef0::7"));
        assert!(holds("::/0", "::1") && !holds("::/0", "1.2.3.4"));
    }

    #[test]
    fn what_is_no_network_is_none() {
        for text in
            ["", "x", "1.2.3", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/+8", "::1/129", "1.2.3.4/8/8", "01.2.3.4"]
        {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }
}
