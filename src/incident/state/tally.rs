//! Counts for a look back over many incidents: what the state itself no longer shows once it is over.

use super::Incident;
use super::apply::Meta;
use crate::incident::fact::Fact;
use crate::incident::status::Status;
use crate::incident::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// What is later by less than this is not called late: people read times to the minute, and "at once" takes seconds.
pub const GRACE: Span = Span::from_minutes(1);

/// How many times a role may be left and taken up again until no more of it is counted.
const TURNS: usize = 20;

/// Counts over the whole course of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Updates that were due and came in time (A6).
    pub in_time: u32,
    /// Updates that came late, by a minute or more.
    pub late: u32,
    /// Updates that never came, and whose time is over.
    pub missed: u32,
    /// How often it was taken for resolved and was not.
    pub reopened: u32,
    /// When each role was held by somebody (C1).
    pub held: Vec<Held>,
}

/// When a role was held, by whomever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The role's slug.
    pub role: String,
    /// From when to when; open where it is held still.
    pub turns: Vec<(Timestamp, Option<Timestamp>)>,
}

/// Whether something came later than due, by a minute or more.
pub fn is_late(due_at: Timestamp, at: Timestamp) -> bool {
    at.since(due_at).is_some_and(|late| late >= GRACE)
}

impl Incident {
    /// Counts what a fact ends, before it is taken in.
    pub(super) fn count(&mut self, meta: &Meta, fact: &Fact) {
        match fact {
            Fact::ClockStarted(started) => {
                // The same deadline anew takes the place of the one before.
                let before = self.promises.clocks.iter().find(|clock| clock.name == started.clock);
                self.tally.missed += u32::from(before.is_some_and(|clock| is_late(clock.due_at, meta.at)));
            }
            Fact::ClockMet(met) if is_late(met.due_at, meta.at) => self.tally.late += 1,
            Fact::ClockMet(_) => self.tally.in_time += 1,
            Fact::ClockEnded(ended) => self.tally.missed += u32::from(is_late(ended.due_at, meta.at)),
            Fact::IncidentReopened(reopened) => {
                let was_over = matches!(reopened.from, Status::Resolved | Status::Closed);
                self.tally.reopened += u32::from(was_over && reopened.to < Status::Resolved);
            }
            Fact::RoleAssigned(assigned) => self.tally.taken(&assigned.role, meta.at),
            Fact::RoleUnassigned(left) => {
                let stays = |role: &super::Role| role.holders.iter().any(|one| !left.holders.contains(&one.name));
                if !self.role(&left.role).is_some_and(stays) {
                    self.tally.left(&left.role, meta.at);
                }
            }
            _ => {}
        }
    }
}

impl Tally {
    fn taken(&mut self, role: &str, at: Timestamp) {
        let held = match self.held.iter().position(|held| held.role == role) {
            Some(place) => self.held.get_mut(place),
            None => {
                self.held.push(Held { role: role.to_owned(), turns: Vec::new() });
                self.held.last_mut()
            }
        };
        let Some(held) = held else { return };
        let is_held = held.turns.last().is_some_and(|(_, until)| until.is_none());
        if !is_held && held.turns.len() < TURNS {
            held.turns.push((at, None));
        }
    }

    fn left(&mut self, role: &str, at: Timestamp) {
        let held = self.held.iter_mut().find(|held| held.role == role);
        if let Some((_, until @ None)) = held.and_then(|held| held.turns.last_mut()) {
            *until = Some(at);
        }
    }

    /// How long a role was held between two instants.
    pub fn held_within(&self, role: &str, from: Timestamp, until: Timestamp) -> Span {
        let Some(held) = self.held.iter().find(|held| held.role == role) else { return Span::from_millis(0) };
        let mut turns: Vec<(Timestamp, Timestamp)> =
            held.turns.iter().map(|(begin, end)| (*begin, end.unwrap_or(until).min(until))).collect();
        turns.sort_unstable();
        let (mut sum, mut counted) = (0i64, from);
        for (begin, end) in turns {
            let begin = begin.max(counted);
            sum = sum.saturating_add(end.since(begin).map_or(0, Span::millis));
            counted = counted.max(end);
        }
        Span::from_millis(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::{Held, Tally, is_late};
    use crate::incident::time::Timestamp;
    use proptest::prelude::{ProptestConfig, prop};
    use proptest::{prop_assert_eq, proptest};

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(minute * 60_000)
    }

    fn held(turns: &[(i64, Option<i64>)]) -> Tally {
        let turns = turns.iter().map(|(from, until)| (at(*from), until.map(at))).collect();
        Tally { held: vec![Held { role: "scribe".to_owned(), turns }], ..Tally::default() }
    }

    fn minutes(tally: &Tally, from: i64, until: i64) -> i64 {
        tally.held_within("scribe", at(from), at(until)).millis() / 60_000
    }

    #[test]
    fn only_what_lies_within_counts() {
        let tally = held(&[(-10, Some(5)), (8, Some(9)), (20, None)]);
        assert_eq!(minutes(&tally, 0, 30), 5 + 1 + 10);
        assert_eq!(minutes(&tally, 5, 8), 0);
        assert_eq!(tally.held_within("tech-lead", at(0), at(30)).millis(), 0);
    }

    #[test]
    fn a_gap_begins_when_nobody_is_left() {
        let mut tally = Tally::default();
        tally.taken("scribe", at(0));
        tally.taken("scribe", at(3));
        tally.left("scribe", at(10));
        tally.left("scribe", at(12));
        tally.taken("scribe", at(15));
        assert_eq!(minutes(&tally, 0, 20), 15);
    }

    #[test]
    fn a_minute_is_late_and_seconds_are_not() {
        let due = at(10);
        assert!(is_late(due, at(11)));
        assert!(!is_late(due, Timestamp::from_millis(due.millis() + 59_999)));
        assert!(!is_late(due, at(0)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn a_role_is_held_as_many_minutes_as_there_are(
            turns in prop::collection::vec((-20i64..60, prop::option::of(-20i64..60)), 0..8),
            from in 0i64..20, length in 0i64..30,
        ) {
            let until = from + length;
            let covers = |minute: &i64| {
                turns.iter().any(|(begin, end)| *begin <= *minute && *minute < end.unwrap_or(i64::MAX))
            };
            let expected = (from..until).filter(covers).map(|_| 1i64).sum::<i64>();
            prop_assert_eq!(minutes(&held(&turns), from, until), expected);
        }
    }
}
