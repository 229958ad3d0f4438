//! The words of the domain: identifiers, instants, organisations and their roles,
//! the incident record, duties, filings and receipts, domain events and jobs.
//!
//! Every other crate speaks these words. `model` depends on nothing of ours; it has
//! no input or output, no clock, no random source and no rule of any law. An
//! identifier is made from the time and the chance it is handed, an [`Instant`] is
//! read or computed but never "now". What a value means for a law is said by
//! `regime`, who may see it by `policy`, where it is kept by `store`.

pub mod answer;
pub mod approval;
pub mod country;
pub mod duty;
pub mod elsewhere;
pub mod event;
pub mod filing;
pub mod id;
pub mod incident;
pub mod instant;
pub mod marking;
pub mod notice;
pub mod organisation;
pub mod person;
pub mod receipt;
pub mod role;
pub mod sheet;
pub mod taxonomy;

pub use answer::{Actor, Answer, AnswerSource};
pub use approval::{ApprovalChain, ApprovalState, ApprovalVerdict};
pub use country::Country;
pub use duty::{DutyKey, DutyState};
pub use elsewhere::{FiledElsewhere, Way};
pub use event::{DomainEvent, Happening};
pub use filing::{Disclosure, EarlierAnswer, FiledAnswer, FilingDocument, FilingHead, Party, Signature};
pub use id::*;
pub use incident::Incident;
pub use instant::{Instant, InstantError};
pub use marking::{Marking, Marks, Pap, Tlp};
pub use notice::NoticeKind;
pub use organisation::Organisation;
pub use person::{Caller, Function, Subject};
pub use receipt::{ReceiptBody, ReceiptDocument};
pub use role::{OrganisationRole, Role, RoleScope};
pub use sheet::{Cell, Sheet};
pub use taxonomy::{
    ChosenTerm, MatchKind, RetiredTerm, Taxonomy, TaxonomyHead, TaxonomyVersion, Term, TermChange, TermMatch,
    TermWords,
};
