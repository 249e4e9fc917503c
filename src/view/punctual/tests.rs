//! The timeline of a global outage of an hour, as Fastly's of 2021-06-08 was, against a status page every 30 minutes:
//! all figures by hand.

use super::{Promise, punctuality};
use crate::incident::fact::{ClockEnded, ClockMet, ClockStarted, EntryAmended, EntryUndone, Fact};
use crate::incident::id::{BatchId, EventId, uuid_v7};
use crate::incident::state::Meta;
use crate::incident::time::{Span, Timestamp};

/// 2021-06-08 09:47 UTC, when it began; minutes count from 09:00.
fn clock(minutes: i64) -> Timestamp {
    Timestamp::from_millis(1_623_142_800_000 + minutes * 60_000)
}

fn id(place: u8) -> EventId {
    BatchId(uuid_v7(0, [place; 10])).event(0)
}

fn meta(place: usize, at: i64) -> Meta {
    Meta { id: id(u8::try_from(place).expect("few")), at: clock(at), actor: "cho".to_owned() }
}

fn log(facts: Vec<(i64, Fact)>) -> Vec<(Meta, Fact)> {
    facts.into_iter().enumerate().map(|(place, (at, fact))| (meta(place, at), fact)).collect()
}

fn started(name: &str, channel: Option<&str>, every: Option<i64>, due: i64) -> Fact {
    Fact::from(ClockStarted {
        clock: name.to_owned(),
        audience: "customers".to_owned(),
        channel: channel.map(str::to_owned),
        stage: None,
        by: None,
        role: None,
        every: every.map(Span::from_minutes),
        due_at: clock(due),
    })
}

fn met(name: &str, due: i64, next: Option<i64>) -> Fact {
    Fact::from(ClockMet { clock: name.to_owned(), due_at: clock(due), next_due_at: next.map(clock) })
}

fn ended(name: &str, due: i64) -> Fact {
    Fact::from(ClockEnded { clock: name.to_owned(), due_at: clock(due), because: "resolved".to_owned() })
}

/// Each promise as clock, minute due, minute kept, minutes late.
fn told(promises: &[Promise]) -> Vec<(&str, i64, Option<i64>, Option<i64>)> {
    let minute = |at: Timestamp| (at.millis() - clock(0).millis()) / 60_000;
    promises
        .iter()
        .map(|one| {
            let late = one.late_by.map(|late| late.millis() / 60_000);
            (one.clock.as_str(), minute(one.due_at), one.met_at.map(minute), late)
        })
        .collect()
}

/// Declared 09:51, first notice 09:58, status page 10:15, 10:44 and 11:14; restored 10:49; nothing said at the end.
fn outage() -> Vec<(i64, Fact)> {
    vec![
        (51, started("comms:first-notice", None, None, 51)),
        (51, started("comms:status-page", Some("status-page"), Some(30), 81)),
        (58, met("comms:first-notice", 51, None)),
        (75, met("comms:status-page", 81, Some(105))),
        (107, met("comms:status-page", 105, Some(137))),
        (150, met("comms:status-page", 137, Some(180))),
        (151, ended("comms:status-page", 180)),
        (151, started("comms:final-notice", None, None, 151)),
    ]
}

#[test]
fn a6_lateness_is_what_one_computes_by_hand() {
    let promises = punctuality(&log(outage()), clock(171));
    assert_eq!(
        told(&promises),
        [
            ("comms:first-notice", 51, Some(58), Some(7)),
            ("comms:status-page", 81, Some(75), None),
            ("comms:status-page", 105, Some(107), Some(2)),
            ("comms:status-page", 137, Some(150), Some(13)),
            ("comms:final-notice", 151, None, Some(20)),
        ]
    );
    assert_eq!(promises.iter().filter(|one| one.is_late()).count(), 4);
    assert_eq!(promises.iter().filter(|one| one.is_missed()).count(), 1);
    assert_eq!(promises[1].channel.as_deref(), Some("status-page"));
}

#[test]
fn what_ends_after_its_time_was_missed_and_what_ends_before_it_was_no_promise() {
    let facts = vec![
        (0, started("comms:webinar", None, Some(60), 30)),
        (0, started("comms:executives", None, Some(60), 15)),
        (20, ended("comms:webinar", 30)),
        (40, ended("comms:executives", 15)),
    ];
    let promises = punctuality(&log(facts), clock(300));
    assert_eq!(told(&promises), [("comms:executives", 15, None, Some(25))], "it waits no longer than until its end");
    assert_eq!(promises[0].ended_at, Some(clock(40)));
}

#[test]
fn a_deadline_begun_anew_replaces_the_one_before() {
    let again = |first_due| {
        vec![
            (0, started("comms:promised-staff", None, None, first_due)),
            (10, started("comms:promised-staff", None, None, 60)),
            (30, met("comms:promised-staff", 60, None)),
        ]
    };
    let kept = ("comms:promised-staff", 60, Some(30), None);
    assert_eq!(told(&punctuality(&log(again(20)), clock(90))), [kept]);
    let missed = ("comms:promised-staff", 4, None, Some(6));
    assert_eq!(told(&punctuality(&log(again(4)), clock(90))), [missed, kept]);
}

#[test]
fn what_was_taken_back_never_met_anything_and_a_corrected_time_counts() {
    let undone = EntryUndone { batch: BatchId(uuid_v7(0, [3; 10])), entries: vec![id(3)], kinds: Vec::new() };
    let mut facts = outage();
    facts.truncate(4);
    facts.push((80, Fact::from(undone)));
    let page = |promises: Vec<Promise>| promises.into_iter().filter(|one| one.channel.is_some()).collect::<Vec<_>>();
    assert_eq!(told(&page(punctuality(&log(facts.clone()), clock(91)))), [("comms:status-page", 81, None, Some(10))]);
    facts.pop();
    facts.push((
        95,
        Fact::from(EntryAmended {
            moves_due: false,
            entry: id(3),
            kind: "clock.met".to_owned(),
            happened_at: Some(clock(84)),
            approximate: false,
            note: None,
            text: None,
        }),
    ));
    assert_eq!(
        told(&page(punctuality(&log(facts), clock(91)))),
        [("comms:status-page", 81, Some(84), Some(3)), ("comms:status-page", 105, None, None)]
    );
}

#[test]
fn seconds_are_not_called_late_and_an_unknown_beginning_is_no_fault() {
    let mut facts =
        log(vec![(0, started("comms:first-notice", None, None, 0)), (0, met("comms:first-notice", 0, None))]);
    facts[1].0.at = clock(0).plus(Span::from_millis(59_000));
    let promises = punctuality(&facts, clock(9));
    assert!(promises[0].late_by.is_some() && !promises[0].is_late());
    let orphan = punctuality(&log(vec![(9, met("comms:elsewhere", 5, None))]), clock(10));
    assert_eq!(told(&orphan), [("comms:elsewhere", 5, Some(9), Some(4))]);
    assert_eq!(orphan[0].audience, None);
}
