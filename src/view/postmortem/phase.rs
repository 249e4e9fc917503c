//! The stages that an incident passed, for its picture.

use super::History;
use crate::incident::fact::Fact;
use crate::incident::state::Incident;
use crate::incident::status::Status;
use crate::incident::time::Timestamp;

/// A stage, from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    /// Which.
    pub stage: Stage,
    /// Since when.
    pub from: Timestamp,
    /// Until when; `None` for the last.
    pub until: Option<Timestamp>,
}

/// A stage of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It had begun, and nobody had declared it.
    Undeclared,
    /// It had this status.
    In(Status),
}

/// The stages in order of time; one that took no time is left out.
pub(super) fn phases(incident: &Incident, history: &History<'_>) -> Vec<Phase> {
    let mut starts: Vec<(Timestamp, Stage)> = Vec::new();
    let mut status = Status::Investigating;
    // In the order of happening: a move that was recorded late counts from when it happened.
    for entry in history.happened.iter().filter(|entry| entry.header.subject == incident.id) {
        let Some(next) = status_after(status, &entry.fact) else { continue };
        if starts.is_empty() || next != status {
            starts.push((entry.header.at, Stage::In(next)));
        }
        status = next;
    }
    let began = incident.times.started.or(incident.times.detected);
    if let Some(began) = began.filter(|began| starts.first().is_none_or(|(first, _)| began < first)) {
        starts.insert(0, (began, Stage::Undeclared));
    }
    let ends = starts.iter().skip(1).map(|(from, _)| Some(*from)).chain([None]);
    let phases = starts.iter().zip(ends).map(|((from, stage), until)| Phase { stage: *stage, from: *from, until });
    phases.filter(|phase| phase.until != Some(phase.from)).collect()
}

fn status_after(status: Status, fact: &Fact) -> Option<Status> {
    match fact {
        Fact::IncidentDeclared(_) => Some(Status::Investigating),
        Fact::IncidentIdentified(_) => Some(status.max(Status::Identified)),
        Fact::IncidentMitigated(_) => Some(Status::Mitigated),
        Fact::IncidentMonitoring(_) => Some(Status::Monitoring),
        Fact::IncidentResolved(_) => Some(Status::Resolved),
        Fact::IncidentClosed(_) => Some(Status::Closed),
        Fact::IncidentReopened(reopened) => Some(reopened.to),
        Fact::IncidentCancelled(_) => Some(Status::Cancelled),
        _ => None,
    }
}
