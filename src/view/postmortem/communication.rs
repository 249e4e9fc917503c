//! What stakeholders were told, whether in time, whether it reached them, and how the impact went (A6, B6, B7, E4).

use super::History;
use crate::incident::fact::{Fact, ImpactMeasured, StatementDrafted, StatementSent};
use crate::incident::id::EventId;
use crate::incident::slug::{Conveyance, Stage};
use crate::incident::state::Meta;
use crate::incident::time::Timestamp;
use crate::store::Entry;
use crate::view::punctual::{Promise, punctuality};

/// What stakeholders were told.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Communication {
    /// Statements that went out, in that order.
    pub statements: Vec<Statement>,
    /// Updates that came due, in the order of their due times.
    pub promises: Vec<Promise>,
    /// The last count of each channel.
    pub reach: Vec<Reached>,
    /// The figures of the impact, in order.
    pub impact: Vec<Measured>,
}

/// A statement that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its display id.
    pub short: String,
    /// When it went out.
    pub at: Timestamp,
    /// Whether that time is only approximately known.
    pub approximate: bool,
    /// Who sent it.
    pub by: String,
    /// For whom.
    pub audiences: Vec<String>,
    /// What it was there for.
    pub stage: Stage,
    /// How it went out.
    pub how: Conveyance,
    /// Through which channels.
    pub channels: Vec<String>,
    /// Its words; empty where they were removed.
    pub text: String,
    /// The wrong one that it corrected, by its display id.
    pub corrects: Option<String>,
    /// The one that corrected it, by its display id.
    pub superseded_by: Option<String>,
    /// The channels that gave it up.
    pub undelivered: Vec<String>,
}

/// How many a channel reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The channel.
    pub channel: String,
    /// When it was counted.
    pub at: Timestamp,
    /// How many were reached.
    pub reached: u64,
    /// Of how many.
    pub of: Option<u64>,
}

/// Figures of the impact at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// When.
    pub at: Timestamp,
    /// Whether that time is only approximately known.
    pub approximate: bool,
    /// By whom.
    pub by: String,
    /// The figures.
    pub figures: ImpactMeasured,
}

impl Reached {
    /// How many it did not reach; none where nobody knows.
    pub fn missed(&self) -> Option<u64> {
        self.of.and_then(|of| of.checked_sub(self.reached)).filter(|missed| *missed > 0)
    }
}

/// Gathers it from the incident's own entries.
pub(super) fn communication(history: &History<'_>, now: Timestamp) -> Communication {
    let clocks = history
        .own
        .iter()
        .filter(|entry| matches!(entry.fact, Fact::ClockStarted(_) | Fact::ClockMet(_) | Fact::ClockEnded(_)));
    let facts: Vec<(Meta, Fact)> = clocks.map(|entry| (meta(entry), entry.fact.clone())).collect();
    let came_due = |promise: &Promise| promise.met_at.is_some() || promise.is_late();
    Communication {
        statements: statements(history),
        promises: punctuality(&facts, now).into_iter().filter(came_due).collect(),
        reach: reach(history),
        impact: impact(history),
    }
}

fn meta(entry: &Entry) -> Meta {
    Meta { id: entry.header.id, at: entry.header.at, actor: entry.header.actor.clone() }
}

fn statements(history: &History<'_>) -> Vec<Statement> {
    let drafted = |id: EventId| {
        let entry = history.own.iter().find(|entry| entry.header.id == id)?;
        match &entry.fact {
            Fact::StatementDrafted(drafted) => Some((*entry, drafted)),
            _ => None,
        }
    };
    let short = |id: EventId| {
        drafted(id).map_or_else(|| id.tag(), |(entry, _): (&Entry, &StatementDrafted)| entry.short.clone())
    };
    let sent: Vec<(&Entry, &StatementSent)> = history
        .own
        .iter()
        .filter_map(|entry| if let Fact::StatementSent(sent) = &entry.fact { Some((*entry, sent)) } else { None })
        .collect();
    let corrected_by =
        |id: EventId| sent.iter().rfind(|(_, other)| other.corrects == Some(id)).map(|(_, sent)| sent.statement);
    let mut statements: Vec<Statement> = sent
        .iter()
        .map(|(entry, sent)| Statement {
            short: short(sent.statement),
            at: entry.header.at,
            approximate: entry.header.approximate,
            by: entry.header.actor.clone(),
            audiences: sent.audiences.clone(),
            stage: sent.stage,
            how: sent.how,
            channels: sent.channels.clone(),
            text: drafted(sent.statement).map(|(_, drafted)| drafted.text.clone()).unwrap_or_default(),
            corrects: sent.corrects.map(short),
            superseded_by: corrected_by(sent.statement).map(short),
            undelivered: undelivered(history, sent.statement),
        })
        .collect();
    statements.sort_by_key(|statement| statement.at);
    statements
}

/// The channels that gave a statement up for good.
fn undelivered(history: &History<'_>, statement: EventId) -> Vec<String> {
    let carries =
        |entry: &&&Entry| matches!(&entry.fact, Fact::MessageQueued(queued) if queued.about == Some(statement));
    let messages: Vec<EventId> = history.own.iter().filter(carries).map(|entry| entry.header.id).collect();
    let given_up = history.own.iter().filter_map(|entry| match &entry.fact {
        Fact::MessageFailed(failed) if failed.next_at.is_none() && messages.contains(&failed.message) => {
            Some(failed.channel.clone())
        }
        _ => None,
    });
    given_up.collect()
}

fn reach(history: &History<'_>) -> Vec<Reached> {
    let mut found: Vec<Reached> = Vec::new();
    let mut own = history.own.clone();
    own.sort_by_key(|entry| entry.header.at);
    for entry in own {
        let Fact::ReachMeasured(count) = &entry.fact else { continue };
        found.retain(|known| known.channel != count.channel);
        found.push(Reached {
            channel: count.channel.clone(),
            at: entry.header.at,
            reached: count.reached,
            of: count.of,
        });
    }
    found
}

fn impact(history: &History<'_>) -> Vec<Measured> {
    let measured = |entry: &&Entry| match &entry.fact {
        Fact::ImpactMeasured(figures) => Some(Measured {
            at: entry.header.at,
            approximate: entry.header.approximate,
            by: entry.header.actor.clone(),
            figures: figures.clone(),
        }),
        _ => None,
    };
    let mut found: Vec<Measured> = history.own.iter().filter_map(measured).collect();
    found.sort_by_key(|measured| measured.at);
    found
}
