//! Reminders: a ladder of steps around each due instant, and who is told at each.

mod ladder;
mod plan;
mod remind;
mod words;
