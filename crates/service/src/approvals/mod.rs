//! Nothing leaves without the approvals that the organisation wants.
//!
//! A chain says which filings wait for whom. A request freezes what every recipient would get; those who
//! approve see this copy and nothing else. [`gate`] stands in the way of every filing: it lets pass what is
//! approved to the letter. Whatever changes the content withdraws the approval, at the latest at the gate.

mod ask;
mod cast;
mod chain;
mod check;
mod decide;
mod emergency;
mod freeze;
mod gate;
mod read;
mod remark;
mod rounds;
mod tell;
mod view;

pub(crate) use emergency::emergency;
pub(crate) use freeze::digest;
pub(crate) use gate::{gate, used};
