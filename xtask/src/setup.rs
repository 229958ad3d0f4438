//! What the machine must have beside Rust: found, else installed where we may, else asked for in words.

pub mod chromium;
pub mod node;
pub mod packages;
pub mod postgres;
pub mod python;
