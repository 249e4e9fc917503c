//! How far an exercise has come: what is to happen now, what comes next, when it ends.

use super::grade::deed_done_at;
use crate::incident::fact::{DrillStarted, Fact, PlannedInject};
use crate::incident::state::Meta;
use crate::incident::status::Status;
use crate::incident::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// An exercise as its facts leave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Play {
    /// What was begun.
    pub started: DrillStarted,
    /// The moment from which its times count.
    pub at: Timestamp,
    /// Which injects were played.
    pub injected: Vec<String>,
    /// The team's last score, of 100.
    pub score: Option<u32>,
}

/// An inject, and when it is due by the wall clock.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// What happens.
    pub inject: PlannedInject,
    /// When.
    pub at: Timestamp,
}

/// What is still to happen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Turns {
    /// What is due by now, the first one first.
    pub due: Vec<Turn>,
    /// What comes next at a known time.
    pub next: Option<Turn>,
    /// What waits for a deed.
    pub waiting: Vec<PlannedInject>,
}

impl Play {
    /// How long a length of the scenario's time takes by the wall clock.
    pub fn wall(&self, span: Span) -> Span {
        Span::from_millis(span.millis() / i64::from(self.started.speed.max(1)))
    }

    /// How far a moment lies into the scenario, in its own time; nothing lies before the beginning.
    pub fn into(&self, at: Timestamp) -> Span {
        let elapsed = at.since(self.at).unwrap_or(Span::from_millis(0));
        Span::from_millis(elapsed.millis().saturating_mul(i64::from(self.started.speed.max(1))))
    }

    /// When it ends by the wall clock, at the latest.
    pub fn ends_at(&self) -> Timestamp {
        self.at.plus(self.wall(self.started.length))
    }

    /// Whether nothing more happens: the incident is resolved, or the time is up.
    pub fn is_over(&self, status: Status, now: Timestamp) -> bool {
        !status.is_unresolved() || now >= self.ends_at()
    }
}

/// What is to happen by now and later; `facts` are those that hold, in the order in which they happened.
pub fn turns(play: &Play, facts: &[(Meta, Fact)], now: Timestamp) -> Turns {
    let mut turns = Turns::default();
    let mut later: Vec<Turn> = Vec::new();
    for inject in play.started.injects.iter().filter(|inject| !play.injected.contains(&inject.id)) {
        let begins = match (inject.at, inject.after) {
            (Some(at), _) => Some(play.at.plus(play.wall(at))),
            (None, Some(deed)) => deed_done_at(play, deed, facts).filter(|at| *at <= now),
            (None, None) => Some(play.at),
        };
        let Some(begins) = begins else {
            turns.waiting.push(inject.clone());
            continue;
        };
        let at = begins.max(play.at).plus(play.wall(inject.delay));
        let turn = Turn { inject: inject.clone(), at };
        if at <= now { turns.due.push(turn) } else { later.push(turn) }
    }
    turns.due.sort_by_key(|turn| turn.at);
    later.sort_by_key(|turn| turn.at);
    turns.next = later.into_iter().next();
    turns
}
