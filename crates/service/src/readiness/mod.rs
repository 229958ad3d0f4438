//! What an organisation prepares for the police before it is needed: a checklist, its history, reminders, and a
//! card for the first hour.

mod card;
mod contacts;
mod keep;
mod read;
mod remind;
mod standing;

/// The list of the points.
const LIST: &str = "police-readiness";
/// The list of what the card says.
const CARD: &str = "first-hour-card";
/// The point whose date is that of the last drill.
const DRILL: &str = "drill_date";
