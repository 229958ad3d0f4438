//! How long one input may take.

use std::time::{Duration, Instant};

/// The longest an input may take, in an unoptimised build.
const LONGEST: Duration = Duration::from_secs(1);

/// Runs `work`, again and again while it takes too long; whether one of three runs was quick. A busy
/// machine delays one run, a slow input delays them all.
pub fn quick(mut work: impl FnMut()) -> bool {
    (0..3).any(|_| {
        let began = Instant::now();
        work();
        began.elapsed() <= LONGEST
    })
}
