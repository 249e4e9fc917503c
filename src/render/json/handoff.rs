//! HANDOFF: the brief of a shift.

use super::{BriefedDoc, DraftDoc, EntryDoc, FollowUpDoc, IncidentDoc, StepDoc, ToldDoc};
use crate::incident::id::TAG_SHORTEST;
use crate::incident::localized::Lang;
use crate::incident::time::Timestamp;
use crate::view::{Entry, Shift};
use schemars::JsonSchema;
use serde::Serialize;

/// `handoff --json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HandoffDoc {
    /// The version of this document.
    pub schema: u32,
    /// When it was asked.
    pub now: String,
    /// The incident, with its roles and running clocks.
    pub incident: IncidentDoc,
    /// What is kept in sight.
    pub pinned: Vec<EntryDoc>,
    /// Theories that are neither confirmed nor refuted.
    pub hypotheses: Vec<EntryDoc>,
    /// Theories that were refuted.
    pub refuted: Vec<EntryDoc>,
    /// What was done to systems.
    pub changes: Vec<EntryDoc>,
    /// What was decided.
    pub decisions: Vec<EntryDoc>,
    /// What was told at the last handovers that were accepted or refused.
    pub words: Vec<EntryDoc>,
    /// The steps that are open.
    pub steps: Vec<StepDoc>,
    /// Who was told what, and when they hear more.
    pub told: Vec<ToldDoc>,
    /// Statements that went to nobody yet.
    pub drafts: Vec<DraftDoc>,
    /// Who was briefed.
    pub briefed: Vec<BriefedDoc>,
    /// Calls that nobody answered.
    pub calls: Vec<CallDoc>,
    /// News that was promised.
    pub followups: Vec<FollowUpDoc>,
    /// Legal duties that run.
    pub duties: Vec<OwedDutyDoc>,
    /// Offers to hand over that wait for an answer.
    pub offers: Vec<OfferDoc>,
    /// The latest count of each channel.
    pub reach: Vec<ReachDoc>,
}

/// A call that nobody answered.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CallDoc {
    /// Its id.
    pub id: String,
    /// Who was called.
    pub who: String,
    /// When.
    pub at: String,
    /// The ladder.
    pub ladder: Option<String>,
    /// The tier of it, from 1.
    pub tier: u32,
    /// When the next one is called.
    pub answer_by: Option<String>,
    /// Since when nobody is left to call after them.
    pub nobody_left_since: Option<String>,
}

/// A legal duty that runs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OwedDutyDoc {
    /// Its id.
    pub duty: String,
    /// What it asks for.
    pub title: String,
    /// The article or contract.
    pub source: String,
    /// Since when it runs.
    pub since: String,
    /// When it is due; `null` where the law names no figure.
    pub due_at: Option<String>,
}

/// An offer to hand over.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OfferDoc {
    /// Its id.
    pub id: String,
    /// Who hands over.
    pub from: String,
    /// To whom.
    pub to: String,
    /// The roles.
    pub roles: Vec<String>,
    /// Since when.
    pub since: String,
    /// What the one before tells the one after.
    pub brief: Option<String>,
}

/// How many a channel reached.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReachDoc {
    /// The channel.
    pub channel: String,
    /// How many were reached.
    pub reached: u64,
    /// Of how many.
    pub of: Option<u64>,
    /// When it was counted.
    pub at: String,
}

impl HandoffDoc {
    /// The document of a shift's brief at `now`.
    pub fn new(shift: &Shift, now: Timestamp, lang: Lang) -> Self {
        let incident = &shift.incident;
        let promises = &incident.promises;
        let entries = |entries: &[Entry]| entries.iter().map(|entry| EntryDoc::new(entry, lang)).collect();
        let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let short = |id: crate::incident::id::EventId| id.tag()[..TAG_SHORTEST].to_owned();
        Self {
            schema: super::SCHEMA,
            now: now.to_string(),
            pinned: entries(&shift.pinned),
            hypotheses: entries(&shift.hypotheses),
            refuted: entries(&shift.refuted),
            changes: entries(&shift.changes),
            decisions: entries(&shift.decisions),
            words: entries(&shift.words),
            steps: StepDoc::all(incident).into_iter().filter(|step| step.state == "open").collect(),
            told: shift.told.iter().map(|told| ToldDoc::new(told, now, lang)).collect(),
            drafts: DraftDoc::all(incident, None),
            briefed: shift.briefed.iter().map(BriefedDoc::new).collect(),
            calls: promises
                .in_vain()
                .chain(promises.open_calls())
                .map(|call| CallDoc {
                    id: short(call.id),
                    who: call.who.clone(),
                    at: call.at.to_string(),
                    ladder: call.ladder.clone(),
                    tier: call.tier,
                    answer_by: time(call.answer_by),
                    nobody_left_since: time(call.ended_at),
                })
                .collect(),
            followups: promises.follow_ups.iter().map(|open| FollowUpDoc::new(open, now)).collect(),
            duties: promises
                .open_duties()
                .map(|duty| OwedDutyDoc {
                    duty: duty.id.clone(),
                    title: duty.title.get(lang).to_owned(),
                    source: duty.source.clone(),
                    since: duty.since.to_string(),
                    due_at: time(duty.due_at),
                })
                .collect(),
            offers: incident
                .open_handoffs()
                .map(|offer| OfferDoc {
                    id: short(offer.id),
                    from: offer.from.clone(),
                    to: offer.to.clone(),
                    roles: offer.roles.clone(),
                    since: offer.since.to_string(),
                    brief: offer.brief.clone(),
                })
                .collect(),
            reach: promises
                .reach
                .iter()
                .map(|count| ReachDoc {
                    channel: count.channel.clone(),
                    reached: count.reached,
                    of: count.of,
                    at: count.at.to_string(),
                })
                .collect(),
            incident: IncidentDoc::new(incident, now),
        }
    }
}
