//! Facts about what stakeholders were told.

use crate::incident::id::EventId;
use crate::incident::slug::{Conveyance, Stage};
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A statement was written; it reaches nobody yet (E7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementDrafted {
    /// For whom.
    pub audiences: Vec<String>,
    /// What it is there for.
    pub stage: Stage,
    /// Through which channels it is to go.
    #[serde(default)]
    pub channels: Vec<String>,
    /// The wrong statement that it corrects (B6).
    #[serde(default)]
    pub corrects: Option<EventId>,
    /// The roles that have to approve it, as the policy stood then.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Whether nobody could tell which roles those are: the policy couldn't be read.
    #[serde(default)]
    pub approval_unknown: bool,
    /// The template that it was begun from.
    #[serde(default)]
    pub template: Option<String>,
    /// When the audience was promised the next one.
    #[serde(default)]
    pub next_at: Option<Timestamp>,
    /// The subject line.
    #[serde(default)]
    pub subject: Option<String>,
    /// The words.
    #[serde(default)]
    pub text: String,
}

/// Somebody approved a statement (E7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementApproved {
    /// The statement.
    pub statement: EventId,
    /// The role in which it was approved.
    pub role: String,
    /// Who approved it.
    pub by: String,
}

/// A statement went out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementSent {
    /// The statement.
    pub statement: EventId,
    /// For whom.
    pub audiences: Vec<String>,
    /// What it was there for.
    pub stage: Stage,
    /// How.
    pub how: Conveyance,
    /// Through which channels.
    #[serde(default)]
    pub channels: Vec<String>,
    /// The wrong statement that it stands in for (B6).
    #[serde(default)]
    pub corrects: Option<EventId>,
    /// When the audience was promised the next one.
    #[serde(default)]
    pub next_at: Option<Timestamp>,
}

/// A question that people ask got its answer (E7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerAdded {
    /// The question.
    #[serde(default)]
    pub question: String,
    /// What to answer.
    #[serde(default)]
    pub answer: String,
}

/// People were told what to say now (B5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeopleBriefed {
    /// Who.
    pub names: Vec<String>,
    /// For whom they speak to.
    #[serde(default)]
    pub audience: Option<String>,
}

/// How many of its people a channel reached (B7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReachMeasured {
    /// The channel.
    pub channel: String,
    /// How many were reached.
    pub reached: u64,
    /// How many there are.
    #[serde(default)]
    pub of: Option<u64>,
}

/// Somebody was promised news (B7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpAdded {
    /// Who.
    pub who: String,
    /// When they are to have it.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// What was promised.
    #[serde(default)]
    pub text: String,
}

/// Somebody got the news that was promised (B7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpDone {
    /// The promise.
    pub follow_up: EventId,
    /// What they were told, or said.
    #[serde(default)]
    pub result: Option<String>,
}
