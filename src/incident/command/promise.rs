//! What people owe each other: answers, statements, news, notices.

use crate::incident::severity::Severity;
use crate::incident::slug::{Conveyance, DataLoss, Stage};
use crate::incident::state::Reminder;
use crate::incident::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Answers a call (D3).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Ack {
    /// Who was called, where it isn't the one who types.
    pub person: Option<String>,
    /// Whether they can't come.
    pub decline: bool,
    /// What they said.
    pub text: Option<String>,
}

/// Says something to stakeholders, or writes it down for later (A6, E7).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Update {
    /// The draft that is meant, as typed; a new one where there is none.
    pub statement: Option<String>,
    /// The subject line.
    pub subject: Option<String>,
    /// The words.
    pub text: Option<String>,
    /// For whom.
    pub audiences: Vec<String>,
    /// What it is there for.
    pub stage: Option<Stage>,
    /// Through which channels; those of the audiences where none is named.
    pub channels: Vec<String>,
    /// When the next one is promised.
    pub next: Option<Span>,
    /// How it goes out; it is kept as a draft where nobody says.
    pub how: Option<Conveyance>,
    /// The wrong statement that it corrects, as typed (B6).
    pub corrects: Option<String>,
    /// The template that it was begun from.
    pub template: Option<String>,
    /// Whether it is approved.
    pub approve: bool,
}

/// Writes down what to answer to a question (E7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddAnswer {
    /// The question.
    pub question: String,
    /// What to answer.
    pub answer: String,
}

/// Says who was told what to say (B5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    /// Who.
    pub names: Vec<String>,
    /// Whom they speak to.
    pub audience: Option<String>,
}

/// Promises somebody news (B7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddFollowUp {
    /// Who.
    pub who: String,
    /// What.
    pub text: Option<String>,
    /// How long it may take.
    pub due: Option<Span>,
}

/// Says that somebody has the news that was promised (B7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EndFollowUp {
    /// The promise: its id, or who it was made to.
    pub follow_up: String,
    /// What they were told, or said.
    pub result: Option<String>,
}

/// Counts how many a channel reached (B7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureReach {
    /// The channel.
    pub channel: String,
    /// How many were reached.
    pub reached: u64,
    /// Of how many.
    pub of: Option<u64>,
}

/// Measures the impact (E4, B8).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MeasureImpact {
    /// People who can't work.
    pub users: Option<u64>,
    /// The share of requests that fail, in percent.
    pub requests_failed: Option<f64>,
    /// Regions hit.
    pub regions: Vec<String>,
    /// Services hit.
    pub services: Vec<String>,
    /// How long service was down.
    pub downtime: Option<Span>,
    /// Units that are mended, of how many (B8).
    pub units: Option<(u64, u64)>,
    /// What is known of lost data.
    pub data_loss: Option<DataLoss>,
    /// What it costs.
    pub cost: Option<String>,
    /// What the figures mean.
    pub text: Option<String>,
}

/// Says that what a legal duty hangs on has happened (E6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StartDuty {
    /// The duty's id.
    pub duty: String,
    /// The case of it that applies.
    pub variant: Option<String>,
    /// When the authority's clock also began, where another event limits it.
    pub aware_at: Option<Timestamp>,
}

/// Says that the notice was given, or why none is (E6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettleDuty {
    /// The duty's id.
    pub duty: String,
    /// Whether no notice is due.
    pub waive: bool,
    /// To whom and how, or why not.
    pub text: Option<String>,
}

/// Offers to hand roles over.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OfferHandoff {
    /// To whom.
    pub to: String,
    /// The roles; all that the one who offers holds where none is named.
    pub roles: Vec<String>,
    /// What the one before tells the one after.
    pub brief: Option<String>,
}

/// Answers an offer to take over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerHandoff {
    /// Who answers, where it isn't the one who types.
    pub person: Option<String>,
    /// Whether they take over.
    pub accept: bool,
    /// Why not.
    pub reason: Option<String>,
}

/// What the clock brings about, without anybody asking for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tick {
    /// Somebody is reminded of deadlines.
    Remind {
        /// The deadlines.
        reminders: Vec<Reminder>,
        /// Who is reminded.
        to: Vec<String>,
        /// Through which channels.
        channels: Vec<String>,
        /// The subject of the message.
        subject: String,
        /// Its words.
        text: String,
    },
    /// A rule says that it is worse than it is classified (B1).
    Reclassify {
        /// The rule.
        rule: String,
        /// The severity that it calls for.
        to: Severity,
        /// Whether it is raised at once.
        apply: bool,
        /// The rule in words.
        reason: String,
    },
    /// Nobody answered: the next tier is called (D3).
    CallNext {
        /// The call that nobody answered.
        call: crate::incident::id::EventId,
        /// Who is on the next tier; nobody where the ladder ends.
        who: Vec<String>,
        /// Their channel.
        channel: Option<String>,
        /// How long they have to answer.
        wait: Option<Span>,
        /// The subject of the message.
        subject: String,
        /// Its words.
        text: String,
        /// Through which channels it is said that nobody is left, where the ladder ends.
        #[serde(default)]
        channels: Vec<String>,
        /// To whom that is said.
        #[serde(default)]
        to: Vec<String>,
    },
    /// A message was tried.
    Deliver(Delivery),
}

/// What became of an attempt to deliver a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// The message.
    pub message: crate::incident::id::EventId,
    /// The channel.
    pub channel: String,
    /// Which attempt it was, from 1.
    pub attempt: u32,
    /// Whether an earlier or this attempt may have reached it unnoticed.
    pub uncertain: bool,
    /// What went wrong; nothing where it was delivered.
    pub failed: Option<String>,
    /// When it is tried again; none where it is given up.
    pub next_at: Option<Timestamp>,
    /// The statement that it carries.
    #[serde(default)]
    pub about: Option<crate::incident::id::EventId>,
}
