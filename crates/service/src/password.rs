//! Passwords: Argon2id (RFC 9106), off the async threads.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// The shortest password that is taken, in characters.
pub const SHORTEST: usize = 12;
/// The longest, in bytes: hashing is not to be a way to keep the node busy.
const LONGEST: usize = 1024;

/// Each hash takes 19 MiB: so many at once, the others wait.
static TURNS: Semaphore = Semaphore::const_new(4);
/// So many work or wait; one more is asked to come again.
static PLACES: Semaphore = Semaphore::const_new(128);

/// Refuses what is too short, too long, or one character over and over.
///
/// # Errors
/// [`Error::Invalid`] naming the rule.
pub fn check(password: &str) -> Result<()> {
    let characters = password.chars().count();
    let first = password.chars().next();
    if characters < SHORTEST {
        return Err(Error::invalid(
            "password",
            "length",
            format!("a password has at least {SHORTEST} characters, this one has {characters}"),
        ));
    }
    if password.len() > LONGEST {
        return Err(Error::invalid("password", "length", format!("a password has at most {LONGEST} bytes")));
    }
    if password.chars().all(|character| Some(character) == first) {
        return Err(Error::invalid("password", "variety", "a password is not one character over and over"));
    }
    Ok(())
}

/// The PHC string of `password` with a fresh salt.
///
/// # Errors
/// [`Error::Internal`] when hashing fails.
pub async fn hash(password: String) -> Result<String> {
    blocking(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| Error::Internal(format!("hashing a password: {error}")))
    })
    .await
}

/// Whether `password` is the one behind `hash`. Without a hash the work is done all the same,
/// so that time does not tell whether an account exists.
///
/// # Errors
/// [`Error::Internal`] when the task is lost.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool> {
    blocking(move || {
        if password.len() > LONGEST {
            return Ok(false);
        }
        let Some(hash) = hash else {
            let _same_work = Argon2::default().hash_password(password.as_bytes());
            return Ok(false);
        };
        let Ok(parsed) = PasswordHash::new(&hash) else { return Ok(false) };
        Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let place = PLACES.try_acquire().map_err(|_| Error::Busy)?;
    let turn = TURNS.acquire().await.map_err(|_| Error::Busy)?;
    // The turn goes with the work: a caller that hangs up leaves the hash running, and must not
    // hand the turn to the next one meanwhile.
    let held = move || {
        let _until_done = (place, turn);
        work()
    };
    tokio::task::spawn_blocking(held)
        .await
        .map_err(|error| Error::Internal(format!("a task was lost: {error}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let hash = hash("correct horse battery".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(verify("correct horse battery".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!verify("correct horse batterY".to_owned(), Some(hash)).await.unwrap());
        assert!(!verify("correct horse battery".to_owned(), None).await.unwrap());
    }

    #[tokio::test]
    async fn a_caller_that_hangs_up_keeps_its_turn_until_the_hash_is_done() {
        let (end, wait) = std::sync::mpsc::channel::<()>();
        let (tell, started) = tokio::sync::oneshot::channel();
        let work = tokio::spawn(blocking(move || {
            let _told = tell.send(());
            Ok(wait.recv().is_ok())
        }));
        started.await.unwrap();
        work.abort();
        assert!(work.await.unwrap_err().is_cancelled());
        assert!(TURNS.available_permits() < 4, "the hash still runs");
        drop(end);
    }

    #[test]
    fn weak_passwords_are_named() {
        assert!(check("short").unwrap_err().to_string().contains("at least 12"));
        assert!(check("aaaaaaaaaaaaaaaa").is_err());
        assert!(check("sixteen letters!").is_ok());
    }
}
