//! The pattern language of STIX 2.1 (section 9): read, written, checked, brought to a normal form, and
//! matched against observed data, one pattern at a time or a hundred thousand at once.

mod ast;
mod display;
mod error;
mod parse;
mod timestamp;
mod token;
mod value;

pub use ast::{
    Bracket, Comparison, Condition, Demand, Expression, Joint, Literal, Logic, Order, Path, Pattern,
    Qualified, Qualifier, Span, Step, Test,
};
pub use error::SyntaxError;
pub use timestamp::{Instant, Timestamp};
