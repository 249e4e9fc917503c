//! What keeps an incident from closing.

use super::Incident;
use crate::incident::localized::Localized;
use crate::incident::time::Timestamp;

/// One thing that must be settled before an incident closes.
#[derive(Debug, Clone, PartialEq)]
pub enum Waiting {
    /// A required step is open.
    Step {
        /// Its number.
        number: usize,
        /// Its slug, with its playbook's where two playbooks share it.
        slug: String,
        /// What to do.
        text: Localized,
    },
    /// A workaround holds, and the permanent fix is due (B3).
    Fix {
        /// The workaround.
        workaround: String,
        /// When the fix is due.
        due_at: Option<Timestamp>,
    },
    /// The fix is made, and the workaround still in place (B3).
    Workaround {
        /// The workaround.
        workaround: String,
    },
    /// The policy asks for a postmortem.
    Postmortem {
        /// When it is due.
        due_at: Option<Timestamp>,
    },
}

impl Waiting {
    /// Its name in JSON and in the log.
    pub fn name(&self) -> String {
        match self {
            Self::Step { slug, .. } => format!("step:{slug}"),
            Self::Fix { .. } => "fix".to_owned(),
            Self::Workaround { .. } => "workaround".to_owned(),
            Self::Postmortem { .. } => "postmortem".to_owned(),
        }
    }

    /// The command that settles it, without the program's name and the incident.
    pub fn settled_by(&self) -> String {
        match self {
            Self::Step { slug, .. } => format!("check {slug}"),
            Self::Fix { .. } => "fix TEXT --reverts-workaround".to_owned(),
            Self::Workaround { .. } => "fix \"workaround removed\" --reverts-workaround".to_owned(),
            Self::Postmortem { .. } => "postmortem --filed URL".to_owned(),
        }
    }
}

impl Incident {
    /// The required steps that are open.
    pub fn open_required_steps(&self) -> Vec<Waiting> {
        self.steps()
            .filter(|place| place.state.step.required && place.state.is_open())
            .map(|place| Waiting::Step {
                number: place.number,
                slug: self.unique_slug(&place),
                text: place.state.step.text.clone(),
            })
            .collect()
    }

    /// What keeps it from closing; nothing once it is closed or cancelled.
    pub fn waiting_for(&self) -> Vec<Waiting> {
        if self.status.is_final() {
            return Vec::new();
        }
        let mut waiting = self.open_required_steps();
        if let Some(held) = self.workaround.as_ref().filter(|held| held.reverted_at.is_none()) {
            waiting.push(match &self.fix {
                Some(fix) if fix.at >= held.at => Waiting::Workaround { workaround: held.text.clone() },
                _ => Waiting::Fix { workaround: held.text.clone(), due_at: held.fix_due_at },
            });
        }
        if let Some(duty) = self.postmortem.as_ref().filter(|duty| duty.required && duty.filed_at.is_none()) {
            waiting.push(Waiting::Postmortem { due_at: duty.due_at });
        }
        waiting
    }
}
