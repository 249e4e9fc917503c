//! What an incident owes to people: answers, statements, news, notices. Everything that runs against a deadline.

use super::call::Call;
use crate::incident::id::EventId;
use crate::incident::localized::Localized;
use crate::incident::severity::Severity;
use crate::incident::slug::{Conveyance, DataLoss, Stage};
use crate::incident::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Everything that is owed, and the latest figures.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Promises {
    /// The deadlines for statements that are running.
    pub clocks: Vec<CommsClock>,
    /// The deadlines that were met for good, by name.
    pub done: Vec<String>,
    /// Who was called, the last [`KEPT`].
    pub calls: Vec<Call>,
    /// When somebody first answered.
    pub acknowledged_at: Option<Timestamp>,
    /// Statements, the last [`KEPT`].
    pub statements: Vec<Statement>,
    /// Who was promised news and has none yet.
    pub follow_ups: Vec<FollowUp>,
    /// Legal duties that began to run.
    pub duties: Vec<LegalDuty>,
    /// Offers to hand over that nobody answered yet.
    pub handoffs: Vec<Handoff>,
    /// The latest count of each channel.
    pub reach: Vec<Reach>,
    /// The latest figures.
    pub impact: Impact,
    /// Reminders that went out, of deadlines that may still be open.
    pub reminders: Vec<Reminder>,
    /// Rules that spoke up, with what they asked for.
    pub suggestions: Vec<(String, Severity)>,
}

/// How many calls and statements are kept in sight; the log keeps them all.
pub const KEPT: usize = 60;

/// How many reminders are remembered; those of deadlines that are over fall out first.
pub const REMEMBERED: usize = 200;

/// A deadline for a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommsClock {
    /// Its name.
    pub name: String,
    /// The audience that waits.
    pub audience: String,
    /// The only channel that meets it.
    pub channel: Option<String>,
    /// The only stage that meets it.
    pub stage: Option<Stage>,
    /// The only way that meets it.
    pub by: Option<Conveyance>,
    /// The role that keeps it.
    pub role: Option<String>,
    /// How often.
    pub every: Option<Span>,
    /// Since when.
    pub since: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// When it was last met.
    pub met_at: Option<Timestamp>,
}

/// A statement to stakeholders; its words are in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The entry that holds the words.
    pub id: EventId,
    /// For whom.
    pub audiences: Vec<String>,
    /// What it is there for.
    pub stage: Stage,
    /// Its channels: meant, or used once it went out.
    pub channels: Vec<String>,
    /// Who wrote it.
    pub by: String,
    /// When it was written.
    pub at: Timestamp,
    /// The roles that have to approve it.
    pub needs: Vec<String>,
    /// Whether nobody could tell which roles those are.
    #[serde(default)]
    pub approval_unknown: bool,
    /// Those that have.
    pub approved: Vec<String>,
    /// When it went out, and how.
    pub sent: Option<(Timestamp, Conveyance)>,
    /// The wrong one that it corrects.
    pub corrects: Option<EventId>,
    /// The one that corrects it.
    pub superseded_by: Option<EventId>,
    /// What was promised.
    pub next_at: Option<Timestamp>,
    /// What its words promise, where they do.
    #[serde(default)]
    pub promised_at: Option<Timestamp>,
    /// The channels through which it did not go, or not yet.
    #[serde(default)]
    pub undelivered: Vec<Undelivered>,
}

/// A channel through which a statement did not go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undelivered {
    /// The channel.
    pub channel: String,
    /// Whether nobody tries any more.
    pub given_up: bool,
}

/// Somebody who was promised news (B7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The entry.
    pub id: EventId,
    /// Who.
    pub who: String,
    /// What was promised.
    pub text: String,
    /// Since when.
    pub since: Timestamp,
    /// When it is due.
    pub due_at: Option<Timestamp>,
}

/// A legal duty (E6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LegalDuty {
    /// Its id.
    pub id: String,
    /// The case of it that applies.
    pub variant: Option<String>,
    /// What it asks for.
    pub title: Localized,
    /// The article or contract.
    pub source: String,
    /// Since when it runs.
    pub since: Timestamp,
    /// When it is time to worry.
    pub warn_at: Option<Timestamp>,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// When notice was given.
    pub notified_at: Option<Timestamp>,
    /// Why no notice is due.
    pub waived: Option<String>,
}

/// An offer to hand over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handoff {
    /// The entry.
    pub id: EventId,
    /// Who hands over.
    pub from: String,
    /// To whom.
    pub to: String,
    /// The roles.
    pub roles: Vec<String>,
    /// Since when.
    pub since: Timestamp,
    /// What the one before tells the one after.
    #[serde(default)]
    pub brief: Option<String>,
}

