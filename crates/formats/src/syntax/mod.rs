//! Ways of writing that several formats share.

pub mod address;
pub mod binary;
pub mod country;
pub mod cpe;
pub mod spelling;
pub mod time;
pub mod uuid;
