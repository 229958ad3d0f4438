//! Many durations, and what is said of them.

use std::time::{Duration, Instant};

/// The durations of one operation.
#[derive(Default)]
pub struct Durations(Vec<Duration>);

impl Durations {
    /// Waits for `work` and keeps how long it took.
    pub async fn time<T>(&mut self, work: impl Future<Output = T>) -> T {
        let begun = Instant::now();
        let answer = work.await;
        self.0.push(begun.elapsed());
        answer
    }

    /// Keeps a duration.
    pub fn add(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// Prints the line of `name`.
    pub fn print(&mut self, name: &str) {
        self.0.sort_unstable();
        println!(
            "{name:<58} median {:>8}   p99 {:>8}   most {:>8}   of {}",
            self.share(50),
            self.share(99),
            self.share(100),
            self.0.len()
        );
    }

    /// The duration that so many of a hundred do not exceed, in milliseconds.
    fn share(&self, hundredths: usize) -> String {
        let place = (self.0.len() * hundredths).div_ceil(100).saturating_sub(1);
        let duration = self.0.get(place).copied().unwrap_or_default();
        format!("{:.2} ms", duration.as_secs_f64() * 1000.0)
    }
}
