//! The words of the domain: what is read is written the same way again, and reads the same.

use std::{fmt, str::FromStr};

use bolero::check;
use fuzz::{Dice, Tally, json as wild};
use model::{Country, DutyKey, FilingId, Instant};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

#[test]
fn words_of_the_domain() {
    let tally = Tally::new("words::words_of_the_domain");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = match dice.below(3) {
            0 => String::from_utf8_lossy(bytes).into_owned(),
            1 => near(&mut dice),
            _ => wild::any_text(&mut dice),
        };
        let taken =
            [same::<Instant>(&text), same::<DutyKey>(&text), same::<Country>(&text), same::<FilingId>(&text)];
        tally.count(taken.contains(&true));
    });
}

#[test]
fn instants_of_any_number() {
    let tally = Tally::new("words::instants_of_any_number");
    check!().with_type::<i64>().cloned().for_each(|micros| {
        // Most numbers lie outside of the range: bring every second one near it.
        let near = if micros % 2 == 0 { micros } else { micros % (Instant::MAX.micros() + 10) };
        let read = Instant::from_micros(near);
        tally.count(read.is_ok());
        assert_eq!(read.is_ok(), (Instant::MIN.micros()..=Instant::MAX.micros()).contains(&near));
        if let Ok(at) = read {
            assert_eq!(at.to_string().parse(), Ok(at));
            let length = std::time::Duration::from_micros(micros.unsigned_abs());
            assert!(at.plus(length) >= at && at.minus(length) <= at);
        }
    });
}

/// A word of the domain with one letter changed.
fn near(dice: &mut Dice<'_>) -> String {
    let words = [
        "2026-03-06T15:30:00.000001+01:00",
        "law.mandatory.early_warning",
        "LU",
        "01890a5d-ac96-774b-bcce-b302099a8057",
    ];
    let mut word = json!(dice.pick(&words).copied().unwrap_or_default());
    wild::spoil(&mut word, dice);
    word.as_str().unwrap_or_default().to_owned()
}

/// Whether `text` is such a word; if so, it is written and read again, as text and as JSON.
fn same<T>(text: &str) -> bool
where
    T: FromStr + fmt::Display + fmt::Debug + PartialEq + Serialize + DeserializeOwned,
    T::Err: fmt::Display,
{
    match text.parse::<T>() {
        Ok(word) => {
            let written = word.to_string();
            assert_eq!(written.parse::<T>().ok().as_ref(), Some(&word), "{text:?} is written {written:?}");
            let document = serde_json::to_string(&word).unwrap();
            assert_eq!(serde_json::from_str::<T>(&document).unwrap(), word, "{text:?} is written {document}");
            true
        }
        Err(error) => {
            let told = error.to_string();
            assert!(told.chars().count() < 2000, "a refusal does not echo at length: {told}");
            false
        }
    }
}
