//! Who was called, in rounds: each time somebody begins to climb a ladder is one, and only its own answers count (D3).

use super::apply::Meta;
use super::promise::{KEPT, Promises};
use super::promised::push;
use crate::incident::fact::PeopleCalled;
use crate::incident::id::EventId;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Somebody who was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The entry.
    pub id: EventId,
    /// Who.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// The ladder and the tier.
    pub ladder: Option<String>,
    /// From 1.
    pub tier: u32,
    /// When the next one is called.
    pub answer_by: Option<Timestamp>,
    /// When it was answered, and whether with a no.
    pub answered: Option<(Timestamp, bool)>,
    /// Whether the next tier was called, or there was none.
    pub passed_on: bool,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// Since when nobody is left to call after it.
    #[serde(default)]
    pub ended_at: Option<Timestamp>,
    /// The first call of its round.
    #[serde(default)]
    pub round: Option<EventId>,
}

impl Call {
    /// Whether both are calls of one round on one ladder.
    fn is_with(&self, other: &Self) -> bool {
        // State that was kept before there were rounds has none: there the ladder has to do.
        let same = || self.round == other.round || self.round.is_none() || other.round.is_none();
        self.id == other.id || (self.ladder.is_some() && self.ladder == other.ladder && same())
    }

    /// Whether both are calls of one tier in one round.
    fn is_beside(&self, other: &Self) -> bool {
        self.is_with(other) && self.tier == other.tier
    }
}

impl Promises {
    /// The calls that nobody answered, and that were not passed on.
    pub fn open_calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| call.answered.is_none() && !call.passed_on && !self.is_answered(call))
    }

    /// The last calls of the ladders that ended with nobody, until somebody comes after all.
    pub fn in_vain(&self) -> impl Iterator<Item = &Call> {
        let last_answer = self.calls.iter().filter_map(|call| match call.answered {
            Some((at, false)) => Some(at),
            _ => None,
        });
        let last_answer = last_answer.max();
        let nobody =
            move |call: &&Call| call.ended_at.is_some_and(|ended| last_answer.is_none_or(|answer| answer < ended));
        self.calls.iter().filter(nobody).filter(|call| !self.is_answered(call))
    }

    /// Whether somebody comes: the one who was called, or another one of the same round.
    pub fn is_answered(&self, call: &Call) -> bool {
        let comes = |other: &&Call| matches!(other.answered, Some((_, false)));
        self.calls.iter().filter(comes).any(|other| other.is_with(call))
    }

    /// The calls that are to be passed on by now: nobody comes, and everybody of the tier has declined or kept silent
    /// past the time they had. One for each tier.
    pub fn unanswered(&self, now: Timestamp) -> Vec<&Call> {
        let silent = |call: &Call| match call.answered {
            Some((_, declined)) => declined,
            None => call.answer_by.is_some_and(|by| by <= now),
        };
        let mut found: Vec<&Call> = Vec::new();
        for call in self.calls.iter().filter(|call| !call.passed_on && !self.is_answered(call)) {
            let all_silent = self.calls.iter().filter(|other| other.is_beside(call)).all(silent);
            if all_silent && !found.iter().any(|known| known.is_beside(call)) {
                found.push(call);
            }
        }
        found
    }

    pub(super) fn called(&mut self, meta: &Meta, called: &PeopleCalled) {
        let tier = called.tier.unwrap_or(1);
        let call = Call {
            id: meta.id,
            who: called.who.clone(),
            at: meta.at,
            ladder: called.ladder.clone(),
            tier,
            answer_by: called.answer_by,
            answered: None,
            passed_on: false,
            reason: called.reason.clone(),
            ended_at: None,
            round: Some(called.round.unwrap_or_else(|| self.round(meta, called.ladder.as_deref(), tier))),
        };
        // The next tier takes over from the one that didn't answer.
        for before in self.calls.iter_mut().filter(|before| before.is_with(&call)) {
            before.passed_on |= before.tier < tier;
        }
        push(&mut self.calls, KEPT, call);
    }

    /// The round of a call that was written down before rounds were: the last one on its ladder while it goes on.
    fn round(&self, meta: &Meta, ladder: Option<&str>, tier: u32) -> EventId {
        let last = self.calls.iter().rfind(|call| ladder.is_some() && call.ladder.as_deref() == ladder);
        let goes_on = last.filter(|last| last.tier <= tier && !last.passed_on && !self.is_answered(last));
        goes_on.and_then(|last| last.round).unwrap_or(meta.id)
    }

    /// The incident is resolved or over: nobody waits for an answer to what was called before that.
    pub(super) fn stop_waiting(&mut self) {
        for call in &mut self.calls {
            call.passed_on = true;
            call.ended_at = None;
        }
    }

    /// Nobody of its tier came, and nobody is left to call.
    pub(super) fn nobody_is_left(&mut self, meta: &Meta, id: EventId) {
        let Some(last) = self.calls.iter().find(|call| call.id == id).cloned() else { return };
        for call in self.calls.iter_mut().filter(|call| call.is_beside(&last)) {
            call.passed_on = true;
            call.ended_at = Some(meta.at);
        }
    }
}
