//! INCIDENT and CLOCK: an incident as it stands.

use crate::incident::clock::Clock;
use crate::incident::command::{CommandMode, Customers, LinkKind};
use crate::incident::severity::Severity;
use crate::incident::state::{Incident, Round, Waiting};
use crate::incident::status::Status;
use crate::incident::time::{Span, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// An incident as it stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IncidentDoc {
    /// Its number.
    #[serde(rename = "ref")]
    pub reference: u32,
    /// The space of its number; `null` for this store's own.
    pub space: Option<String>,
    /// Its id, a UUID.
    pub id: String,
    /// What is wrong.
    pub title: String,
    /// What people outside know it by, where somebody said so.
    pub public_title: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
    /// Its category.
    pub category: Option<String>,
    /// How it is commanded.
    pub command: CommandMode,
    /// Whether it is an exercise.
    pub drill: bool,
    /// Whether it is kept out of lists and reports.
    pub restricted: bool,
    /// Whether nothing happened that customers noticed.
    pub near_miss: bool,
    /// What keeps it from closing.
    pub waiting_for: Vec<WaitingDoc>,
    /// The services it hits.
    pub services: Vec<String>,
    /// Where to join and to look.
    pub links: Vec<LinkDoc>,
    /// One customer or many.
    pub customers: Option<Customers>,
    /// When it began.
    pub started_at: Option<String>,
    /// When it was noticed.
    pub detected_at: Option<String>,
    /// When it was declared.
    pub declared_at: String,
    /// When somebody acknowledged it.
    pub acknowledged_at: Option<String>,
    /// When what is broken became known.
    pub identified_at: Option<String>,
    /// When the workaround was in place.
    pub mitigated_at: Option<String>,
    /// When watching began.
    pub monitoring_at: Option<String>,
    /// When service was restored.
    pub resolved_at: Option<String>,
    /// When nothing was left to do.
    pub closed_at: Option<String>,
    /// How many seconds it lasted, once it is over; the calm before it came back doesn't count.
    pub lasted_seconds: Option<i64>,
    /// Its earlier rounds, where it came back after service was restored; the times above are of the last one.
    pub rounds: Vec<RoundDoc>,
    /// What is known.
    pub summary: Option<String>,
    /// The cause as understood.
    pub cause: Option<String>,
    /// How many links the chain of causes has.
    pub causes: usize,
    /// How many measures of prevention were agreed.
    pub actions: usize,
    /// How many of them are left to be carried out or checked.
    pub actions_open: usize,
    /// What holds until the permanent fix.
    pub workaround: Option<String>,
    /// The permanent fix.
    pub fix: Option<String>,
    /// The incident that stands for it, where it is a duplicate.
    pub duplicate_of: Option<u32>,
    /// Its roles.
    pub roles: Vec<RoleDoc>,
    /// The latest figures by name.
    pub impact: BTreeMap<String, f64>,
    /// Its checklists.
    pub checklists: Vec<super::ChecklistDoc>,
    /// Its open deadlines, the next one first.
    pub clocks: Vec<ClockDoc>,
    /// When stakeholders were promised the next update.
    pub next_update_at: Option<String>,
    /// Entries that met another status than they saw: two people on two machines.
    pub conflicts: Vec<String>,
}

/// A round that ended before the incident came back.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(clippy::struct_field_names, reason = "the names of INCIDENT's times")]
pub struct RoundDoc {
    /// When what is broken became known.
    pub identified_at: Option<String>,
    /// When the workaround was in place.
    pub mitigated_at: Option<String>,
    /// When watching began.
    pub monitoring_at: Option<String>,
    /// When service was restored.
    pub resolved_at: String,
    /// When it came back.
    pub reopened_at: String,
}

impl RoundDoc {
    pub(super) fn new(round: &Round) -> Self {
        let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
        Self {
            identified_at: time(round.identified),
            mitigated_at: time(round.mitigated),
            monitoring_at: time(round.monitoring),
            resolved_at: round.resolved.to_string(),
            reopened_at: round.reopened.to_string(),
        }
    }
}

/// A role and who holds it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RoleDoc {
    /// Its slug.
    pub role: String,
    /// Who holds it.
    pub holders: Vec<HolderDoc>,
    /// Who carries its duties while it has no holder.
    pub covered_by: Option<String>,
}

/// Somebody who holds a role.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HolderDoc {
    /// Who.
    pub name: String,
    /// Since when.
    pub since: String,
    /// The part of the work that is theirs.
    pub scope: Option<String>,
}

/// A place to join or to look.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LinkDoc {
    /// What kind of place it is.
    pub kind: LinkKind,
    /// Its address, or words that lead there.
    pub target: String,
}

/// One thing that keeps an incident from closing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WaitingDoc {
    /// What: `step:SLUG`, `fix`, `workaround`, `followup:ID`, `units`, `legal:DUTY`, `postmortem`.
    pub what: String,
    /// When it is due.
    pub due_at: Option<String>,
    /// The command that settles it.
    pub settled_by: String,
}

