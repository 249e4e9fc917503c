//! Rounds of an incident that came back: each from its beginning until service was restored, and the calm between.

use super::{Incident, Meta};
use crate::incident::fact::IncidentReopened;
use crate::incident::status::Status;
use crate::incident::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How many rounds are remembered one by one; of those before them the calm alone is kept.
const ROUNDS: usize = 20;

/// What is kept of the rounds before the present one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rounds {
    /// Those that ended, in order; the last twenty.
    pub over: Vec<Round>,
    /// How long service was restored between them all, in total: no part of the outage.
    calm: Span,
}

/// A round that ended, and when the trouble came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// When what is broken became known.
    pub identified: Option<Timestamp>,
    /// When the workaround was in place.
    pub mitigated: Option<Timestamp>,
    /// When watching began.
    pub monitoring: Option<Timestamp>,
    /// When service was restored.
    pub resolved: Timestamp,
    /// When it came back.
    pub reopened: Timestamp,
}

impl Incident {
    /// Goes back: the times of what is to be done again are forgotten, and kept with the round.
    pub(super) fn reopened(&mut self, meta: &Meta, fact: &IncidentReopened) {
        self.moved(meta, fact.from, fact.to);
        self.round_over(meta.at, fact);
        self.times.closed = None;
        self.cancelled = None;
        // Whoever was told that it is over has to be told again that it is.
        self.promises.done.clear();
        if fact.to < Status::Resolved {
            self.times.resolved = None;
            self.postmortem = None;
            self.writing.recalled();
        }
        if fact.to < Status::Monitoring {
            self.times.monitoring = None;
        }
        if fact.to < Status::Mitigated {
            self.times.mitigated = None;
        }
        if fact.to < Status::Identified {
            self.times.identified = None;
        }
    }

    /// Keeps the round that a reopening ends, before its times are forgotten.
    fn round_over(&mut self, reopened_at: Timestamp, fact: &IncidentReopened) {
        let Some(resolved) = self.times.resolved.filter(|_| fact.to < Status::Resolved) else { return };
        let calm = reopened_at.since(resolved).unwrap_or_default();
        self.rounds.calm = Span::from_millis(self.rounds.calm.millis().saturating_add(calm.millis()));
        if self.rounds.over.len() == ROUNDS {
            self.rounds.over.remove(0);
        }
        let times = &self.times;
        let (identified, mitigated, monitoring) = (times.identified, times.mitigated, times.monitoring);
        self.rounds.over.push(Round { identified, mitigated, monitoring, resolved, reopened: reopened_at });
    }

    /// When it began, as far as anybody knows: when it was noticed or declared, where nobody said.
    pub fn begun(&self) -> Timestamp {
        self.times.started.or(self.times.detected).unwrap_or(self.times.declared)
    }

    /// How long service was restored before it came back, over all rounds: no part of the outage.
    pub const fn calm(&self) -> Span {
        self.rounds.calm
    }

