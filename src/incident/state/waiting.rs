//! What keeps an incident from closing.

use super::Incident;
use crate::incident::id::TAG_SHORTEST;
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
    /// Somebody was promised news and has none (B7).
    FollowUp {
        /// The entry's id.
        id: String,
        /// Who.
        who: String,
        /// When it is due.
        due_at: Option<Timestamp>,
    },
    /// Units are not mended yet (B8).
    Units {
        /// How many.
        left: u64,
        /// Of how many.
        total: u64,
    },
    /// A legal duty is neither met nor waived (E6).
    Duty {
        /// Its id.
        duty: String,
        /// When it is due.
        due_at: Option<Timestamp>,
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
            Self::FollowUp { id, .. } => format!("followup:{id}"),
            Self::Units { .. } => "units".to_owned(),
            Self::Duty { duty, .. } => format!("legal:{duty}"),
            Self::Postmortem { .. } => "postmortem".to_owned(),
        }
    }

    /// The command that settles it, without the program's name and the incident.
    pub fn settled_by(&self) -> String {
        match self {
            Self::Step { slug, .. } => format!("check {slug}"),
            Self::Fix { .. } => "fix TEXT --reverts-workaround".to_owned(),
            Self::Workaround { .. } => "fix \"workaround removed\" --reverts-workaround".to_owned(),
            Self::FollowUp { id, .. } => format!("followup done {id}"),
            Self::Units { total, .. } => format!("impact --units {total}/{total}"),
            Self::Duty { duty, .. } => format!("legal notify {duty}"),
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
        waiting.extend(self.promises.follow_ups.iter().map(|open| Waiting::FollowUp {
            id: open.id.tag()[..TAG_SHORTEST].to_owned(),
            who: open.who.clone(),
            due_at: open.due_at,
        }));
        if let Some((left, total)) = self.promises.impact.units_left() {
            waiting.push(Waiting::Units { left, total });
        }
        let duties = self.promises.open_duties();
        waiting.extend(duties.map(|duty| Waiting::Duty { duty: duty.id.clone(), due_at: duty.due_at }));
        if let Some(duty) = self.postmortem.as_ref().filter(|duty| duty.required && !self.has_postmortem()) {
            waiting.push(Waiting::Postmortem { due_at: duty.due_at });
        }
        waiting
    }
}
