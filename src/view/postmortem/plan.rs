//! What was planned and what it took: steps, updates, the permanent fix (E11).

use super::{ChecklistReport, Communication, FixMade, Outcome, WorkaroundHeld};
use crate::incident::localized::Localized;
use crate::incident::state::Incident;
use crate::incident::time::{Span, Timestamp};
use std::collections::HashMap;

/// Something that had a due time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What.
    pub what: PlannedWork,
    /// From when it counted.
    pub from: Timestamp,
    /// When it was due.
    pub due_at: Timestamp,
    /// When it was done; none where it wasn't.
    pub done_at: Option<Timestamp>,
}

/// What had a due time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlannedWork {
    /// A step, by its slug and words.
    Step(String, Localized),
    /// An update to an audience.
    Update(Option<String>),
    /// The permanent fix.
    Fix,
}

impl Planned {
    /// How long it was to take.
    pub fn planned(&self) -> Option<Span> {
        self.due_at.since(self.from)
    }

    /// How long it took.
    pub fn took(&self) -> Option<Span> {
        self.done_at.and_then(|done| done.since(self.from))
    }

    /// Whether it was done by the time it was due, to the minute.
    pub fn is_in_time(&self) -> bool {
        self.done_at.is_some_and(|done| done.minus(Span::from_minutes(1)) < self.due_at)
    }
}

/// Everything that had a due time, in the order of the due times.
pub(super) fn plan(
    incident: &Incident,
    checklists: &[ChecklistReport],
    told: &Communication,
    remedies: (&[WorkaroundHeld], &[FixMade]),
) -> Vec<Planned> {
    let mut found = Vec::new();
    let since: HashMap<&str, Timestamp> =
        incident.steps().filter_map(|place| Some((place.state.step.id.as_str(), place.state.since?))).collect();
    for step in checklists.iter().flat_map(|list| &list.steps) {
        let (Some(due_at), Some(from)) = (step.due_at, since.get(step.slug.as_str()).copied()) else { continue };
        let done_at = match &step.outcome {
            Outcome::Done { at, .. } => Some(*at),
            Outcome::Skipped { .. } => continue,
            Outcome::Open { .. } => None,
        };
        found.push(Planned { what: PlannedWork::Step(step.slug.clone(), step.text.clone()), from, due_at, done_at });
    }
    let mut last: HashMap<&str, Timestamp> = HashMap::new();
    for promise in &told.promises {
        let from = last.get(promise.clock.as_str()).copied().unwrap_or(incident.times.declared).min(promise.due_at);
        found.push(Planned {
            what: PlannedWork::Update(promise.audience.clone()),
            from,
            due_at: promise.due_at,
            done_at: promise.met_at,
        });
        last.insert(&promise.clock, promise.met_at.unwrap_or(promise.due_at));
    }
    let (workarounds, fixes) = remedies;
    for held in workarounds {
        let Some(due_at) = held.fix_due_at else { continue };
        let done_at = fixes.iter().map(|fix| fix.at).find(|at| *at >= held.at);
        found.push(Planned { what: PlannedWork::Fix, from: held.at, due_at, done_at });
    }
    found.sort_by_key(|one| (one.due_at, one.from));
    found
}