/// A promise with a due time.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ClockDoc {
    /// Its name.
    pub name: String,
    /// What it is about: `comms`, `ack`, `step`, `fix`, `legal`, `postmortem`, `action`, `followup`, `drill`,
    /// `handover`, `contact`.
    pub kind: String,
    /// The incident's number; `null` for a deadline of the store itself.
    pub incident: Option<u32>,
    /// Who must keep it.
    pub owner: Option<String>,
    /// When it started.
    pub started_at: String,
    /// When it is due.
    pub due_at: String,
    /// Whether it is past due.
    pub overdue: bool,
    /// When it was met.
    pub met_at: Option<String>,
}

impl IncidentDoc {
    /// The document of an incident at `now`.
    pub fn new(incident: &Incident, now: Timestamp) -> Self {
        let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let times = &incident.times;
        let role = |role: &crate::incident::state::Role| RoleDoc {
            role: role.spec.id.clone(),
            holders: role
                .holders
                .iter()
                .map(|holder| HolderDoc {
                    name: holder.name.clone(),
                    since: holder.since.to_string(),
                    scope: holder.scope.clone(),
                })
                .collect(),
            covered_by: incident.covered_by(role).map(str::to_owned),
        };
        let links = incident.links.iter().map(|link| LinkDoc { kind: link.kind, target: link.target.clone() });
        let clocks = incident.open_clocks();
        Self {
            reference: incident.number,
            space: None,
            id: incident.id.to_string(),
            title: incident.title.clone(),
            public_title: incident.public_title.clone(),
            status: incident.status,
            severity: incident.severity,
            category: incident.category.clone(),
            command: incident.command,
            drill: incident.drill,
            restricted: incident.restricted,
            near_miss: incident.near_miss,
            waiting_for: incident.waiting_for().iter().map(|one| WaitingDoc::new(one, incident.number)).collect(),
            services: incident.services.clone(),
            links: links.collect(),
            customers: incident.customers,
            started_at: time(times.started),
            detected_at: time(times.detected),
            declared_at: times.declared.to_string(),
            acknowledged_at: time(incident.promises.acknowledged_at),
            identified_at: time(times.identified),
            mitigated_at: time(times.mitigated),
            monitoring_at: time(times.monitoring),
            resolved_at: time(times.resolved),
            closed_at: time(times.closed),
            // What began and ended at one instant was only told afterwards.
            lasted_seconds: incident
                .ended()
                .filter(|ended| *ended != incident.begun())
                .and_then(|ended| incident.lasted(ended))
                .map(Span::seconds),
            rounds: incident.rounds.over.iter().map(RoundDoc::new).collect(),
            summary: incident.summary.clone(),
            cause: incident.cause.clone(),
            causes: incident.lessons.causes.len(),
            actions: incident.lessons.actions.len(),
            actions_open: incident.lessons.unfinished(),
            workaround: incident.workaround.as_ref().map(|held| held.text.clone()),
            fix: incident.fix.as_ref().map(|fix| fix.text.clone()),
            duplicate_of: incident.cancelled.as_ref().and_then(|cancelled| cancelled.of_number),
            roles: incident.roles.iter().map(role).collect(),
            impact: incident
                .promises
                .impact
                .figures()
                .into_iter()
                .map(|(name, figure)| (name.to_owned(), figure.value))
                .collect(),
            checklists: incident.checklists.iter().map(super::ChecklistDoc::new).collect(),
            clocks: clocks.iter().map(|clock| ClockDoc::new(clock, Some(incident.number), now)).collect(),
            next_update_at: time(incident.next_update_at()),
            conflicts: incident.conflicts.iter().map(|id| id.tag()).collect(),
        }
    }
}

impl WaitingDoc {
    /// The document of something that an incident waits for.
    pub fn new(waiting: &Waiting, number: u32) -> Self {
        let due_at = match waiting {
            Waiting::Fix { due_at, .. }
            | Waiting::Postmortem { due_at }
            | Waiting::FollowUp { due_at, .. }
            | Waiting::Duty { due_at, .. } => due_at.map(|at| at.to_string()),
            Waiting::Step { .. } | Waiting::Workaround { .. } | Waiting::Units { .. } => None,
        };
        Self { what: waiting.name(), due_at, settled_by: format!("hikeshi -i {number} {}", waiting.settled_by()) }
    }
}

impl ClockDoc {
    /// The document of an open deadline at `now`.
    pub fn new(clock: &Clock, incident: Option<u32>, now: Timestamp) -> Self {
        Self {
            name: clock.name.clone(),
            kind: clock.kind.as_str().to_owned(),
            incident,
            owner: clock.owner.clone(),
            started_at: clock.started_at.to_string(),
            due_at: clock.due_at.to_string(),
            overdue: clock.due_at < now,
            met_at: None,
        }
    }
}
