//! COMMUNICATION: what stakeholders were told, in time or not, and how many it reached.

use super::ReachDoc;
use crate::incident::time::Span;
use crate::view::postmortem::{Communication, Said};
use crate::view::punctual::Promise;
use schemars::JsonSchema;
use serde::Serialize;

/// What stakeholders were told.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CommunicationDoc {
    /// Statements that went out, in that order.
    pub statements: Vec<StatementDoc>,
    /// Updates that came due, in the order of their due times.
    pub updates: Vec<UpdateDoc>,
    /// The last count of each channel.
    pub reach: Vec<ReachDoc>,
}

/// A statement that went out.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StatementDoc {
    /// Its id.
    pub id: String,
    /// When it went out.
    pub at: String,
    /// Who sent it.
    pub by: String,
    /// For whom.
    pub audiences: Vec<String>,
    /// What it was there for.
    pub stage: String,
    /// How: `sent`, `by-hand`, `held`.
    pub how: String,
    /// Through which channels.
    pub channels: Vec<String>,
    /// Its words; empty where they were removed.
    pub text: String,
    /// The wrong one that it corrected.
    pub corrects: Option<String>,
    /// The one that corrected it.
    pub superseded_by: Option<String>,
    /// The channels that gave it up.
    pub undelivered: Vec<String>,
}

/// An update that came due.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct UpdateDoc {
    /// The deadline's name.
    pub clock: String,
    /// The audience that waited.
    pub audience: Option<String>,
    /// The channel that it was about.
    pub channel: Option<String>,
    /// When it was due.
    pub due_at: String,
    /// When it was met; `null` where it never was.
    pub met_at: Option<String>,
    /// How many whole minutes late, or unkept until its time was over; `null` where it was in time.
    pub late_minutes: Option<i64>,
    /// The same in seconds.
    pub late_seconds: Option<i64>,
}

impl CommunicationDoc {
    /// The document of what was told.
    pub fn new(communication: &Communication) -> Self {
        let reach = communication.reach.iter().map(|one| ReachDoc {
            channel: one.channel.clone(),
            reached: one.reached,
            of: one.of,
            at: one.at.to_string(),
        });
        Self {
            statements: communication.statements.iter().map(StatementDoc::new).collect(),
            updates: communication.promises.iter().map(UpdateDoc::new).collect(),
            reach: reach.collect(),
        }
    }
}

impl StatementDoc {
    fn new(said: &Said) -> Self {
        Self {
            id: said.short.clone(),
            at: said.at.to_string(),
            by: said.by.clone(),
            audiences: said.audiences.clone(),
            stage: said.stage.to_string(),
            how: said.how.to_string(),
            channels: said.channels.clone(),
            text: said.text.clone(),
            corrects: said.corrects.clone(),
            superseded_by: said.superseded_by.clone(),
            undelivered: said.undelivered.clone(),
        }
    }
}

impl UpdateDoc {
    fn new(promise: &Promise) -> Self {
        let late = promise.late_by.filter(|_| promise.is_late()).map(Span::seconds);
        Self {
            clock: promise.clock.clone(),
            audience: promise.audience.clone(),
            channel: promise.channel.clone(),
            due_at: promise.due_at.to_string(),
            met_at: promise.met_at.map(|at| at.to_string()),
            late_minutes: late.map(|seconds| seconds / 60),
            late_seconds: late,
        }
    }
}
