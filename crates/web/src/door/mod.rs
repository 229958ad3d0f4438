//! What every door does before and after a use case.

pub mod body;
pub mod constant_time;
pub mod cookie;
pub mod form;
pub mod headers;
pub mod idempotency;
pub mod limits;
pub mod path;
pub mod query;
pub mod session;
pub mod source;
pub mod strict_json;
pub mod watch;
