//! DUE and FOLLOW-UP: deadlines across incidents, and news that was promised.

use super::ClockDoc;
use crate::incident::command::Called;
use crate::incident::id::TAG_SHORTEST;
use crate::incident::state::FollowUp;
use crate::incident::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// What is overdue and next.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DueDoc {
    /// The version of this document.
    pub schema: u32,
    /// When it was asked.
    pub now: String,
    /// The deadlines: overdue ones first, the worst first, then the next.
    pub clocks: Vec<ClockDoc>,
    /// How many were left out by `--limit`.
    pub more: usize,
    /// How many are due later than asked for.
    pub later: usize,
}

/// Whom news was promised.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FollowUpsDoc {
    /// The version of this document.
    pub schema: u32,
    /// The incident's number.
    pub incident: u32,
    /// The promises that are open.
    pub followups: Vec<FollowUpDoc>,
}

/// A promise of news.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FollowUpDoc {
    /// Its id.
    pub id: String,
    /// Who was promised it.
    pub who: String,
    /// What was promised.
    pub text: String,
    /// Since when.
    pub since: String,
    /// When it is due.
    pub due_at: Option<String>,
    /// Whether it is past due.
    pub overdue: bool,
}

impl FollowUpDoc {
    /// The document of an open promise at `now`.
    pub fn new(open: &FollowUp, now: Timestamp) -> Self {
        Self {
            id: open.id.tag().chars().take(TAG_SHORTEST).collect(),
            who: open.who.clone(),
            text: open.text.clone(),
            since: open.since.to_string(),
            due_at: open.due_at.map(|at| at.to_string()),
            overdue: open.due_at.is_some_and(|at| at < now),
        }
    }
}

/// What a scheduler did.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TickDoc {
    /// The version of this document.
    pub schema: u32,
    /// When it ran.
    pub now: String,
    /// Whether it only said what it would do.
    pub dry_run: bool,
    /// Whether another scheduler was at it, so that this one left it to that.
    pub busy: bool,
    /// What it did, in words.
    pub done: Vec<String>,
    /// How many messages were delivered.
    pub delivered: usize,
    /// How many wait for another attempt.
    pub postponed: usize,
    /// How many were given up.
    pub given_up: usize,
    /// What went wrong.
    pub problems: Vec<String>,
    /// How many deadlines are overdue.
    pub overdue: u32,
}

/// Who would be called.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlannedCallsDoc {
    /// The version of this document.
    pub schema: u32,
    /// Always true: nothing was recorded.
    pub dry_run: bool,
    /// The calls.
    pub calls: Vec<PlannedCallDoc>,
}

/// A call.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlannedCallDoc {
    /// Who.
    pub who: String,
    /// The ladder, where it is by one.
    pub ladder: Option<String>,
    /// The tier of it, from 1.
    pub tier: Option<u32>,
    /// The channel.
    pub channel: Option<String>,
    /// How long they have to answer, in seconds.
    pub wait_seconds: Option<i64>,
}

impl PlannedCallDoc {
    /// The document of a call.
    pub fn new(called: &Called) -> Self {
        Self {
            who: called.who.clone(),
            ladder: called.ladder.clone(),
            tier: called.tier,
            channel: called.channel.clone(),
            wait_seconds: called.wait.map(|wait| wait.millis() / 1000),
        }
    }
}
