//! The pattern language of STIX 2.1 (section 9): read, written, checked, brought to a normal form, and
//! matched against observed data, one pattern at a time or a hundred thousand at once.

mod ast;
mod check;
mod display;
mod engine;
mod error;
mod hash;
mod matching;
mod network;
mod normal;
mod observation;
mod parse;
mod text;
mod timestamp;
mod token;
mod value;
mod vocabulary;

pub use ast::{
    Bracket, Comparison, Condition, Demand, Expression, Joint, Literal, Logic, Order, Path, Pattern,
    Qualified, Qualifier, Span, Step, Test,
};
pub use check::PatternFinding;
pub use engine::{Arrival, Engine, Evaluation, Hit, Sighted, Stream};
pub use error::SyntaxError;
pub use matching::{Match, Matcher, Unmatchable, WorkExceeded};
pub use observation::{LeftOut, Observations};
pub use timestamp::{Instant, Timestamp};
pub use vocabulary::{Kind, Vocabulary};
