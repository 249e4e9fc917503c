//! The steps of an incident: copies of the playbooks' steps, and tasks made up on the spot.

use super::Incident;
use crate::incident::localized::Localized;
use crate::incident::playbook::Step;
use crate::incident::rejection::{Candidate, Rejection};
use crate::incident::time::Timestamp;
use crate::incident::when::narrow;
use serde::{Deserialize, Serialize};

/// The checklist of tasks made up on the spot.
pub const AD_HOC: &str = "ad-hoc";

/// A playbook's steps in an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checklist {
    /// Names this copy within the incident.
    pub instance: String,
    /// The playbook's id.
    pub playbook: String,
    /// The playbook's version when it was copied.
    pub version: u32,
    /// The playbook's title.
    pub title: Localized,
    /// The steps, in order.
    pub steps: Vec<StepState>,
}

/// A step and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepState {
    /// What to do.
    pub step: Step,
    /// The person who carries it, where one was named.
    pub person: Option<String>,
    /// Whether it applies; one that waits for something does not yet.
    pub active: bool,
    /// Since when it applies.
    pub since: Option<Timestamp>,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// Whether it was done or left out; open while `None`.
    pub tick: Option<Tick>,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Why it was left out; `None` when it was done.
    pub skipped: Option<String>,
    /// What came of it.
    pub result: Option<String>,
}

/// A step with its place in the incident.
#[derive(Debug, Clone, Copy)]
pub struct StepPlace<'a> {
    /// Its number, for people: its place among all steps, those that don't apply yet included.
    pub number: usize,
    /// The playbook's copy that it belongs to.
    pub instance: &'a str,
    /// The step.
    pub state: &'a StepState,
}

impl StepState {
    /// Whether it applies and is neither done nor left out.
    pub const fn is_open(&self) -> bool {
        self.active && self.tick.is_none()
    }
}

impl Checklist {
    /// How many of its steps are done, left out, and there at all, of those that apply.
    pub fn counts(&self) -> (usize, usize, usize) {
        let applies = self.steps.iter().filter(|step| step.active);
        applies.fold((0, 0, 0), |(done, skipped, total), step| match &step.tick {
            Some(Tick { skipped: Some(_), .. }) => (done, skipped + 1, total + 1),
            Some(_) => (done + 1, skipped, total + 1),
            None => (done, skipped, total + 1),
        })
    }
}

impl Incident {
    /// Every step with its number.
    pub fn steps(&self) -> impl Iterator<Item = StepPlace<'_>> {
        self.checklists
            .iter()
            .flat_map(|list| list.steps.iter().map(|state| (list.instance.as_str(), state)))
            .enumerate()
            .map(|(index, (instance, state))| StepPlace { number: index + 1, instance, state })
    }

    /// The step that `typed` means: a number, a slug, or `playbook/slug` where two playbooks share a slug.
    pub fn find_step(&self, typed: &str) -> Result<StepPlace<'_>, Rejection> {
        let narrow = narrow(typed);
        let typed = narrow.trim_start_matches('#');
        if let Ok(number) = typed.parse::<usize>() {
            let found = self.steps().find(|place| place.number == number);
            return found.ok_or_else(|| Rejection::UnknownStep { typed: typed.to_owned(), near: Vec::new() });
        }
        let matches = |place: &StepPlace<'_>| match typed.split_once('/') {
            Some((instance, slug)) => place.instance == instance && place.state.step.id == slug,
            None => place.state.step.id == typed,
        };
        let found: Vec<StepPlace<'_>> = self.steps().filter(matches).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Rejection::UnknownStep { typed: typed.to_owned(), near: self.nearest_steps(typed) }),
            several => Err(Rejection::AmbiguousStep {
                typed: typed.to_owned(),
                steps: several
                    .iter()
                    .map(|place| Candidate {
                        id: format!("{}/{}", place.instance, place.state.step.id),
                        title: place.state.step.text.en.clone(),
                    })
                    .collect(),
            }),
        }
    }

    /// A step's slug, with its playbook's where two playbooks share it.
    pub fn unique_slug(&self, place: &StepPlace<'_>) -> String {
        let slug = &place.state.step.id;
        if self.steps().filter(|other| other.state.step.id == *slug).count() > 1 {
            format!("{}/{slug}", place.instance)
        } else {
            slug.clone()
        }
    }

    fn nearest_steps(&self, typed: &str) -> Vec<Candidate> {
        let mut scored: Vec<(f64, StepPlace<'_>)> = self
            .steps()
            .map(|place| (strsim::jaro_winkler(&place.state.step.id, typed), place))
            .filter(|(score, _)| *score > 0.7)
            .collect();
        scored.sort_by(|(left, _), (right, _)| right.total_cmp(left));
        scored
            .into_iter()
            .take(3)
            .map(|(_, place)| Candidate { id: place.state.step.id.clone(), title: place.state.step.text.en.clone() })
            .collect()
    }
}
