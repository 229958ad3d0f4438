//! The words of a reminder. No answer of the report stands in them.

use std::time::Duration;

use model::{DutyState, Instant};
use regime::{Due, Duty};

/// One line and a text for a duty of `entity` at `now`.
pub(super) fn words(entity: &str, duty: &Duty, due: &Due, now: Instant) -> (String, String) {
    let name = format!("{} {}", duty.law, lower_first(&duty.title));
    // Whether an undecided duty stands at all hangs on answers that are missing.
    let undecided = duty.state == DutyState::Undecided;
    let when = if now < due.at {
        let verb = if undecided { "may be asked of you, and would be due" } else { "is due" };
        format!("{verb} {}, in {}", due.entity_time, length(due.at.since(now)))
    } else if undecided {
        format!("may be asked of you: it would have been due {}", due.entity_time)
    } else if now.since(due.at) < Duration::from_secs(60) {
        format!("is due now, {}", due.entity_time)
    } else {
        format!("is late: it was due {}, {} ago", due.entity_time, length(now.since(due.at)))
    };
    let to: Vec<&str> = duty
        .recipients
        .iter()
        .flat_map(|recipient| recipient.organisations.iter().map(|organisation| organisation.name.as_str()))
        .collect();
    let to = if to.is_empty() { String::new() } else { format!(" It goes to {}.", to.join(", ")) };
    let missing = match duty.missing.len() {
        0 => String::new(),
        1 => " One fact is still missing.".to_owned(),
        count => format!(" {count} facts are still missing."),
    };
    let next = if undecided {
        "Answer what is missing, so that it is decided whether the law asks for it."
    } else if now < due.at {
        "Open it, answer what is missing, and file it in time."
    } else {
        "File it now and say why it is late; a late report is better than none."
    };
    let article = if duty.article.is_empty() { String::new() } else { format!(" ({})", duty.article) };
    let subject = format!("{name} {when}");
    let text = format!("{entity}: {name}{article} {when}.{to}{missing} {next}");
    (subject, text)
}

/// "3 h 12 min", "2 days 1 h", "4 min".
fn length(length: Duration) -> String {
    let minutes = length.as_secs() / 60;
    let (days, hours, rest) = (minutes / 1440, minutes % 1440 / 60, minutes % 60);
    let days_word = if days == 1 { "day" } else { "days" };
    match (days, hours, rest) {
        (0, 0, rest) => format!("{rest} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, rest) => format!("{hours} h {rest} min"),
        (days, 0, _) => format!("{days} {days_word}"),
        (days, hours, _) => format!("{days} {days_word} {hours} h"),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let mut second = letters.clone().skip(1);
    match letters.next() {
        // "ICT incident" keeps its capitals.
        Some(first) if !second.next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_people_say_them() {
        let said = |minutes: u64| length(Duration::from_secs(minutes * 60 + 59));
        assert_eq!(
            [0, 59, 60, 192, 1440, 1500, 2881].map(said),
            ["0 min", "59 min", "1 h", "3 h 12 min", "1 day", "1 day 1 h", "2 days"]
        );
        assert_eq!(lower_first("Early warning"), "early warning");
        assert_eq!(lower_first("ICT report"), "ICT report");
        assert_eq!(lower_first(""), "");
    }
}
