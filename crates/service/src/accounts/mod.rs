//! People and machine clients: invitation, sign-in in one or two steps, sessions, secrets, and what
//! one changes of the own account.

mod accept_invitation;
pub(crate) mod client;
pub(crate) mod invite_user;
pub(crate) mod me;
mod own_account;
mod patience;
pub(crate) mod reset;
pub(crate) mod second_factor;
mod second_step;
mod session;
pub(crate) mod sign_in;

pub use accept_invitation::InvitationView;
pub use client::{ClientSecret, ClientSummary, NewClient};
pub use invite_user::{Invitation, NewUser, UserSummary};
pub use second_factor::Proof;
pub use second_step::SecondStep;
pub use session::Session;
pub use sign_in::{FirstStep, From, HalfSignedIn, SignIn, SignedIn};