    /// How much of the calm lies between two instants.
    pub fn calm_within(&self, from: Timestamp, until: Timestamp) -> Span {
        let overlap = |from: Timestamp, until: Timestamp| {
            let calm =
                self.rounds.over.iter().filter_map(|round| round.reopened.min(until).since(round.resolved.max(from)));
            Span::from_millis(calm.fold(0i64, |sum, calm| sum.saturating_add(calm.millis())))
        };
        let kept = overlap(Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
        // What is no longer remembered one by one lies before all that is.
        let begins_first = self.rounds.over.first().is_some_and(|round| from <= round.resolved);
        let forgotten = if begins_first { self.rounds.calm.without(kept) } else { Span::default() };
        Span::from_millis(overlap(from, until).millis().saturating_add(forgotten.millis()))
    }

    /// When it was over: service restored, or cancelled.
    pub fn ended(&self) -> Option<Timestamp> {
        self.times.resolved.or_else(|| self.times.closed.filter(|_| self.status.is_final()))
    }

    /// How long it lasted, or has lasted by `now`; the calm between its rounds doesn't count. `None` where it ends
    /// before it begins.
    pub fn lasted(&self, now: Timestamp) -> Option<Span> {
        let whole = self.ended().unwrap_or(now).since(self.begun())?;
        Some(whole.without(self.rounds.calm))
    }

    /// When what is broken first became known, in whichever round.
    pub fn first_identified(&self) -> Option<Timestamp> {
        self.rounds.over.iter().find_map(|round| round.identified).or(self.times.identified)
    }

    /// When a workaround was first in place, in whichever round.
    pub fn first_mitigated(&self) -> Option<Timestamp> {
        self.rounds.over.iter().find_map(|round| round.mitigated).or(self.times.mitigated)
    }

    /// Whether a state of an earlier version of this program lacks the rounds that its facts tell of.
    pub fn lacks_rounds(&self) -> bool {
        self.tally.reopened > 0 && self.rounds.over.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use crate::incident::fact::{Fact, IncidentMitigated, IncidentReopened, IncidentResolved};
    use crate::incident::id::{BatchId, SubjectId, uuid_v7};
    use crate::incident::state::{Incident, Meta};
    use crate::incident::status::Status;
    use crate::incident::time::{Span, Timestamp};
    use proptest::{prop_assert, prop_assert_eq, proptest};
    use uuid::Uuid;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(minute * 60_000)
    }

    fn take(incident: &mut Incident, minute: i64, fact: impl Into<Fact>) {
        let id = BatchId(uuid_v7(minute, [0; 10])).event(0);
        incident.apply(&Meta { id, at: at(minute), actor: "aki".to_owned() }, &fact.into());
    }

    fn resolved(from: Status) -> IncidentResolved {
        IncidentResolved { from, summary: None, cause: None, postmortem_required: false, postmortem_due_at: None }
    }

    fn reopened() -> IncidentReopened {
        IncidentReopened { from: Status::Resolved, to: Status::Investigating, reason: "it is back".to_owned() }
    }

    fn mitigated() -> IncidentMitigated {
        IncidentMitigated { from: Status::Investigating, workaround: "db-2".to_owned(), fix_due_at: None }
    }

    /// Given an incident of 41 minutes that came back after 13 calm days, when it is over after 30 minutes more, then
    /// it lasted 71 minutes, and what was done in the first round is known.
    #[test]
    fn calm_is_no_outage() {
        const DAYS: i64 = 13 * 24 * 60;
        let mut incident = Incident::blank(SubjectId(Uuid::nil()));
        take(&mut incident, 20, mitigated());
        take(&mut incident, 41, resolved(Status::Mitigated));
        assert_eq!(incident.lasted(at(9_000)), Some(Span::from_minutes(41)));
        take(&mut incident, 41 + DAYS, reopened());
        assert_eq!(incident.lasted(at(46 + DAYS)), Some(Span::from_minutes(46)));
        take(&mut incident, 71 + DAYS, resolved(Status::Investigating));
        assert_eq!(incident.lasted(at(90_000)), Some(Span::from_minutes(71)));
        assert_eq!((incident.times.mitigated, incident.first_mitigated()), (None, Some(at(20))));
        assert_eq!(incident.calm_within(at(20), at(60)), Span::from_minutes(19));
        assert_eq!(incident.calm_within(at(41 + DAYS), at(90_000)), Span::default());
    }

    proptest! {
        #[test]
        fn spells_of_outage_add_up(spells in proptest::collection::vec((1i64..500, 1i64..500), 1..40)) {
            let mut incident = Incident::blank(SubjectId(Uuid::nil()));
            let (mut minute, mut outage) = (0, 0);
            for (bad, calm) in &spells {
                minute += bad;
                outage += bad;
                take(&mut incident, minute, resolved(Status::Investigating));
                prop_assert_eq!(incident.lasted(at(minute + calm)), Some(Span::from_minutes(outage)));
                minute += calm;
                take(&mut incident, minute, reopened());
            }
            prop_assert_eq!(incident.lasted(at(minute)), Some(Span::from_minutes(outage)));
            prop_assert!(incident.rounds.over.len() <= super::ROUNDS);
        }
    }
}
