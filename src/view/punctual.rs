//! Whether stakeholders were told in time: each promise of a statement, when it was due, and when it was kept (A6).

use crate::incident::fact::{EntryAmended, Fact};
use crate::incident::id::EventId;
use crate::incident::slug::{Conveyance, Stage};
use crate::incident::state::{GRACE, Meta};
use crate::incident::time::{Span, Timestamp};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// One due time of a deadline: a deadline that repeats makes many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The deadline's name.
    pub clock: String,
    /// The audience that waited; unknown where the log doesn't hold the deadline's beginning.
    pub audience: Option<String>,
    /// The channel that it was about; any where there is none.
    pub channel: Option<String>,
    /// The only stage of a statement that met it.
    pub stage: Option<Stage>,
    /// The only way of conveying it that met it.
    pub by: Option<Conveyance>,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it was kept.
    pub met_at: Option<Timestamp>,
    /// When the policy stopped asking for it, past its due time.
    pub ended_at: Option<Timestamp>,
    /// How much later than due it was kept, ended unkept, or stands open now.
    pub late_by: Option<Span>,
}

impl Promise {
    /// Whether people waited longer than they were promised, by a minute or more.
    pub fn is_late(&self) -> bool {
        self.late_by.is_some_and(|late| late >= GRACE)
    }

    /// Whether it was never kept, and its time is over.
    pub fn is_missed(&self) -> bool {
        self.met_at.is_none() && self.is_late()
    }
}

/// Every promise of a statement that came due or was kept, in the order of the due times; those still open at the end.
///
/// The facts are an incident's, in the log's order. What was taken back counts for nothing. A deadline that ended
/// before it was due was no promise; one that ended after it is one that was missed.
pub fn punctuality(facts: &[(Meta, Fact)], now: Timestamp) -> Vec<Promise> {
    let (undone, moved) = corrections(facts);
    let mut open: Vec<Promise> = Vec::new();
    let mut over: Vec<Promise> = Vec::new();
    for (meta, fact) in facts.iter().filter(|(meta, _)| !undone.contains(&meta.id)) {
        let (at, moves_due) = moved.get(&meta.id).copied().unwrap_or((meta.at, false));
        let mut fact = Cow::Borrowed(fact);
        if moves_due {
            fact.to_mut().move_due(meta.at, at);
        }
        match fact.as_ref() {
            Fact::ClockStarted(started) => {
                // The same deadline anew takes the place of the one before.
                over.extend(take(&mut open, &started.clock).and_then(|before| missed(before, at)));
                open.push(Promise {
                    clock: started.clock.clone(),
                    audience: Some(started.audience.clone()),
                    channel: started.channel.clone(),
                    stage: started.stage,
                    by: started.by,
                    due_at: started.due_at,
                    met_at: None,
                    ended_at: None,
                    late_by: None,
                });
            }
            Fact::ClockMet(met) => {
                let kept = Promise { due_at: met.due_at, ..take(&mut open, &met.clock).unwrap_or(unknown(&met.clock)) };
                if let Some(due_at) = met.next_due_at {
                    open.push(Promise { due_at, ..kept.clone() });
                }
                over.push(Promise { met_at: Some(at), late_by: lateness(met.due_at, at), ..kept });
            }
            Fact::ClockEnded(ended) => {
                let before = take(&mut open, &ended.clock).unwrap_or(unknown(&ended.clock));
                over.extend(missed(Promise { due_at: ended.due_at, ..before }, at));
            }
            _ => {}
        }
    }
    let waiting = open.into_iter().map(|promise| Promise { late_by: lateness(promise.due_at, now), ..promise });
    over.extend(waiting);
    over.sort_by(|left, right| left.due_at.cmp(&right.due_at).then_with(|| left.clock.cmp(&right.clock)));
    over
}

/// The facts that were taken back, and the times that were corrected, the last correction last.
fn corrections(facts: &[(Meta, Fact)]) -> (HashSet<EventId>, HashMap<EventId, (Timestamp, bool)>) {
    let taken_back = |(_, fact): &(Meta, Fact)| match fact {
        Fact::EntryUndone(undone) => undone.entries.clone(),
        _ => Vec::new(),
    };
    let undone: HashSet<EventId> = facts.iter().flat_map(taken_back).collect();
    let corrected = facts.iter().filter(|(meta, _)| !undone.contains(&meta.id)).filter_map(|(_, fact)| match fact {
        Fact::EntryAmended(EntryAmended { entry, happened_at: Some(at), moves_due, .. }) => {
            Some((*entry, (*at, *moves_due)))
        }
        _ => None,
    });
    let moved = corrected.collect();
    (undone, moved)
}

fn take(open: &mut Vec<Promise>, clock: &str) -> Option<Promise> {
    let place = open.iter().position(|promise| promise.clock == clock)?;
    Some(open.remove(place))
}

/// A promise that ended unkept, where its time was over.
fn missed(promise: Promise, at: Timestamp) -> Option<Promise> {
    let late_by = lateness(promise.due_at, at)?;
    Some(Promise { ended_at: Some(at), late_by: Some(late_by), ..promise })
}

fn unknown(clock: &str) -> Promise {
    Promise {
        clock: clock.to_owned(),
        audience: None,
        channel: None,
        stage: None,
        by: None,
        due_at: Timestamp::from_millis(0),
        met_at: None,
        ended_at: None,
        late_by: None,
    }
}

fn lateness(due_at: Timestamp, at: Timestamp) -> Option<Span> {
    at.since(due_at).filter(|late| late.millis() > 0)
}

#[cfg(test)]
mod tests;
