//! Where an incident of another tool stands while its updates are gone through, from the first to the last.

use super::{Happened, Past, Report};
use crate::incident::command::CancelCause;
use crate::incident::fact::{
    Fact, IncidentCancelled, IncidentClosed, IncidentIdentified, IncidentMonitoring, IncidentReopened, IncidentResolved,
};
use crate::incident::state::Incident;
use crate::incident::status::Status;

/// The moves of an incident's status.
pub(super) struct Course {
    status: Status,
    /// When it was over, where the source says so apart from the updates: that is the end, whatever they say.
    over: Option<Happened>,
    resolved: Option<Happened>,
    /// An update that said that it was over before the end that the source states, and the status that it met.
    said: Option<(Happened, Status)>,
    /// Planned maintenance: when it was last heard of, and with which word.
    planned: Option<(Happened, String)>,
}

impl Course {
    pub(super) fn of(incident: Option<&Incident>, past: &Past) -> Self {
        let planned = past.planned.map(|_| {
            let last = past.reports.iter().max_by_key(|report| report.at);
            let word = last.and_then(|report| report.status.clone()).or_else(|| past.impact.clone());
            let at = past.resolved_at.or(last.map(|report| report.at)).unwrap_or_else(|| past.declared());
            (Happened { at, about: past.about }, word.unwrap_or_else(|| CancelCause::Maintenance.to_string()))
        });
        Self {
            status: incident.map_or(Status::Investigating, |incident| incident.status),
            over: past.resolved_at.map(|at| Happened { at, about: past.about }),
            resolved: incident.and_then(|incident| incident.times.resolved).map(Happened::exactly),
            said: None,
            planned,
        }
    }

    pub(super) fn reach(&mut self, report: &Report, found: &mut Vec<(Happened, Fact)>) {
        if self.over.is_some_and(|over| report.at > over.at) {
            // What is said after the end is a follow-up.
            self.restore(found);
            return;
        }
        // What comes to light later than the end, and happened before it, changes nothing about where it stands.
        let late = self.resolved.is_some_and(|resolved| report.at < resolved.at);
        let (Some(to), false, from) = (report.to, late || self.status == Status::Cancelled, self.status) else {
            return;
        };
        let at = Happened { at: report.at, about: report.about };
        match to {
            Status::Resolved if from.is_unresolved() => {
                self.said = Some((at, from));
                self.status = Status::Resolved;
                if self.over.is_none() {
                    self.resolve(at, found);
                }
            }
            _ if self.planned.is_some() => {}
            Status::Identified if from < to => {
                self.moved(to, at, IncidentIdentified { from, cause: None }, found);
            }
            Status::Monitoring if from < to => self.moved(to, at, IncidentMonitoring { from }, found),
            _ if to < from && to.is_unresolved() => {
                if let Some((at, _)) = self.said {
                    self.resolve(at, found);
                }
                self.resolved = None;
                let reason = report.status.clone().unwrap_or_else(|| to.as_str().to_owned());
                self.moved(to, at, IncidentReopened { from, to, reason }, found);
            }
            _ => {}
        }
    }

    fn moved(&mut self, to: Status, at: Happened, fact: impl Into<Fact>, found: &mut Vec<(Happened, Fact)>) {
        self.status = to;
        found.push((at, fact.into()));
    }

    /// Records the end that an update told of, at a time.
    fn resolve(&mut self, at: Happened, found: &mut Vec<(Happened, Fact)>) {
        let Some((_, from)) = self.said.take() else { return };
        let resolved =
            IncidentResolved { from, summary: None, cause: None, postmortem_required: false, postmortem_due_at: None };
        self.resolved = Some(at);
        self.moved(Status::Resolved, at, resolved, found);
    }

    /// Records the end that the source states.
    fn restore(&mut self, found: &mut Vec<(Happened, Fact)>) {
        let Some(over) = self.over else { return };
        if self.status.is_unresolved() && self.resolved.is_none() {
            self.said = Some((over, self.status));
        }
        self.resolve(over, found);
    }

    /// What its source calls over has nothing left to do here, and planned maintenance is no incident.
    pub(super) fn end(&mut self, found: &mut Vec<(Happened, Fact)>) {
        self.restore(found);
        if let Some((at, reason)) = self.planned.take() {
            let (from, because) = (self.status, Some(CancelCause::Maintenance));
            if from != Status::Cancelled && !found.is_empty() {
                let cancelled = IncidentCancelled { from, because, of: None, of_number: None, reason };
                self.moved(Status::Cancelled, at, cancelled, found);
            }
        } else if let (Status::Resolved, Some(at), false) = (self.status, self.resolved, found.is_empty()) {
            let closed = IncidentClosed { from: Status::Resolved, left_open: Vec::new(), reason: None };
            self.moved(Status::Closed, at, closed, found);
        }
    }
}
