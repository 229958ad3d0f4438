//! Entities that enter themselves: a public form, a mail address that is confirmed, an officer of
//! the country who decides.

mod register;
mod vet;

pub use register::{NewRegistration, RegistrationLink};
