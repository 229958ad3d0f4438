//! The demonstration: organisations, people and incidents of `demo/`, entered through the use cases, so
//! that every signature, receipt and history in it is real.

mod questions;
mod script;
mod seed;

pub use questions::questions;
pub use script::Script;
pub use seed::seed;
