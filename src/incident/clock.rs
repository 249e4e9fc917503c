//! The deadlines of an incident, as people ask for them.

use super::state::Incident;
use super::time::Timestamp;

/// What a deadline is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockKind {
    /// A step of a checklist.
    Step,
    /// The permanent fix (B3).
    Fix,
    /// The postmortem.
    Postmortem,
}

impl ClockKind {
    /// Its name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Fix => "fix",
            Self::Postmortem => "postmortem",
        }
    }
}

/// A promise with a due time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Its name, unique in the incident.
    pub name: String,
    /// What it is about.
    pub kind: ClockKind,
    /// Who must keep it: the person, or whoever carries the role.
    pub owner: Option<String>,
    /// When it started.
    pub started_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
}

impl Incident {
    /// The deadlines that are running, the next one first.
    pub fn open_clocks(&self) -> Vec<Clock> {
        let mut clocks = self.step_clocks();
        if !self.status.is_final() {
            clocks.extend(self.fix_clock());
            clocks.extend(self.postmortem_clock());
        }
        clocks.sort_by(|left, right| left.due_at.cmp(&right.due_at).then_with(|| left.name.cmp(&right.name)));
        clocks
    }

    fn step_clocks(&self) -> Vec<Clock> {
        if self.status.is_final() {
            return Vec::new();
        }
        let open = self.steps().filter(|place| place.state.is_open());
        open.filter_map(|place| {
            let state = place.state;
            let role = state.step.role.as_deref();
            let owner = state.person.as_deref().or_else(|| self.carriers(role.unwrap_or_default()).first().copied());
            Some(Clock {
                name: format!("step:{}/{}", place.instance, state.step.id),
                kind: ClockKind::Step,
                owner: owner.map(str::to_owned),
                started_at: state.since?,
                due_at: state.due_at?,
            })
        })
        .collect()
    }

    fn fix_clock(&self) -> Option<Clock> {
        let held = self.workaround.as_ref().filter(|held| held.reverted_at.is_none())?;
        let unfixed = self.fix.as_ref().is_none_or(|fix| fix.at < held.at);
        Some(Clock {
            name: "fix".to_owned(),
            kind: ClockKind::Fix,
            owner: self.carriers("tech-lead").first().map(|name| (*name).to_owned()),
            started_at: held.at,
            due_at: held.fix_due_at.filter(|_| unfixed)?,
        })
    }

    fn postmortem_clock(&self) -> Option<Clock> {
        let duty = self.postmortem.as_ref().filter(|duty| duty.required && duty.filed_at.is_none())?;
        Some(Clock {
            name: "postmortem".to_owned(),
            kind: ClockKind::Postmortem,
            owner: self.carriers("problem-manager").first().map(|name| (*name).to_owned()),
            started_at: duty.since?,
            due_at: duty.due_at?,
        })
    }
}
