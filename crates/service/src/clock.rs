//! The one door through which time comes in.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use model::Instant;

/// Tells the time: the machine's, or one that a test turns by hand.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is turned; microseconds UTC.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn fixed(at: Instant) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.micros())))
    }

    /// The present instant. A machine whose clock lies outside the range of [`Instant`]
    /// is taken to stand at its nearest end.
    #[must_use]
    pub fn now(&self) -> Instant {
        let micros = match self {
            Self::System => system_micros(),
            Self::Fixed(micros) => micros.load(Ordering::SeqCst),
        };
        Instant::from_micros(micros).unwrap_or(if micros < 0 { Instant::MIN } else { Instant::MAX })
    }

    /// Turns a fixed clock forward; the machine's clock is not ours to turn.
    pub fn advance(&self, length: Duration) {
        if let Self::Fixed(micros) = self {
            micros.store(self.now().plus(length).micros(), Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the door through which time comes in")]
fn system_micros() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_micros()).ok())
        .unwrap_or(0)
}
