//! IDMEFv2 and STIX 2.1, both ways.
//!
//! An alert becomes a bundle in which each thing stands where STIX has a place for it; what STIX cannot say
//! stands in an extension of ours on the object that it belongs to. Back again, what the STIX objects say
//! has the word: the extension only adds, and tells how a text was written where STIX writes it otherwise.

mod carried;
mod from_stix;
mod objects;
mod to_stix;
mod words;

pub use from_stix::{from_stix, from_stix_value};
pub use to_stix::{to_stix, to_stix_bundle};
#[cfg(test)]
pub use words::is_attack_id;

/// The name space of the identifiers that follow from an alert.
const SPACE: [u8; 16] = *b"beffroi:id->stix";

/// Sources of external references that an alert has lists for.
const ID: &str = "idmef-id";
const ALT_NAME: &str = "idmef-alt-name";
const REFERENCE: &str = "idmef-ref";
const ALERTS: [(&str, &str); 3] =
    [("CorrelID", "idmef-correl-id"), ("PredID", "idmef-pred-id"), ("RelID", "idmef-rel-id")];
/// Where ATT&CK is named in external references.
const ATTACK: &str = "mitre-attack";
