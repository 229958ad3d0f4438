//! Single clocks, one story each.

use model::Instant;
use regime::clock::{
    Anchor, Bound, Clock, ClockError, Events, Length, Which, deadline, legal_end, local_words,
    next_occurrence, waiting_for, zone,
};

use crate::{at, clock, country, due, known, locality, written};

#[test]
fn every_step_to_a_deadline_is_told() {
    let events = known(&[("aware", "2026-05-15T20:00:00Z"), ("classified_major", "2026-05-16T06:00:00Z")]);
    let found = due(&clock("dora", "initial_notification"), &events).unwrap();
    insta::assert_snapshot!(found.steps.join("\n"), @r"
    classified major, Saturday 16 May 2026, 08:00 (Europe/Luxembourg), is not later than aware + 24 hours
    classified major: Saturday 16 May 2026, 08:00 (Europe/Luxembourg); plus 4 hours: Saturday 16 May 2026, 12:00 (Europe/Luxembourg)
    aware: Friday 15 May 2026, 22:00 (Europe/Luxembourg); plus 24 hours: Saturday 16 May 2026, 22:00 (Europe/Luxembourg)
    the earliest of these counts: Saturday 16 May 2026, 12:00 (Europe/Luxembourg)
    falls on a non-working day (Saturday); moves to noon of the next working day: Monday 18 May 2026, 12:00 (Europe/Luxembourg)
    ");
    assert_eq!(found.rolled_from, Some(at("2026-05-16T10:00:00Z")));
    assert_eq!(
        (found.anchor_id().as_str(), found.length.to_string().as_str()),
        ("classified_major", "4 hours")
    );
}

#[test]
fn an_entity_without_a_weekend_rule_is_told_why_nothing_moves() {
    let zone = zone("Europe/Luxembourg").unwrap();
    let clock = clock("dora", "initial_notification");
    let events = known(&[("aware", "2026-05-24T20:00:00Z"), ("classified_major", "2026-05-25T06:00:00Z")]);
    let found = deadline(&clock, &events, &locality(&zone, "LU"), Some(true)).unwrap().unwrap();
    assert_eq!(found.at, at("2026-05-25T10:00:00Z"));
    insta::assert_snapshot!(found.steps.last().unwrap(), @"falls on a non-working day (Whit Monday); the weekend rule does not apply to this entity");

    let undecided = deadline(&clock, &events, &locality(&zone, "LU"), None).unwrap().unwrap();
    assert_eq!((undecided.at, undecided.bound), (at("2026-05-25T10:00:00Z"), Bound::NoEarlierThan));
    insta::assert_snapshot!(undecided.steps.last().unwrap(), @"falls on a non-working day (Whit Monday); whether it moves to Tuesday 26 May 2026, 12:00 (Europe/Luxembourg) depends on facts not known yet");
}

#[test]
fn an_unknown_operand_leaves_a_bound() {
    let earliest =
        written("earliest_of = [{ from = 'classified', hours = 4 }, { from = 'aware', hours = 24 }]");
    let aware = known(&[("aware", "2026-05-12T08:00:00Z")]);
    let found = due(&earliest, &aware).unwrap();
    assert_eq!((found.at, found.bound), (at("2026-05-13T08:00:00Z"), Bound::NoLaterThan));
    assert!(found.provisional());
    assert_eq!(found.waiting_for, [Anchor::Event("classified".to_owned())]);

    let found = due(&clock("invented", "latest"), &aware).unwrap();
    assert_eq!((found.at, found.bound), (at("2026-05-13T08:00:00Z"), Bound::NoEarlierThan));

    // Not classified yet: the 24 hours count as long as classification is not late.
    let found = due(&clock("dora", "initial_notification"), &aware).unwrap();
    assert_eq!((found.at, found.bound), (at("2026-05-13T08:00:00Z"), Bound::Assumed));
    insta::assert_snapshot!(found.steps.join("\n"), @r"
    classified major: not known yet
    aware: Tuesday 12 May 2026, 10:00 (Europe/Luxembourg); plus 24 hours: Wednesday 13 May 2026, 10:00 (Europe/Luxembourg)
    the earliest of these counts: Wednesday 13 May 2026, 10:00 (Europe/Luxembourg)
    assumed: classified major, not known yet, is not later than aware + 24 hours
    ");

    // Classified, awareness not recorded: no later than classification + 4 hours in either case.
    let classified = known(&[("classified_major", "2026-05-13T09:00:00Z")]);
    let found = due(&clock("dora", "initial_notification"), &classified).unwrap();
    assert_eq!((found.at, found.bound), (at("2026-05-13T13:00:00Z"), Bound::NoLaterThan));

    assert_eq!(due(&earliest, &Events::new()), None);
    assert_eq!(waiting_for(&earliest, &Events::new()).len(), 2);
}

#[test]
fn without_undue_delay_gives_no_instant() {
    let clock = clock("gdpr", "data_subject_communication");
    assert!(clock.has_no_length());
    assert_eq!(due(&clock, &known(&[("aware", "2026-05-12T08:00:00Z")])), None);
}

#[test]
fn an_authority_sets_its_own_date() {
    let clock = clock("nis2", "intermediate_report");
    assert!(clock.on_request);
    assert_eq!(due(&clock, &Events::new()), None);
    let found = due(&clock, &known(&[("request_due", "2026-03-12T16:00:00Z")])).unwrap();
    assert_eq!((found.at, found.length), (at("2026-03-12T16:00:00Z"), Length::OnTheDate));
}

#[test]
fn the_first_and_the_latest_submission_differ() {
    let events = known(&[("submitted:a", "2026-05-20T09:00:00Z"), ("submitted:a", "2026-05-15T09:00:00Z")]);
    let first = due(&written("submitted = 'a'\ndays = 1"), &events).unwrap();
    assert_eq!(first.anchor_at, at("2026-05-15T09:00:00Z"));
    let latest = due(&written("submitted = 'a'\nwhich = 'latest'\ndays = 1"), &events).unwrap();
    assert_eq!(latest.anchor_at, at("2026-05-20T09:00:00Z"));
    assert_eq!(latest.anchor, Anchor::Submission { stage: "a".to_owned(), which: Which::Latest });
}

#[test]
fn wall_times_that_do_not_exist_or_exist_twice() {
    let month = written("from = 'a'\nmonths = 1");
    let due = |start: &str| due(&month, &known(&[("a", start)])).unwrap().at;
    // 29 March 2026, 02:30 is skipped in Luxembourg: an hour later on the clock.
    assert_eq!(due("2026-02-28T01:30:00Z"), at("2026-03-28T01:30:00Z"));
    assert_eq!(due("2028-02-26T01:30:00Z"), at("2028-03-26T01:30:00Z"));
    // 25 October 2026, 02:30 happens twice: the first, still in summer time.
    assert_eq!(due("2026-09-25T00:30:00Z"), at("2026-10-25T00:30:00Z"));
    let zone = zone("Europe/Luxembourg").unwrap();
    assert_eq!(
        local_words(at("2026-10-25T00:30:00Z"), &zone),
        "Sunday 25 October 2026, 02:30 (Europe/Luxembourg, UTC+02:00)"
    );
    assert_eq!(
        local_words(at("2026-10-25T01:30:00Z"), &zone),
        "Sunday 25 October 2026, 02:30 (Europe/Luxembourg, UTC+01:00)"
    );
    assert_eq!(
        local_words(at("2026-03-07T15:30:59Z"), &zone),
        "Saturday 7 March 2026, 16:30 (Europe/Luxembourg)"
    );
}

#[test]
fn the_end_of_the_next_working_day() {
    // Awareness on Thursday before Whitsun, two days later is Saturday, Whit Monday is off.
    let found =
        due(&clock("invented", "end_of_working_day"), &known(&[("aware", "2026-05-21T08:00:00Z")])).unwrap();
    assert_eq!(found.at, at("2026-05-26T21:59:59Z"));
}

#[test]
fn a_returning_duty_does_not_wear_down_at_month_ends() {
    let zone = zone("Europe/Luxembourg").unwrap();
    let start = at("2026-01-31T11:00:00Z");
    let next = |after: &str| next_occurrence(start, 3, at(after), &zone).unwrap();
    assert_eq!(next("2026-01-01T00:00:00Z"), start);
    assert_eq!(next("2026-01-31T11:00:00Z"), at("2026-04-30T10:00:00Z"));
    assert_eq!(next("2026-04-30T10:00:00Z"), at("2026-07-31T10:00:00Z"));
    assert_eq!(next("2096-01-31T11:00:00Z"), at("2096-04-30T10:00:00Z"));
    assert_eq!(next_occurrence(start, 0, start, &zone), None);
    assert_eq!(next_occurrence(start, 3, Instant::MAX, &zone), None);
    assert_eq!(clock("nis2", "authority_summary").every_months, Some(3));
}

#[test]
fn the_slack_of_the_law_is_information() {
    let zone = zone("Europe/Luxembourg").unwrap();
    let locality = locality(&zone, "LU");
    let end = |clock: &str, start: &str| {
        let found = due(&written(clock), &known(&[("a", start)])).unwrap();
        legal_end(&found, &locality).unwrap()
    };
    assert_eq!(end("from = 'a'\nhours = 72", "2026-03-06T15:30:00Z"), Some(at("2026-03-09T16:00:00Z")));
    // One month later is Whit Monday: the end of Tuesday.
    assert_eq!(end("from = 'a'\nmonths = 1", "2026-04-25T08:00:00Z"), Some(at("2026-05-26T21:59:59Z")));
    assert_eq!(end("from = 'a'\ndays = 14", "2026-05-04T08:00:00Z"), Some(at("2026-05-18T21:59:59Z")));
    assert_eq!(end("date = 'a'", "2026-05-04T08:00:00Z"), None);
    let rolled =
        due(&clock("invented", "end_of_working_day"), &known(&[("aware", "2026-05-21T08:00:00Z")])).unwrap();
    assert_eq!(legal_end(&rolled, &locality).unwrap(), None);
}

#[test]
fn what_cannot_be_computed_is_named() {
    assert_eq!(
        zone("Mars/Olympus").unwrap_err().to_string(),
        "\"Mars/Olympus\" is no IANA time zone; write one as Europe/Luxembourg"
    );
    let zone = zone("America/New_York").unwrap();
    let month = written("from = 'a'\nmonths = 1\nroll = { to = 'next_working_day_noon' }");
    let mut events = Events::new();
    events.happened("a", Instant::MAX);
    let error = deadline(&month, &events, &locality(&zone, "LU"), None).unwrap_err();
    insta::assert_snapshot!(error, @"1 month after a (9998-12-31T23:59:59.999999Z) lies beyond the year 9998; correct the date of a");
    let events = known(&[("a", "2026-05-04T08:00:00Z")]);
    let error = deadline(&month, &events, &locality(&zone, "US"), None).unwrap_err();
    assert_eq!(error, ClockError::NoHolidays(country("US")));
}

#[test]
fn a_clock_that_says_too_much_or_too_little_is_refused() {
    for (text, rule) in [
        ("", "exactly one of from, submitted, date, earliest_of, latest_of, if_later; this one says none"),
        ("from = 'a'\nsubmitted = 'b'\nhours = 1", "this one says from, submitted"),
        ("from = 'a'", "exactly one of hours, days, months, without_undue_delay = true; this one says none"),
        ("from = 'a'\nhours = 1\ndays = 2", "this one says hours, days"),
        (
            "from = 'a'\nwithout_undue_delay = false",
            "without_undue_delay = true; this one says without_undue_delay",
        ),
        ("from = 'a'\nhours = 0", "hours must lie between 1 and 100000, got 0"),
        ("from = 'a'\nmonths = 4000000000", "months must lie between 1 and 1200, got 4000000000"),
        ("from = 'a'\nhours = -1", "invalid value: integer `-1`"),
        ("from = ''\nhours = 1", "from must not be empty"),
        ("from = 'a'\nwhich = 'latest'\nhours = 1", "which belongs to submitted"),
        ("submitted = 'a'\nwhich = 'second'\nhours = 1", "unknown variant `second`"),
        ("date = 'a'\nhours = 1", "hours belongs to from or submitted"),
        ("earliest_of = []", "earliest_of must name at least one term"),
        ("latest_of = [{ from = 'a', hours = 1 }]\nhours = 1", "hours belongs to the single terms"),
        (
            "earliest_of = [{ from = 'a', hours = 1, roll = { to = 'next_working_day_end' } }]",
            "roll belongs to the whole clock",
        ),
        (
            "if_later = { event = 'a', than = { date = 'b' } }\nthen = { date = 'a' }",
            "if_later needs both then and otherwise",
        ),
        (
            "if_later = { event = 'a', than = { from = 'b', without_undue_delay = true } }\nthen = { date = 'a' }\notherwise = { date = 'a' }",
            "if_later compares with an instant",
        ),
        ("from = 'a'\nhours = 1\nthen = { date = 'a' }", "then or otherwise belongs to if_later"),
        ("from = 'a'\nhours = 1\nsoftly = true", "unknown field `softly`"),
        ("from = 'a'\nhours = 1\nroll = { to = 'noon' }", "unknown variant `noon`"),
        ("from = 'a'\nhours = 1\nevery_months = 0", "every_months must lie between 1 and 1200, got 0"),
    ] {
        let error = toml::from_str::<Clock>(text).unwrap_err().to_string();
        assert!(error.contains(rule), "{text:?} gave {error}");
    }
}

#[test]
fn a_comparison_that_is_not_decided_keeps_what_holds_either_way() {
    // Told after one of two dates while the other is unknown: both branches are open.
    let clock = written(
        "if_later = { event = 'told', than = { latest_of = [{ date = 'aware' }, { date = 'seen' }] } }\n\
         then = { from = 'told', hours = 4 }\notherwise = { from = 'told', hours = 24 }",
    );
    let events = known(&[("told", "2026-05-12T10:00:00Z"), ("aware", "2026-05-12T08:00:00Z")]);
    let open = due(&clock, &events).unwrap();
    assert_eq!((open.at, open.bound), (at("2026-05-13T10:00:00Z"), Bound::NoLaterThan));
    assert_eq!(open.waiting_for, [Anchor::Event("seen".to_owned())]);
    // Aware later than told decides it alone, whatever "seen" turns out to be.
    let events = known(&[("told", "2026-05-12T10:00:00Z"), ("aware", "2026-05-12T11:00:00Z")]);
    let decided = due(&clock, &events).unwrap();
    assert_eq!((decided.at, decided.bound), (at("2026-05-13T10:00:00Z"), Bound::Exact));
}
