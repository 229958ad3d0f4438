//! MISP: events, feeds, and the way to STIX and back.

mod corpus;
mod feed;
mod property;
mod samples;
mod stix;
