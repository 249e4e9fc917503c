//! What became of the steps.

use crate::incident::localized::Localized;
use crate::incident::state::{Incident, StepState, Tick};
use crate::incident::time::Timestamp;

/// A playbook's steps, and what became of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ChecklistReport {
    /// The playbook's id.
    pub playbook: String,
    /// Its version when it was copied.
    pub version: u32,
    /// Its title.
    pub title: Localized,
    /// The steps that applied, in order.
    pub steps: Vec<StepReport>,
    /// How many never applied, because what they wait for never came.
    pub never_applied: usize,
}

/// A step that applied.
#[derive(Debug, Clone, PartialEq)]
pub struct StepReport {
    /// Its number in the incident.
    pub number: usize,
    /// Its slug.
    pub slug: String,
    /// What was to be done.
    pub text: Localized,
    /// The person or role that carried it.
    pub owner: Option<Localized>,
    /// Whether the incident couldn't be closed while it was open.
    pub required: bool,
    /// When it was due.
    pub due_at: Option<Timestamp>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done {
        /// When.
        at: Timestamp,
        /// By whom.
        by: String,
        /// What came of it.
        result: Option<String>,
    },
    /// It was left out on purpose.
    Skipped {
        /// When.
        at: Timestamp,
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
    /// It was left open.
    Open {
        /// Whether its time is past.
        overdue: bool,
    },
}

/// A report on each checklist.
pub(super) fn reports(incident: &Incident, now: Timestamp) -> Vec<ChecklistReport> {
    let mut number = 0;
    let mut reports = Vec::with_capacity(incident.checklists.len());
    for list in &incident.checklists {
        let numbered = list.steps.iter().map(|state| {
            number += 1;
            (number, state)
        });
        let told: Vec<StepReport> = numbered
            .filter(|(_, state)| state.active || state.tick.is_some())
            .map(|(number, state)| report(incident, number, state, now))
            .collect();
        reports.push(ChecklistReport {
            playbook: list.playbook.clone(),
            version: list.version,
            title: list.title.clone(),
            never_applied: list.steps.len() - told.len(),
            steps: told,
        });
    }
    reports
}

fn report(incident: &Incident, number: usize, state: &StepState, now: Timestamp) -> StepReport {
    let outcome = match state.tick.clone() {
        Some(Tick { at, by, skipped: Some(reason), .. }) => Outcome::Skipped { at, by, reason },
        Some(Tick { at, by, result, .. }) => Outcome::Done { at, by, result },
        None => Outcome::Open { overdue: state.due_at.is_some_and(|due| due < now) },
    };
    let role =
        |slug: &String| incident.role(slug).map_or_else(|| Localized::same(slug), |role| role.spec.title.clone());
    StepReport {
        number,
        slug: state.step.id.clone(),
        text: state.step.text.clone(),
        owner: state.person.as_deref().map(Localized::same).or_else(|| state.step.role.as_ref().map(role)),
        required: state.step.required,
        due_at: state.due_at,
        outcome,
    }
}