/// How many a channel reached (B7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// The channel.
    pub channel: String,
    /// How many were reached.
    pub reached: u64,
    /// Of how many.
    pub of: Option<u64>,
    /// When it was counted.
    pub at: Timestamp,
}

/// A reminder that went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// The deadline.
    pub clock: String,
    /// When it is due.
    pub due_at: Timestamp,
    /// The moment of the schedule.
    pub threshold: String,
}

/// A figure and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// How much.
    pub value: f64,
    /// When it was measured.
    pub at: Timestamp,
    /// The one before.
    pub before: Option<f64>,
}

/// The latest figures of the impact (E4, B8).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Impact {
    /// People who can't work.
    pub users: Option<Figure>,
    /// The share of requests that fail, in percent.
    pub requests_failed: Option<Figure>,
    /// How long service was down, in minutes.
    pub downtime: Option<Figure>,
    /// Units that are mended.
    pub units_done: Option<Figure>,
    /// Units that were hit.
    pub units_total: Option<Figure>,
    /// Regions hit.
    pub regions: Vec<String>,
    /// What is known of lost data.
    pub data_loss: Option<DataLoss>,
    /// What it costs.
    pub cost: Option<String>,
    /// What the figures mean.
    pub text: Option<String>,
}

impl Figure {
    /// Takes a newer figure in; one that was measured earlier is the older one.
    pub(super) fn renew(slot: &mut Option<Self>, value: Option<f64>, at: Timestamp) {
        let Some(value) = value else { return };
        *slot = Some(match *slot {
            Some(newer) if newer.at > at => Self { before: newer.before.or(Some(value)), ..newer },
            Some(older) => Self { value, at, before: Some(older.value) },
            None => Self { value, at, before: None },
        });
    }
}

impl Impact {
    /// The figures there are, by name.
    pub fn figures(&self) -> Vec<(&'static str, Figure)> {
        [
            ("users", self.users),
            ("requests_failed", self.requests_failed),
            ("downtime_minutes", self.downtime),
            ("units_done", self.units_done),
            ("units_total", self.units_total),
        ]
        .into_iter()
        .filter_map(|(name, figure)| figure.map(|figure| (name, figure)))
        .collect()
    }

    /// Units that are not mended yet, of how many (B8).
    pub fn units_left(&self) -> Option<(u64, u64)> {
        let (done, total) = (self.units_done?.value, self.units_total?.value);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts that were whole numbers")]
        let whole = |value: f64| value.max(0.0) as u64;
        (done < total).then(|| (whole(total - done), whole(total)))
    }
}

impl Statement {
    /// Whether it went out and nothing has replaced it.
    pub const fn stands(&self) -> bool {
        self.sent.is_some() && self.superseded_by.is_none()
    }

    /// The channels through which nobody tries any more.
    pub fn given_up(&self) -> impl Iterator<Item = &String> {
        self.undelivered.iter().filter(|one| one.given_up).map(|one| &one.channel)
    }

    /// The roles whose approval is still missing.
    pub fn lacks(&self) -> Vec<&str> {
        let missing = self.needs.iter().filter(|role| !self.approved.contains(role));
        missing.map(String::as_str).collect()
    }
}

impl Promises {
    /// The statement with this id.
    pub fn statement(&self, id: EventId) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id == id)
    }

    /// The last statement to an audience that went out and still stands.
    pub fn standing(&self, audience: &str) -> Option<&Statement> {
        let to = |statement: &&Statement| statement.audiences.iter().any(|one| one == audience);
        let standing = self.statements.iter().filter(|statement| statement.stands()).filter(to);
        standing.max_by_key(|statement| (statement.sent.map(|(at, _)| at), statement.id))
    }

    /// The statements that went to nobody yet, and that nothing newer has overtaken.
    pub fn drafts(&self) -> impl Iterator<Item = &Statement> {
        let overtaken = |draft: &Statement, audience: &String| {
            self.standing(audience).and_then(|last| last.sent).is_some_and(|(at, _)| at >= draft.at)
        };
        let waits = self.statements.iter().filter(|one| one.sent.is_none() && one.superseded_by.is_none());
        waits.filter(move |draft| !draft.audiences.iter().all(|audience| overtaken(draft, audience)))
    }

    /// The duties that are neither met nor waived.
    pub fn open_duties(&self) -> impl Iterator<Item = &LegalDuty> {
        self.duties.iter().filter(|duty| duty.notified_at.is_none() && duty.waived.is_none())
    }

    /// Whether a reminder of this moment went out.
    pub fn reminded(&self, clock: &str, due_at: Timestamp, threshold: &str) -> bool {
        let same = |one: &Reminder| one.clock == clock && one.due_at == due_at && one.threshold == threshold;
        self.reminders.iter().any(same)
    }
}
