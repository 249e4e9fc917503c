//! Facts that correct other entries. What they correct stays in the log; only redaction removes words.

use super::Fact;
use crate::incident::command::NoteKind;
use crate::incident::id::EventId;
use crate::incident::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An entry was corrected: what is absent stays as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryAmended {
    /// The entry, never another correction: the last correction of an entry counts.
    pub entry: EventId,
    /// Its kind, for people.
    pub kind: String,
    /// When it happened after all.
    #[serde(default)]
    pub happened_at: Option<Timestamp>,
    /// Whether that time is only approximately known.
    #[serde(default)]
    pub approximate: bool,
    /// Whether the due times that were counted from it move with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub moves_due: bool,
    /// What kind of remark it is after all.
    #[serde(default)]
    pub note: Option<NoteKind>,
    /// What it says after all.
    #[serde(default)]
    pub text: Option<String>,
}

/// An entry's words were removed for good; that they were there stays known (E6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryRedacted {
    /// The entry.
    pub entry: EventId,
    /// Its kind, for people.
    pub kind: String,
    /// Who had written it.
    pub by: String,
    /// The evidence that went with it, by its SHA-256.
    #[serde(default)]
    pub evidence: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

impl Fact {
    /// The text that a correction replaces; `None` for a fact that has none to correct.
    pub fn text_mut(&mut self) -> Option<TextMut<'_>> {
        Some(match self {
            Self::NoteAdded(fact) => TextMut::Text(&mut fact.text),
            Self::StepAdded(fact) => TextMut::Text(&mut fact.text),
            Self::LinkAdded(fact) => TextMut::Text(&mut fact.target),
            Self::SeverityChanged(fact) => TextMut::Maybe(&mut fact.reason),
            Self::PeopleCalled(fact) => TextMut::Maybe(&mut fact.reason),
            Self::RoleAssigned(fact) => TextMut::Maybe(&mut fact.handover),
            Self::StepChecked(fact) => TextMut::Maybe(&mut fact.result),
            Self::StepSkipped(fact) => TextMut::Text(&mut fact.reason),
            Self::IncidentIdentified(fact) => TextMut::Maybe(&mut fact.cause),
            Self::IncidentMitigated(fact) => TextMut::Text(&mut fact.workaround),
            Self::IncidentFixed(fact) => TextMut::Text(&mut fact.text),
            Self::IncidentResolved(fact) => TextMut::Maybe(&mut fact.summary),
            Self::IncidentClosed(fact) => TextMut::Maybe(&mut fact.reason),
            Self::IncidentReopened(fact) => TextMut::Text(&mut fact.reason),
            Self::IncidentCancelled(fact) => TextMut::Text(&mut fact.reason),
            Self::PostmortemFiled(fact) => TextMut::Text(&mut fact.place),
            Self::EvidenceAdded(fact) => TextMut::Maybe(&mut fact.note),
            Self::EvidenceTransferred(fact) => TextMut::Text(&mut fact.reason),
            Self::StatementDrafted(fact) => TextMut::Text(&mut fact.text),
            Self::AnswerAdded(fact) => TextMut::Text(&mut fact.answer),
            Self::FollowUpAdded(fact) => TextMut::Text(&mut fact.text),
            Self::FollowUpDone(fact) => TextMut::Maybe(&mut fact.result),
            Self::ImpactMeasured(fact) => TextMut::Maybe(&mut fact.text),
            Self::CallAnswered(fact) => TextMut::Maybe(&mut fact.text),
            Self::HandoffOffered(fact) => TextMut::Maybe(&mut fact.brief),
            Self::CauseAdded(fact) => TextMut::Text(&mut fact.text),
            Self::CauseRemoved(fact) => TextMut::Maybe(&mut fact.reason),
            Self::ActionAdded(fact) => TextMut::Text(&mut fact.text),
            Self::ActionDone(fact) => TextMut::Maybe(&mut fact.result),
            Self::ActionVerified(fact) => TextMut::Text(&mut fact.text),
            Self::ActionDropped(fact) => TextMut::Text(&mut fact.reason),
            Self::PostmortemWritten(fact) => TextMut::Text(&mut fact.text),
            Self::PostmortemApproved(fact) => TextMut::Maybe(&mut fact.reason),
            Self::DutyMet(fact) => TextMut::Maybe(&mut fact.text),
            Self::DutyWaived(fact) => TextMut::Text(&mut fact.reason),
            _ => return None,
        })
    }

    /// Moves the due times that were counted from when it happened.
    pub fn move_due(&mut self, from: Timestamp, to: Timestamp) {
        let due = match self {
            Self::StatementDrafted(fact) => &mut fact.next_at,
            Self::StatementSent(fact) => &mut fact.next_at,
            Self::ClockMet(fact) => &mut fact.next_due_at,
            Self::IncidentMitigated(fact) => &mut fact.fix_due_at,
            Self::IncidentResolved(fact) => &mut fact.postmortem_due_at,
            Self::FollowUpAdded(fact) => &mut fact.due_at,
            Self::StepAdded(fact) => &mut fact.due_at,
            Self::ClockStarted(fact) => {
                fact.due_at = fact.due_at.moved(from, to);
                return;
            }
            Self::StepsActivated(fact) => {
                for step in &mut fact.steps {
                    step.due_at = step.due_at.map(|due_at| due_at.moved(from, to));
                }
                return;
            }
            _ => return,
        };
        *due = due.map(|due_at| due_at.moved(from, to));
    }

    /// Takes a correction's text and kind over; its time belongs to the header.
    pub fn correct(&mut self, amended: &EntryAmended) {
        if let (Some(text), Some(place)) = (&amended.text, self.text_mut()) {
            place.set(text);
        }
        if let (Some(kind), Self::NoteAdded(note)) = (amended.note, self) {
            note.note = kind;
        }
    }
}

/// A fact's text that can be corrected.
#[derive(Debug)]
pub enum TextMut<'a> {
    /// One that is always there.
    Text(&'a mut String),
    /// One that may be absent.
    Maybe(&'a mut Option<String>),
}

impl TextMut<'_> {
    /// What it says.
    pub fn take(self) -> String {
        match self {
            Self::Text(place) => std::mem::take(place),
            Self::Maybe(place) => place.take().unwrap_or_default(),
        }
    }

    fn set(self, text: &str) {
        match self {
            Self::Text(place) => text.clone_into(place),
            Self::Maybe(place) => *place = Some(text.to_owned()),
        }
    }
}
