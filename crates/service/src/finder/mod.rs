//! The duty finder, for everybody: no account, nothing kept, no answer logged.

mod find_duties;
mod laws;
mod read;
