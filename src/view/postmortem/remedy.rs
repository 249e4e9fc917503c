//! Workarounds and permanent fixes, and whether the fix came in time (B3).

use super::History;
use crate::incident::fact::Fact;
use crate::incident::time::{Span, Timestamp};

/// A workaround.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkaroundHeld {
    /// What it was.
    pub text: String,
    /// When it was put in place.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// When the permanent fix was due.
    pub fix_due_at: Option<Timestamp>,
    /// When it was taken back.
    pub reverted_at: Option<Timestamp>,
    /// How the permanent fix stood to its due time; `None` where none was set.
    pub timing: Option<FixTiming>,
}

/// A permanent fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixMade {
    /// What it was.
    pub text: String,
    /// When it was made.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Whether it took the workaround back.
    pub reverts_workaround: bool,
}

/// How a permanent fix stands to its due time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixTiming {
    /// It was made in time.
    InTime,
    /// It was made so much too late.
    Late(Span),
    /// It is not made, and so much too late already.
    Overdue(Span),
    /// It is not made, and not yet due.
    Pending,
    /// Another workaround took this one's place first.
    Replaced,
}

/// The workarounds and the fixes, each in the log's order.
pub(super) fn remedies(history: &History<'_>, now: Timestamp) -> (Vec<WorkaroundHeld>, Vec<FixMade>) {
    let mut held: Vec<WorkaroundHeld> = Vec::new();
    let mut fixes: Vec<FixMade> = Vec::new();
    for entry in &history.own {
        let (at, by) = (entry.header.at, entry.header.actor.clone());
        match &entry.fact {
            Fact::IncidentMitigated(fact) => {
                if let Some(before) = held.last_mut() {
                    before.timing = before.timing.map(replaced);
                }
                let text = fact.workaround.clone();
                let timing = fact.fix_due_at.map(|due| not_made(due, now));
                held.push(WorkaroundHeld { text, at, by, fix_due_at: fact.fix_due_at, reverted_at: None, timing });
            }
            Fact::IncidentFixed(fact) => {
                if let Some(last) = held.last_mut() {
                    last.reverted_at = last.reverted_at.or_else(|| fact.reverts_workaround.then_some(at));
                    let unfixed = last.timing.is_none_or(FixTiming::is_not_made);
                    last.timing = if unfixed { last.fix_due_at.map(|due| made(due, at)) } else { last.timing };
                }
                let reverts_workaround = fact.reverts_workaround;
                fixes.push(FixMade { text: fact.text.clone(), at, by, reverts_workaround });
            }
            _ => {}
        }
    }
    (held, fixes)
}

impl FixTiming {
    const fn is_not_made(self) -> bool {
        matches!(self, Self::Overdue(_) | Self::Pending)
    }
}

const fn replaced(timing: FixTiming) -> FixTiming {
    if timing.is_not_made() { FixTiming::Replaced } else { timing }
}

fn made(due: Timestamp, at: Timestamp) -> FixTiming {
    match at.since(due) {
        Some(late) if late.millis() > 0 => FixTiming::Late(late),
        _ => FixTiming::InTime,
    }
}

fn not_made(due: Timestamp, now: Timestamp) -> FixTiming {
    match now.since(due) {
        Some(late) if late.millis() > 0 => FixTiming::Overdue(late),
        _ => FixTiming::Pending,
    }
}
