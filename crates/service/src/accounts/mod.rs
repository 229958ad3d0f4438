//! People and machine clients: invitation, sign-in, sessions, secrets.

mod accept_invitation;
mod client;
mod invite_user;
pub(crate) mod me;
mod session;
mod sign_in;

pub use accept_invitation::InvitationView;
pub use client::{ClientSecret, ClientSummary, NewClient};
pub use invite_user::{Invitation, NewUser, UserSummary};
pub use session::Session;
pub use sign_in::{SignIn, SignedIn};
